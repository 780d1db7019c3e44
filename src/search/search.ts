/**
 * The search for one direction's path MTU. Never sends, never waits, never looks at a clock.
 *
 * The caller asks `poll()` what to send, sends it, and tells `onOutcome` what became of every probe of that wave.
 * A wave holds all its sizes at once, so the cost of a search is its number of waves (`narrow` when fewer can be sent):
 *
 *   wave 1   the ceiling alone, by several flows: on a clean path that is all
 *   wave 2   a hint and its successor (what a router, the MSS or the other direction said), else the candidate table
 *   wave 3   the survivor's successor, and a split of the gap above it
 *   wave 4   what is left, each size twice
 *
 * It ends when the ceiling arrived, or when `arrived + 1` is settled (see bracket.ts), or when nothing answers.
 * Where answers do not form a prefix of the sizes (a larger one arrives, a smaller one does not), the path loses
 * packets whatever their size: more losses are then required of each size, and from the second time on the search
 * goes one probe at a time, by bisection. `gentle` does so from the start.
 */

import { Bracket, type Failing, type Outcome } from './bracket.ts';
import { isCandidate, spread } from './candidates.ts';
import type { Order, Step } from './order.ts';
import { firstDrop } from './sparing.ts';

export interface SearchConfig {
  /** Smallest size tried. */
  readonly floor: number;
  /** Largest size tried, and the only one of the first wave. */
  readonly ceiling: number;
  /** Most probes in one wave. */
  readonly width: number;
  /** Probes of the ceiling before it counts as what the path carries: ways that share the load may differ. */
  readonly flows: number;
  readonly gentle: boolean;
  /** The sender remembers what a router told it of one probe, and then uses smaller packets for the others as well. */
  readonly learns: boolean;
}

/** Independent losses that settle a size (quic-go `mtu_discoverer.go` uses three; see `required`). */
const REQUIRED = 2;
/** More, where the path is seen to lose packets of any size; the measured 3.7–4.6 % of single holes cubed is 1e-4. */
const REQUIRED_ON_LOSSY = 3;
const REQUIRED_ON_VERY_LOSSY = 4;
/** The wave that ends the search may be this much wider: it saves a whole round trip. */
const LAST_WAVE = 1.5;
/** Looks at one size that was lost: the sender may have learnt already, and then no look tells anything. */
const MOST_DOUBTS = 3;
/** Waves in a row that told nothing new before the search gives up. */
const EMPTY_WAVES = 2;
/** No search needs more: 16 bits of size by bisection, each twice, and as many again for re-sent probes. */
export const MAX_WAVES = 64;

/** What `#closeWave` compares with: a first wave without any answer is an empty one. */
const KNOWN_AT_START = JSON.stringify([null, null, 0]);

export class Search {
  readonly bracket: Bracket;
  readonly #config: SearchConfig;
  readonly #hints = new Set<number>();
  #serial: boolean;
  #waves = 0;
  #emptyWaves = 0;
  #breaches = 0;
  #ceilingProbes = 0;
  readonly #doubted = new Map<number, number>();
  #overruledBefore = 0;
  #knownBefore = KNOWN_AT_START;

  constructor(config: SearchConfig) {
    this.#config = config;
    this.#serial = config.gentle;
    this.bracket = new Bracket(config.ceiling);
  }

  get waves(): number {
    return this.#waves;
  }

  /** Something failed, and where is not yet known. */
  get unsettled(): boolean {
    return this.bracket.failing !== null && this.bracket.arrived !== this.#config.ceiling;
  }

  /** Losses that settle a size on this path. */
  get required(): number {
    if (this.bracket.overruled === 0) return REQUIRED;
    return this.bracket.overruled < 3 ? REQUIRED_ON_LOSSY : REQUIRED_ON_VERY_LOSSY;
  }

  /** Names a size at which the path may well end. Outside the bracket it is ignored. */
  hint(size: number): void {
    this.#hints.add(size);
  }

