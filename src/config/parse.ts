/** What was typed → options of a run: everything is checked here, once, before anything is sent. */

import * as v from 'valibot';
import { type DirectionName, ENVIRONMENTS, RANKED_VERDICTS } from '../contract.ts';
import { UsageError } from '../errors.ts';
import { DEFAULTS, DIRECTION_CHOICES } from './defaults.ts';
import { INSIDE_VALUES, type InsideOptions, insideOf } from './inside.ts';
import {
  FORMATS,
  LOG_LEVELS,
  type OutputOptions,
  PROBE_METHODS,
  type ProbeMethod,
  type RunOptions,
} from './options.ts';
import {
  choice,
  flag,
  host,
  reportFiles,
  requestPath,
  responderPlace,
  seconds,
  targets,
  text,
  wholeNumber,
} from './values.ts';

/** RFC 791 §3.2: what every IPv4 link must carry in one piece. */
const SMALLEST_MTU = 68;
/** RFC 791 §3.1: the length field has 16 bits. */
const LARGEST_MTU = 65535;
const LARGEST_PORT = 65535; // RFC 9293 §3.1
/** RFC 9000 §14.1: 1200 bytes behind the headers of IPv6 and UDP. */
const SMALLEST_QUIC_PACKET = 1248;
const LONGEST_S = 3600; // beyond an hour it is a typing error
const SHORTEST_S = 0.1; // below, not even one wave comes back

const DIRECTIONS: Record<(typeof DIRECTION_CHOICES)[number], readonly DirectionName[]> = {
  both: ['forward', 'reverse'],
  forward: ['forward'],
  reverse: ['reverse'],
};

/** One entry per option, named as in the code of the command line. */
export const RUN_VALUES = v.strictObject(
  {
    target: targets('--target'),
    targets: v.optional(v.array(v.string()), []),
    responder: v.nullish(responderPlace('--responder'), null),
    secretFile: v.nullish(text('--secret-file'), null),
    ipv4: flag(),
    ipv6: flag(),
    firstAddress: flag(),
    minMtu: v.nullish(wholeNumber('--min-mtu', SMALLEST_MTU, LARGEST_MTU), null),
    maxMtu: v.nullish(wholeNumber('--max-mtu', SMALLEST_MTU, LARGEST_MTU), null),
    advertiseMtu: v.nullish(wholeNumber('--advertise-mtu', SMALLEST_MTU, LARGEST_MTU), null),
    flushCache: flag(),
    ...INSIDE_VALUES,
    interface: v.nullish(text('--interface'), null),
    source: v.nullish(text('--source'), null),
    method: v.optional(choice('--method', PROBE_METHODS), DEFAULTS.method),
    direction: v.nullish(choice('--direction', DIRECTION_CHOICES), null),
    port: v.nullish(wholeNumber('--port', 1, LARGEST_PORT), null),
    sni: v.nullish(host('--sni'), null),
    path: v.nullish(requestPath('--path'), null),
    timeout: v.optional(seconds('--timeout', SHORTEST_S, LONGEST_S), DEFAULTS.timeout),
    waitRecovery: v.optional(seconds('--wait-recovery', 0, LONGEST_S), DEFAULTS.waitRecovery),
    gentle: flag(),
    expectMtu: v.nullish(wholeNumber('--expect-mtu', SMALLEST_MTU, LARGEST_MTU), null),
    failOn: v.optional(choice('--fail-on', RANKED_VERDICTS), DEFAULTS.failOn),
    environment: v.nullish(choice('--environment', ENVIRONMENTS), null),
    format: v.optional(choice('--format', FORMATS), DEFAULTS.format),
    output: v.nullish(text('--output'), null),
    report: reportFiles('--report', FORMATS),
    evidence: flag(),
    logLevel: v.optional(choice('--log-level', LOG_LEVELS), DEFAULTS.logLevel),
    quiet: flag(),
  },
  ({ received }) => `unknown option ${received}: see mtu-probe run --help`,
);

/** Every option there is, by the name that the command line gives to its value. */
export const OPTION_NAMES: readonly string[] = Object.keys(RUN_VALUES.entries);

type Values = v.InferOutput<typeof RUN_VALUES>;

export interface ParsedRunOptions {
  readonly run: RunOptions;
  readonly output: OutputOptions;
  /** Holds what responders know their own probers by. */
  readonly secretFile: string | null;
  /** Where to measure from; `null` is here. */
  readonly inside: InsideOptions | null;
}

