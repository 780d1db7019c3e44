import { describe, expect, it } from 'vitest';
import { PROTOCOL, putTogether, takeApart } from '../../../../src/lab/mischief/packet.ts';
import { internetChecksum } from '../../../../src/wire/checksum.ts';
import { CLIENT, FAMILIES, ping, SERVER, segment } from './packets.ts';

/** Zero where the checksum of TCP, UDP or ICMP is right (RFC 9293 §3.1, RFC 8200 §8.1). */
function checkOf(bytes: Uint8Array): number {
  const { family, source, destination, protocol, body } = takeApart(bytes);
  if (protocol === PROTOCOL.icmp[4] && family === 4) return internetChecksum(body);
  const pseudo = Buffer.from([...source, ...destination, 0, protocol, body.byteLength >> 8, body.byteLength & 0xff]);
  return internetChecksum(Buffer.concat([pseudo, body]));
}

describe('a packet', () => {
  it.each(FAMILIES)('is put together with every checksum right: IPv%s', (family) => {
    for (const bytes of [segment(family, 0), segment(family, 101), ping(family, 56)]) {
      expect(checkOf(bytes)).toBe(0);
      if (family === 4) expect(internetChecksum(bytes.subarray(0, 20))).toBe(0);
    }
  });

  it.each(FAMILIES)('comes apart as it was put together: IPv%s', (family) => {
    const body = Buffer.from([1, 2, 3, 4, 0, 9, 0, 0, 42]);
    const packet = { family, source: CLIENT[family], destination: SERVER[family], protocol: PROTOCOL.udp };
    const apart = takeApart(putTogether({ ...packet, body }));
    expect({ ...apart, source: [...apart.source], destination: [...apart.destination], body: [] }).toEqual({
      ...packet,
      source: [...CLIENT[family]],
      destination: [...SERVER[family]],
      body: [],
    });
    expect([...apart.body.subarray(0, 6)]).toEqual([1, 2, 3, 4, 0, 9]);
    expect(apart.body[8]).toBe(42);
  });
});
