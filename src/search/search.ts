/**
 * The search for one direction's path MTU. Never sends, never waits, never looks at a clock.
 *
 * The caller asks `poll()` what to send, sends it, and tells `onOutcome` what became of every probe of that wave.
 * A wave holds all its sizes at once, so the cost of a search is its number of waves (`narrow` when fewer can be sent):
 *
 *   wave 1   the ceiling alone, by several flows: on a clean path that is all
 *   wave 2   a hint and its successor (what a router, the MSS or the other direction said), else the candidate table
 *   wave 3   the survivor's successor, and a split of the gap above it
 *   wave 4   what is left, each size twice; or, once that is known, the survivor by as many flows as the ceiling
 *
 * It ends when the ceiling arrived, or when `arrived + 1` is settled (see bracket.ts), or when nothing answers. Before
 * that, as many flows carry the largest size as tried the ceiling: one of several ways may have carried it by chance.
 * Where answers do not form a prefix of the sizes (a larger one arrives, a smaller one does not), the path loses
 * packets whatever their size: more losses are then required of each size, and from the second time on the search
 * goes one probe at a time, by bisection. `gentle` does so from the start.
 */

import { Bracket, type Outcome } from './bracket.ts';
import { type Gap, hintsInside, singleOrder, sparingOrder, waveOrders } from './gap.ts';
import type { Order, Step } from './order.ts';

export interface SearchConfig {
  /** Smallest size tried. */
  readonly floor: number;
  /** Largest size tried, and the only one of the first wave. */
  readonly ceiling: number;
  /** Most probes in one wave. */
  readonly width: number;
  /** Probes of the largest size before it counts as what the path carries: ways that share the load may differ. */
  readonly flows: number;
  readonly gentle: boolean;
  /** Losses that settle a size at least; unset is what connections need, which lose a probe only after repeating it. */
  readonly required?: number;
  /** The sender remembers what a router told it of one probe, and then uses smaller packets for the others as well. */
  readonly learns: boolean;
}

/** Independent losses that settle a size (quic-go `mtu_discoverer.go` uses three; see `required`). */
const REQUIRED = 2;
/** More, where the path is seen to lose packets of any size; the measured 3.7–4.6 % of single holes cubed is 1e-4. */
const REQUIRED_ON_LOSSY = 3;
const REQUIRED_ON_VERY_LOSSY = 4;
/** Looks at one size that was lost: the sender may have learnt already, and then no look tells anything. */
const MOST_DOUBTS = 3;
/** Waves in a row that told nothing new before the search gives up. */
const EMPTY_WAVES = 2;
/** No search needs more: 16 bits of size by bisection, each twice, and as many again for re-sent probes. */
export const MAX_WAVES = 64;

/** What `#closeWave` compares with: a first wave without any answer is an empty one. */
const KNOWN_AT_START = JSON.stringify([null, null, 0, 0]);

export class Search {
  readonly bracket: Bracket;
  readonly #config: SearchConfig;
  readonly #hints = new Set<number>();
  #serial: boolean;
  #waves = 0;
  #emptyWaves = 0;
  #breaches = 0;
  readonly #carried = new Map<number, number>();
  /** The survivor that more flows were asked for: once, whatever became of them. */
  #confirmed: number | null = null;
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

