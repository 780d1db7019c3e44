/**
 * What a datagram is answered with. Neither socket nor clock: the same sequence of datagrams at the same times is
 * answered the same way.
 */

import type { OwnEnd } from '../net/sys/datagram-socket.ts';
import { isSame } from '../secret.ts';
import { MalformedPacketError } from '../wire/malformed.ts';
import {
  ERROR_SIZE,
  HIGHEST_VERSION,
  LOWEST_VERSION,
  PROTOCOL_VERSION,
  REQUEST_TYPES,
  type ResponderErrorCode,
  SMALLEST_REQUEST,
  sizeOfDatagram,
  smallestData,
  WELCOME_SIZE,
} from '../wire/responder.ts';
import { type Answer, answerSize } from '../wire/responder-answer.ts';
import { type Header, type Mac, NO_COOKIE, type Received, readHeader, signedPart } from '../wire/responder-header.ts';
import { decodeRequest, type Request, type WavePacket } from '../wire/responder-request.ts';
import type { Client, Clients } from './clients.ts';
import { COOKIE_LIFETIME_S, type Cookies } from './cookies.ts';
import type { Counters } from './counters.ts';
import type { Rates } from './rates.ts';
import { limitKey, type Sender } from './sender.ts';

export interface Arrival {
  readonly datagram: Uint8Array;
  readonly sender: Sender;
  readonly own: OwnEnd;
  readonly hops: number;
  readonly largestFragment: number | null;
}

/** What this host knows of the way to a client. */
export interface Egress {
  readonly interfaceMtu: number;
  readonly cachedPathMtu: number | null;
}

export interface Reply {
  readonly session: Uint8Array;
  readonly cookie: Uint8Array;
  readonly answer: Answer;
  /** Of the whole IP packet, for `data`; `null` as long as it is. */
  readonly size: number | null;
}

export interface ReplyParts {
  readonly cookies: Cookies;
  readonly rates: Rates;
  readonly clients: Clients;
  readonly counters: Counters;
  /** `null` without a secret. */
  readonly mac: Mac | null;
  /** `null` when there is no way to it. */
  readonly egress: (sender: Sender, now: number) => Egress | null;
}

export class ReplyRule {
  readonly #parts: ReplyParts;

  constructor(parts: ReplyParts) {
    this.#parts = parts;
  }

  reply(arrival: Arrival, now: number): readonly Reply[] {
    const { counters, cookies } = this.#parts;
    counters.datagrams += 1;
    try {
      const header = readHeader(arrival.datagram);
      if (header.version !== PROTOCOL_VERSION) return this.#otherVersion(header, arrival, now);
      const { message, bodySize } = decodeRequest(arrival.datagram);
      if (!this.#isSigned(arrival, header, bodySize)) return [];
      if (message.kind === 'hello') return this.#welcome(header, arrival, now);
      if (!cookies.isGood(header.cookie, arrival.sender, header.session, now)) {
        counters.staleCookie += 1;
        return this.#error('stale-cookie', header.session, arrival, now);
      }
      return this.#answer(message, header, arrival, now);
    } catch (error) {
      if (!(error instanceof MalformedPacketError)) throw error;
      counters.malformed += 1;
      return [];
    }
  }

  /** Only `hello` is the same in every version, so that its mac can be read. */
  #otherVersion(header: Header, arrival: Arrival, now: number): readonly Reply[] {
    this.#parts.counters.unsupportedVersion += 1;
    const isHello = header.type === REQUEST_TYPES.hello && arrival.datagram.byteLength >= SMALLEST_REQUEST;
    if (!isHello || !this.#isSigned(arrival, header, 0)) return [];
    return this.#error('unsupported-version', header.session, arrival, now);
  }

  #isSigned({ datagram }: Arrival, header: Header, bodySize: Received<Request>['bodySize']): boolean {
    const { mac, counters } = this.#parts;
    if (mac === null || isSame(mac(signedPart(datagram, bodySize)), header.mac)) return true;
    counters.unsigned += 1;
    return false;
  }

