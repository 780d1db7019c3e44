import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { MalformedPacketError } from '../../../src/wire/malformed.ts';
import {
  datagramLength,
  ERROR_SIZE,
  HEADER_SIZE,
  MOST_WAVE_PACKETS,
  SMALLEST_REQUEST,
  smallestData,
  smallestProbe,
  WELCOME_SIZE,
} from '../../../src/wire/responder.ts';
import { type Answer, decodeAnswer, encodeAnswer } from '../../../src/wire/responder-answer.ts';
import { NO_COOKIE, readHeader, signedPart } from '../../../src/wire/responder-header.ts';
import { decodeRequest, encodeRequest, type Request } from '../../../src/wire/responder-request.ts';

const u8 = fc.nat({ max: 255 });
const u16 = fc.nat({ max: 65535 });
const u32 = fc.nat({ max: 0xffffffff });
const some16 = fc.integer({ min: 1, max: 65535 });
const orNone = (value: fc.Arbitrary<number>) => fc.option(value, { nil: null });
const bytes = (length: number) => fc.uint8Array({ minLength: length, maxLength: length });

const envelope = fc.record({ session: bytes(8), cookie: bytes(16) });
const request: fc.Arbitrary<Request> = fc.oneof(
  fc.constant<Request>({ kind: 'hello' }),
  fc.constant<Request>({ kind: 'status' }),
  fc.record({ kind: fc.constant('probe' as const), id: u32 }),
  fc.record({
    kind: fc.constant('wave' as const),
    packets: fc.array(fc.record({ id: u32, size: u16 }), { maxLength: MOST_WAVE_PACKETS }),
  }),
);
const kind = <Kind extends string>(name: Kind) => fc.constant(name);
const versions = { lowestVersion: u8, highestVersion: u8 };
const mtus = { interfaceMtu: u16, cachedPathMtu: orNone(some16) };
const answer: fc.Arbitrary<Answer> = fc.oneof(
  fc.record({ kind: kind('welcome'), ...versions, ...mtus, cookieLifetime: u16 }),
  fc.record({ kind: kind('ack'), id: u32, size: u16, largestFragment: orNone(some16), hops: u8 }),
  fc.record({ kind: kind('data'), id: u32 }),
  fc.record({ kind: kind('limit'), id: u32, mtu: u16 }),
  fc.record({ kind: kind('told'), id: u32, nextHopMtu: u16, from: bytes(16) }),
  fc.record({ kind: kind('state'), ...mtus, probes: u32, sent: u32, withheld: u32 }),
  fc.record({
    kind: kind('error'),
    code: fc.constantFrom('unsupported-version' as const, 'busy' as const, 'rate-limited' as const, 'stale-cookie'),
    ...versions,
  }) as fc.Arbitrary<Answer>,
);

/** Stands for a keyed hash: whatever is changed in the bytes changes it. */
function sum(signed: Uint8Array): Uint8Array {
  const mac = new Uint8Array(16);
  for (const [at, byte] of signed.entries()) mac[at % 16] = ((mac[at % 16] ?? 0) * 31 + byte + 1) & 0xff;
  return mac;
}

