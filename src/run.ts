/** run(options) → Report: resolve every target, measure every path, diagnose, assemble. What the CLI calls. */

import type { ResolveOptions, RunOptions } from './config/options.ts';
import type { DirectionName, PathReport, Report, Skipped, Verdict } from './contract.ts';
import { diagnose } from './diagnosis/diagnose.ts';
import { environmentsOf } from './diagnosis/environment/environments-of.ts';
import { reportVerdict } from './diagnosis/verdict.ts';
import type { Around } from './diagnosis/view.ts';
import { NoRouteError, ResolveError } from './errors.ts';
import { provesNoHole } from './hole.ts';
import type { Channels, Clock, PathTarget } from './measure/channel.ts';
import type { Log } from './measure/log.ts';
import { measurePath } from './measure/path.ts';
import type { OnProgress } from './measure/progress.ts';
import type { Surroundings } from './surroundings.ts';

export interface Resolved {
  readonly paths: readonly PathTarget[];
  readonly skipped: readonly Skipped[];
}

/** Everything that `run` needs from the world. */
export interface RunDeps {
  /**
   * @throws ResolveError when the name has no address, NoRouteError when none of its addresses has a route: both
   *   become an entry of `skipped`. UsageError ends the run before anything is sent.
   */
  resolve(target: string, options: ResolveOptions): Promise<Resolved>;
  readonly channels: Channels;
  /**
   * A route of our own to one address, on which SYNs offer packets of `size`.
   *
   * @param option that asked for it. @throws PrivilegeError, EnvironmentError
   */
  openRoute(path: PathTarget, size: number, option: string): Promise<{ remove(): void }>;
  /** The only one that measures this address, until what it resolves with is called; at once with an abort. */
  turn(address: string, signal: AbortSignal): Promise<() => void>;
  readonly clock: Clock;
  wallClock(): Date;
  /** Read once, before anything is sent. */
  surroundings(): Surroundings;
  readonly version: string;
  readonly onProgress: OnProgress | null;
  readonly log: Log | null;
}

const FORWARD: readonly DirectionName[] = ['forward'];

/** Addresses measured at once: a name with dozens of them is not met with hundreds of connections. */
const ADDRESSES_AT_ONCE = 8;

/**
 * Measures every path of every target. An abort of `signal` ends it early with a report of all that was proved.
 *
 * @throws UsageError, PrivilegeError or EnvironmentError before anything is sent.
 */
export async function run(options: RunOptions, deps: RunDeps, signal: AbortSignal): Promise<Report> {
  const startedAt = deps.wallClock().toISOString();
  const surroundings = deps.surroundings();
  const environments = options.environment === null ? environmentsOf(surroundings) : [options.environment];
  const around = { interfaces: surroundings.interfaces, environments, isChosen: options.environment !== null };
  const start = deps.clock.now();
  const resolved = await Promise.all(options.targets.map((target) => resolve(target, options.resolve, deps)));
  const targets = resolved.flatMap(({ paths }) => paths).filter((path) => isAsked(path, options.measure));
  // A target without any path was asked for and is not known.
  const unmeasured = resolved.filter(({ paths }) => paths.length === 0).map((): Verdict => 'inconclusive');
  const reports = new Map<PathTarget, PathReport>();
  const routes = await openRoutes(targets, options, deps);
  try {
    await inTurns(byAddress(targets), ADDRESSES_AT_ONCE, async (group) => {
      const release = await deps.turn((group[0] as PathTarget).address, signal);
      try {
        let firm = false;
        for (const path of group) {
          const report = await reportPath(held(path, options.holds, firm), options, around, deps, signal);
          // What this host learns forward would hide the hole from all paths to the address.
          firm ||= !provesNoHole(report.reverse);
          reports.set(path, report);
        }
      } finally {
        release();
      }
    });
  } finally {
    for (const route of routes) route.remove();
  }
  const paths = targets.map((path) => reports.get(path) as PathReport);
  return {
    schemaVersion: 1,
    version: deps.version,
    startedAt,
    durationMs: Math.round(deps.clock.now() - start),
    verdict: reportVerdict([...paths.map(({ verdict }) => verdict), ...unmeasured], options.failOn),
    environments: around.environments,
    paths,
    skipped: resolved.flatMap(({ skipped }) => skipped),
  };
}

