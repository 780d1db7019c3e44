/** What a responder answers, in datagrams (docs/protocol.md). */

import { type Fields, type Layout, layoutSize, readFields, writeFields } from './layout.ts';
import { MalformedPacketError } from './malformed.ts';
import {
  ACK,
  ANSWER_TYPES,
  DATA,
  ERROR,
  ERROR_CODES,
  errorCodeOf,
  HEADER_SIZE,
  LIMIT,
  PROTOCOL_VERSION,
  type ResponderErrorCode,
  STATE,
  TOLD,
  WELCOME,
} from './responder.ts';
import { datagram, type Envelope, type Mac, type Received, readHeader } from './responder-header.ts';

export type Answer =
  | {
      readonly kind: 'welcome';
      readonly lowestVersion: number;
      readonly highestVersion: number;
      /** Of the responder's interface towards the client. */
      readonly interfaceMtu: number;
      /** What the responder's host remembers of the path; `null` for nothing. */
      readonly cachedPathMtu: number | null;
      /** Seconds that the cookie is good for. */
      readonly cookieLifetime: number;
    }
  | {
      readonly kind: 'ack';
      readonly id: number;
      /** Of the IP packet as it arrived; put together again where it was fragmented. */
      readonly size: number;
      /** Size of the largest fragment; `null` when it came in one piece. */
      readonly largestFragment: number | null;
      /** TTL or hop limit as it arrived. */
      readonly hops: number;
    }
  | { readonly kind: 'data'; readonly id: number }
  /** The responder's own host refused a packet of a wave: larger than its interface takes. */
  | { readonly kind: 'limit'; readonly id: number; readonly mtu: number }
  /** A Packet Too Big for one of the packets came to the responder. */
  | {
      readonly kind: 'told';
      readonly id: number;
      readonly nextHopMtu: number;
      /** Who sent it: 16 bytes, an IPv4 address mapped (RFC 4291 §2.5.5.2). */
      readonly from: Uint8Array;
    }
  | {
      readonly kind: 'state';
      readonly interfaceMtu: number;
      readonly cachedPathMtu: number | null;
      /** Probes of this client that arrived. */
      readonly probes: number;
      /** Packets of waves that were sent to it. */
      readonly sent: number;
      /** Packets of waves that were not, since it asked for too many. */
      readonly withheld: number;
    }
  | {
      readonly kind: 'error';
      /** `null` for a code of a later version, which is never sent. */
      readonly code: ResponderErrorCode | null;
      readonly lowestVersion: number;
      readonly highestVersion: number;
    };

/** @param length of the datagram, for `data`, which is padded to it; the others are as long as they are. */
export function encodeAnswer(envelope: Envelope, answer: Answer, length: number, mac: Mac | null): Uint8Array {
  const header = { ...envelope, type: ANSWER_TYPES[answer.kind] };
  return datagram(header, answerBody(answer), answer.kind === 'data' ? length : 0, mac);
}

function answerBody(answer: Answer): Uint8Array {
  switch (answer.kind) {
    case 'welcome':
      return body(WELCOME, { ...answer, cachedPathMtu: answer.cachedPathMtu ?? NONE });
    case 'ack':
      return body(ACK, { ...answer, largestFragment: answer.largestFragment ?? NONE, flags: 0 });
    case 'data':
      return body(DATA, answer);
    case 'limit':
      return body(LIMIT, answer);
    case 'told':
      return body(TOLD, answer);
    case 'state':
      return body(STATE, { ...answer, cachedPathMtu: answer.cachedPathMtu ?? NONE });
    case 'error':
      return body(ERROR, { ...answer, code: answer.code === null ? NONE : ERROR_CODES[answer.code] });
  }
}

/** Length of the datagram, without the padding of `data`. */
export function answerSize({ kind }: Answer): number {
  return HEADER_SIZE + layoutSize(LAYOUTS[kind]);
}

const LAYOUTS: Readonly<Record<Answer['kind'], Layout>> = {
  welcome: WELCOME,
  ack: ACK,
  data: DATA,
  limit: LIMIT,
  told: TOLD,
  state: STATE,
  error: ERROR,
};

/** Stands for an absent number. */
const NONE = 0;

function body<L extends Layout>(layout: L, fields: Fields<L>): Uint8Array {
  const bytes = new Uint8Array(layoutSize(layout));
  writeFields(bytes, 0, layout, fields);
  return bytes;
}

/** Errors are read in any version. @throws MalformedPacketError when it is no answer of this version. */
export function decodeAnswer(bytes: Uint8Array): Received<Answer> {
  const header = readHeader(bytes);
  const read = <L extends Layout>(layout: L): Fields<L> => readFields(bytes, HEADER_SIZE, layout, 'answer');
  const received = (layout: Layout, message: Answer): Received<Answer> => ({
    header,
    message,
    bodySize: layoutSize(layout),
  });
  if (header.type === ANSWER_TYPES.error) {
    const { code, ...versions } = read(ERROR);
    return received(ERROR, { kind: 'error', code: errorCodeOf(code), ...versions });
  }
  if (header.version !== PROTOCOL_VERSION) throw new MalformedPacketError('responder version', header.version);
  switch (header.type) {
    case ANSWER_TYPES.welcome: {
      const fields = read(WELCOME);
      return received(WELCOME, { kind: 'welcome', ...fields, cachedPathMtu: fields.cachedPathMtu || null });
    }
    case ANSWER_TYPES.ack: {
      const { flags: _, ...fields } = read(ACK);
      return received(ACK, { kind: 'ack', ...fields, largestFragment: fields.largestFragment || null });
    }
    case ANSWER_TYPES.data:
      return received(DATA, { kind: 'data', ...read(DATA) });
    case ANSWER_TYPES.limit:
      return received(LIMIT, { kind: 'limit', ...read(LIMIT) });
    case ANSWER_TYPES.told:
      return received(TOLD, { kind: 'told', ...read(TOLD) });
    case ANSWER_TYPES.state: {
      const fields = read(STATE);
      return received(STATE, { kind: 'state', ...fields, cachedPathMtu: fields.cachedPathMtu || null });
    }
    default:
      throw new MalformedPacketError('answer type', header.type);
  }
}
