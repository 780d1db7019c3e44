/** `--container NAME|ID`: which container is meant, and which process or namespace that is here. */

import { didYouMean } from '../../config/suggest.ts';
import { UsageError } from '../../errors.ts';
import { placesInCgroup } from '../../layers/cgroups.ts';
import { oneLine } from '../../report/printable.ts';
import { mountedAt } from './containers.ts';
import { detailsOf, type ListedContainer, listContainers } from './docker-engines.ts';
import { engineProcesses } from './engine-processes.ts';
import { type Engine, reachableEngines } from './engines.ts';
import { cgroupsOf, idsOf, type ProcessStat } from './processes.ts';
import { readOr } from './reading.ts';
import { pathIn } from './roots.ts';
import type { Scan } from './scan.ts';

export type FoundContainer =
  | { readonly kind: 'process'; readonly pid: number; readonly name: string }
  /** No process of it is to be seen: the mount that its engine keeps its network by, as a path from here. */
  | { readonly kind: 'mount'; readonly path: string; readonly name: string };

/** As much as `docker ps` prints of an id. */
const SHORT_ID = 12;
const ID_PREFIX = /^[0-9a-f]{4,64}$/;
const MOST_NAMED = 5;

interface Candidate {
  readonly id: string;
  readonly name: string | null;
  /** `null` for one that only a control group tells of. */
  readonly listed: ListedContainer | null;
}

/**
 * Asks our engine, then those inside containers, then nobody but the control groups.
 *
 * @throws UsageError when there is none, or more than one; what the signal says.
 */
export async function findContainer(
  value: string,
  scan: Scan,
  { root, environment }: { root: string; environment: Readonly<Record<string, string | undefined>> },
  signal: AbortSignal,
): Promise<FoundContainer> {
  const asked = `--container ${oneLine(value)}`;
  const engines = reachableEngines({ root, environment, proc: scan.proc, engines: engineProcesses(scan) });
  const { listed, unseen } = await listContainers(engines, signal);
  const ours = listed.filter(({ engine }) => engine.isOurs);
  const inner = listed.filter(({ engine }) => !engine.isOurs);
  const grouped = membersByContainer(scan);
  const byCgroup = [...grouped.keys()].map((id): Candidate => ({ id, name: null, listed: null }));
  for (const candidates of [ours.map(candidateOf), inner.map(candidateOf), byCgroup]) {
    const matches = matching(value, candidates);
    if (matches.length > 1) throw new UsageError(`${asked} is ${severalOf(matches)}: give more of the id`);
    const [match] = matches;
    if (match !== undefined) return locate(match, asked, scan, grouped, signal);
  }
  throw new UsageError(`${asked}: ${noneOf(value, listed, engines, unseen)}`);
}

function candidateOf(listed: ListedContainer): Candidate {
  return { id: listed.container.id, name: listed.container.name, listed };
}

/** A name that fits exactly counts before ids that begin so. */
function matching(value: string, candidates: readonly Candidate[]): readonly Candidate[] {
  const named = candidates.filter(({ name, id }) => name === value.replace(/^\//, '') || id === value);
  if (named.length > 0 || !ID_PREFIX.test(value)) return named;
  return candidates.filter(({ id }) => id.startsWith(value));
}

function severalOf(matches: readonly Candidate[]): string {
  const shown = matches.slice(0, MOST_NAMED).map(({ id, name, listed }) => {
    const where = listed === null ? 'known by its control group' : `of the engine ${listed.engine.label}`;
    return oneLine(`${name === null ? '' : `${name} `}${id.slice(0, SHORT_ID)} ${where}`);
  });
  const rest = matches.length - shown.length;
  return `${matches.length} containers, ${shown.join(', ')}${rest > 0 ? ` and ${rest} more` : ''}`;
}

function noneOf(
  value: string,
  listed: readonly ListedContainer[],
  engines: readonly Engine[],
  unseen: readonly string[],
): string {
  const names = listed.flatMap(({ container }) => container.name ?? []);
  const asked = engines.map(({ label }) => `the Docker engine ${label}, `).join('');
  const failed = unseen.length > 0 ? `. ${unseen.join(' ')}` : '';
  const alone = engines.length === 0 ? '; no Docker engine was found' : '';
  return oneLine(
    `no running container has that name or id${didYouMean(value, names)}; looked at: ${asked}the control groups of all processes${alone}${failed}`,
  );
}

/** Every process, the oldest first, by the container whose control group it is in. */
function membersByContainer({ proc, members }: Scan): Map<string, ProcessStat[]> {
  const found = new Map<string, ProcessStat[]>();
  for (const stat of [...members.values()].flat().sort((one, other) => one.startedAt - other.startedAt)) {
    const groups = readOr(() => cgroupsOf(proc, stat.pid)) ?? [];
    for (const id of new Set(groups.flatMap((path) => placesInCgroup(path).containerId ?? []))) {
      const others = found.get(id);
      if (others === undefined) found.set(id, [stat]);
      else others.push(stat);
    }
  }
  return found;
}

async function locate(
  { id, name, listed }: Candidate,
  asked: string,
  scan: Scan,
  grouped: ReadonlyMap<string, readonly ProcessStat[]>,
  signal: AbortSignal,
): Promise<FoundContainer> {
  const label = name ?? id.slice(0, SHORT_ID);
  const [oldest] = grouped.get(id) ?? [];
  if (oldest !== undefined) return { kind: 'process', pid: oldest.pid, name: label };
  const details = listed === null ? undefined : (await detailsOf([listed], signal)).get(listed);
  if (listed !== null && details !== undefined) {
    const netns = details.sandbox === null ? null : mountedAt(listed.engine.root, details.sandbox);
    const pid = details.pid === null ? null : processOf(details.pid, listed.engine, scan, netns);
    if (pid !== null) return { kind: 'process', pid, name: label };
    const path = netns === null ? null : pathIn(listed.engine.root, details.sandbox ?? '');
    if (path !== null) return { kind: 'mount', path, name: label };
  }
  throw new UsageError(
    `${asked}: none of its processes is to be seen from here: ${scan.isWhole ? 'it may have just ended' : 'docker run --pid host shows those of the whole machine'}`,
  );
}

/**
 * The process that an engine knows by another number: NSpid tells what each one is called in the PID namespaces around it.
 * Engines beside each other give the same numbers: the network that the container is in tells them apart.
 */
function processOf(pid: number, engine: Engine, { proc, members, isWhole }: Scan, netns: string | null): number | null {
  // Its own process is not to be seen: then it is the machine's, whose numbers are those of a /proc that shows the whole.
  if (engine.pid === null) return isWhole && [...members.values()].flat().some((stat) => stat.pid === pid) ? pid : null;
  if (netns === null) return null;
  const depth = idsOf(proc, engine.pid).length - 1;
  return (members.get(netns) ?? []).find((stat) => idsOf(proc, stat.pid)[depth] === pid)?.pid ?? null;
}
