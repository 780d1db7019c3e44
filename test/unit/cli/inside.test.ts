import { describe, expect, it } from 'vitest';
import { wordsWithout } from '../../../src/cli/inside.ts';

const PLACE = ['--netns', '--pid', '--container', '--resolver'];

describe('the words that go inside', () => {
  it.each([
    ['run --pid 4711 --target a', 'run --target a'],
    ['run --target a --pid=4711 --resolver here -4 --report json=a=b', 'run --target a -4 --report json=a=b'],
    ['run --container db --format json --resolver=here', 'run --format json'],
    // A value that looks like an option is a value.
    ['run --path --pid --netns /a --target b', 'run --path --pid --target b'],
    ['run --output --pid=1 --pid 2', 'run --output --pid=1'],
    ['run --targets - --netns /run/netns/a -q', 'run --targets - -q'],
  ])('%s', (words, expected) => {
    expect(wordsWithout(words.split(' '), PLACE)).toEqual(expected.split(' '));
  });
});
