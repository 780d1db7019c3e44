/** The way to a responder: probes of every size, and what it says of those that came in. */

import type { DatagramEvent, ProbeId } from '../measure/channel.ts';
import { datagramLength, SMALLEST_REQUEST } from '../wire/responder.ts';
import type { Answer } from '../wire/responder-answer.ts';
import { refusalOf } from './responder-refusal.ts';
import type { ResponderSession } from './responder-session.ts';
import type { UdpService } from './udp-services.ts';

/** @param renew sends a greeting beside the probes. @param address of the responder. */
export function responderService(
  session: ResponderSession,
  family: 4 | 6,
  address: string,
  renew: () => void,
): UdpService {
  const sent = new Map<ProbeId, number>();
  let refusal: string | null = null;
  return {
    method: 'udp-responder',
    smallest: SMALLEST_REQUEST,
    question: (id, length) => {
      if (session.takeRenewal()) renew();
      sent.set(id, length);
      return session.request({ kind: 'probe', id }, length);
    },
    answered: (message) => {
      const answer = session.read(message);
      if (answer?.kind === 'ack') return [acknowledged(answer)].filter((event) => event !== null);
      if (answer?.kind !== 'error') return [];
      refusal = refusalOf(answer);
      // Which of them it did not look at is not said.
      return [...sent.keys()].map((id) => ({ kind: 'unreachable', id, from: address }));
    },
    refusal: () => refusal,
    quoted: (question) => session.quotedProbe(question),
  };

  /** Said of another size than it was, it is not of our probe. */
  function acknowledged({ id, size, largestFragment }: Extract<Answer, { kind: 'ack' }>): DatagramEvent | null {
    const length = sent.get(id);
    if (length === undefined || datagramLength(size, family) !== length) return null;
    return { kind: 'reply', id, hopsLeft: null, ...(largestFragment === null ? {} : { largestFragment }) };
  }
}
