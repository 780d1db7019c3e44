/** Where a report goes: stdout or a file, and as many more files as were asked for, each in a format of its own. */

import type { Format, OutputOptions, RunOptions } from '../config/options.ts';
import type { Report } from '../contract.ts';
import { FORMATTERS } from '../report/index.ts';
import { PLAIN } from '../report/palette.ts';
import { isColourWanted, loadColours } from './colours.ts';
import {
  appendFile,
  type NamedFile,
  requireDistinct,
  requireWritable,
  writeFile,
  writeStdout,
} from './write-report.ts';

type Variables = Readonly<Record<string, string | undefined>>;

interface Destination {
  readonly format: Format;
  readonly file: NamedFile;
}

/** @throws UsageError when a file cannot be written, or is named twice. Nothing has been sent yet. */
export function requireDestinations(output: OutputOptions, variables: Variables): void {
  const files = destinationsOf(output).map(({ file }) => file);
  for (const file of files) requireWritable(file);
  requireDistinct(files);
  const summary = stepSummaryOf(output, variables);
  if (summary !== null) requireWritable(summary);
}

/** stdout first: it is there even when a disk is full. @throws EnvironmentError when something could not be written. */
export async function deliver(
  report: Report,
  { failOn, expectMtu }: Pick<RunOptions, 'failOn' | 'expectMtu'>,
  output: OutputOptions,
  variables: Variables,
): Promise<void> {
  const text = async (format: Format, palette = PLAIN): Promise<string> =>
    (await FORMATTERS[format]())(report, { failOn, expectMtu, palette, evidence: output.evidence });
  if (output.output === null) {
    await writeStdout(await text(output.format, isColourWanted(variables) ? await loadColours() : PLAIN));
  }
  for (const { format, file } of destinationsOf(output)) writeFile(file, await text(format));
  const summary = stepSummaryOf(output, variables);
  if (summary !== null) appendFile(summary, await text('markdown'));
}

function destinationsOf({ format, output, reports }: OutputOptions): Destination[] {
  const instead = output === null ? [] : [{ format, file: { path: output, typed: `--output ${output}` } }];
  const beside = reports.map((entry) => ({
    format: entry.format,
    file: { path: entry.file, typed: `--report ${entry.format}=${entry.file}` },
  }));
  return [...instead, ...beside];
}

/** GitHub shows on the page of a run what a step appends to the file that this variable names; `null` where not asked. */
function stepSummaryOf({ format, reports }: OutputOptions, { GITHUB_STEP_SUMMARY: path }: Variables): NamedFile | null {
  const isAsked = format === 'github' || reports.some((entry) => entry.format === 'github');
  if (!isAsked || path === undefined || path === '') return null;
  return { path, typed: `GITHUB_STEP_SUMMARY ${path}` };
}
