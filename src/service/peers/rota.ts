/** The queue of one agent's peers, from round to round. */

import { type Bounds, firstInQueue, roundsFor, type Turn, turnsInRound } from './choose.ts';
import { nameWord, WEIGHTS, weight } from './rendezvous.ts';

/** Time is counted in rounds of this agent: how long one takes is its schedule's business. */
export class Rota {
  readonly #self: string;
  readonly #bounds: Bounds;
  /** What a run before this one remembers; used once for each peer. */
  readonly #ages: Map<string, number>;
  #round = 0;
  #turns = new Map<string, Turn>();
  #peers: readonly string[] = [];
  /** Of the last round, as they were before it. */
  #chosen: ReadonlyMap<string, Turn> = new Map();

  /** @param ages how many rounds ago each peer was measured last, where that is known from before a restart. */
  constructor(self: string, bounds: Bounds, ages: ReadonlyMap<string, number> = new Map()) {
    this.#self = self;
    this.#bounds = bounds;
    this.#ages = new Map(ages);
  }

  /** Begins the next round. @returns whom to measure in it: never this agent, nobody twice. */
  next(peers: readonly string[]): readonly string[] {
    this.#round += 1;
    // Mostly nobody came or went, and there may be thousands.
    if (!isSame(peers, this.#peers)) this.#admit(peers);
    const { size } = this.#turns;
    const count = turnsInRound(size, this.#bounds);
    const turns = this.#turns.values();
    // All of them need no order, and there may be hundreds.
    const chosen = count === size ? [...turns] : firstInQueue(turns, count);
    this.#chosen = new Map(chosen.map((turn) => [turn.peer, turn]));
    for (const turn of chosen) this.#turns.set(turn.peer, { ...turn, last: this.#round });
    return chosen.map(({ peer }) => peer);
  }

  /** There was no time for a peer of the last round: it keeps the place it had. */
  missed(peer: string): void {
    const turn = this.#chosen.get(peer);
    if (turn !== undefined && this.#turns.has(peer)) this.#turns.set(peer, turn);
  }

  #admit(names: readonly string[]): void {
    this.#peers = [...names];
    const peers = new Set(names);
    peers.delete(this.#self);
    for (const peer of this.#turns.keys()) if (!peers.has(peer)) this.#turns.delete(peer);
    const rounds = roundsFor(peers.size, this.#bounds);
    const self = nameWord(this.#self);
    for (const peer of peers) {
      if (this.#turns.has(peer)) continue;
      const heft = weight(self, nameWord(peer));
      this.#turns.set(peer, { peer, last: this.#round - this.#ageOf(peer, heft, rounds), weight: heft });
      this.#ages.delete(peer);
    }
  }

  /**
   * A newcomer is taken to have been measured at a moment of the last R rounds that its weight chooses: at first all are
   * newcomers, and the heaviest come first. Were it simply the first, every agent would measure it in the same round,
   * ten thousand at one responder.
   */
  #ageOf(peer: string, heft: number, rounds: number): number {
    const age = this.#ages.get(peer);
    // Never 0: who has not been measured in this round waits before those who were.
    return age === undefined ? ((heft + 1) / WEIGHTS) * rounds : Math.max(age, 1);
  }
}

function isSame(one: readonly string[], other: readonly string[]): boolean {
  return one.length === other.length && one.every((name, at) => name === other[at]);
}
