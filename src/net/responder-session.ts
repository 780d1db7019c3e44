/**
 * Who this side is to a responder: a session of its own choice, and the cookie that proves where it is. A cookie does not
 * live long; a new one is asked for at half its life, and the old one serves until then.
 */

import { randomBytes } from 'node:crypto';
import type { Clock } from '../measure/channel.ts';
import { isSame } from '../secret.ts';
import { readFields } from '../wire/layout.ts';
import { HEADER_SIZE, PROBE, SESSION_SIZE, SMALLEST_REQUEST } from '../wire/responder.ts';
import { type Answer, decodeAnswer } from '../wire/responder-answer.ts';
import { type Mac, NO_COOKIE, readHeader, signedPart } from '../wire/responder-header.ts';
import { encodeRequest, type Request } from '../wire/responder-request.ts';

export class ResponderSession {
  readonly #session = Uint8Array.from(randomBytes(SESSION_SIZE));
  readonly #mac: Mac | null;
  readonly #clock: Clock;
  #cookie: Uint8Array = NO_COOKIE;
  #renewAt = Number.POSITIVE_INFINITY;

  constructor(mac: Mac | null, clock: Clock) {
    this.#mac = mac;
    this.#clock = clock;
  }

  hello(): Uint8Array {
    return this.#encode({ kind: 'hello' }, SMALLEST_REQUEST, NO_COOKIE);
  }

  /** @param length of the datagram, or the least that it can be. */
  request(request: Request, length: number): Uint8Array {
    return this.#encode(request, length, this.#cookie);
  }

  /** True once per half life of the cookie: a greeting is due. */
  takeRenewal(): boolean {
    const isDue = this.#clock.now() >= this.#renewAt;
    if (isDue) this.#renewAt = Number.POSITIVE_INFINITY;
    return isDue;
  }

  /** @returns `null` when it is not to us, or not from who has our secret. @throws MalformedPacketError */
  read(bytes: Uint8Array): Answer | null {
    const { header, message, bodySize } = decodeAnswer(bytes);
    if (!isSame(header.session, this.#session)) return null;
    if (this.#mac !== null && !isSame(header.mac, this.#mac(signedPart(bytes, bodySize)))) return null;
    if (message.kind === 'welcome') {
      this.#cookie = header.cookie;
      this.#renewAt = this.#clock.now() + (message.cookieLifetime * 1000) / 2;
    }
    return message;
  }

  /** @returns the number of a probe of ours that a quote begins with. @throws MalformedPacketError */
  quotedProbe(quote: Uint8Array): number | null {
    if (!isSame(readHeader(quote).session, this.#session)) return null;
    return readFields(quote, HEADER_SIZE, PROBE, 'quoted probe').id;
  }

  #encode(request: Request, length: number, cookie: Uint8Array): Uint8Array {
    return encodeRequest({ session: this.#session, cookie }, request, length, this.#mac);
  }
}
