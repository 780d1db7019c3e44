/** What both ends of the protocol with a responder do with the secret that they share. */

import { createHmac, timingSafeEqual } from 'node:crypto';
import { MAC_SIZE } from './wire/responder.ts';
import type { Mac } from './wire/responder-header.ts';

/** The first 16 bytes of HMAC-SHA256 (RFC 2104 §5: half of a hash, and no less, may be left out). */
export function macWith(secret: Uint8Array): Mac {
  return (signed) => createHmac('sha256', secret).update(signed).digest().subarray(0, MAC_SIZE);
}

/** Takes as long whether the first byte is wrong or the last one, so that nobody learns one after the other. */
export function isSame(one: Uint8Array, other: Uint8Array): boolean {
  return one.byteLength === other.byteLength && timingSafeEqual(one, other);
}
