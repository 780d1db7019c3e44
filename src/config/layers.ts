/** What was typed → options of a sweep: which layers, and what each of them is asked to run. */

import * as v from 'valibot';
import { UsageError } from '../errors.ts';
import { LAYERS_DEFAULTS } from './defaults.ts';
import { INSIDE_VALUES, type Resolver } from './inside.ts';
import type { RunOptions } from './options.ts';
import { parseRunOptions, RUN_VALUES } from './parse.ts';
import { choice, flag, text, wholeNumber } from './values.ts';

export const LAYERS_FORMATS = ['text', 'json'] as const;
export type LayersFormat = (typeof LAYERS_FORMATS)[number];

/** More would only wait for each other, and for the server's patience. */
const MOST_AT_ONCE = 64;

/** Which layers are looked at, and which are measured. */
export interface LayersScope {
  /** Those as well whose way out does not lead through here. */
  readonly all: boolean;
  /** Empty is everything. */
  readonly only: readonly string[];
  readonly exclude: readonly string[];
}

export interface LayersOutput {
  readonly format: LayersFormat;
  readonly output: string | null;
}

export interface LayersOptions {
  readonly scope: LayersScope;
  readonly output: LayersOutput;
  /** Of every layer, as in `run`. */
  readonly run: RunOptions;
  /** `run` and its options, as they are typed for each layer. */
  readonly words: readonly string[];
  readonly atOnce: number;
  /** `null` is that of each layer, where it has one. */
  readonly resolver: Resolver | null;
  readonly evidence: boolean;
  readonly quiet: boolean;
}

/**
 * Options that mean the same in every layer. Interfaces and sources have other names in each; a route of our own would be
 * put into somebody else's network.
 */
const SHARED = [
  'target',
  'responder',
  'secretFile',
  'ipv4',
  'ipv6',
  'firstAddress',
  'minMtu',
  'maxMtu',
  'method',
  'direction',
  'port',
  'sni',
  'path',
  'timeout',
  'waitRecovery',
  'gentle',
  'expectMtu',
  'failOn',
  'environment',
] as const satisfies readonly (keyof typeof RUN_VALUES.entries)[];

/** Read here, and handed on as what they name. */
const ALSO = ['targets', 'evidence', 'quiet'] as const satisfies readonly (keyof typeof RUN_VALUES.entries)[];

const patterns = (option: string) => v.optional(v.array(text(option)), []);

const SCOPE = {
  all: flag(),
  only: patterns('--only'),
  exclude: patterns('--exclude'),
  format: v.optional(choice('--format', LAYERS_FORMATS), LAYERS_DEFAULTS.format),
  output: v.nullish(text('--output'), null),
};

const VALUES = v.strictObject(
  {
    ...v.pick(RUN_VALUES, [...SHARED, ...ALSO]).entries,
    ...SCOPE,
    resolver: INSIDE_VALUES.resolver,
    atOnce: v.optional(wholeNumber('--at-once', 1, MOST_AT_ONCE), LAYERS_DEFAULTS.atOnce),
  },
  ({ received }) => `unknown option ${received}: see mtu-probe layers --help`,
);

/** Every option there is, by the name that the command line gives to its value. */
export const LAYERS_OPTION_NAMES: readonly string[] = Object.keys(VALUES.entries);

const INSPECT_VALUES = v.strictObject(
  { ...SCOPE, failOnStep: flag() },
  ({ received }) => `unknown option ${received}: see mtu-probe inspect --help`,
);

export const INSPECT_OPTION_NAMES: readonly string[] = Object.keys(INSPECT_VALUES.entries);

export interface InspectOptions {
  readonly scope: LayersScope;
  readonly output: LayersOutput;
  /** Exit with 1 when a step is found. */
  readonly failOnStep: boolean;
}

/**
 * @param listed targets from files.
 * @throws UsageError with one line that names the option and says what to write instead.
 */
export function parseLayersOptions(values: unknown, listed: readonly string[] = []): LayersOptions {
  const given = withListed(values, listed);
  const parsed = v.safeParse(VALUES, given, { abortEarly: true, abortPipeEarly: true });
  if (!parsed.success) throw new UsageError(parsed.issues[0].message);
  const { all, only, exclude, format, output, atOnce, resolver, evidence, quiet } = parsed.output;
  const shared = SHARED.flatMap((name) => (given[name] === undefined ? [] : [[name, given[name]] as const]));
  return {
    scope: { all, only, exclude },
    output: { format, output },
    run: parseRunOptions(Object.fromEntries(shared)).run,
    words: ['run', ...shared.flatMap(([name, value]) => wordsOf(name, value))],
    atOnce,
    resolver,
    evidence,
    quiet,
  };
}

/** @throws UsageError as above. */
export function parseInspectOptions(values: unknown): InspectOptions {
  const parsed = v.safeParse(INSPECT_VALUES, values, { abortEarly: true, abortPipeEarly: true });
  if (!parsed.success) throw new UsageError(parsed.issues[0].message);
  const { all, only, exclude, format, output, failOnStep } = parsed.output;
  return { scope: { all, only, exclude }, output: { format, output }, failOnStep };
}

function withListed(values: unknown, listed: readonly string[]): Record<string, unknown> {
  const given = typeof values === 'object' && values !== null ? { ...values } : {};
  const typed = 'target' in given && Array.isArray(given.target) ? (given.target as unknown[]) : [];
  return { ...given, target: [...typed, ...listed] };
}

/** As it was typed: `--fail-on clear`, `--gentle`, `--target a --target b`. */
function wordsOf(name: string, value: unknown): string[] {
  const option = `--${name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
  if (value === true) return [option];
  if (value === false) return [];
  return (Array.isArray(value) ? value : [value]).flatMap((each) => [option, String(each)]);
}
