/** How one call of `watch` ends, and what it leaves behind then: what no file says, since it is no setting of a service. */

import * as v from 'valibot';
import { UsageError } from '../../errors.ts';
import { DEFAULTS } from '../defaults.ts';
import { FORMATS, type OutputOptions } from '../options.ts';
import { duration } from '../quantities.ts';
import { choice, flag, reportFiles, text } from '../values.ts';

export interface EndingOptions {
  /** End as soon as every gating target is good enough, or is proved not to be. */
  readonly onceReady: boolean;
  /** How long to wait for that. */
  readonly readyWithinMs: number;
  /** Write a report of all that is known at the end. */
  readonly untilSignal: boolean;
  /** Where that goes. */
  readonly output: OutputOptions;
}

/** As long as a job is mostly given before somebody looks. */
export const READY_WITHIN = '5m';

const VALUES = {
  onceReady: flag(),
  readyWithin: v.optional(duration('--ready-within', '1s', '1d'), READY_WITHIN),
  untilSignal: flag(),
  format: v.optional(choice('--format', FORMATS), DEFAULTS.format),
  output: v.nullish(text('--output'), null),
  report: reportFiles('--report', FORMATS),
  evidence: flag(),
};

/** By the name that the command line gives to their values. */
export const ENDING_OPTION_NAMES: readonly string[] = Object.keys(VALUES);

/**
 * @param values what the command line said.
 * @returns what of it is not about the end.
 * @throws UsageError with one line that names the option and says what to write instead.
 */
export function parseEnding(values: Readonly<Record<string, unknown>>): {
  readonly ending: EndingOptions;
  readonly settings: Readonly<Record<string, unknown>>;
} {
  const isEnding = ([name]: readonly [string, unknown]): boolean => ENDING_OPTION_NAMES.includes(name);
  const given = Object.entries(values);
  const own = Object.fromEntries(given.filter(isEnding));
  const settings = Object.fromEntries(given.filter((entry) => !isEnding(entry)));
  const parsed = v.safeParse(v.object(VALUES), own, { abortEarly: true, abortPipeEarly: true });
  if (!parsed.success) throw new UsageError(parsed.issues[0].message);
  const { onceReady, readyWithin, untilSignal, format, output, report, evidence } = parsed.output;
  requireUse(own, onceReady, untilSignal);
  return {
    ending: {
      onceReady,
      readyWithinMs: readyWithin,
      untilSignal,
      output: { format, output, reports: report, evidence, logLevel: 'info', quiet: true },
    },
    settings,
  };
}

/** A report that is asked for and never written would be missed when it is too late. */
function requireUse(own: Readonly<Record<string, unknown>>, onceReady: boolean, untilSignal: boolean): void {
  if (onceReady || untilSignal) {
    if (onceReady || own.readyWithin === undefined) return;
    throw new UsageError('--ready-within is about --once-ready: add that, or leave it out');
  }
  const [alone] = ENDING_OPTION_NAMES.filter((name) => own[name] !== undefined && own[name] !== false);
  if (alone === undefined) return;
  const option = `--${alone.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
  throw new UsageError(`${option} is about the report at the end: add --until-signal or --once-ready`);
}
