import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  decodeAttributes,
  decodeI32,
  decodeMessages,
  decodeNested,
  decodeText,
  decodeU32,
  encodeAttribute,
  encodeMessage,
  encodeU32,
  type NetlinkMessage,
  NLM_F_DUMP,
} from '../../../../src/net/sys/netlink-message.ts';
import { errorOf, hearAll } from '../../../../src/net/sys/netlink-socket.ts';

function hex(text: string): Uint8Array {
  return Buffer.from(text.replaceAll(' ', ''), 'hex');
}

describe('a message', () => {
  it('is a header, the structure and attributes', () => {
    const message = encodeMessage(18, NLM_F_DUMP, hex('0a000000'), encodeAttribute(29, encodeU32(8)));
    expect(Buffer.from(message).toString('hex')).toBe(
      '1c000000 1200 0103 00000000 00000000 0a000000 0800 1d00 08000000'.replaceAll(' ', ''),
    );
  });

  it('is read with those behind it, each from a multiple of four', () => {
    const read = decodeMessages(
      hex('11000000 1000 0200 01000000 02000000 ff 000000 10000000 0300 1000 01000000 02000000'),
    );
    expect(read).toEqual([
      { type: 16, flags: 2, body: hex('ff') },
      { type: 3, flags: 16, body: hex('') },
    ]);
  });

  it.each([
    ['is longer than what is there', '12000000 1000 0200 01000000 02000000 ff'],
    ['is shorter than its header', '0f000000 1000 0200 01000000 02000000'],
    ['has no whole header', '10000000 1000 0200 01000000'],
  ])('that %s is none', (_, bytes) => {
    expect(decodeMessages(hex(bytes))).toEqual([]);
  });
});

describe('attributes', () => {
  it('are padded, and know nothing of it', () => {
    expect(Buffer.from(encodeAttribute(3, hex('6c6f00'))).toString('hex')).toBe('070003006c6f0000');
    const read = decodeAttributes(hex('0700 0300 6c6f00 00 0800 2580 ffffffff'));
    expect([...read]).toEqual([
      [3, hex('6c6f00')],
      [37, hex('ffffffff')],
    ]);
    expect(decodeText(read.get(3))).toBe('lo');
    expect(decodeI32(read.get(37))).toBe(-1);
    expect(decodeU32(read.get(3))).toBeNull();
    expect(decodeU32(read.get(4))).toBeNull();
    expect([...decodeNested(undefined)]).toEqual([]);
  });

  it('end where one is cut', () => {
    expect([...decodeAttributes(hex('0800 0100 01000000 0900 0200 02000000'))]).toEqual([[1, hex('01000000')]]);
    expect([...decodeAttributes(hex('0300 0100'))]).toEqual([]);
  });

  it('come back as they went in', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 100 }), fc.nat({ max: 1000 }), (value, type) => {
        expect([...decodeAttributes(encodeAttribute(type, value))]).toEqual([[type, value]]);
      }),
    );
  });
});

describe('a list', () => {
  const entry = (flags = 2): NetlinkMessage => ({ type: 24, flags, body: new Uint8Array(40) });
  const end = (flags = 2, cause = 0): NetlinkMessage => ({
    type: 3,
    flags,
    body: hex(cause === 0 ? '00000000' : 'a1ffffff'),
  });
  const error = { type: 2, flags: 0, body: hex('ffffffff') };

  function heard(mostBytes: number, ...answers: readonly (readonly NetlinkMessage[])[]) {
    const left = [...answers];
    let count = 0;
    const result = hearAll(
      () => left.shift() ?? [],
      () => {
        count += 1;
      },
      mostBytes,
    );
    return [result, count];
  }

  it('goes over several answers', () => {
    expect(heard(1000, [entry(), entry()], [entry()], [end()])).toEqual(['whole', 3]);
  });

  it('says when it changed meanwhile', () => {
    expect(heard(1000, [entry(), entry(0x12)], [end()])).toEqual(['changed', 2]);
    expect(heard(1000, [entry()], [end(0x12)])).toEqual(['changed', 1]);
  });

  it('ends with the error of the kernel', () => {
    expect(heard(1000, [error])).toEqual([1, 0]);
    expect(heard(1000, [entry()], [end(2, 95)])).toEqual([95, 1]);
  });

  it('is left where it is too long', () => {
    expect(heard(100, [entry(), entry()], [entry()], [entry()], [end()])).toEqual(['too-long', 3]);
  });

  it('has an error of zero for none', () => {
    expect(errorOf(end())).toBe(0);
    expect(errorOf({ ...error, body: hex('') })).toBe(0);
  });
});
