/** What a number alone may mean, for somebody who has nothing but the number. */

import { matchesOf, nameOf } from './matches.ts';
import { ranked } from './rank.ts';

export interface CauseOfNumber {
  /** With its arithmetic, such as "WireGuard over PPPoE: 1492 - 80". */
  readonly name: string;
  /** What the bytes are taken from; the number itself where the cause is a number of its own. */
  readonly base: number;
  /** `base` minus the number; below zero where a link takes more than its MTU. */
  readonly deltaBytes: number;
  readonly source: string;
}

/** What most interfaces have (RFC 894); jumbo numbers are taken from the largest one of the clouds (AWS). */
const ETHERNET = 1500;
const JUMBO = 9001;

/**
 * Every cause that the table has for a path MTU, the likeliest first, for packets of both families.
 *
 * @param mtu in bytes.
 * @returns an empty list where the number is not known.
 */
export function causesOfNumber(mtu: number): readonly CauseOfNumber[] {
  const base = mtu > ETHERNET ? JUMBO : ETHERNET;
  return ranked(matchesOf(mtu), base, []).map((match) => ({
    name: nameOf(match),
    base: match.base,
    deltaBytes: match.deltaBytes,
    source: match.cause.source,
  }));
}
