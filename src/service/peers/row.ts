/** What this agent knows of each of its peers, from the paths that it measures anyway. */

import { graveness } from '../../verdict-order.ts';
import type { MeshCell, MeshRow, PathState } from '../contract.ts';
import type { Agent } from './agents.ts';
import { peersByTarget } from './targets.ts';

export interface RowParts {
  /** This agent's own name. */
  readonly self: string;
  readonly version: string;
  /** After how many rounds every peer has had its turn. */
  readonly rounds: number;
  readonly peers: readonly Agent[];
  /** Those of other targets do not matter. */
  readonly paths: readonly PathState[];
}

/** A row with one cell for each peer, in their order; nulls where nothing was measured yet. */
export function rowOf({ self, version, rounds, peers, paths }: RowParts): MeshRow {
  const byTarget = peersByTarget(peers);
  const cells = new Map<string, MeshCell>(peers.map(({ name }) => [name, unmeasured(name)]));
  for (const path of paths) {
    const peer = byTarget.get(path.target)?.name;
    if (peer === undefined) continue;
    const cell = cellOf(peer, path);
    const other = cells.get(peer);
    cells.set(peer, other === undefined || isWorse(cell, other) ? cell : other);
  }
  return { agent: self, version, rounds, cells: [...cells.values()] };
}

function unmeasured(peer: string): MeshCell {
  return { peer, verdict: null, at: null, forward: null, reverse: null, pathId: null };
}

function cellOf(peer: string, { id, judgement, last }: PathState): MeshCell {
  // What every run so far was hidden from is not known, whatever the last of them says.
  if (judgement === null) {
    return { peer, verdict: 'inconclusive', at: last.at, forward: null, reverse: null, pathId: id };
  }
  const { verdict, at, forward, reverse } = judgement;
  return { peer, verdict, at, forward, reverse, pathId: id };
}

function isWorse(one: MeshCell, other: MeshCell): boolean {
  const ranks = rank(one) - rank(other);
  return ranks === 0 ? smallest(one) < smallest(other) : ranks > 0;
}

/** What was judged stands before what was hidden, and that before nothing. */
function rank({ verdict, forward }: MeshCell): number {
  if (verdict === null) return -2;
  return forward === null ? -1 : graveness(verdict);
}

/** Of both directions. Nothing proved to arrive is less than any size. */
function smallest({ forward, reverse }: MeshCell): number {
  return Math.min(forward?.pathMtu ?? 0, reverse?.pathMtu ?? 0);
}
