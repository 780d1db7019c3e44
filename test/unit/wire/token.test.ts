import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readToken, TOKEN_SIZE, writeToken } from '../../../src/wire/token.ts';

const nonce = Uint8Array.of(1, 2, 3, 4, 5, 6, 7, 8);

describe('the token of a probe', () => {
  it('comes back as the number that was written', () => {
    fc.assert(
      fc.property(fc.nat({ max: 0xffffffff }), fc.nat({ max: 50 }), (id, more) => {
        const payload = new Uint8Array(TOKEN_SIZE + more);
        writeToken(payload, nonce, id);
        expect(readToken(payload, nonce)).toBe(id);
      }),
    );
  });

  it('is nobody else’s', () => {
    const payload = new Uint8Array(TOKEN_SIZE);
    writeToken(payload, nonce, 5);
    expect(readToken(payload, Uint8Array.from(nonce).fill(9, 7))).toBeNull();
  });

  it('may be cut, but not changed', () => {
    expect(readToken(new Uint8Array(0), nonce)).toBe('cut');
    expect(readToken(Uint8Array.of(1, 2, 3), nonce)).toBe('cut');
    expect(readToken(Uint8Array.of(1, 2, 4), nonce)).toBeNull();
  });
});
