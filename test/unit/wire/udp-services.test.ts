import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { internetChecksum } from '../../../src/wire/checksum.ts';
import { dnsQuery, parseDnsAnswer, SMALLEST_DNS_QUERY } from '../../../src/wire/dns.ts';
import { MalformedPacketError } from '../../../src/wire/malformed.ts';
import { parseVersionNegotiation, quicGreeting, SMALLEST_QUIC_DATAGRAM } from '../../../src/wire/quic.ts';
import { udpDatagram } from '../../../src/wire/udp.ts';

const ID = Uint8Array.of(1, 2, 3, 4, 5, 6, 7, 8);

describe('a DNS question', () => {
  it('asks for the root, and says what its answer may have', () => {
    const question = Buffer.from(dnsQuery(0x1234, SMALLEST_DNS_QUERY + 3)).toString('hex');
    expect(question).toBe(
      // id, flags, counts | . NS IN | OPT of 1232 bytes | padding of 3
      '123401000001000000000001' + '0000020001' + '00002904d0000000000007' + '000c0003' + '000000',
    );
  });

  it.each([SMALLEST_DNS_QUERY, 512, 1472, 9000])('is as long as asked: %d', (size) => {
    expect(dnsQuery(1, size)).toHaveLength(size);
  });

  it('is answered by whatever is an answer', () => {
    expect(parseDnsAnswer(Uint8Array.of(0x12, 0x34, 0x81, 0x05, 0, 0, 0, 0, 0, 0, 0, 0))).toBe(0x1234);
    expect(() => parseDnsAnswer(dnsQuery(1, 100))).toThrow(MalformedPacketError);
    expect(() => parseDnsAnswer(Uint8Array.of(0x12, 0x34, 0x81))).toThrow(MalformedPacketError);
  });
});

describe('a QUIC greeting', () => {
  it('has a version that is kept for negotiation, and the id twice', () => {
    const greeting = quicGreeting(ID, SMALLEST_QUIC_DATAGRAM);
    expect(greeting).toHaveLength(1200);
    expect(Buffer.from(greeting.subarray(0, 23)).toString('hex')).toBe(
      'c01a2a3a4a080102030405060708080102030405060708',
    );
  });

  it('is answered by a version negotiation alone', () => {
    const answer = Uint8Array.of(0x80, 0, 0, 0, 0, 8, ...ID, 8, ...ID, 0, 0, 0, 1);
    expect(parseVersionNegotiation(answer)).toEqual(ID);
    expect(() => parseVersionNegotiation(quicGreeting(ID, 1200))).toThrow(MalformedPacketError);
    expect(() => parseVersionNegotiation(answer.subarray(0, 22))).toThrow(MalformedPacketError);
    expect(() => parseVersionNegotiation(Uint8Array.of(0x40, ...answer.subarray(1)))).toThrow(MalformedPacketError);
  });
});

it('what is no answer is malformed, and nothing else happens', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 64 }), (bytes) => {
      for (const parse of [parseDnsAnswer, parseVersionNegotiation]) {
        try {
          parse(bytes);
        } catch (error) {
          expect(error).toBeInstanceOf(MalformedPacketError);
        }
      }
    }),
  );
});

it('a UDP datagram has the checksum that its receiver computes', () => {
  const addresses = { source: Uint8Array.of(10, 0, 1, 2), destination: Uint8Array.of(10, 0, 3, 2) };
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 99 }), (payload) => {
      const datagram = udpDatagram({ sourcePort: 40_000, destinationPort: 443, payload }, addresses);
      const pseudo = [...addresses.source, ...addresses.destination, 0, 17, 0, datagram.byteLength];
      expect(internetChecksum(Uint8Array.from([...pseudo, ...datagram]))).toBe(0);
    }),
  );
});