/** Names of files with targets, read before the rest is looked at. */
export function targetListsOf(values: unknown): readonly string[] {
  const parsed = v.safeParse(v.object({ targets: RUN_VALUES.entries.targets }), values);
  return parsed.success ? parsed.output.targets : [];
}

/**
 * @param listed targets from files.
 * @throws UsageError with one line that names the option and says what to write instead.
 */
export function parseRunOptions(values: unknown, listed: readonly string[] = []): ParsedRunOptions {
  const parsed = v.safeParse(RUN_VALUES, withListed(values, listed), { abortEarly: true, abortPipeEarly: true });
  if (!parsed.success) throw new UsageError(parsed.issues[0].message);
  const { output } = parsed;
  requireAgreement(output);
  return {
    run: runOptions(output),
    output: outputOptions(output),
    secretFile: output.secretFile,
    inside: insideOf(values),
  };
}

function withListed(values: unknown, listed: readonly string[]): unknown {
  if (listed.length === 0 || typeof values !== 'object' || values === null) return values;
  const typed = 'target' in values && Array.isArray(values.target) ? values.target : [];
  return { ...values, target: [...typed, ...listed] };
}

function requireAgreement(values: Values): void {
  const { minMtu, maxMtu, advertiseMtu, expectMtu, method, direction } = values;
  const canSeeReverse = seesReverse(method) || isByResponder(values);
  if (minMtu !== null && maxMtu !== null && minMtu > maxMtu) {
    throw new UsageError(`--min-mtu ${minMtu} is above --max-mtu ${maxMtu}: swap them, or leave one out`);
  }
  if (expectMtu !== null && maxMtu !== null && expectMtu > maxMtu) {
    throw new UsageError(`--expect-mtu ${expectMtu} is above --max-mtu ${maxMtu}: nothing that large would be tried`);
  }
  if (method === 'udp' && maxMtu !== null && maxMtu < SMALLEST_QUIC_PACKET) {
    throw new UsageError(
      `--max-mtu ${maxMtu} is below what a QUIC server must answer: give at least ${SMALLEST_QUIC_PACKET} with --method udp`,
    );
  }
  if (!seesReverse(method) && advertiseMtu !== null) {
    throw new UsageError(
      `--method ${method} asks the target for nothing large: leave out --advertise-mtu, or use --method auto`,
    );
  }
  if (!canSeeReverse && direction !== null && direction !== 'forward') {
    throw new UsageError(
      `--method ${method} cannot see --direction ${direction}: its answers prove forward only, use --method auto`,
    );
  }
}

function seesReverse(method: ProbeMethod): boolean {
  return method === 'auto' || method === 'tcp';
}

/** Every target is a responder, which sends what it is asked for, over UDP as well. */
function isByResponder({ target, responder, method }: Values): boolean {
  const all = [...target, ...(responder === null ? [] : [responder])];
  return method === 'udp' && all.every((each) => /^mtu:/i.test(each));
}

function runOptions(values: Values): RunOptions {
  const { ipv4, ipv6, method, direction } = values;
  const seesBoth = seesReverse(method) || isByResponder(values);
  return {
    targets: values.responder === null ? values.target : [...values.target, values.responder],
    holds: {},
    resolve: {
      families: ipv4 === ipv6 ? [4, 6] : ipv4 ? [4] : [6],
      familyAsked: ipv4 || ipv6,
      firstAddress: values.firstAddress,
      port: values.port,
      serverName: values.sni,
      path: values.path,
      interface: values.interface,
      source: values.source,
    },
    measure: {
      method,
      directions: DIRECTIONS[direction ?? (seesBoth ? 'both' : 'forward')],
      minMtu: values.minMtu,
      maxMtu: values.maxMtu,
      advertiseMtu: values.advertiseMtu,
      gentle: values.gentle,
      timeoutMs: values.timeout,
      waitRecoveryMs: values.waitRecovery,
    },
    flushCache: values.flushCache,
    expectMtu: values.expectMtu,
    failOn: values.failOn,
    environment: values.environment,
  };
}

function outputOptions({ format, output, report, evidence, logLevel, quiet }: Values): OutputOptions {
  return { format, output, reports: report, evidence, logLevel, quiet };
}
