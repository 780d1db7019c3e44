import type { Skipped } from '../contract.ts';
import { WIDTH, wrap } from './wrap.ts';

/** What was left out and why; the addresses of one target that share a reason share a line. */
export function skippedLines(skipped: readonly Skipped[]): string[] {
  const groups = new Map<string, Skipped[]>();
  for (const entry of skipped) {
    const key = JSON.stringify([entry.target, entry.reason]);
    groups.set(key, [...(groups.get(key) ?? []), entry]);
  }
  return [...groups.values()].flatMap((group) => wrap(line(group), '', WIDTH));
}

function line(group: readonly Skipped[]): string {
  const { target, reason } = group[0] as Skipped;
  const addresses = group.map(({ address }) => address).filter((address) => address !== null);
  if (addresses.length > 0) return `skipped ${target} (${addresses.join(', ')}): ${reason}`;
  return reason.startsWith(target) ? `skipped ${reason}` : `skipped ${target}: ${reason}`;
}
