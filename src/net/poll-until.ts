/** Waiting by asking: for sockets whose changes no event loop reports (TCP_INFO, error queues). */

import type { Clock } from '../measure/channel.ts';

/** Asking costs 1 µs per socket, so that soon after an order it is done at the timer's own resolution. */
const SHORTEST_PAUSE_MS = 1;
const LONGEST_PAUSE_MS = 10;
/** The pause is this share of the time in which nothing happened: an answer is seen at most so much later. */
const PAUSE_SHARE = 1 / 20;

/**
 * Resolves at the first event, or empty at `until`; asks once more then, so that a process which was held up does not
 * take answers that wait in the kernel for losses.
 *
 * @param quietSince when something last happened or was sent.
 */
export async function pollUntil<Event>(
  clock: Clock,
  until: number,
  quietSince: () => number,
  poll: () => Event[],
): Promise<Event[]> {
  for (;;) {
    const events = poll();
    const now = clock.now();
    if (events.length > 0 || now >= until) return events;
    const pause = Math.min(LONGEST_PAUSE_MS, Math.max(SHORTEST_PAUSE_MS, (now - quietSince()) * PAUSE_SHARE));
    await clock.sleep(Math.min(pause, until - now));
  }
}
