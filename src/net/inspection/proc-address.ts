/** Addresses of IPv6 as /proc writes them. */

import { literalOf } from '../sys/sockaddr.ts';

/** @param digits 32 of them, hexadecimal. */
export function ipv6(digits: string): string {
  const bytes = new Uint8Array(16);
  bytes.set(Buffer.from(digits, 'hex').subarray(0, bytes.byteLength));
  return literalOf(bytes);
}
