/** A mesh as sentences, and a cell as what is read out of it. */

import type { Mesh, MeshCell } from '../../service/contract.ts';
import type { Oddities, OddNode, Size } from './odd-nodes.ts';
import { lookOf } from './status.ts';
import { behaviourWords, count, mtuWords } from './words.ts';

/** More would be a second matrix. */
const MOST_LINKS = 5;

export function oddSentences({ usual, nodes, links }: Oddities): readonly string[] {
  if (usual === null) return [];
  const shown = links
    .slice(0, MOST_LINKS)
    .map(({ from, to, size }) => `From ${from} to ${to}: ${sizeWords(size, usual)}.`);
  const rest = links.length - shown.length;
  return [
    ...nodes.map((node) => nodeSentence(node, usual)),
    ...shown,
    ...(rest > 0 ? [`${count(rest, 'more direction differs', 'more directions differ')} from ${usual}.`] : []),
  ];
}

function nodeSentence({ agent, sends, receives, fromAll }: OddNode, usual: number): string {
  const start = `${agent} differs from ${fromAll ? 'all' : 'most'} others: `;
  if (sends === receives) return `${start}${sizeWords(sends, usual)}, in both directions.`;
  if (sends === usual) return `${start}${sizeWords(receives, usual)} in what it receives.`;
  if (receives === usual) return `${start}${sizeWords(sends, usual)} in what it sends.`;
  return `${start}${sends ?? 'nothing'} in what it sends, ${receives ?? 'nothing'} in what it receives, instead of ${usual}.`;
}

function sizeWords(size: Size, usual: number): string {
  return size === null ? `nothing arrives instead of ${usual}` : `${size} instead of ${usual}`;
}

/** How much of the matrix there is. */
export function coverageSentence({ rows, silent }: Mesh, usual: Size): string {
  const cells = rows.flatMap((row) => row.cells.filter(({ peer }) => peer !== row.agent));
  const known = cells.filter(({ verdict }) => verdict !== null).length;
  const parts = [`${count(rows.length, 'agent', 'agents')}, ${known} of ${cells.length} measurements done`];
  if (silent.length > 0) parts.push(`${count(silent.length, 'agent does', 'agents do')} not answer`);
  if (usual !== null) parts.push(`the usual path MTU is ${usual}`);
  else if (known > 0) parts.push('nothing arrives anywhere');
  return `${parts.join('; ')}.`;
}

/** All of a cell, for whoever asks for it. */
export function cellSentence(agent: string, cell: MeshCell): string {
  if (cell.verdict === null) return `${agent} has not measured ${cell.peer} yet.`;
  const directions = (['forward', 'reverse'] as const).map((name) => {
    const direction = cell[name];
    const way = name === 'forward' ? 'to it' : 'back from it';
    return direction === null
      ? `${way}: not known`
      : `${way}: ${mtuWords(direction)} (${behaviourWords(direction.behaviour)})`;
  });
  return `${agent} measured ${cell.peer}: ${lookOf(cell.verdict).word}; ${directions.join('; ')}.`;
}
