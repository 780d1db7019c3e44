import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { echoRequest } from '../../../src/wire/icmp.ts';
import { ipv4Packet, readIpHeader } from '../../../src/wire/ip.ts';
import { MalformedPacketError } from '../../../src/wire/malformed.ts';
import { parseQuoted } from '../../../src/wire/quoted.ts';
import { ipv6Packet } from './packets.ts';

const source = Uint8Array.of(10, 0, 0, 1);
const destination = Uint8Array.of(10, 0, 0, 2);
const echo = { identifier: 77, sequence: 3, payload: new Uint8Array(100) };
const packet4 = ipv4Packet(echoRequest(echo, 4), { protocol: 1, hops: 64, source, destination });

describe('IP headers', () => {
  it('has DF set, and the kernel is left the rest', () => {
    expect([...packet4.subarray(0, 20)]).toEqual([
      0x45, 0, 0, 128, 0, 0, 0x40, 0, 64, 1, 0, 0, 10, 0, 0, 1, 10, 0, 0, 2,
    ]);
    expect(readIpHeader(packet4, 4)).toEqual({
      headerSize: 20,
      size: 128,
      hopsLeft: 64,
      protocol: 1,
      source,
      destination,
    });
  });

  it('refuses another version and a header longer than the packet', () => {
    expect(() => readIpHeader(packet4, 6)).toThrow(MalformedPacketError);
    expect(() => readIpHeader(Uint8Array.from(packet4).fill(0x4f, 0, 1).subarray(0, 59), 4)).toThrow(
      MalformedPacketError,
    );
    expect(() => readIpHeader(Uint8Array.from(packet4).fill(0x44, 0, 1), 4)).toThrow(MalformedPacketError);
  });
});

describe('the packet that an ICMP error quotes', () => {
  it('is known by 64 bits behind the IP header (RFC 792)', () => {
    const quoted = parseQuoted(packet4.subarray(0, 28), 4);
    expect(quoted).toMatchObject({ kind: 'echo-request', size: 128, identifier: 77, sequence: 3, destination });
    expect(quoted).toHaveProperty('payload', new Uint8Array(0));
    expect(() => parseQuoted(packet4.subarray(0, 27), 4)).toThrow(MalformedPacketError);
  });

  it('is found behind IPv4 options', () => {
    const optioned = Uint8Array.from([...packet4.subarray(0, 20), 1, 1, 1, 1, ...packet4.subarray(20)]);
    optioned[0] = 0x46;
    expect(parseQuoted(optioned, 4)).toMatchObject({ kind: 'echo-request', identifier: 77, sequence: 3 });
  });

  it('is a TCP segment or UDP packet by its ports', () => {
    const ports = Uint8Array.of(0x9c, 0x40, 0x01, 0xbb, 0, 0, 0, 0);
    const tcp = ipv4Packet(ports, { protocol: 6, hops: 64, source, destination });
    expect(parseQuoted(tcp, 4)).toMatchObject({ kind: 'tcp', sourcePort: 40000, destinationPort: 443, size: 28 });
    const udp = ipv6Packet(ports, 17, new Uint8Array(16).fill(9));
    expect(parseQuoted(udp, 6)).toMatchObject({ kind: 'udp', sourcePort: 40000, destinationPort: 443, size: 48 });
  });

  it('is nothing of ours when it is an echo reply or another protocol', () => {
    expect(
      parseQuoted(
        ipv4Packet(Uint8Array.of(0, 0, 0, 0, 0, 77, 0, 3), { protocol: 1, hops: 64, source, destination }),
        4,
      ),
    ).toMatchObject({
      kind: 'other',
      protocol: 1,
    });
    expect(
      parseQuoted(ipv4Packet(new Uint8Array(8), { protocol: 47, hops: 64, source, destination }), 4),
    ).toMatchObject({ protocol: 47 });
  });

  it('is read or called malformed, wherever it is cut and whatever is in it', () => {
    const quotes = fc.oneof(
      fc.uint8Array({ maxLength: 120 }),
      fc.nat({ max: packet4.byteLength }).map((cut) => packet4.subarray(0, cut)),
    );
    fc.assert(
      fc.property(quotes, fc.constantFrom(4, 6), (quote, family) => {
        try {
          expect(parseQuoted(quote, family).destination.byteLength).toBe(family === 4 ? 4 : 16);
        } catch (error) {
          expect(error).toBeInstanceOf(MalformedPacketError);
        }
      }),
    );
  });
});
