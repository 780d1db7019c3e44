/** Where a report of layers goes: stdout or a file, as text or as JSON. */

import type { LayersOutput } from '../config/layers.ts';
import type { LayersReport } from '../layers/contract.ts';
import type { FormatContext } from '../report/formatter.ts';
import { PLAIN } from '../report/palette.ts';
import { isColourWanted, loadColours } from './colours.ts';
import { type NamedFile, requireWritable, writeFile, writeStdout } from './write-report.ts';

/** @throws UsageError when the file cannot be written. Nothing has been sent yet. */
export function requireLayersDestination(output: LayersOutput): void {
  const file = fileOf(output);
  if (file !== null) requireWritable(file);
}

/** @throws EnvironmentError when it could not be written. */
export async function deliverLayers(
  report: LayersReport,
  output: LayersOutput,
  context: Omit<FormatContext, 'palette'>,
): Promise<void> {
  const file = fileOf(output);
  const palette = file === null && isColourWanted(process.env) ? await loadColours() : PLAIN;
  const text =
    output.format === 'json'
      ? `${JSON.stringify(report, null, 2)}\n`
      : (await import('../layers/text/format-layers.ts')).formatLayers(report, { ...context, palette });
  if (file === null) await writeStdout(text);
  else writeFile(file, text);
}

function fileOf({ output }: LayersOutput): NamedFile | null {
  return output === null ? null : { path: output, typed: `--output ${output}` };
}
