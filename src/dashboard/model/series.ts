/**
 * Runs as two step lines over time, with gaps where nothing is known.
 *
 *   1500 ────────┐             ┌────────▸ now
 *   1450         └───────      │
 *                        (gap) masked, not known, or nobody measured
 */

import type { HistoryPoint, KnownDirection } from '../../service/contract.ts';

/** Columns as uPlot wants them: seconds since 1970, and sizes in bytes. */
export interface Series {
  readonly at: readonly number[];
  readonly forward: readonly (number | null)[];
  readonly reverse: readonly (number | null)[];
}

/** A pause of more than so many usual ones says that nobody measured; up to it, runs may just have been missed. */
const LONGEST_PAUSE = 5;
const MS_PER_S = 1000;

/**
 * @param points oldest first
 * @param nowMs the last known value holds until then, unless that is too long ago
 */
export function seriesOf(points: readonly HistoryPoint[], nowMs: number): Series {
  const at: number[] = [];
  const forward: (number | null)[] = [];
  const reverse: (number | null)[] = [];
  const push = (ms: number, ahead: number | null, back: number | null): void => {
    at.push(ms / MS_PER_S);
    forward.push(ahead);
    reverse.push(back);
  };
  const times = points.map((point) => Date.parse(point.at));
  const patience = LONGEST_PAUSE * usualPause(times);
  const end = nowMs > (times.at(-1) ?? nowMs) ? [nowMs] : [];
  for (const [index, point] of points.entries()) {
    const ms = times[index] ?? 0;
    const next = [...times.slice(index + 1, index + 2), ...end][0];
    const ahead = sizeOf(point.forward, point.masked);
    const back = sizeOf(point.reverse, point.masked);
    push(ms, ahead, back);
    if (next === undefined) continue;
    if (next - ms > patience) {
      // It held for as long as runs usually stand; what came after is not known.
      const until = ms + patience / LONGEST_PAUSE;
      push(until, ahead, back);
      push(until + 1, null, null);
    } else if (index === points.length - 1) {
      push(next, ahead, back);
    } else {
      closeStep(point, points[index + 1], next, push);
    }
  }
  return { at, forward, reverse };
}

/** Up to where the next run says that something is not known, the last value held: the line is drawn until there. */
function closeStep(
  point: HistoryPoint,
  next: HistoryPoint | undefined,
  nextMs: number,
  push: (ms: number, ahead: number | null, back: number | null) => void,
): void {
  if (next === undefined) return;
  const ends = (name: 'forward' | 'reverse'): boolean =>
    sizeOf(point[name], point.masked) !== null && sizeOf(next[name], next.masked) === null;
  if (!ends('forward') && !ends('reverse')) return;
  push(nextMs - 1, sizeOf(point.forward, point.masked), sizeOf(point.reverse, point.masked));
}

/** Below, labels of the axis would all be the same minute. */
const SHORTEST_SHOWN_MS = 120_000;

/** How far back the chart goes: a young history is no hair at the edge of a day. @param rangeMs at most */
export function shownMs(points: readonly HistoryPoint[], rangeMs: number, nowMs: number): number {
  const first = points[0];
  if (first === undefined) return rangeMs;
  return Math.min(rangeMs, Math.max(SHORTEST_SHOWN_MS, nowMs - Date.parse(first.at)));
}

function sizeOf({ pathMtu }: KnownDirection, masked: boolean): number | null {
  return masked ? null : pathMtu;
}

/** The median, so that one night of standstill does not count. Infinite with fewer than two runs. */
function usualPause(times: readonly number[]): number {
  const pauses = times.slice(1).map((ms, index) => ms - (times[index] ?? 0));
  const ordered = pauses.sort((a, b) => a - b);
  return ordered[Math.floor(ordered.length / 2)] ?? Number.POSITIVE_INFINITY;
}

export interface SizeScale {
  readonly min: number;
  readonly max: number;
  /** Sizes that occur, so that the axis names them and not round numbers. */
  readonly ticks: readonly number[];
}

/** Nothing measured at all: what Ethernet carries (IEEE 802.3 §3.2.7) and what every IPv4 host takes (RFC 791 §3.1). */
const NOTHING = [576, 1500] as const;
/** Room above and below the lines, as part of what they span. */
const MARGIN = 0.15;
/** At least so many bytes: a straight line is no edge of the chart. */
const LEAST_MARGIN = 20;
/** Labels closer than this part of the axis would cover each other: 14 px of 200. */
const CLOSEST_TICKS = 0.08;

export function sizeScale({ forward, reverse }: Series): SizeScale {
  const sizes = [...new Set([...forward, ...reverse])].filter((size) => size !== null).sort((a, b) => b - a);
  const high = sizes[0] ?? NOTHING[1];
  const low = sizes.at(-1) ?? NOTHING[0];
  const margin = Math.max(LEAST_MARGIN, (high - low) * MARGIN);
  const min = Math.max(0, low - margin);
  const max = high + margin;
  const ticks: number[] = [];
  for (const size of sizes) {
    const above = ticks.at(-1);
    if (above === undefined || above - size >= CLOSEST_TICKS * (max - min)) ticks.push(size);
  }
  return { min, max, ticks: ticks.reverse() };
}

/** What the chart shows, in one sentence, for whoever cannot see it. */
export function seriesSentence(points: readonly HistoryPoint[]): string {
  if (points.length === 0) return 'No runs in this time.';
  const words = (['forward', 'reverse'] as const).map((name) => {
    const sizes = points.map((point) => sizeOf(point[name], point.masked)).filter((size) => size !== null);
    if (sizes.length === 0) return `${name} path MTU unknown`;
    const [low, high] = [Math.min(...sizes), Math.max(...sizes)];
    if (low === high) return `${name} path MTU ${low} throughout`;
    return `${name} path MTU between ${low} and ${high}, ${sizes.at(-1)} at last`;
  });
  return `${points.length === 1 ? '1 run' : `${points.length} runs`}: ${words.join('; ')}.`;
}
