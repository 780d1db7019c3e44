/** The bytes of forward probes: a request that is legal wherever it stops, and that no server can answer yet. */

import { partialClientHello } from './client-hello.ts';
import { partialHttpRequest } from './http.ts';

export interface PartialRequest {
  /** Begin a TLS ClientHello; else an HTTP GET. */
  readonly tls: boolean;
  /** For the Host header. */
  readonly host: string;
  /** `HELLO_RANDOM_SIZE` bytes, the same for all parts of one connection's request. */
  readonly random: Uint8Array;
}

/** @param from how much of the request was sent before on this connection; @param length bytes wanted now. */
export function partialRequest(request: PartialRequest, from: number, length: number): Uint8Array {
  return request.tls
    ? partialClientHello(request.random, from, length)
    : partialHttpRequest(request.host, from, length);
}
