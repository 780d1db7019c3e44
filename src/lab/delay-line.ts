/** One direction of a slow, lossy link: which packets are lost, and when the others are due. */

import type { Impairment } from './topology.ts';

interface Due {
  readonly atMs: number;
  readonly packet: Buffer;
}

export interface DelayLine {
  /** Takes a packet at the instant `nowMs`; it may be lost here and now. */
  take(packet: Buffer, nowMs: number): void;
  /** The next packet that is due at `nowMs`; null when there is none. */
  release(nowMs: number): Buffer | null;
  /** When the next packet is due, on the same clock; null when none is under way. */
  nextDueMs(): number | null;
}

export function delayLine({ delayMs, lossPercent }: Impairment, seed: number): DelayLine {
  const random = mulberry32(seed);
  const underWay: Due[] = [];
  return {
    take: (packet, nowMs) => {
      if (random() * 100 >= lossPercent) underWay.push({ atMs: nowMs + delayMs, packet });
    },
    release: (nowMs) => {
      const first = underWay[0];
      if (first === undefined || first.atMs > nowMs) return null;
      underWay.shift();
      return first.packet;
    },
    nextDueMs: () => underWay[0]?.atMs ?? null,
  };
}

/** Tommy Ettinger's mulberry32: 32 bits of state, uniform in [0, 1), the same for the same seed. */
function mulberry32(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
