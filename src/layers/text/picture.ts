/**
 * The way out of one layer, innermost first, with what is measured to arrive.
 *
 *   inner eth0 1500 ▸ docker0 1500 │ pod eth0 1450 ▸ cni0 1450
 *                                             ^^^^ the step: 1500 does not fit
 *   │ node ens18 1500 ▸ rubygems.org
 *   measured: forward 1450 told, reverse 1450 hole
 */

import { INDENT, WIDTH } from '../../report/wrap.ts';
import type { Layer, StepEnd } from '../contract.ts';
import { type Step, stepsOf, wayOut } from '../way-out.ts';
import { fitted, widthOf } from './columns.ts';
import { numbersOf } from './numbers.ts';

/** Names are for telling layers apart; the table above has them in full. */
const LONGEST_NAME = 28;
const LONGEST_TARGET = 28;

/** What stands between two bars: one layer, and what its packets come to next. */
interface Piece {
  readonly text: string;
  /** Where the MTUs of places stand that are too small for what comes: columns of `text`. */
  readonly marks: readonly { readonly at: number; readonly width: number; readonly larger: number }[];
}

export function pictureLines(layer: Layer, layers: readonly Layer[], targets: readonly string[]): string[] {
  const places = wayOut(layer, layers);
  const pieces = piecesOf(places, stepsOf(places), layer);
  const last = pieces.at(-1);
  if (last === undefined) return [];
  const whole = [...pieces.slice(0, -1), { ...last, text: `${last.text}${targetWords(targets)}` }];
  return [...rows(whole).flatMap(rowLines), ...measuredLine(layer)];
}

function piecesOf(places: readonly StepEnd[], steps: readonly Step[], start: Layer): Piece[] {
  const pieces: Piece[] = [];
  let netns = start.netns;
  let text = fitted(start.name, LONGEST_NAME);
  let marks: Piece['marks'] = [];
  let isFirstOfPiece = true;
  for (const [index, place] of places.entries()) {
    const previous = places[index - 1];
    // The first place of another layer is what the one before is attached to; its own way out begins a new piece.
    if (previous !== undefined && previous.netns === place.netns && place.netns !== netns) {
      pieces.push({ text, marks });
      netns = place.netns;
      text = fitted(place.layer, LONGEST_NAME);
      marks = [];
      isFirstOfPiece = true;
    }
    const before = `${text}${isFirstOfPiece ? ' ' : ' ▸ '}${fitted(place.interface, LONGEST_NAME)} `;
    const step = steps.find(({ outer }) => outer === place);
    if (step !== undefined) {
      marks = [...marks, { at: widthOf(before), width: String(place.mtu).length, larger: step.inner.mtu }];
    }
    text = `${before}${place.mtu}`;
    isFirstOfPiece = false;
  }
  return places.length === 0 ? [] : [...pieces, { text, marks }];
}

function targetWords(targets: readonly string[]): string {
  const [first] = targets;
  if (first === undefined) return '';
  const others = targets.length > 1 ? ` and ${targets.length - 1} more` : '';
  return ` ▸ ${fitted(first, LONGEST_TARGET)}${others}`;
}

/** As many pieces in a row as fit; the bar that parts two rows begins the later one. */
function rows(pieces: readonly Piece[]): Piece[] {
  const rows: Piece[] = [];
  for (const piece of pieces) {
    const row = rows.at(-1);
    if (row !== undefined && INDENT.length + widthOf(row.text) + 3 + widthOf(piece.text) <= WIDTH) {
      rows[rows.length - 1] = joined(row, ' │ ', piece);
    } else rows.push(row === undefined ? piece : joined({ text: '', marks: [] }, '│ ', piece));
  }
  return rows;
}

function joined(row: Piece, bar: string, piece: Piece): Piece {
  const start = widthOf(row.text) + widthOf(bar);
  const marks = piece.marks.map((mark) => ({ ...mark, at: mark.at + start }));
  return { text: `${row.text}${bar}${piece.text}`, marks: [...row.marks, ...marks] };
}

function rowLines({ text, marks }: Piece): string[] {
  return [
    `${INDENT}${text}`,
    ...marks.map(({ at, width, larger }) => {
      const carets = '^'.repeat(width);
      const words = `the step: ${larger} does not fit`;
      const column = INDENT.length + at;
      if (column + width + 1 + words.length <= WIDTH) return `${' '.repeat(column)}${carets} ${words}`;
      return `${`${words} `.padStart(column)}${carets}`;
    }),
  ];
}

function measuredLine(layer: Layer): string[] {
  const numbers = numbersOf(layer);
  if (numbers === null) return [];
  return [`${INDENT}measured: forward ${numbers.forward}, reverse ${numbers.reverse}`];
}
