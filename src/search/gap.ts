/**
 * Where the next probes go, between what arrives and what fails:
 *
 *        low ·······································✗ failing
 *   wave      hint, hint + 1                               where something names a likely end
 *             1492  1480  1450  1420  1400 …               else the candidate table, and the middles of its gaps
 *             all that is left, each size as often as it takes to settle it
 *   alone     the hint, or the middle
 */

import type { Failing } from './bracket.ts';
import { isCandidate, spread } from './candidates.ts';
import type { Order } from './order.ts';
import { firstDrop } from './sparing.ts';

export interface Gap {
  /** Largest size that arrived; before the first, the one below the floor. */
  readonly low: number;
  readonly failing: Failing;
  /** Smallest size tried. */
  readonly floor: number;
  /** Losses that settle a size. */
  readonly required: number;
  /** Sizes at which the path may well end, that still divide the gap: a hint itself or its successor is undecided. */
  readonly hints: readonly number[];
  /** Flows by which a lone hint is tried. */
  readonly hintFlows: number;
}

/** The wave that ends the search may be this much wider: it saves a whole round trip. */
const LAST_WAVE = 1.5;

/** @param most how many are kept. @returns those that still divide the gap, largest first. */
export function hintsInside(
  hints: Iterable<number>,
  { low, failing, floor }: Pick<Gap, 'low' | 'failing' | 'floor'>,
  most: number,
): number[] {
  return [...hints]
    .filter((hint) => hint >= low && hint >= floor && hint + 1 <= failing.size && failing.size - low > 1)
    .filter((hint) => hint > low || hint + 1 < failing.size)
    .sort((a, b) => b - a)
    .slice(0, most);
}

/** Largest first, about `width` probes. */
export function waveOrders(gap: Gap, width: number): Order[] {
  const { low, failing, required, hints, hintFlows } = gap;
  const orders = new Map<number, number>();
  const missing = failing.settledBy !== null ? 0 : Math.max(0, required - failing.losses);
  for (const hint of hints) {
    if (hint > low) orders.set(hint, hints.length === 1 ? hintFlows : 1);
    if (hint + 1 < failing.size) orders.set(hint + 1, required);
    else if (missing > 0) orders.set(failing.size, missing);
  }
  if (hints.length === 0) {
    if (missing > 0) orders.set(failing.size, missing);
    split(gap, orders, width);
  }
  return [...orders].map(([size, copies]) => ({ size, copies })).sort((a, b) => b.size - a.size);
}

export function singleOrder({ low, failing, floor, hints: [hint] }: Gap): Order {
  if (failing.size <= low + 1) return { size: failing.size, copies: 1 };
  if (hint !== undefined) return { size: hint > low ? hint : low + 1, copies: 1 };
  if (low < floor) return { size: floor, copies: 1 };
  return { size: low + ((failing.size - low) >> 1), copies: 1 };
}

/**
 * One probe, where each that is lost takes its connection along and one that arrives gives it back.
 *
 * @param losses how many more probes may be lost. The last one is at the size that has to be confirmed, so that one
 *   loss less is needed for that.
 */
export function sparingOrder(gap: Gap, losses: number): Order {
  const { low, failing, floor, required, hints } = gap;
  if (failing.size <= low + 1 || low < floor || hints.length > 0) return singleOrder(gap);
  const spare = Math.max(1, losses - (required - 1));
  return { size: low + firstDrop(failing.size - low - 1, spare), copies: 1 };
}

/** Fills a wave without hints: everything that is left if it fits, else candidates and the middles of gaps. */
function split({ low, failing, floor, required }: Gap, orders: Map<number, number>, width: number): void {
  const inside = failing.size - low - 1;
  if (inside * required <= width * LAST_WAVE) {
    for (let size = failing.size - 1; size > low; size -= 1) orders.set(size, required);
    return;
  }
  if (low < floor) orders.set(floor, 1);
  const likely = low >= floor && isCandidate(low);
  if (likely) orders.set(low + 1, required);
  const room = width - [...orders.values()].reduce((sum, copies) => sum + copies, 0);
  const above = likely ? low + 1 : Math.max(low, floor);
  for (const size of spread(above, failing.size, Math.max(1, room))) orders.set(size, 1);
}
