import { describe, expect, it } from 'vitest';
import { oddSentences } from '../../../src/dashboard/model/mesh-words.ts';
import { oddNodes } from '../../../src/dashboard/model/odd-nodes.ts';
import type { KnownDirection, Mesh, MeshCell } from '../../../src/service/contract.ts';

type Size = number | null | 'unknown';
/** What passes from one agent to another; `null` is nothing at all. */
type Network = (from: string, to: string) => Size;

const NAMES = ['a', 'b', 'c', 'd', 'e', 'f'];

/** The first `agents` names, each of which measures all others, but for those that are silent. */
function mesh(agents: number, passes: Network, silent: readonly string[] = []): Mesh {
  const names = NAMES.slice(0, agents);
  const rows = names
    .filter((agent) => !silent.includes(agent))
    .map((agent) => ({
      ...{ agent, version: '0', rounds: 1 },
      cells: names.filter((peer) => peer !== agent).map((peer) => cell(peer, passes(agent, peer), passes(peer, agent))),
    }));
  return { rows, silent: silent.map((agent) => ({ agent, reason: 'no answer' })) };
}

function cell(peer: string, ahead: Size, back: Size): MeshCell {
  const base = { peer, at: '2026-01-01T00:00:00Z', pathId: null };
  if (ahead === null || back === null) return { ...base, verdict: 'unreachable', forward: null, reverse: null };
  if (ahead === 'unknown' || back === 'unknown') return { ...base, verdict: null, forward: null, reverse: null };
  return { ...base, verdict: 'clear', forward: direction(ahead), reverse: direction(back) };
}

function direction(pathMtu: number): KnownDirection {
  return { pathMtu, exact: true, behaviour: 'clear' };
}

/** Whatever touches one of them is smaller. */
function slow(...odd: readonly string[]): Network {
  return (from, to) => (odd.includes(from) || odd.includes(to) ? 1400 : 1500);
}

function agentsOf(of: Mesh): readonly string[] {
  return oddNodes(of).nodes.map(({ agent }) => agent);
}

describe('odd nodes', () => {
  it('are none where all are alike', () => {
    expect(oddNodes(mesh(5, slow()))).toEqual({ usual: 1500, nodes: [], links: [] });
  });

  it.each([3, 4, 6])('name the one of %i that differs from all others', (agents) => {
    const found = oddNodes(mesh(agents, slow('c')));
    expect(found).toEqual({
      usual: 1500,
      nodes: [{ agent: 'c', sends: 1400, receives: 1400, fromAll: true }],
      links: [],
    });
    expect(oddSentences(found)).toEqual(['c differs from all others: 1400 instead of 1500, in both directions.']);
  });

  it.each([
    ['sends', (from: string) => (from === 'b' ? 1400 : 1500)],
    ['receives', (_: string, to: string) => (to === 'b' ? 1400 : 1500)],
  ] as const)('say which direction differs: what it %s', (what, passes) => {
    const sentence = `b differs from all others: 1400 instead of 1500 in what it ${what}.`;
    expect(oddSentences(oddNodes(mesh(5, passes)))).toEqual([sentence]);
  });

  it('say both sizes where both differ', () => {
    const passes: Network = (from, to) => (from === 'b' ? 1400 : to === 'b' ? 1300 : 1500);
    const sentence = 'b differs from all others: 1400 in what it sends, 1300 in what it receives, instead of 1500.';
    expect(oddSentences(oddNodes(mesh(4, passes)))).toEqual([sentence]);
  });

  it('are only those with most of their cells', () => {
    const passes: Network = (from, to) => (slow('c')(from, to) === 1400 && ![from, to].includes('f') ? 1400 : 1500);
    expect(oddSentences(oddNodes(mesh(6, passes)))[0]).toMatch(/^c differs from most others: 1400 /);
  });

  it.each([4, 5, 6])('are two of %i, and do not make the others odd', (agents) => {
    expect(agentsOf(mesh(agents, slow('b', 'd')))).toEqual(['b', 'd']);
  });

  it('are not the ends of a single link, which is named', () => {
    const found = oddNodes(mesh(4, (from, to) => (from === 'a' && to === 'b' ? 1400 : 1500)));
    expect(found).toEqual({ usual: 1500, nodes: [], links: [{ from: 'a', to: 'b', size: 1400 }] });
    expect(oddSentences(found)).toEqual(['From a to b: 1400 instead of 1500.']);
  });

  it('count the rest of very many links', () => {
    const links = Array.from({ length: 7 }, (_, index) => ({ from: 'a', to: `n${index}`, size: null }));
    const sentences = oddSentences({ usual: 1500, nodes: [], links });
    expect(sentences).toHaveLength(6);
    expect(sentences[0]).toBe('From a to n0: nothing arrives instead of 1500.');
    expect(sentences[5]).toBe('2 more directions differ from 1500.');
  });

  it('are those that nobody reaches', () => {
    const passes: Network = (from, to) => ([from, to].includes('d') ? null : 1500);
    const sentence = 'd differs from all others: nothing arrives instead of 1500, in both directions.';
    expect(oddSentences(oddNodes(mesh(4, passes)))).toEqual([sentence]);
  });

  it('may be silent: what others measured of it counts', () => {
    expect(agentsOf(mesh(5, slow('c'), ['c']))).toEqual(['c']);
    expect(agentsOf(mesh(5, slow('c'), ['a', 'b']))).toEqual(['c']);
  });

  it('are not those of which nothing is known', () => {
    const passes: Network = (from, to) => ([from, to].includes('c') ? 'unknown' : 1500);
    expect(agentsOf(mesh(4, passes))).toEqual([]);
    const torn: Network = (from, to) => ([from, to].includes('c') ? 'unknown' : from === 'a' ? 1400 : 1500);
    expect(agentsOf(mesh(3, torn))).toEqual([]);
  });

  it('are none of one or two, since nobody can tell which', () => {
    expect(oddNodes(mesh(1, slow()))).toEqual({ usual: null, nodes: [], links: [] });
    const links = [{ from: 'a', to: 'b', size: 1400 }];
    expect(oddNodes(mesh(2, (from) => (from === 'a' ? 1400 : 1500)))).toEqual({ usual: 1500, nodes: [], links });
  });

  it('are none of two halves, since neither stands out', () => {
    const half = (name: string): boolean => name < 'c';
    expect(agentsOf(mesh(4, (from, to) => (half(from) === half(to) ? 1500 : 1400)))).toEqual([]);
  });

  it('are none where everything is equally bad', () => {
    expect(oddNodes(mesh(4, () => null))).toEqual({ usual: null, nodes: [], links: [] });
    expect(oddNodes(mesh(4, () => 1400))).toEqual({ usual: 1400, nodes: [], links: [] });
  });
});
