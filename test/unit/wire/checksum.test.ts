import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { internetChecksum } from '../../../src/wire/checksum.ts';

describe('the internet checksum', () => {
  it('is the one of the example in RFC 1071 §3', () => {
    expect(internetChecksum(Uint8Array.of(0x00, 0x01, 0xf2, 0x03, 0xf4, 0xf5, 0xf6, 0xf7))).toBe(~0xddf2 & 0xffff);
  });

  it('pads an odd last byte with zero', () => {
    expect(internetChecksum(Uint8Array.of(1, 2, 3))).toBe(internetChecksum(Uint8Array.of(1, 2, 3, 0)));
  });

  it('is zero over bytes that hold their own, whatever they are', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 2, maxLength: 200 }), (bytes) => {
        bytes.set([0, 0]);
        const sum = internetChecksum(bytes);
        bytes.set([sum >> 8, sum & 0xff]);
        expect(internetChecksum(bytes)).toBe(0);
      }),
    );
  });
});
