import type { RunOptions } from '../../config/options.ts';
import type { PathState } from '../contract.ts';

/** A run that knows of the black holes found before: an address has one, whatever target led to it. */
export function withHolds(options: RunOptions, states: Iterable<PathState>): RunOptions {
  const holds: Record<string, number> = {};
  for (const { address, holdForwardAbove } of states) {
    if (holdForwardAbove === null) continue;
    holds[address] = Math.min(holds[address] ?? Number.POSITIVE_INFINITY, holdForwardAbove);
  }
  return { ...options, holds };
}
