/** Which peers are measured in a round. */

import type { PeersOptions } from '../../config/watch/options.ts';

/** `fullMesh` counts this agent too; `perRound` is at least 1. */
export type Bounds = Pick<PeersOptions, 'fullMesh' | 'perRound'>;

/** Where a peer stands in the queue. */
export interface Turn {
  readonly peer: string;
  /** In which round it was chosen last, or is taken to have been. Any number below that of the round to come. */
  readonly last: number;
  /** By rendezvous hashing: of peers chosen in the same round the heaviest comes first. */
  readonly weight: number;
}

/** How many of so many peers are measured in one round. */
export function turnsInRound(peers: number, { fullMesh, perRound }: Bounds): number {
  return peers + 1 <= fullMesh ? peers : Math.min(peers, perRound);
}

/** After how many rounds every one of so many peers has had its turn; 0 without peers. */
export function roundsFor(peers: number, bounds: Bounds): number {
  return peers === 0 ? 0 : Math.ceil(peers / turnsInRound(peers, bounds));
}

/**
 * The first `count` of the queue, in its order: who waited longest, then the heaviest, then by name.
 *
 * With M peers and k of them in each round, each is chosen within R = ⌈M / k⌉ rounds, whatever the queue was at first.
 * As long as a peer is not chosen, all k that are were before it, and are behind it from then on, since `last` of a
 * chosen one is the number of its round and nobody's is larger. M − 1 others can be before it, so that this happens at
 * most ⌊(M − 1) / k⌋ times: it is chosen no later than in round ⌊(M − 1) / k⌋ + 1 = ⌈M / k⌉.
 *
 * One who leaves only shortens the queue. One who joins before a peer delays it by one place.
 */
export function firstInQueue(turns: Iterable<Turn>, count: number): readonly Turn[] {
  const chosen: Turn[] = [];
  for (const turn of turns) {
    const worst = chosen[count - 1];
    if (worst !== undefined && !isBefore(turn, worst)) continue;
    insert(turn, chosen);
    if (chosen.length > count) chosen.pop();
  }
  return chosen;
}

/** Few are ever kept of many that are looked at, and mostly the new one goes to the end. */
function insert(turn: Turn, sorted: Turn[]): void {
  let at = sorted.length;
  for (let before = sorted[at - 1]; before !== undefined && isBefore(turn, before); before = sorted[at - 1]) at -= 1;
  sorted.splice(at, 0, turn);
}

function isBefore(one: Turn, other: Turn): boolean {
  if (one.last !== other.last) return one.last < other.last;
  if (one.weight !== other.weight) return one.weight > other.weight;
  return one.peer < other.peer;
}
