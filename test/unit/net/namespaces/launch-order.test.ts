import { describe, expect, it } from 'vitest';
import { descriptorsOf, wordsInside } from '../../../../src/net/namespaces/launch-order.ts';

const PLACE = { netns: 20, inode: 'net:[4026532267]', pid: 4711, root: 21, etc: null };

describe('the words that run something in another namespace', () => {
  it('name the place, whose descriptors go behind the standard streams', () => {
    const [node, file, order, ...words] = wordsInside(PLACE, ['run', '--target', 'a']);
    expect([node, words]).toEqual([process.execPath, ['run', '--target', 'a']]);
    expect(file).toMatch(/\/net\/namespaces\/launcher\.js$/);
    expect(JSON.parse(order ?? '')).toEqual({
      program: 'cli/main',
      inode: 'net:[4026532267]',
      pid: 4711,
      hasRoot: true,
      etc: null,
      isAtHome: false,
      parent: process.pid,
    });
    expect(descriptorsOf(PLACE)).toEqual([20, 21]);
  });

  it('where no process is, and names count from here', () => {
    const place = { ...PLACE, pid: null, root: null, etc: '/etc/netns/a' };
    const [, , order] = wordsInside(place, ['run'], 'here');
    expect(JSON.parse(order ?? '')).toMatchObject({ pid: null, hasRoot: false, etc: '/etc/netns/a', isAtHome: true });
    expect(descriptorsOf(place)).toEqual([20]);
  });
});
