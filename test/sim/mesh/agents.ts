/** Many agents that choose whom to measure, round by round; nothing is measured. */

import { type Bounds, firstInQueue, type Turn, turnsInRound } from '../../../src/service/peers/choose.ts';
import { nameWord, WEIGHTS, weight } from '../../../src/service/peers/rendezvous.ts';
import type { Rota } from '../../../src/service/peers/rota.ts';

/** Addresses of pods, as a cluster gives them out. */
export function agentNames(count: number, from = 0): string[] {
  return Array.from({ length: count }, (_, at) => {
    const number = from + at;
    return `10.${number >> 16}.${(number >> 8) & 255}.${number & 255}`;
  });
}

/** Every n-th, so that `count` are left, the first among them. */
export function sample(names: readonly string[], count: number): string[] {
  const step = Math.max(1, Math.floor(names.length / count));
  return names.filter((_, at) => at % step === 0).slice(0, count);
}

/** In which of its rounds one agent has chosen each peer for the first time. */
export function firstMeetings(rota: Rota, rounds: readonly (readonly string[])[]): Map<string, number> {
  const met = new Map<string, number>();
  for (const [at, peers] of rounds.entries()) {
    for (const peer of rota.next(peers)) if (!met.has(peer)) met.set(peer, at + 1);
  }
  return met;
}

/** After how many rounds the last of these was met; `Infinity` when one never was. */
export function lastMeeting(met: ReadonlyMap<string, number>, peers: readonly string[]): number {
  return peers.reduce((last, peer) => Math.max(last, met.get(peer) ?? Number.POSITIVE_INFINITY), 0);
}

/**
 * How many choose each agent in the first round of all: by the rule of a `Rota`, in which then only weights differ.
 *
 * Of ten thousand peers only the sixty or so heaviest are put into a queue: no other can be among the first eight.
 */
export function firstLoads(names: readonly string[], bounds: Bounds): number[] {
  const words = names.map(nameWord);
  const count = turnsInRound(names.length - 1, bounds);
  const light = WEIGHTS * (1 - (8 * count) / names.length);
  const loads = new Map(names.map((name) => [name, 0]));
  for (const [at, self] of words.entries()) {
    const turns: Turn[] = [];
    for (let other = 0; other < words.length; other += 1) {
      const heft = weight(self, words[other] ?? 0);
      if (heft >= light && other !== at) turns.push({ peer: names[other] ?? '', last: 0, weight: heft });
    }
    if (turns.length < count) throw new Error(`only ${turns.length} are heavy: look at more of them`);
    for (const { peer } of firstInQueue(turns, count)) loads.set(peer, (loads.get(peer) ?? 0) + 1);
  }
  return [...loads.values()];
}
