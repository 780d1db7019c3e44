import { createHash } from 'node:crypto';
import type { PathReport } from '../../contract.ts';

/** 64 bits: among a million paths two agree once in 37 million such services (birthday bound n²/2⁶⁵). */
const DIGITS = 16;

/** The same path has the same name after every restart, and in every agent that measures it. */
export function pathId({ target, address, transport }: Pick<PathReport, 'target' | 'address' | 'transport'>): string {
  return createHash('sha256')
    .update(JSON.stringify([target, address, transport]))
    .digest('hex')
    .slice(0, DIGITS);
}