  onOutcome(size: number, outcome: Outcome): void {
    if (outcome.kind === 'told' && outcome.nextHopMtu > 0) this.hint(outcome.nextHopMtu);
    if (outcome.kind === 'limited' && outcome.limit !== null) this.hint(outcome.limit);
    if (size === this.#config.ceiling) this.#ceilingProbes += 1;
    this.bracket.onOutcome(size, outcome);
  }

  /** The next wave. Call it again only after `onOutcome` for every probe of the last one. */
  poll(): Step {
    this.#closeWave();
    const { arrived, failing } = this.bracket;
    if (arrived !== null && arrived >= this.#config.ceiling) return this.#otherFlows();
    const low = arrived ?? this.#config.floor - 1;
    const doubt = this.#doubt();
    if (doubt === null && failing !== null && failing.size <= low + 1 && this.#settled(failing)) {
      return { kind: 'done', settled: arrived !== null };
    }
    if (this.#emptyWaves >= EMPTY_WAVES || this.#waves >= MAX_WAVES) return { kind: 'done', settled: false };
    this.#waves += 1;
    if (doubt !== null) return { kind: 'wave', orders: [doubt] };
    return { kind: 'wave', orders: this.#nextOrders(low, failing, this.#config.width) };
  }

  /** The wave that `poll` just gave, cut down to at most `width` probes; one at a time when that is too few for a wave. */
  narrow(width: number): readonly Order[] {
    const { arrived, failing } = this.bracket;
    const low = arrived ?? this.#config.floor - 1;
    if (failing === null) return [{ size: this.#config.ceiling, copies: this.#firstCopies(width) }];
    const orders = this.#nextOrders(low, failing, width);
    const probes = orders.reduce((sum, { copies }) => sum + copies, 0);
    return probes <= width ? orders : [this.#nextSerial(low, failing)];
  }

  /** The ceiling arrived: by as many flows as were wanted, or not yet. */
  #otherFlows(): Step {
    const copies = this.#config.flows - this.#ceilingProbes;
    // There may be no more flows that could carry it.
    if (copies <= 0 || this.#emptyWaves >= EMPTY_WAVES) return { kind: 'done', settled: true };
    this.#waves += 1;
    return { kind: 'wave', orders: [{ size: this.#config.ceiling, copies }] };
  }

  /** All flows at once; or, where something has failed elsewhere, as many as prove that it fails here as well. */
  #firstCopies(width: number): number {
    const isDoubtful = [...this.#hints].some((hint) => hint < this.#config.ceiling);
    const copies = isDoubtful ? Math.min(this.required, this.#config.flows) : this.#config.flows;
    return Math.max(1, Math.min(copies, width));
  }

  /**
   * One probe, where each that is lost takes its connection along and one that arrives gives it back.
   *
   * @param losses how many more probes may be lost. The last one is at the size that has to be confirmed, so that one
   *   loss less is needed for that.
   */
  sparing(losses: number): readonly Order[] {
    const { arrived, failing } = this.bracket;
    const low = arrived ?? this.#config.floor - 1;
    if (failing === null) return [{ size: this.#config.ceiling, copies: this.#firstCopies(losses) }];
    const isNarrow =
      failing.size <= low + 1 || low < this.#config.floor || this.#hintsInside(low, failing.size).length > 0;
    if (isNarrow) return [this.#nextSerial(low, failing)];
    const spare = Math.max(1, losses - (this.required - 1));
    return [{ size: low + firstDrop(failing.size - low - 1, spare), copies: 1 }];
  }

  /**
   * A size that was lost, and not yet often enough to prove anything, beside others that were told. It is looked at
   * alone, and before smaller ones: their Packet Too Big makes the sender use smaller packets for everything, and nobody
   * could see any more that this size was not told.
   */
  #doubt(): Order | null {
    const { bracket } = this;
    const lost = bracket.oftenestLost;
    if (lost === null || bracket.largestTold === null || bracket.provesSilence(this.required)) return null;
    const tries = this.#doubted.get(lost.size) ?? 0;
    if (tries >= MOST_DOUBTS) return null;
    this.#doubted.set(lost.size, tries + 1);
    return { size: lost.size, copies: this.required - lost.losses };
  }

  #settled(failing: Failing): boolean {
    return failing.settledBy !== null || failing.losses >= this.required;
  }

  #closeWave(): void {
    if (this.#waves === 0) return;
    const { arrived, failing, overruled } = this.bracket;
    const known = JSON.stringify([arrived, failing, overruled]);
    this.#emptyWaves = known === this.#knownBefore ? this.#emptyWaves + 1 : 0;
    this.#knownBefore = known;
    if (this.bracket.overruled > this.#overruledBefore) {
      this.#overruledBefore = this.bracket.overruled;
      this.#breaches += 1;
      if (this.#breaches >= 2) this.#serial = true;
    }
  }

  #nextOrders(low: number, failing: Failing | null, width: number): Order[] {
    if (failing === null) return [{ size: this.#config.ceiling, copies: this.#firstCopies(width) }];
    return this.#serial ? [this.#nextSerial(low, failing)] : this.#nextWave(low, failing, width);
  }

  #nextSerial(low: number, failing: Failing): Order {
    if (failing.size <= low + 1) return { size: failing.size, copies: 1 };
    const hint = this.#hintsInside(low, failing.size)[0];
    if (hint !== undefined) return { size: hint > low ? hint : low + 1, copies: 1 };
    if (low < this.#config.floor) return { size: this.#config.floor, copies: 1 };
    return { size: low + ((failing.size - low) >> 1), copies: 1 };
  }

  #nextWave(low: number, failing: Failing, width: number): Order[] {
    const orders = new Map<number, number>();
    const missing = failing.settledBy !== null ? 0 : Math.max(0, this.required - failing.losses);
    const hints = this.#hintsInside(low, failing.size);
    for (const hint of hints) {
      if (hint > low) orders.set(hint, 1);
      if (hint + 1 < failing.size) orders.set(hint + 1, this.required);
      else if (missing > 0) orders.set(failing.size, missing);
    }
    if (hints.length === 0) {
      if (missing > 0) orders.set(failing.size, missing);
      this.#split(low, failing.size, orders, width);
    }
    return [...orders].map(([size, copies]) => ({ size, copies })).sort((a, b) => b.size - a.size);
  }

  /** Fills a wave without hints: everything that is left if it fits, else candidates and the middles of gaps. */
  #split(low: number, failing: number, orders: Map<number, number>, width: number): void {
    const { floor } = this.#config;
    const inside = failing - low - 1;
    if (inside * this.required <= width * LAST_WAVE) {
      for (let size = failing - 1; size > low; size -= 1) orders.set(size, this.required);
      return;
    }
    if (low < floor) orders.set(floor, 1);
    const likely = low >= floor && isCandidate(low);
    if (likely) orders.set(low + 1, this.required);
    const room = width - [...orders.values()].reduce((sum, copies) => sum + copies, 0);
    for (const size of spread(likely ? low + 1 : Math.max(low, floor), failing, Math.max(1, room))) orders.set(size, 1);
  }

  /** Hints that still divide the bracket: the hint itself or its successor is undecided. Largest first, at most two. */
  #hintsInside(low: number, failing: number): number[] {
    return (
      [...this.#hints]
        .filter((hint) => hint >= low && hint >= this.#config.floor && hint + 1 <= failing && failing - low > 1)
        .filter((hint) => hint > low || hint + 1 < failing)
        .sort((a, b) => b - a)
        // Sizes of two hints in one wave could heal each other, where nobody is known to be silent yet.
        .slice(0, this.#config.learns && !this.bracket.provesSilence(this.required) ? 1 : 2)
    );
  }
}
