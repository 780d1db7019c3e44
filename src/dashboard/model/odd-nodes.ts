/**
 * Which node of a mesh is the odd one: what most of its cells say differs from what is usual.
 *
 *            a     b     c     d
 *      a     ·   1500  1400  1500
 *      b   1500    ·   1400  1500        c differs in 6 of its 6 cells, a in 2 of 6: c is odd
 *      c   1400  1400    ·   1400
 *      d   1500  1500  1400    ·
 *
 * The oddest goes first, and the others are looked at without it: else two odd nodes of four would make the others odd.
 */

import type { Mesh, MeshCell, MeshRow } from '../../service/contract.ts';

/** A path MTU; `null` where nothing arrives. */
export type Size = number | null;

export interface OddNode {
  readonly agent: string;
  /** What most of its packets to others come to, and most of others' to it. */
  readonly sends: Size;
  readonly receives: Size;
  /** It differs from every other node that is not odd itself. */
  readonly fromAll: boolean;
}

/** A link between two nodes of which neither is odd. */
export interface OddLink {
  readonly from: string;
  readonly to: string;
  readonly size: Size;
}

export interface Oddities {
  /** What most nodes reach at best; `null` when nothing arrives anywhere. */
  readonly usual: Size;
  readonly nodes: readonly OddNode[];
  readonly links: readonly OddLink[];
}

/** One direction between two nodes, as one of them saw it. */
interface Sight {
  readonly from: string;
  readonly to: string;
  readonly size: Size;
}

/** More than this part of a node's cells. */
const MAJORITY = 1 / 2;
/** Of two nodes nobody can tell which one is odd. */
const FEWEST_NODES = 3;

export function oddNodes(mesh: Mesh): Oddities {
  const sights = mesh.rows.flatMap(sightsOf);
  const all = [...new Set(sights.flatMap(({ from, to }) => [from, to]))].sort();
  const usual = mostFrequent(all.map((agent) => best(touching(sights, agent))));
  if (usual === null) return { usual, nodes: [], links: [] };
  const odd = oddest(all, sights, usual);
  const others = all.filter((agent) => !odd.includes(agent));
  const nodes = odd.sort().map((agent) => ({
    agent,
    sends: mostFrequent(sights.filter(({ from }) => from === agent).map(({ size }) => size)),
    receives: mostFrequent(sights.filter(({ to }) => to === agent).map(({ size }) => size)),
    fromAll: shareOfOdd(within(sights, [...others, agent]), agent, usual) === 1,
  }));
  const links = unique(within(sights, others).filter(({ size }) => size !== usual));
  return { usual, nodes, links };
}

/** What a cell shows: the smaller of both directions; `undefined` where nothing was measured. */
export function cellSize({ verdict, forward, reverse }: MeshCell): Size | undefined {
  if (verdict === 'unreachable') return null;
  const sizes = [forward?.pathMtu ?? null, reverse?.pathMtu ?? null].filter((size) => size !== null);
  return sizes.length === 0 ? undefined : Math.min(...sizes);
}

function sightsOf({ agent, cells }: MeshRow): readonly Sight[] {
  return cells.flatMap((cell) => {
    if (cell.peer === agent || cell.verdict === null) return [];
    const ahead = { from: agent, to: cell.peer, size: sizeOf(cell, 'forward') };
    const back = { from: cell.peer, to: agent, size: sizeOf(cell, 'reverse') };
    return [ahead, back].filter((sight): sight is Sight => sight.size !== undefined);
  });
}

/** Not known is no size: only where nobody answered does nothing arrive. */
function sizeOf(cell: MeshCell, name: 'forward' | 'reverse'): Size | undefined {
  return cell.verdict === 'unreachable' ? null : (cell[name]?.pathMtu ?? undefined);
}

function oddest(all: readonly string[], sights: readonly Sight[], usual: number): string[] {
  const odd: string[] = [];
  let left = [...all];
  while (left.length >= FEWEST_NODES) {
    const among = within(sights, left);
    const known = left.flatMap((agent) => {
      const share = shareOfOdd(among, agent, usual);
      return share === null ? [] : [{ agent, share }];
    });
    const most = Math.max(...known.map(({ share }) => share));
    // Where all are alike, nobody stands out.
    if (!(most > MAJORITY) || known.every(({ share }) => share === most)) break;
    const gone = known.filter(({ share }) => share === most).map(({ agent }) => agent);
    odd.push(...gone);
    left = left.filter((agent) => !gone.includes(agent));
  }
  return odd;
}

/** Cells count, not sights: a cell is odd when either direction of a pair is. `null` where nothing is known of it. */
function shareOfOdd(sights: readonly Sight[], agent: string, usual: number): number | null {
  const pairs = new Map<string, boolean>();
  for (const { from, to, size } of touching(sights, agent)) {
    const other = from === agent ? to : from;
    pairs.set(other, (pairs.get(other) ?? false) || size !== usual);
  }
  return pairs.size === 0 ? null : [...pairs.values()].filter(Boolean).length / pairs.size;
}

function touching(sights: readonly Sight[], agent: string): readonly Sight[] {
  return sights.filter(({ from, to }) => from === agent || to === agent);
}

function within(sights: readonly Sight[], agents: readonly string[]): readonly Sight[] {
  const set = new Set(agents);
  return sights.filter(({ from, to }) => set.has(from) && set.has(to));
}

function best(sights: readonly Sight[]): Size {
  const sizes = sights.map(({ size }) => size).filter((size) => size !== null);
  return sizes.length === 0 ? null : sizes.reduce((most, size) => Math.max(most, size));
}

/** Of those as frequent, the largest: what arrives anywhere can be sent. `null` counts as the smallest. */
function mostFrequent(sizes: readonly Size[]): Size {
  const counts = new Map<Size, number>();
  for (const size of sizes) counts.set(size, (counts.get(size) ?? 0) + 1);
  const ordered = [...counts].sort(([a, times], [b, more]) => more - times || (b ?? -1) - (a ?? -1));
  return ordered[0]?.[0] ?? null;
}

/** Both ends see a link; the smaller of what they say. */
function unique(links: readonly OddLink[]): readonly OddLink[] {
  const byEnds = new Map<string, OddLink>();
  for (const link of links) {
    const ends = JSON.stringify([link.from, link.to]);
    const known = byEnds.get(ends);
    if (known === undefined || (link.size ?? -1) < (known.size ?? -1)) byEnds.set(ends, link);
  }
  return [...byEnds.values()].sort((a, b) => (a.from + a.to < b.from + b.to ? -1 : 1));
}
