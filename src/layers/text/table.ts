/**
 * Every layer with what it is set to and what arrives; what is in it stands below it, further to the right.
 *
 *   layer          takes       forward    reverse    verdict
 *   node           ens18 1500  1500       1500       clear
 *     default/job  eth0 1450   1450       1450       clear
 *       inner      eth0 1500   1450 told  1450 hole  black-hole
 */

import { painted } from '../../report/painted.ts';
import type { Palette } from '../../report/palette.ts';
import { INDENT, WIDTH } from '../../report/wrap.ts';
import type { Layer } from '../contract.ts';
import { cut, fitted, padded, widthOf } from './columns.ts';
import { numbersOf } from './numbers.ts';
import { paragraph } from './paragraph.ts';
import type { Row } from './rows.ts';

const GAP = '  ';
const LONGEST_NAME = 34;
/** Where the numbers leave less, the table is wider than 80 columns. */
const LEAST_NAME = 20;
const LONGEST_INTERFACE = 20;
/** Deeper than that everything stands below each other. */
const DEEPEST = 8;
const MOST_NAMES = 3;

export function tableLines(rows: readonly Row[], isMeasured: boolean, palette: Palette): string[] {
  const heading = isMeasured
    ? ['layer', 'takes', 'forward', 'reverse', 'verdict']
    : ['layer', 'takes', 'is', 'attached to'];
  const cells = rows.map(({ layer, level }) => cellsOf(layer, level, isMeasured));
  const widths = heading.map((title, column) =>
    Math.max(title.length, ...cells.filter((row) => !row.isReason).map((row) => widthOf(row.texts[column] ?? ''))),
  );
  const others = widths.slice(1);
  const room = WIDTH - INDENT.length - others.reduce((sum, width) => sum + GAP.length + width, 0);
  const longest = Math.max(widths[0] ?? 0, ...cells.map(({ texts: [name = ''] }) => widthOf(name)));
  const nameWidth = Math.min(longest, Math.max(room, LEAST_NAME));
  const all = [nameWidth, ...others];
  const lines = cells.flatMap(({ texts: [name = '', ...rest], isReason, layer }, index) => {
    const texts = [cut(name, nameWidth), ...rest];
    return [
      ...(isReason ? reasonLines(texts, nameWidth) : [rowLine(texts, all, layer, palette)]),
      ...alikeLines(rows[index]),
    ];
  });
  return [palette.dim(line(heading, all)), ...lines];
}

interface Cells {
  readonly layer: Layer;
  readonly texts: readonly string[];
  /** There is a name and one phrase, which takes the room of the rest. */
  readonly isReason: boolean;
}

function cellsOf(layer: Layer, level: number, isMeasured: boolean): Cells {
  const name = fitted(layer.name, LONGEST_NAME);
  const first = `${INDENT.repeat(Math.min(level, DEEPEST))}${name}`;
  const out = layer.interfaces.find((one) => one.name === layer.egress);
  const takes = out === undefined ? '-' : `${fitted(out.name, LONGEST_INTERFACE)} ${out.mtu}`;
  const numbers = numbersOf(layer);
  if (isMeasured && numbers !== null) {
    return { layer, texts: [first, takes, numbers.forward, numbers.reverse, numbers.verdict], isReason: false };
  }
  const reason = layer.notMeasured ?? 'nothing was measured';
  if (isMeasured || out === undefined) {
    return { layer, texts: [first, out === undefined ? reason : `${takes}, ${reason}`], isReason: true };
  }
  const attached = out.peer === null ? '-' : fitted(out.peer.interface, LONGEST_INTERFACE);
  return { layer, texts: [first, takes, layer.kind, attached], isReason: false };
}

function rowLine(texts: readonly string[], widths: readonly number[], { report }: Layer, palette: Palette): string {
  if (report === null) return line(texts, widths);
  const verdict = painted(report.verdict, palette);
  return `${line(texts.slice(0, -1).concat(''), widths.slice(0, -1).concat(0), false)}${verdict}`;
}

function line(texts: readonly string[], widths: readonly number[], isTrimmed = true): string {
  const whole = `${INDENT}${texts.map((text, column) => padded(text, widths[column] ?? 0)).join(GAP)}`;
  return isTrimmed ? whole.trimEnd() : whole;
}

function reasonLines([name = '', reason = '']: readonly string[], nameWidth: number): string[] {
  const margin = ' '.repeat(INDENT.length + nameWidth + GAP.length);
  const [first = '', ...rest] = paragraph(reason, margin);
  return [`${INDENT}${padded(name, nameWidth)}${GAP}${first.slice(margin.length)}`, ...rest];
}

function alikeLines(row: Row | undefined): string[] {
  if (row === undefined || row.alike.length === 0) return [];
  const indent = INDENT.repeat(Math.min(row.level, DEEPEST) + 1);
  const names = row.alike.slice(0, MOST_NAMES).map(({ name }) => fitted(name, LONGEST_NAME));
  const rest = row.alike.length > names.length ? ', …' : '';
  return paragraph(`and ${row.alike.length} more like it: ${names.join(', ')}${rest}`, indent);
}
