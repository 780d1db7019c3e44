/** What our TCP connections say to a responder. */

import { randomBytes } from 'node:crypto';
import { SESSION_SIZE } from '../wire/responder.ts';
import type { Mac } from '../wire/responder-header.ts';
import { encodeTcpRequest, type Operation } from '../wire/responder-tcp.ts';

/** @param bytes how many are to come; 0 of `sink` has no end. */
export type ResponderRequests = (operation: Operation, bytes: number) => Uint8Array;

/** Of one session of ours. @param mac signs with the secret that the responder has as well. */
export function responderRequests(mac: Mac | null): ResponderRequests {
  const session = Uint8Array.from(randomBytes(SESSION_SIZE));
  return (operation, bytes) => encodeTcpRequest({ operation, session, bytes, closeAfter: false }, mac);
}
