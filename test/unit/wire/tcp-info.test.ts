import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { MalformedPacketError } from '../../../src/wire/malformed.ts';
import { tcpBytesSent } from '../../../src/wire/tcp-bytes-sent.ts';
import { parseTcpInfo } from '../../../src/wire/tcp-info.ts';

describe('struct tcp_info', () => {
  it('is read as far as this kernel fills it', () => {
    const buffer = new Uint8Array(256);
    const view = new DataView(buffer.buffer);
    view.setUint32(16, 1448, true);
    view.setBigUint64(200, 5000n, true);
    view.setUint32(224, 2, true);
    expect(parseTcpInfo(buffer, 248)).toMatchObject({ sndMss: 1448, outOfOrderSegments: 2 });
    expect(parseTcpInfo(buffer, 224)).toMatchObject({ sndMss: 1448, outOfOrderSegments: null });
    expect(tcpBytesSent(buffer, 248)).toBe(5000);
    expect(tcpBytesSent(buffer, 200)).toBeNull();
  });

  it('is malformed at an absurd length, and never read beyond its end', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), fc.integer({ min: -10, max: 10_000 }), (buffer, length) => {
        try {
          expect(parseTcpInfo(buffer, length).outOfOrderSegments === null).toBe(length < 228);
        } catch (error) {
          expect(error).toBeInstanceOf(MalformedPacketError);
        }
        expect(tcpBytesSent(buffer, length) === null).toBe(length < 208 || length > buffer.byteLength);
      }),
    );
  });
});
