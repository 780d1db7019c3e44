import { describe, expect, it } from 'vitest';
import { parseTargetList } from '../../../src/config/target-list.ts';

describe('a list of targets', () => {
  it('has one a line, comments and empty lines', () => {
    const text = '\ufeff# ours\r\nrubygems.org\n\n  https://example.org/a#b  # the page\r\n[2001:db8::1]:443\n#end';
    expect(parseTargetList(text.replace('\ufeff', ''), 'list')).toEqual([
      'rubygems.org',
      'https://example.org/a#b',
      '[2001:db8::1]:443',
    ]);
  });

  it.each([
    ['# nothing\n\n', 'list names no target'],
    ['a\nb c\n', 'list, line 2 names more than one target'],
    ['a\n\n-4\n', 'list, line 3 looks like an option'],
    ['a\0b\n', 'list, line 1 is no text'],
    ['x.org\n'.repeat(1001), 'list names 1001 targets'],
  ])('is refused with its place: %j', (text, message) => {
    expect(() => parseTargetList(text, 'list')).toThrow(message);
  });
});
