/**
 * A report of layers for the person who looks at a whole machine: what it comes to, the ways out with their steps, a table of
 * all layers, the worst one in full, and what to do.
 *
 * Without measurement (`verdict` is `null`) it is the same, but for what only a measurement tells.
 */

import { evidenceLines } from '../../report/evidence-lines.ts';
import type { FormatContext } from '../../report/formatter.ts';
import { groupLines } from '../../report/path-block.ts';
import { pathGroups } from '../../report/path-groups.ts';
import { skippedLines } from '../../report/skipped-lines.ts';
import { INDENT } from '../../report/wrap.ts';
import type { Layer, LayersReport } from '../contract.ts';
import { fitted } from './columns.ts';
import { configurationLines } from './configuration-lines.ts';
import { findingBlocks } from './finding-lines.ts';
import { headlineLines } from './headline.ts';
import { paragraph } from './paragraph.ts';
import { pictureBlocks } from './pictures.ts';
import { rowsOf } from './rows.ts';
import { tableLines } from './table.ts';
import { worstLayer } from './worst-layer.ts';

const LONGEST_NAME = 64;
/** `explain` has no number of this machine; it says so. */
const HINT_OF_INSPECT = '; "mtu-probe explain NAME" shows the one you mean';
/** With the measured number in it. */
const HINT_OF_LAYERS = '; --environment NAME shows the one you mean';

/** No line is longer than 80 columns unless an address is. Ends with a newline. */
export function formatLayers(report: LayersReport, context: FormatContext): string {
  const { layers, findings, unseen, verdict } = report;
  const { palette } = context;
  const names = new Map(layers.map(({ netns, name }) => [netns, name]));
  const rows = rowsOf(layers);
  const blocks = [
    headlineLines(report, palette),
    ...pictureBlocks(report),
    layers.length === 0 ? [] : tableLines(rows, verdict !== null, palette),
    configurationLines(rows, layers),
    unseen.flatMap((sentence) => paragraph(`not seen: ${sentence}`, '')),
    ...worstBlocks(report, context),
    // Last, since what is to be pasted is what people scroll to.
    ...findingBlocks(findings, {
      palette,
      nameOf: (netns) => names.get(netns) ?? netns,
      hint: verdict === null ? HINT_OF_INSPECT : HINT_OF_LAYERS,
    }),
  ];
  const shown = blocks.filter((lines) => lines.length > 0);
  return `${shown.map((lines) => lines.join('\n')).join('\n\n')}\n`;
}

/** Where all is well the table has said it. */
function worstBlocks(report: LayersReport, context: FormatContext): string[][] {
  const layer = worstLayer(report);
  if (layer === null || layer.report === null) return [];
  if (layer.report.verdict === 'clear' && context.expectMtu === null) return [];
  const { paths, skipped } = layer.report;
  const hasRemedies = report.findings.some(({ netns, remedies }) => netns === layer.netns && remedies.length > 0);
  return [
    [`${context.palette.bold(fitted(layer.name, LONGEST_NAME))} in full`],
    ...pathGroups(paths).map((group) => groupLines(group, context, !hasRemedies)),
    ...(context.evidence ? paths.map((path) => evidenceLines(path, layer.report as NonNullable<Layer['report']>)) : []),
    skippedLines(skipped),
    ...(paths.length === 0 ? [[`${INDENT}nothing could be measured`]] : []),
  ];
}
