/** Which rows of the table explain a number. Nothing local is looked at. */

import { baseWords } from './bases.ts';
import type { Cause } from './cause.ts';
import { COMBINATIONS } from './combinations.ts';
import { CAUSES } from './table.ts';

export interface Matched {
  readonly cause: Cause;
  /** What the bytes are taken from; the number itself where the cause is a number of its own. */
  readonly base: number;
  /** `base` minus the number. */
  readonly deltaBytes: number;
}

/**
 * Every match, in the order of the table.
 *
 * @param mtu a path MTU, in bytes.
 */
export function matchesOf(mtu: number): readonly Matched[] {
  const all = CAUSES.flatMap((cause) => basesOf(cause, mtu).map((base) => ({ cause, base, deltaBytes: base - mtu })));
  return all.filter((match) => !all.some((other) => isInPlaceOf(other, match)));
}

function basesOf({ match }: Cause, mtu: number): readonly number[] {
  if (match.kind === 'number') return match.mtu === mtu ? [mtu] : [];
  return match.bases.filter((base) => base - mtu >= match.least && base - mtu <= match.most);
}

/** What has been met on that very base says it better than the general row. */
function isInPlaceOf(other: Matched, { cause, base }: Matched): boolean {
  if (other.base !== base || !isCombination(other.cause) || isCombination(cause)) return false;
  return cause.topics[0] !== undefined && cause.topics[0] === other.cause.topics[0];
}

export function isCombination(cause: Cause): boolean {
  return COMBINATIONS.includes(cause);
}

/** The cause with its arithmetic, such as "VXLAN over IPv4 (…): 1500 - 50". */
export function nameOf({ cause, base, deltaBytes }: Matched): string {
  if (deltaBytes === 0) return `${cause.name}: ${base}`;
  if (deltaBytes < 0) return `${cause.name}: ${base} + ${-deltaBytes}`;
  const words = isCombination(cause) ? '' : baseWords(base);
  return `${cause.name}${words === '' ? '' : ` ${words}`}: ${base} - ${deltaBytes}`;
}