  /** The next larger size than the largest that arrived is known not to. */
  get isSettled(): boolean {
    const { failing } = this.bracket;
    if (failing === null || failing.size > this.#low + 1) return false;
    return failing.settledBy !== null || failing.losses >= this.required;
  }

  /** Losses that settle a size on this path. */
  get required(): number {
    const { overruled } = this.bracket;
    const seen = overruled === 0 ? REQUIRED : overruled < 3 ? REQUIRED_ON_LOSSY : REQUIRED_ON_VERY_LOSSY;
    return Math.max(seen, this.#config.required ?? 0);
  }

  /** Names a size at which the path may well end. Outside the bracket it is ignored. */
  hint(size: number): void {
    this.#hints.add(size);
  }

  onOutcome(size: number, outcome: Outcome): void {
    if (outcome.kind === 'told' && outcome.nextHopMtu > 0) this.hint(outcome.nextHopMtu);
    if (outcome.kind === 'limited' && outcome.limit !== null) this.hint(outcome.limit);
    const carried = carriedBy(size, outcome);
    if (carried !== null) this.#carried.set(carried, (this.#carried.get(carried) ?? 0) + 1);
    this.bracket.onOutcome(size, outcome);
  }

  /** The next wave. Call it again only after `onOutcome` for every probe of the last one. */
  poll(): Step {
    this.#closeWave();
    const { arrived } = this.bracket;
    if (arrived !== null && arrived >= this.#config.ceiling) return this.#otherFlows();
    const doubt = this.#doubt();
    const isSettled = doubt === null && this.isSettled;
    const isOver = this.#emptyWaves >= EMPTY_WAVES || this.#waves >= MAX_WAVES;
    const confirmation = isSettled && !isOver && arrived !== this.#confirmed ? this.#confirmation() : null;
    if (isSettled && confirmation === null) return { kind: 'done', settled: arrived !== null };
    if (isOver) return { kind: 'done', settled: false };
    if (confirmation !== null) {
      // One at a time, it takes as many waves.
      if (!this.#config.gentle) this.#confirmed = arrived;
      return this.#wave([confirmation]);
    }
    return this.#wave(doubt === null ? this.#nextOrders(this.#config.width) : [doubt]);
  }

  #wave(orders: readonly Order[]): Step {
    this.#waves += 1;
    const [first] = orders;
    return { kind: 'wave', orders: this.#config.gentle && first !== undefined ? [{ ...first, copies: 1 }] : orders };
  }

  /** The wave that `poll` just gave, cut down to at most `width` probes; one at a time when that is too few for a wave. */
  narrow(width: number): readonly Order[] {
    if (this.isSettled) return this.#confirmationBy(width);
    const gap = this.#gap;
    const orders = this.#nextOrders(width);
    const probes = orders.reduce((sum, { copies }) => sum + copies, 0);
    return gap === null || probes <= width ? orders : [singleOrder(gap)];
  }

  /** The survivor by as many flows as have not carried it yet; `null` where no more are wanted, or an MSS holds all. */
  #confirmation(): Order | null {
    const { arrived, failing } = this.bracket;
    if (arrived === null || failing?.settledBy === 'limited') return null;
    const copies = this.#config.flows - (this.#carried.get(arrived) ?? 0);
    return copies <= 0 ? null : { size: arrived, copies };
  }

  #confirmationBy(most: number): readonly Order[] {
    const confirmation = this.#confirmation();
    return confirmation === null ? [] : [{ ...confirmation, copies: Math.min(most, confirmation.copies) }];
  }

  /** What vanishes is not told of: every flow meets it for itself. */
  get #isSilent(): boolean {
    return this.bracket.failing?.settledBy === null && this.bracket.provesSilence(this.required);
  }

  /** The ceiling arrived: by as many flows as were wanted, or not yet. */
  #otherFlows(): Step {
    const copies = this.#config.flows - (this.#carried.get(this.#config.ceiling) ?? 0);
    // There may be no more flows that could carry it.
    if (copies <= 0 || this.#emptyWaves >= EMPTY_WAVES) return { kind: 'done', settled: true };
    return this.#wave([{ size: this.#config.ceiling, copies }]);
  }

  /** All flows at once; or, where something has failed elsewhere, as many as prove that it fails here as well. */
  #firstCopies(width: number): number {
    const isDoubtful = [...this.#hints].some((hint) => hint < this.#config.ceiling);
    const copies = isDoubtful ? Math.min(this.required, this.#config.flows) : this.#config.flows;
    return Math.max(1, Math.min(copies, width));
  }

  /** The same, cut down to one probe, where only so many more may be lost (see gap.ts). */
  sparing(losses: number): readonly Order[] {
    if (this.isSettled) return this.#confirmationBy(losses);
    const gap = this.#gap;
    return gap === null ? this.#nextOrders(losses) : [sparingOrder(gap, losses)];
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

  #closeWave(): void {
    if (this.#waves === 0) return;
    const { arrived, failing, overruled } = this.bracket;
    // One more flow that carries the largest size is news only where that is what is asked for.
    const asksFlows = this.isSettled || arrived === this.#config.ceiling;
    const carried = asksFlows ? (this.#carried.get(arrived ?? 0) ?? 0) : 0;
    const known = JSON.stringify([arrived, failing, overruled, carried]);
    this.#emptyWaves = known === this.#knownBefore ? this.#emptyWaves + 1 : 0;
    this.#knownBefore = known;
    if (this.bracket.overruled > this.#overruledBefore) {
      this.#overruledBefore = this.bracket.overruled;
      this.#breaches += 1;
      if (this.#breaches >= 2) this.#serial = true;
    }
  }

  #nextOrders(width: number): readonly Order[] {
    const gap = this.#gap;
    if (gap === null) return [{ size: this.#config.ceiling, copies: this.#firstCopies(width) }];
    return this.#serial ? [singleOrder(gap)] : waveOrders(gap, width);
  }

  get #low(): number {
    return this.bracket.arrived ?? this.#config.floor - 1;
  }

  /** `null` while nothing failed. */
  get #gap(): Gap | null {
    const { failing } = this.bracket;
    if (failing === null) return null;
    const { floor, flows, learns } = this.#config;
    const { required } = this;
    const bounds = { low: this.#low, failing, floor };
    // Sizes of two hints in one wave could heal each other, where nobody is known to be silent yet.
    const most = learns && !this.bracket.provesSilence(required) ? 1 : 2;
    const hints = hintsInside(this.#hints, bounds, most);
    return { ...bounds, required, hints, hintFlows: this.#isSilent ? flows : 1 };
  }
}

/** The size that a flow is known to carry by this outcome; `null` where none is. */
function carriedBy(size: number, outcome: Outcome): number | null {
  if (outcome.kind === 'arrived') return size;
  return outcome.kind === 'told' && outcome.carried && outcome.nextHopMtu > 0 ? outcome.nextHopMtu : null;
}