describe('datagrams of the responder', () => {
  it('come out as they went in, padded or not', () => {
    fc.assert(
      fc.property(envelope, request, fc.nat({ max: 2000 }), (of, message, length) => {
        const encoded = encodeRequest(of, message, length, null);
        expect(encoded.byteLength).toBeGreaterThanOrEqual(Math.max(length, SMALLEST_REQUEST));
        const decoded = decodeRequest(encoded);
        expect(decoded.message).toEqual(message);
        expect(decoded.header).toMatchObject(of);
      }),
    );
    fc.assert(
      fc.property(envelope, answer, fc.nat({ max: 2000 }), (of, message, length) => {
        const encoded = encodeAnswer(of, message, length, null);
        if (message.kind === 'data') expect(encoded.byteLength).toBe(Math.max(length, HEADER_SIZE + 4));
        expect(decodeAnswer(encoded)).toMatchObject({ header: of, message });
      }),
    );
  });

  it('are signed over header and body, and not over the padding', () => {
    fc.assert(
      fc.property(envelope, request, fc.nat({ max: 500 }), u8, (of, message, at, byte) => {
        const encoded = encodeRequest(of, message, 300, sum);
        const { bodySize, header } = decodeRequest(encoded);
        expect(sum(signedPart(encoded, bodySize))).toEqual(header.mac);
        const changed = Uint8Array.from(encoded);
        changed[at] = byte;
        const isPadding = at >= HEADER_SIZE + bodySize;
        const isMac = at >= HEADER_SIZE - 16 && at < HEADER_SIZE;
        const isSame = isPadding || isMac || changed[at] === encoded[at];
        expect(sum(signedPart(changed, bodySize)).toString() === header.mac.toString()).toBe(isSame);
      }),
    );
    // Node hands out Buffers, whose slice() is no copy.
    const buffer = Buffer.from(
      encodeRequest({ session: new Uint8Array(8), cookie: NO_COOKIE }, { kind: 'hello' }, 0, sum),
    );
    const before = Buffer.from(buffer);
    expect(sum(signedPart(buffer, 0))).toEqual(decodeRequest(buffer).header.mac);
    expect(buffer).toEqual(before);
    const told: Answer = { kind: 'told', id: 1, nextHopMtu: 1400, from: new Uint8Array(16) };
    const encoded = encodeAnswer({ session: new Uint8Array(8), cookie: NO_COOKIE }, told, 0, sum);
    expect(sum(signedPart(encoded, decodeAnswer(encoded).bodySize))).toEqual(readHeader(encoded).mac);
  });

  it('are read or called malformed, whatever they are', () => {
    const beginning = Uint8Array.of(0x4d, 0x54, 0x55, 0x50, 1);
    const anything = fc.oneof(
      fc.uint8Array({ maxLength: 500 }),
      fc.uint8Array({ maxLength: 500 }).map((rest) => Uint8Array.from([...beginning, ...rest])),
      fc
        .tuple(fc.constantFrom(1, 2, 3, 4, 129, 130, 131, 132, 133, 134, 255), fc.uint8Array({ maxLength: 120 }))
        .map(([type, rest]) => Uint8Array.from([...beginning, type, ...rest])),
    );
    fc.assert(
      fc.property(anything, fc.constantFrom(decodeRequest, decodeAnswer), (datagram, decode) => {
        try {
          expect(decode(datagram).bodySize).toBeLessThanOrEqual(datagram.byteLength);
        } catch (error) {
          expect(error).toBeInstanceOf(MalformedPacketError);
        }
      }),
      { numRuns: 2000 },
    );
  });

  it('are padded, so that no answer to a stranger is longer', () => {
    const hello = encodeRequest({ session: new Uint8Array(8), cookie: NO_COOKIE }, { kind: 'hello' }, 0, null);
    expect(hello.byteLength).toBe(SMALLEST_REQUEST);
    expect(SMALLEST_REQUEST).toBeGreaterThanOrEqual(Math.max(WELCOME_SIZE, ERROR_SIZE));
    expect(() => decodeRequest(hello.subarray(0, SMALLEST_REQUEST - 1))).toThrow(MalformedPacketError);
  });

  it('have sizes of whole packets', () => {
    expect([smallestProbe(4), smallestProbe(6), smallestData(4), smallestData(6)]).toEqual([84, 104, 80, 100]);
    expect([datagramLength(1500, 4), datagramLength(1500, 6)]).toEqual([1472, 1452]);
  });

  it('say "unsupported version" in any version, and nothing else', () => {
    const of = { session: new Uint8Array(8), cookie: NO_COOKIE };
    const error: Answer = { kind: 'error', code: 'unsupported-version', lowestVersion: 7, highestVersion: 9 };
    const later = encodeAnswer(of, error, 0, null).fill(9, 4, 5);
    expect(decodeAnswer(later)).toMatchObject({ header: { version: 9 }, message: error });
    const data = encodeAnswer(of, { kind: 'data', id: 1 }, 100, null).fill(9, 4, 5);
    expect(() => decodeAnswer(data)).toThrow(MalformedPacketError);
    const hello = encodeRequest(of, { kind: 'hello' }, 0, null).fill(9, 4, 5);
    expect(() => decodeRequest(hello)).toThrow(MalformedPacketError);
    expect(readHeader(hello)).toMatchObject({ version: 9, type: 1 });
  });
});
