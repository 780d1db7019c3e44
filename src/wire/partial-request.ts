/** The bytes of forward probes: something that is legal wherever it stops, and that no server can answer yet. */

import { partialClientHello, partialRecord } from './client-hello.ts';
import { partialHttpRequest } from './http.ts';

export interface PartialRequest {
  /** TLS, else HTTP. */
  readonly tls: boolean;
  /** A ClientHello was sent on this connection, and answered or not: a second one would be an error. */
  readonly greeted: boolean;
  /** For the Host header. */
  readonly host: string;
  /** `HELLO_RANDOM_SIZE` bytes, the same for all parts of one connection's request. */
  readonly random: Uint8Array;
}

/** @param from how much of the request was sent before on this connection; @param length bytes wanted now. */
export function partialRequest(request: PartialRequest, from: number, length: number): Uint8Array {
  if (!request.tls) return partialHttpRequest(request.host, from, length);
  return request.greeted ? partialRecord(from, length) : partialClientHello(request.random, from, length);
}
