/** How long a loss rule waits beyond a round trip, so that jitter is never taken for loss. */

export interface Timing {
  /** Round-trip time in ms; the largest seen on the path, so that no answer is missed. */
  readonly rttMs: number;
  /** Spread of the round-trip times seen, in ms. */
  readonly jitterMs: number;
}

/** Scheduling of a busy container alone moves an answer by this much (measured under two loaded cores). */
const SHORTEST_GUARD_MS = 25;

/** Beyond the moment an answer was due: twice the jitter, 25 ms at least. */
export function guardMs(timing: Timing): number {
  return Math.max(SHORTEST_GUARD_MS, 2 * timing.jitterMs);
}

/** Linux's shortest retransmission timeout (TCP_RTO_MIN, net/tcp.h), which is added to the round trip. */
const SHORTEST_RTO_MS = 200;

/**
 * How long a sender goes on before nothing of it counts as chance any more: its fast retransmission, its first timeout
 * and the second one of twice that length.
 */
export function persistenceMs(timing: Timing): number {
  return 3 * (SHORTEST_RTO_MS + timing.rttMs + timing.jitterMs) + timing.rttMs;
}

/**
 * From the first sign of a hole until the sender's own fast retransmission must have filled it: RACK waits a quarter of
 * a round trip before it retransmits (RFC 8985 §6.2), the retransmission takes half of one, and the sign itself took
 * half of one to reach the sender.
 */
export function repairMs(timing: Timing): number {
  return 1.5 * timing.rttMs + guardMs(timing);
}