  #welcome({ session }: Header, { sender }: Arrival, now: number): readonly Reply[] {
    const { rates, counters, cookies, egress } = this.#parts;
    if (!rates.takeForStranger(sizeOfDatagram(WELCOME_SIZE, familyOf(sender)), now)) {
      counters.rateLimited += 1;
      return [];
    }
    const way = egress(sender, now);
    if (way === null) return [];
    counters.welcomed += 1;
    const answer: Answer = {
      kind: 'welcome',
      lowestVersion: LOWEST_VERSION,
      highestVersion: HIGHEST_VERSION,
      ...way,
      cookieLifetime: COOKIE_LIFETIME_S,
    };
    return [{ session, cookie: cookies.give(sender, session, now), answer, size: null }];
  }

  #answer(
    message: Exclude<Request, { kind: 'hello' }>,
    header: Header,
    arrival: Arrival,
    now: number,
  ): readonly Reply[] {
    const client = this.#parts.clients.heard(arrival.sender, header.session, arrival.own, now);
    switch (message.kind) {
      case 'probe':
        return this.#acknowledge(message.id, client, arrival, now);
      case 'wave':
        return this.#wave(message.packets, client, arrival, now);
      case 'status': {
        const way = this.#parts.egress(client.sender, now);
        if (way === null) return [];
        const { probes, sent, withheld } = client;
        return this.#send([{ kind: 'state', ...way, probes, sent, withheld }], client, arrival, now);
      }
    }
  }

  #acknowledge(id: number, client: Client, arrival: Arrival, now: number): readonly Reply[] {
    if (!this.#isNew(id, client)) return [];
    client.probes += 1;
    const size = sizeOfDatagram(arrival.datagram.byteLength, familyOf(client.sender));
    const { largestFragment, hops } = arrival;
    const replies = this.#send([{ kind: 'ack', id, size, largestFragment, hops }], client, arrival, now);
    if (replies.some(({ answer }) => answer.kind === 'ack')) this.#parts.counters.acknowledged += 1;
    return replies;
  }

  /** Larger than this host's own interface takes is not tried, and said to be so. */
  #wave(packets: readonly WavePacket[], client: Client, arrival: Arrival, now: number): readonly Reply[] {
    const { counters, rates, egress } = this.#parts;
    const way = egress(client.sender, now);
    if (way === null) return [];
    const smallest = smallestData(familyOf(client.sender));
    const fresh = packets.filter(({ id, size }) => size >= smallest && this.#isNew(id, client));
    const tooLarge = fresh.filter(({ size }) => size > way.interfaceMtu);
    const replies: Reply[] = [];
    const key = limitKey(client.sender.address);
    client.lastWave = fresh.filter(({ size }) => size <= way.interfaceMtu);
    let withheld = 0;
    for (const { id, size } of client.lastWave) {
      if (rates.take(key, size, 1, now)) {
        replies.push({ session: client.session, cookie: NO_COOKIE, answer: { kind: 'data', id }, size });
      } else withheld += 1;
    }
    client.sent += replies.length;
    client.withheld += withheld;
    counters.sent += replies.length;
    counters.limited += tooLarge.length;
    const limits = tooLarge.map(({ id }) => ({ kind: 'limit', id, mtu: way.interfaceMtu }) as const);
    if (withheld > 0) counters.rateLimited += withheld;
    return [
      ...replies,
      ...this.#send(limits, client, arrival, now),
      ...(withheld > 0 ? this.#error('rate-limited', client.session, arrival, now) : []),
    ];
  }

  #isNew(id: number, client: Client): boolean {
    if (client.used.use(id)) return true;
    this.#parts.counters.replayed += 1;
    return false;
  }

  /** What is left out is said to be, as long as errors are not too many themselves: a client must not take it for lost. */
  #send(answers: readonly Answer[], client: Client, arrival: Arrival, now: number): readonly Reply[] {
    const { rates, counters } = this.#parts;
    const family = familyOf(client.sender);
    const bytes = answers.reduce((sum, answer) => sum + sizeOfDatagram(answerSize(answer), family), 0);
    if (answers.length === 0) return [];
    if (rates.take(limitKey(client.sender.address), bytes, answers.length, now)) {
      return answers.map((answer) => ({ session: client.session, cookie: NO_COOKIE, answer, size: null }));
    }
    counters.rateLimited += answers.length;
    return this.#error('rate-limited', client.session, arrival, now);
  }

  #error(code: ResponderErrorCode, session: Uint8Array, { sender }: Arrival, now: number): readonly Reply[] {
    if (!this.#parts.rates.takeForStranger(sizeOfDatagram(ERROR_SIZE, familyOf(sender)), now)) return [];
    const answer: Answer = { kind: 'error', code, lowestVersion: LOWEST_VERSION, highestVersion: HIGHEST_VERSION };
    return [{ session, cookie: NO_COOKIE, answer, size: null }];
  }
}

function familyOf({ address }: Sender): 4 | 6 {
  return address.byteLength === 4 ? 4 : 6;
}
