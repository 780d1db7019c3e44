import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { MalformedPacketError } from '../../../src/wire/malformed.ts';
import { REPORT_RECORD_SIZE, TCP_REQUEST_SIZE } from '../../../src/wire/responder.ts';
import {
  decodeRecord,
  decodeTcpRequest,
  encodeErrorRecord,
  encodeReport,
  encodeTcpRequest,
  readTcpRequestHeader,
  signedTcp,
} from '../../../src/wire/responder-tcp.ts';
import { parseSyn } from '../../../src/wire/syn.ts';

const u8 = fc.nat({ max: 255 });
const u32 = fc.nat({ max: 0xffffffff });
const session = fc.uint8Array({ minLength: 8, maxLength: 8 });
const request = fc.record({
  operation: fc.constantFrom('reply' as const, 'sink' as const, 'report' as const, 'upload' as const),
  session,
  bytes: u32,
  closeAfter: fc.boolean(),
});
const orNone = <Value>(value: fc.Arbitrary<Value>) => fc.option(value, { nil: null });
const report = fc.record({
  syn: orNone(
    fc.record({
      mss: orNone(fc.integer({ min: 1, max: 65535 })),
      size: fc.nat({ max: 65535 }),
      hops: u8,
      dontFragment: fc.boolean(),
    }),
  ),
  sndMss: u32,
  rcvMss: u32,
  advMss: u32,
  pathMtu: u32,
  rttUs: u32,
  totalRetransmits: u32,
  elapsedMs: orNone(fc.nat({ max: 0xfffffffe })),
  bytesReceived: fc.maxSafeNat(),
  bytesAcked: fc.maxSafeNat(),
});

describe('requests and records on a connection of the responder', () => {
  it('come out as they went in', () => {
    fc.assert(
      fc.property(request, (asked) => {
        expect(decodeTcpRequest(encodeTcpRequest(asked, null))).toEqual(asked);
      }),
    );
    fc.assert(
      fc.property(session, report, fc.uint8Array({ maxLength: 9 }), (of, said, behind) => {
        const record = encodeReport(of, said, null);
        expect(decodeRecord(Uint8Array.from([...record, ...behind]))).toMatchObject({
          header: { session: of },
          record: { kind: 'report', report: said },
          size: REPORT_RECORD_SIZE,
        });
        expect(decodeRecord(record.subarray(0, -1))).toBeNull();
      }),
    );
  });

  it('are signed as a whole', () => {
    const mac = (signed: Uint8Array) => new Uint8Array(16).fill(signed.reduce((sum, byte) => (sum * 31 + byte) & 0xff));
    fc.assert(
      fc.property(request, (asked) => {
        const encoded = encodeTcpRequest(asked, mac);
        expect(readTcpRequestHeader(encoded).mac).toEqual(mac(signedTcp(encoded)));
        const record = encodeErrorRecord(asked.session, 'busy', mac);
        expect(decodeRecord(record)?.header.mac).toEqual(mac(signedTcp(record)));
      }),
    );
  });

  it('say "unsupported version" in any version, and nothing else', () => {
    const of = new Uint8Array(8).fill(3);
    const error = encodeErrorRecord(of, 'unsupported-version', null).fill(9, 4, 5);
    const says = { kind: 'error', code: 'unsupported-version', lowestVersion: 1, highestVersion: 1 };
    expect(decodeRecord(error)).toMatchObject({ header: { version: 9, session: of }, record: says });
    const asked = { operation: 'report', session: of, bytes: 0, closeAfter: false } as const;
    const later = encodeTcpRequest(asked, null).fill(9, 4, 5);
    expect(readTcpRequestHeader(later)).toMatchObject({ version: 9, session: of });
    expect(() => decodeTcpRequest(later)).toThrow(MalformedPacketError);
  });

  it('are read or called malformed, whatever they are', () => {
    const beginning = Uint8Array.of(0x4d, 0x54, 0x55, 0x50, 1);
    const anything = fc.oneof(
      fc.uint8Array({ maxLength: 120 }),
      fc.uint8Array({ maxLength: 120 }).map((rest) => Uint8Array.from([...beginning, ...rest])),
      fc
        .tuple(fc.constantFrom(1, 2, 3, 4, 131, 255), fc.uint8Array({ minLength: TCP_REQUEST_SIZE, maxLength: 120 }))
        .map(([type, rest]) => Uint8Array.from([...beginning, type, ...rest])),
    );
    fc.assert(
      fc.property(anything, fc.constantFrom(decodeTcpRequest, decodeRecord), (stream, decode) => {
        try {
          expect(decode(stream)).not.toBeUndefined();
        } catch (error) {
          expect(error).toBeInstanceOf(MalformedPacketError);
        }
      }),
      { numRuns: 2000 },
    );
  });
});

/** As Linux keeps it: IPv4 without options and DF set, TCP with MSS 1460, SACK permitted, timestamps, window scale. */
const SYN4 = Uint8Array.from([
  ...[0x45, 0, 0, 60, 0x1a, 0x2b, 0x40, 0, 61, 6, 0, 0, 10, 0, 1, 2, 10, 0, 3, 2],
  ...[0x9c, 0x40, 0x12, 0xd5, 0, 0, 0, 1, 0, 0, 0, 0, 0xa0, 0x02, 0xfa, 0xf0, 0, 0, 0, 0],
  ...[2, 4, 0x05, 0xb4, 4, 2, 8, 10, 0, 0, 0, 1, 0, 0, 0, 0, 1, 3, 3, 7],
]);

describe('a SYN that the kernel kept', () => {
  it('tells the MSS as it arrived', () => {
    expect(parseSyn(SYN4, 4)).toEqual({ mss: 1460, size: 60, hops: 61, dontFragment: true });
  });

  it('may have no MSS', () => {
    const without = Uint8Array.from(SYN4);
    without.fill(1, 40, 44);
    expect(parseSyn(without, 4).mss).toBeNull();
    expect(parseSyn(Uint8Array.from(SYN4).fill(0, 40, 41), 4).mss).toBeNull();
  });

  it('is read or called malformed, wherever it is cut and whatever is in it', () => {
    const syns = fc.oneof(
      fc.uint8Array({ maxLength: 100 }),
      fc.nat({ max: SYN4.byteLength }).map((cut) => SYN4.subarray(0, cut)),
      fc
        .uint8Array({ minLength: 20, maxLength: 20 })
        .map((options) => Uint8Array.from([...SYN4.subarray(0, 40), ...options])),
    );
    fc.assert(
      fc.property(syns, fc.constantFrom(4, 6), (syn, family) => {
        try {
          expect(parseSyn(syn, family).mss ?? 0).toBeLessThanOrEqual(65535);
        } catch (error) {
          expect(error).toBeInstanceOf(MalformedPacketError);
        }
      }),
    );
  });
});
