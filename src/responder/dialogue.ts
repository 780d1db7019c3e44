/** What a client asks on one TCP connection, and what is due for it. Neither socket nor clock. */

import { isSame } from '../secret.ts';
import { MalformedPacketError } from '../wire/malformed.ts';
import {
  LONGEST_REPLY,
  PROTOCOL_VERSION,
  REPORT_RECORD_SIZE,
  type ResponderErrorCode,
  TCP_REQUEST_SIZE,
} from '../wire/responder.ts';
import type { Mac } from '../wire/responder-header.ts';
import { decodeTcpRequest, readTcpRequestHeader, signedTcp, type TcpRequest } from '../wire/responder-tcp.ts';
import type { Counters } from './counters.ts';

export type Step =
  /** Zeros. */
  | { readonly kind: 'filler'; readonly bytes: number }
  | { readonly kind: 'report'; readonly session: Uint8Array; readonly elapsedMs: number | null }
  /** Behind it the connection is closed. */
  | { readonly kind: 'error'; readonly session: Uint8Array; readonly code: ResponderErrorCode }
  /** Once everything before is sent. */
  | { readonly kind: 'close' }
  /** At once: what came in is nothing of ours. */
  | { readonly kind: 'abort' };

export interface DialogueParts {
  readonly counters: Counters;
  /** `null` without a secret. */
  readonly mac: Mac | null;
  /** Whether so many bytes may be sent, which then count as sent. */
  readonly mayTake: (bytes: number, now: number) => boolean;
}

/** What is being read: a request, or what follows one. */
type State =
  | { readonly kind: 'request'; readonly begun: Uint8Array }
  /** `left` may be infinite. */
  | { readonly kind: 'sink'; readonly left: number }
  | { readonly kind: 'upload'; readonly left: number; readonly session: Uint8Array; readonly since: number | null }
  | { readonly kind: 'over' };

const NOTHING = new Uint8Array(0);

export class Dialogue {
  readonly #parts: DialogueParts;
  #state: State = { kind: 'request', begun: NOTHING };

  constructor(parts: DialogueParts) {
    this.#parts = parts;
  }

  /** Whether a request has begun and is not complete. */
  get isInRequest(): boolean {
    return this.#state.kind === 'request' && this.#state.begun.byteLength > 0;
  }

  /** @param now in milliseconds. */
  take(chunk: Uint8Array, now: number): readonly Step[] {
    const steps: Step[] = [];
    let rest = chunk;
    while (rest.byteLength > 0 && this.#state.kind !== 'over') rest = this.#takeSome(rest, now, steps);
    return steps;
  }

  /** @returns what is left. */
  #takeSome(chunk: Uint8Array, now: number, steps: Step[]): Uint8Array {
    const state = this.#state;
    switch (state.kind) {
      case 'request': {
        const begun = Uint8Array.from([
          ...state.begun,
          ...chunk.subarray(0, TCP_REQUEST_SIZE - state.begun.byteLength),
        ]);
        if (begun.byteLength === TCP_REQUEST_SIZE) this.#begin(begun, now, steps);
        else this.#state = { kind: 'request', begun };
        return chunk.subarray(begun.byteLength - state.begun.byteLength);
      }
      case 'sink': {
        const left = state.left - chunk.byteLength;
        this.#state = left > 0 ? { kind: 'sink', left } : { kind: 'request', begun: NOTHING };
        return chunk.subarray(Math.min(chunk.byteLength, state.left));
      }
      case 'upload': {
        const left = state.left - chunk.byteLength;
        const since = state.since ?? now;
        if (left > 0) {
          this.#state = { ...state, left, since };
          return NOTHING;
        }
        this.#state = { kind: 'request', begun: NOTHING };
        this.#report(state.session, now - since, now, steps);
        return chunk.subarray(state.left);
      }
      case 'over':
        return NOTHING;
    }
  }

  #begin(bytes: Uint8Array, now: number, steps: Step[]): void {
    const { counters } = this.#parts;
    this.#state = { kind: 'request', begun: NOTHING };
    try {
      const header = readTcpRequestHeader(bytes);
      const { mac } = this.#parts;
      if (mac !== null && !isSame(mac(signedTcp(bytes)), header.mac)) {
        counters.unsigned += 1;
        this.#end({ kind: 'abort' }, steps);
      } else if (header.version !== PROTOCOL_VERSION) {
        counters.unsupportedVersion += 1;
        this.#end({ kind: 'error', session: header.session, code: 'unsupported-version' }, steps);
      } else this.#serve(decodeTcpRequest(bytes), now, steps);
    } catch (error) {
      if (!(error instanceof MalformedPacketError)) throw error;
      counters.malformed += 1;
      this.#end({ kind: 'abort' }, steps);
    }
  }

  #serve({ operation, session, bytes, closeAfter }: TcpRequest, now: number, steps: Step[]): void {
    switch (operation) {
      case 'reply':
        if (bytes > LONGEST_REPLY) throw new MalformedPacketError('length of a reply', bytes);
        if (this.#refuses(bytes, session, now, steps)) return;
        steps.push({ kind: 'filler', bytes });
        if (closeAfter) this.#end({ kind: 'close' }, steps);
        return;
      case 'sink':
        this.#state = { kind: 'sink', left: bytes === 0 ? Number.POSITIVE_INFINITY : bytes };
        return;
      case 'report':
        this.#report(session, null, now, steps);
        return;
      case 'upload':
        if (bytes === 0) this.#report(session, 0, now, steps);
        else this.#state = { kind: 'upload', left: bytes, session, since: null };
    }
  }

  #report(session: Uint8Array, elapsedMs: number | null, now: number, steps: Step[]): void {
    if (this.#refuses(REPORT_RECORD_SIZE, session, now, steps)) return;
    steps.push({ kind: 'report', session, elapsedMs });
  }

  /** An error is no longer than the request, so that it needs no leave. */
  #refuses(bytes: number, session: Uint8Array, now: number, steps: Step[]): boolean {
    if (this.#parts.mayTake(bytes, now)) return false;
    this.#parts.counters.rateLimited += 1;
    this.#end({ kind: 'error', session, code: 'rate-limited' }, steps);
    return true;
  }

  #end(step: Step, steps: Step[]): void {
    this.#state = { kind: 'over' };
    steps.push(step);
  }
}
