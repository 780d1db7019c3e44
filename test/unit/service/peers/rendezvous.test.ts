import { expect, it } from 'vitest';
import { finish, mixIn, nameWord, WEIGHTS, weight } from '../../../../src/service/peers/rendezvous.ts';

it.each([
  ['', 0x811c9dc5],
  ['a', 0xe40c292c],
  ['foobar', 0xbf9cf968],
])('hashes the name %j as the published vectors of FNV-1a do', (name, hash) => {
  expect(nameWord(name)).toBe(hash);
});

it.each([
  [0x00000000, 0x2362f9de],
  [0x87654321, 0xf55b516b],
  [0xffffffff, 0x76293b50],
])('mixes the word %i as the published vectors of MurmurHash3 do', (word, hash) => {
  expect(finish(mixIn(0, word), 4)).toBe(hash);
});

it('weighs a pair differently from either side, within its range', () => {
  const [one, other] = [nameWord('10.0.0.1'), nameWord('10.0.0.2')];
  expect(weight(one, other)).not.toBe(weight(other, one));
  for (const each of [weight(one, other), weight(other, one)]) {
    expect(Number.isInteger(each) && each >= 0 && each < WEIGHTS).toBe(true);
  }
});

it('orders the peers of neighbours independently: the heaviest is another one for almost each', () => {
  const words = Array.from({ length: 256 }, (_, last) => nameWord(`10.0.0.${last}`));
  const heaviest = words.map((self) => {
    const weights = words.map((peer) => weight(self, peer));
    return weights.indexOf(Math.max(...weights));
  });
  // Of 256 throws among 256 about 256 (1 - 1/e) = 162 are different, give or take 8.
  expect(new Set(heaviest).size).toBeGreaterThan(130);
});
