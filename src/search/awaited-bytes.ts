/** How much of a reply comes in before whoever waits for the rest waits in vain. */

/**
 * Nobody reads all of a reply that is longer than what was asked for, and how much of it comes in is what the receive buffer
 * holds: more in small segments than in large ones. Half of what Linux offers before it knows more (tcp(7), tcp_rmem).
 */
const MOST_AWAITED = 32 * 1024;

/** @param replyBytes of the whole reply, as another connection had it. */
export function awaitedBytes(replyBytes: number): number {
  return Math.min(replyBytes, MOST_AWAITED);
}
