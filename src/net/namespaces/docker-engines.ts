/** What Docker engines say of their containers. Their answers come from outside: what does not fit is left out. */

import pLimit from 'p-limit';
import * as v from 'valibot';
import type { SeenContainer } from '../../layers/seen.ts';
import { askEngine } from './engine-api.ts';
import type { Engine } from './engines.ts';

const MOST_CONTAINERS = 4096;
/** One question each, and all of them together no longer than this. */
const MOST_DETAILS = 256;
const DETAILS_TIMEOUT_MS = 2000;
const AT_ONCE = 8;
const LONGEST_NAME = 256;

const ID = v.pipe(v.string(), v.regex(/^[0-9A-Za-z][\w.-]{0,127}$/));
const NAME = v.pipe(v.string(), v.maxLength(LONGEST_NAME));

/** moby: api/swagger.yaml, ContainerSummary. */
const LISTED = v.object({
  Id: ID,
  Names: v.nullish(v.array(v.string()), []),
  Labels: v.nullish(v.record(v.string(), v.string()), {}),
  HostConfig: v.nullish(v.object({ NetworkMode: v.nullish(v.string()) })),
});

/** moby: api/swagger.yaml, ContainerInspectResponse. */
const DETAILS = v.object({
  State: v.nullish(v.object({ Pid: v.nullish(v.pipe(v.number(), v.integer(), v.minValue(0))) })),
  NetworkSettings: v.nullish(v.object({ SandboxKey: v.nullish(v.pipe(v.string(), v.maxLength(LONGEST_NAME))) })),
});

export interface ListedContainer {
  readonly container: SeenContainer;
  readonly engine: Engine;
  /** `host`, `container:ID`, the name of a network. */
  readonly networkMode: string | null;
}

export interface ContainerDetails {
  /** In the engine's PID namespace. */
  readonly pid: number | null;
  /** Where its network namespace is mounted, in the engine's tree. */
  readonly sandbox: string | null;
}

export interface EngineLists {
  readonly listed: readonly ListedContainer[];
  /** Engines that said nothing, one sentence each. */
  readonly unseen: readonly string[];
}

/** Those that run, of all engines at once. */
export async function listContainers(engines: readonly Engine[], signal: AbortSignal): Promise<EngineLists> {
  const lists = await Promise.all(engines.map((engine) => listOf(engine, signal)));
  return { listed: lists.flatMap(({ listed }) => listed), unseen: lists.flatMap(({ unseen }) => unseen) };
}

async function listOf(engine: Engine, signal: AbortSignal): Promise<EngineLists> {
  const answer = await askEngine(engine.socket, '/containers/json', signal);
  if (answer.kind === 'silent') return unknown(engine, answer.reason);
  if (!Array.isArray(answer.body)) return unknown(engine, 'its answer is no list of containers');
  return { listed: answer.body.slice(0, MOST_CONTAINERS).flatMap((entry) => listed(engine, entry)), unseen: [] };
}

function unknown({ label }: Engine, reason: string): EngineLists {
  return { listed: [], unseen: [`What the Docker engine ${label} calls its containers is not known: ${reason}.`] };
}

function listed(engine: Engine, entry: unknown): ListedContainer[] {
  const { success, output } = v.safeParse(LISTED, entry);
  if (!success) return [];
  const { Id: id, Names, Labels, HostConfig } = output;
  const container = { id, name: nameOf(Names ?? []), ...podOf(Labels ?? {}) };
  return [{ container, engine, networkMode: HostConfig?.NetworkMode ?? null }];
}

/** `/name`; with links `/other/alias` as well. */
function nameOf(names: readonly string[]): string | null {
  const own = names.map((name) => name.replace(/^\//, '')).find((name) => name !== '' && !name.includes('/'));
  return own === undefined || own.length > LONGEST_NAME ? null : own;
}

/** kubelet: staging/src/k8s.io/kubelet/pkg/types/labels.go; cri-dockerd hands them on as they are. */
const POD_LABELS = {
  name: 'io.kubernetes.pod.name',
  namespace: 'io.kubernetes.pod.namespace',
  container: 'io.kubernetes.container.name',
} as const;

/** Labels, or annotations of the same names. */
export function podOf(labels: Readonly<Record<string, string>>): Pick<SeenContainer, 'pod' | 'containerOfPod'> {
  const name = labels[POD_LABELS.name];
  const namespace = labels[POD_LABELS.namespace];
  const container = labels[POD_LABELS.container];
  if (!v.is(NAME, name) || !v.is(NAME, namespace)) return { pod: null, containerOfPod: null };
  // What holds a pod's network open is called so by cri-dockerd: core/sandbox_helpers.go, sandboxContainerName.
  return { pod: { namespace, name }, containerOfPod: v.is(NAME, container) && container !== 'POD' ? container : null };
}

/** Of several containers, a few at a time; of those that are not told of, nothing. By id. */
export async function detailsOf(
  containers: readonly ListedContainer[],
  signal: AbortSignal,
): Promise<ReadonlyMap<ListedContainer, ContainerDetails>> {
  const limit = pLimit(AT_ONCE);
  const deadline = AbortSignal.timeout(DETAILS_TIMEOUT_MS);
  const asked = containers.slice(0, MOST_DETAILS).map((listed) =>
    limit(async (): Promise<[ListedContainer, ContainerDetails][]> => {
      const answer = await askEngine(listed.engine.socket, `/containers/${listed.container.id}/json`, signal, deadline);
      const { success, output } = v.safeParse(DETAILS, answer.kind === 'json' ? answer.body : null);
      if (!success) return [];
      return [[listed, { pid: output.State?.Pid || null, sandbox: output.NetworkSettings?.SandboxKey || null }]];
    }),
  );
  return new Map((await Promise.all(asked)).flat());
}