/** A responder has a path over each transport, and a method may speak of one of them alone. */
function isAsked({ scheme, transport }: PathTarget, { method }: RunOptions['measure']): boolean {
  if (scheme !== 'mtu') return true;
  return transport === 'udp' ? method === 'auto' || method === 'udp' : method !== 'udp';
}

/** Before anything is sent: all of them, or none. */
async function openRoutes(
  targets: readonly PathTarget[],
  options: RunOptions,
  deps: RunDeps,
): Promise<{ remove(): void }[]> {
  const option = options.measure.advertiseMtu === null ? '--flush-cache' : '--advertise-mtu';
  const routes: { remove(): void }[] = [];
  try {
    for (const [path] of byAddress(targets)) {
      const size = path === undefined ? null : offeredSize(path, options);
      if (path !== undefined && size !== null) routes.push(await deps.openRoute(path, size, option));
    }
    return routes;
  } catch (error) {
    for (const route of routes) route.remove();
    throw error;
  }
}

/** What our SYN is to stand for where the kernel would choose something else; `null` leaves it to the kernel. */
function offeredSize({ local, egress }: PathTarget, { measure, flushCache }: RunOptions): number | null {
  if (local) return null;
  return measure.advertiseMtu ?? (flushCache ? egress.mtu : null);
}

async function resolve(target: string, options: ResolveOptions, deps: RunDeps): Promise<Resolved> {
  try {
    return await deps.resolve(target, options);
  } catch (error) {
    if (!(error instanceof ResolveError || error instanceof NoRouteError)) throw error;
    return { paths: [], skipped: [{ target, address: null, reason: error.message }] };
  }
}

async function reportPath(
  path: PathTarget,
  options: RunOptions,
  around: Around,
  deps: RunDeps,
  signal: AbortSignal,
): Promise<PathReport> {
  const offers = offeredSize(path, options) ?? path.offers;
  const { channels, clock, onProgress } = deps;
  const measure = path.forwardOnly === true ? { ...options.measure, directions: FORWARD } : options.measure;
  const measurement = await measurePath({ ...path, offers }, measure, channels, clock, signal, onProgress);
  for (const reason of measurement.refusedEngines) deps.log?.info({ address: path.address }, reason);
  const { verdict, forward, reverse, findings, clamped } = diagnose(measurement, path.host, around);
  const { target, url, address, family, egress } = path;
  const { port, rttMs, mss, farEnd, evidence, cost } = measurement;
  const isUdp = path.transport === 'udp' || options.measure.method === 'udp';
  deps.log?.debug({ address, verdict, cost, evidence }, 'measured');
  return {
    target,
    url,
    address,
    family,
    port: isUdp ? (path.ports[0] ?? null) : port,
    transport: isUdp ? 'udp' : 'tcp',
    verdict,
    rttMs,
    egress,
    forward,
    reverse,
    mss: { advertised: mss.advertised, peer: mss.peer, clamped },
    farEnd,
    findings,
    evidence,
    cost,
  };
}

function held(path: PathTarget, holds: RunOptions['holds'], firm: boolean): PathTarget {
  const above = holds[path.address];
  return above === undefined ? path : { ...path, hold: { above, firm } };
}

/** What this host learns of an address while it looks forward would hide the reverse direction of another path to it. */
function byAddress(targets: readonly PathTarget[]): PathTarget[][] {
  const groups = new Map<string, PathTarget[]>();
  for (const path of targets) groups.set(path.address, [...(groups.get(path.address) ?? []), path]);
  return [...groups.values()];
}

/** Works on all items, with at most `limit` under way. */
async function inTurns<Item>(
  items: readonly Item[],
  limit: number,
  work: (item: Item) => Promise<void>,
): Promise<void> {
  const queue = [...items];
  const worker = async (): Promise<void> => {
    for (let item = queue.shift(); item !== undefined; item = queue.shift()) await work(item);
  };
  await Promise.all(Array.from({ length: limit }, worker));
}
