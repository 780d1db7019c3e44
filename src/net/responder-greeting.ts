/** The first exchange with a responder: is one there, does it speak our language, and what cookie does it give? */

import type { Clock, PathTarget, Patience } from '../measure/channel.ts';
import { MalformedPacketError } from '../wire/malformed.ts';
import type { Answer } from '../wire/responder-answer.ts';
import { pollUntil } from './poll-until.ts';
import { refusalOf } from './responder-refusal.ts';
import type { ResponderSession } from './responder-session.ts';
import { errno } from './sys/errno.ts';
import { takeQueuedError } from './sys/error-queue.ts';
import { receive, send } from './sys/socket.ts';

export type Greeting =
  | { readonly kind: 'welcome' }
  /** `answered`: it said so itself. */
  | { readonly kind: 'refused'; readonly reason: string; readonly answered: boolean };

/** Like a SYN it may be lost: as often as fits in the time. */
const REPEAT_MS = 500;
/** Then somebody is asked whether they still wait. */
const LONGEST_WAIT_MS = 100;
/** Of one poll: a flood of nonsense does not hold up everything else. */
const MOST_READS = 1024;
const buffer = new Uint8Array(65535);

/** @param fd connected to the responder. */
export async function greet(
  fd: number,
  { family, address, ports }: PathTarget,
  session: ResponderSession,
  clock: Clock,
  patience: Patience,
): Promise<Greeting> {
  const place = `${family === 6 ? `[${address}]` : address}:${ports[0]}`;
  let sentAt = Number.NEGATIVE_INFINITY;
  while (clock.now() < patience.until && !patience.isOver()) {
    if (clock.now() >= sentAt + REPEAT_MS) {
      sentAt = clock.now();
      send(fd, session.hello());
    }
    const answers = await pollUntil(
      clock,
      Math.min(patience.until, sentAt + REPEAT_MS, clock.now() + LONGEST_WAIT_MS),
      () => sentAt,
      () => [read(fd, session)].filter((answer) => answer !== null),
    );
    const [answer] = answers;
    if (answer === 'closed') return { kind: 'refused', reason: `UDP port ${place} is closed`, answered: false };
    if (answer?.kind === 'welcome') return { kind: 'welcome' };
    if (answer?.kind === 'error') return { kind: 'refused', reason: `${place} ${refusalOf(answer)}`, answered: true };
  }
  return { kind: 'refused', reason: `${place} does not answer`, answered: false };
}

/** @returns `closed` when the host said that nobody listens; `null` while nothing is there for us. */
function read(fd: number, session: ResponderSession): Answer | 'closed' | null {
  for (let reads = 0; reads < MOST_READS; reads += 1) {
    const length = receive(fd, buffer);
    if (length === -errno.EAGAIN) return null;
    if (length < 0) {
      for (let error = takeQueuedError(fd); error !== null; error = takeQueuedError(fd));
      if (length === -errno.ECONNREFUSED) return 'closed';
      continue;
    }
    try {
      const answer = session.read(Uint8Array.from(buffer.subarray(0, length)));
      if (answer !== null) return answer;
    } catch (error) {
      if (!(error instanceof MalformedPacketError)) throw error;
    }
  }
  return null;
}
