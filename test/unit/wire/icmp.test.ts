import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { echoRequest, isPlausibleNextHopMtu, parseEcho, parseIcmp } from '../../../src/wire/icmp.ts';
import { MalformedPacketError } from '../../../src/wire/malformed.ts';
import { packetTooBig4, packetTooBig6, sealed } from './packets.ts';

const payload = Uint8Array.of(1, 2, 3);

describe('ICMP messages', () => {
  it('says what an echo request is, with a checksum for IPv4 only', () => {
    const echo = { identifier: 0x1234, sequence: 7, payload };
    expect([...echoRequest(echo, 4)]).toEqual([8, 0, 0xe1, 0xc2, 0x12, 0x34, 0, 7, 1, 2, 3]);
    expect([...echoRequest(echo, 6)]).toEqual([128, 0, 0, 0, 0x12, 0x34, 0, 7, 1, 2, 3]);
    expect(parseEcho(echoRequest(echo, 6))).toEqual(echo);
  });

  it('reads an echo reply', () => {
    const reply = sealed(Uint8Array.of(0, 0, 0, 0, 0x12, 0x34, 0, 7, 1, 2, 3));
    expect(parseIcmp(reply, 4)).toEqual({ kind: 'echo-reply', identifier: 0x1234, sequence: 7, payload });
    expect(parseIcmp(Uint8Array.of(129, 0, 0, 0, 0x12, 0x34, 0, 7, 1, 2, 3), 6)).toMatchObject({
      sequence: 7,
      payload,
    });
  });

  it('reads the next-hop MTU: 16 bits in IPv4, 32 in IPv6', () => {
    expect(parseIcmp(packetTooBig4(payload, 1400), 4)).toEqual({
      kind: 'packet-too-big',
      nextHopMtu: 1400,
      quote: payload,
    });
    expect(parseIcmp(packetTooBig6(payload, 70_000), 6)).toMatchObject({ nextHopMtu: 70_000 });
  });

  it('tells a closed port from an unreachable host', () => {
    expect(parseIcmp(sealed(Uint8Array.of(3, 3, 0, 0, 0, 0, 0, 0)), 4)).toMatchObject({
      kind: 'unreachable',
      why: 'port',
    });
    expect(parseIcmp(sealed(Uint8Array.of(3, 1, 0, 0, 0, 0, 0, 0)), 4)).toMatchObject({ why: 'other' });
    expect(parseIcmp(Uint8Array.of(1, 4, 0, 0, 0, 0, 0, 0), 6)).toMatchObject({ kind: 'unreachable', why: 'port' });
  });

  it('refuses a wrong checksum and a header that is cut', () => {
    const wrong = packetTooBig4(payload, 1400);
    wrong[7] = 0;
    expect(() => parseIcmp(wrong, 4)).toThrow(MalformedPacketError);
    expect(() => parseIcmp(Uint8Array.of(129, 0, 0, 0, 0, 0, 0), 6)).toThrow(MalformedPacketError);
    expect(() => parseEcho(Uint8Array.of(8))).toThrow(MalformedPacketError);
  });

  it('either understands any bytes or calls them malformed', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 100 }), fc.constantFrom(4, 6), (bytes, family) => {
        try {
          expect(parseIcmp(bytes, family)).toHaveProperty('kind');
        } catch (error) {
          expect(error).toBeInstanceOf(MalformedPacketError);
        }
      }),
    );
  });
});

describe('what a router may claim', () => {
  it('is a size below the one sent, and above what every link carries', () => {
    expect(isPlausibleNextHopMtu(1400, 1500, 4)).toBe(true);
    expect(isPlausibleNextHopMtu(1500, 1500, 4)).toBe(false);
    expect(isPlausibleNextHopMtu(68, 1500, 4)).toBe(true);
    expect(isPlausibleNextHopMtu(67, 1500, 4)).toBe(false);
    expect(isPlausibleNextHopMtu(1280, 1500, 6)).toBe(true);
    expect(isPlausibleNextHopMtu(1279, 1500, 6)).toBe(false);
  });

  it('is nothing at all, in IPv4 alone', () => {
    expect(isPlausibleNextHopMtu(0, 1500, 4)).toBe(true);
    expect(isPlausibleNextHopMtu(0, 1500, 6)).toBe(false);
  });
});
