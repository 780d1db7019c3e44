import { describe, expect, it } from 'vitest';
import { visible } from '../../../src/dashboard/model/visible.ts';

describe('what is shown', () => {
  it.each([
    ['\u202eelpmaxe.moc', '\ufffdelpmaxe.moc'],
    ['a\u001b[31mb', 'a\ufffd[31mb'],
    ['a\u2028b\u0000', 'a\ufffdb\ufffd'],
    ['\ud800', '\ufffd'],
  ])('has a sign for each character that is none: %j', (text, shown) => {
    expect(visible(text)).toBe(shown);
  });

  it('is all else as it was, with its lines', () => {
    const text = 'a\n\tb <b>ü – 日本 😀</b>';
    expect(visible(text)).toBe(text);
  });
});
