/** What becomes of a delivery after a try. Pure: time and chance are arguments. */

/** What came of one try. */
export type Outcome =
  | { readonly kind: 'answered'; readonly status: number; readonly retryAfter: string | null }
  /** No answer: the connection failed, or the time was over. */
  | { readonly kind: 'failed'; readonly reason: string };

export type Decision =
  | { readonly kind: 'delivered' }
  | { readonly kind: 'retry'; readonly afterMs: number; readonly reason: string }
  /** The receiver does not want it, however often it is asked. */
  | { readonly kind: 'give-up'; readonly reason: string };

const SHORTEST_WAIT_MS = 1000;
const LONGEST_WAIT_MS = 5 * 60_000;
/** A receiver may ask for more patience than that, but within the quarter of an hour that the alert rules look at. */
const LONGEST_RETRY_AFTER_MS = 10 * 60_000;

/**
 * What a client did wrong, it does wrong again (RFC 9110 §15.5): but not too late (408), too early (425, RFC 8470 §5.2)
 * or too often (429, RFC 6585 §4).
 */
const WORTH_ANOTHER_TRY = [408, 425, 429];

/**
 * A redirection is not followed, since its target was never configured; nor is it the end: pages of maintenance are
 * redirected to as well.
 * @param tries of this event until now, this one included.
 * @param random from 0 up to 1.
 */
export function decide(outcome: Outcome, tries: number, now: Date, random: number): Decision {
  const waitMs = backoffMs(tries, random);
  if (outcome.kind === 'failed') return { kind: 'retry', afterMs: waitMs, reason: outcome.reason };
  const { status, retryAfter } = outcome;
  if (status >= 200 && status < 300) return { kind: 'delivered' };
  const reason = status >= 300 && status < 400 ? `status ${status}, which is not followed` : `status ${status}`;
  if (status >= 400 && status < 500 && !WORTH_ANOTHER_TRY.includes(status)) return { kind: 'give-up', reason };
  return { kind: 'retry', afterMs: Math.max(waitMs, retryAfterMs(retryAfter, now)), reason };
}

/** Anything between a second and a limit that doubles: receivers that come back are not met by all senders at once. */
export function backoffMs(tries: number, random: number): number {
  const limitMs = Math.min(LONGEST_WAIT_MS, SHORTEST_WAIT_MS * 2 ** tries);
  return SHORTEST_WAIT_MS + random * (limitMs - SHORTEST_WAIT_MS);
}

/** Seconds or a date (RFC 9110 §10.2.3). What is neither asks for nothing. */
function retryAfterMs(header: string | null, now: Date): number {
  if (header === null) return 0;
  const asked = /^\d+$/.test(header) ? Number(header) * 1000 : Date.parse(header) - now.getTime();
  return Number.isNaN(asked) ? 0 : Math.min(Math.max(asked, 0), LONGEST_RETRY_AFTER_MS);
}
