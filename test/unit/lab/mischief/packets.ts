/** Packets as they pass a link, for tests: addresses end in 1 (client) and 2 (server). */

import type { Family } from '../../../../src/contract.ts';
import { PROTOCOL, putTogether } from '../../../../src/lab/mischief/packet.ts';

export const CLIENT: Readonly<Record<Family, Uint8Array>> = { 4: address(4, 1), 6: address(6, 1) };
export const SERVER: Readonly<Record<Family, Uint8Array>> = { 4: address(4, 2), 6: address(6, 2) };
export const ROUTER: Readonly<Record<Family, Uint8Array>> = { 4: address(4, 9), 6: address(6, 9) };
export const FAMILIES: readonly Family[] = [4, 6];

/** From port 40000 to 443, sequence 1000, acknowledging 5000. */
export function segment(family: Family, payload: number): Buffer {
  const body = Buffer.alloc(20 + payload, 7);
  body.writeUInt16BE(40000, 0);
  body.writeUInt16BE(443, 2);
  body.writeUInt32BE(1000, 4);
  body.writeUInt32BE(5000, 8);
  body.set([0x50, 0x18], 12);
  return putTogether({ family, source: CLIENT[family], destination: SERVER[family], protocol: PROTOCOL.tcp, body });
}

/** Identifier 77, sequence 3. */
export function ping(family: Family, payload: number): Buffer {
  const body = Buffer.alloc(8 + payload, 5);
  body[0] = family === 4 ? 8 : 128;
  body[1] = 0;
  body.writeUInt16BE(77, 4);
  body.writeUInt16BE(3, 6);
  const protocol = PROTOCOL.icmp[family];
  return putTogether({ family, source: CLIENT[family], destination: SERVER[family], protocol, body });
}

function address(family: Family, last: number): Uint8Array {
  const bytes = new Uint8Array(family === 4 ? 4 : 16);
  bytes.set(family === 4 ? [192, 0, 2] : [0x20, 0x01, 0x0d, 0xb8]);
  bytes[bytes.length - 1] = last;
  return bytes;
}
