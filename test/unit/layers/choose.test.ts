import { describe, expect, it } from 'vitest';
import { choose, type Wishes } from '../../../src/layers/choose.ts';
import { matches } from '../../../src/layers/pattern.ts';
import { treeOf } from '../../../src/layers/tree.ts';
import { article, articleInner, articleNode, articlePod, corner, inspected, netns, process, scene } from './scenes.ts';

const EVERYTHING = scene(
  articleNode(),
  articlePod(),
  articleInner(),
  corner(4, { mounts: ['alone'], oldest: null }, inspected([], [])),
  corner(5, { oldest: process(55, ['gone']) }, null),
);

function chosen(wishes: Partial<Wishes>, given = EVERYTHING) {
  const layers = treeOf(given.sight, given.inspections);
  const { chosen, reasons, unmatched } = choose(layers, {
    all: false,
    only: [],
    exclude: [],
    own: netns(1),
    ...wishes,
  });
  const name = (one: string): string => layers.find((layer) => layer.netns === one)?.name ?? one;
  return {
    chosen: [...chosen].map(name),
    reasons: Object.fromEntries([...reasons].map(([one, reason]) => [name(one), reason])),
    unmatched,
  };
}

describe('what is measured', () => {
  it('is the own layer and all behind it; the rest has a reason', () => {
    expect(chosen({ own: netns(2) })).toEqual({
      chosen: ['default/drone-1', 'build'],
      reasons: {
        node: 'its default route does not pass through here; --all measures it as well',
        'netns alone': 'no route leads out of it',
        gone: 'it ended meanwhile',
      },
      unmatched: [],
    });
  });

  it('is all with --all, but for what cannot be', () => {
    expect(chosen({ own: netns(3), all: true }).chosen).toEqual(['node', 'default/drone-1', 'build']);
  });

  it.each([
    ['build', ['build']],
    ['bbbbbbbb', ['build']],
    ['default/*', ['default/drone-1']],
    ['pod', ['default/drone-1']],
    ['drone-1', ['default/drone-1']],
    ['19', ['default/drone-1']],
    ['net:[3]', ['build']],
    ['3', ['build']],
    ['*', ['node', 'default/drone-1', 'build']],
  ])('--only %s', (pattern, names) => {
    expect(chosen({ only: [pattern], own: netns(3) })).toMatchObject({ chosen: names, unmatched: [] });
  });

  it('is never what was excluded', () => {
    expect(chosen({ only: ['build', 'pod'], exclude: ['b*'] })).toMatchObject({
      chosen: ['default/drone-1'],
      reasons: { build: 'left out by --exclude b*', node: 'not among --only build, pod' },
    });
  });

  it('a pattern that matches nothing is named once', () => {
    expect(chosen({ only: ['buidl', 'build'], exclude: ['buidl'] }).unmatched).toEqual(['buidl']);
  });

  it('is no layer of which nobody knows where it leads', () => {
    const hidden = corner(7, { mounts: ['hidden'], oldest: null }, articleInner().inspection);
    const given = scene(articleNode(), { ...hidden, inspection: articleInner().inspection });
    expect(chosen({}, given).reasons).toEqual({
      'netns hidden': 'where its default route leads is not known; --all measures it as well',
    });
  });
});

it.each([
  ['*', '', true],
  ['a*', 'abc', true],
  ['*c', 'abc', true],
  ['a*c', 'abc', true],
  ['a*c', 'ac', true],
  ['ab*bc', 'abc', false],
  ['a*b*c', 'a-b-c', true],
  ['a.c', 'abc', false],
  ['abc', 'abcd', false],
  ['**', 'abc', true],
])('%s matches %s: %s', (pattern, text, expected) => {
  expect(matches(pattern, text)).toBe(expected);
});

it('the article is chosen whole', () => {
  expect(chosen({}, article()).chosen).toEqual(['node', 'default/drone-1', 'build']);
});
