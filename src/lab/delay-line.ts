/** One direction of a slow, lossy link: which packets are lost, and when the others are due. */

import { mulberry32 } from './chance.ts';
import type { Impairment } from './topology.ts';

interface Due {
  readonly atMs: number;
  readonly packet: Buffer;
}

export interface DelayLine {
  /** Takes a packet at the instant `nowMs`, `heldMs` later than the others; it may be lost here and now. */
  take(packet: Buffer, nowMs: number, heldMs?: number): void;
  /** The next packet that is due at `nowMs`; null when there is none. */
  release(nowMs: number): Buffer | null;
  /** When the next packet is due, on the same clock; null when none is under way. */
  nextDueMs(): number | null;
}

export function delayLine({ delayMs, lossPercent }: Impairment, seed: number): DelayLine {
  const random = mulberry32(seed);
  const underWay: Due[] = [];
  return {
    take: (packet, nowMs, heldMs = 0) => {
      if (random() * 100 < lossPercent) return;
      const atMs = nowMs + delayMs + heldMs;
      // Mostly the last one: only a packet that was held is overtaken.
      let at = underWay.length;
      while (at > 0 && (underWay[at - 1] as Due).atMs > atMs) at -= 1;
      underWay.splice(at, 0, { atMs, packet });
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
