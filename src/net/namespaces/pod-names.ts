/**
 * Pods by the files of runtimes and kubelet, for machines where no Docker engine knows them. Whatever is read was written by
 * somebody else: a name that is too long, or no name, is none.
 */

import { readdirSync } from 'node:fs';
import * as v from 'valibot';
import type { SeenContainer } from '../../layers/seen.ts';
import { podOf } from './docker-engines.ts';
import { beginningOf, readOr } from './reading.ts';
import { pathIn, type Root } from './roots.ts';

/** containerd: state directory `io.containerd.runtime.v2.task/NAMESPACE/ID`; k3s has one of its own. */
const CONTAINERD = ['/run/containerd', '/run/k3s/containerd'];
const BUNDLES = [
  ...CONTAINERD.map((state) => `${state}/io.containerd.runtime.v2.task/k8s.io/ID/config.json`),
  // cri-o: containers/storage, run root.
  '/run/containers/storage/overlay-containers/ID/userdata/config.json',
];
/** kubelet: pkg/kubelet/kuberuntime/helpers.go, BuildPodLogsDirectory: NAMESPACE_NAME_UID. */
const LOGS = '/var/log/pods';
const POD_LOGS = /^([a-z0-9.-]{1,253})_([a-z0-9.-]{1,253})_([0-9a-f-]{32,36})$/;

/** Beyond, it is cut, is no JSON any more, and tells nothing. */
const LONGEST_BUNDLE = 1024 * 1024;
const MOST_LOGS = 4096;
const NAME = v.pipe(v.string(), v.minLength(1), v.maxLength(253)); // RFC 1123 subdomain, as Kubernetes names objects
const ANNOTATIONS = v.object({ annotations: v.record(v.string(), v.string()) });

/** containerd: internal/cri/annotations/annotations.go. */
const SANDBOX_NAME = 'io.kubernetes.cri.sandbox-name';
const SANDBOX_NAMESPACE = 'io.kubernetes.cri.sandbox-namespace';
const CONTAINER_NAME = 'io.kubernetes.cri.container-name';
/** cri-o: pkg/annotations/internal.go: the kubelet's labels, as JSON. */
const CRIO_LABELS = 'io.kubernetes.cri-o.Labels';

type InPod = Pick<SeenContainer, 'pod' | 'containerOfPod'>;
const NO_POD: InPod = { pod: null, containerOfPod: null };

/** @param id 64 hexadecimal digits. @param roots where to look, the likeliest first. */
export function podOfContainer(id: string, roots: readonly Root[]): InPod {
  for (const root of roots) {
    for (const bundle of BUNDLES) {
      const path = pathIn(root, bundle.replace('ID', id));
      const text = path === null ? null : readOr(() => beginningOf(path, LONGEST_BUNDLE));
      const found = text === null ? NO_POD : podOfBundle(text);
      if (found.pod !== null) return found;
    }
  }
  return NO_POD;
}

/** The `config.json` of a bundle (OCI runtime-spec, config.md, "Annotations"). */
function podOfBundle(text: string): InPod {
  const parsed = v.safeParse(ANNOTATIONS, json(text));
  if (!parsed.success) return NO_POD;
  const { annotations } = parsed.output;
  const [name, namespace] = [annotations[SANDBOX_NAME], annotations[SANDBOX_NAMESPACE]];
  const container = annotations[CONTAINER_NAME];
  if (v.is(NAME, name) && v.is(NAME, namespace)) {
    return { pod: { namespace, name }, containerOfPod: v.is(NAME, container) ? container : null };
  }
  const labels = v.safeParse(v.record(v.string(), v.string()), json(annotations[CRIO_LABELS] ?? ''));
  return podOf({ ...annotations, ...(labels.success ? labels.output : {}) });
}

/** Pods that have logs, by uid. */
export function podsWithLogs(roots: readonly Root[]): ReadonlyMap<string, NonNullable<SeenContainer['pod']>> {
  const folders = roots.flatMap((root) => {
    const path = pathIn(root, LOGS);
    return path === null ? [] : (readOr(() => readdirSync(path)) ?? []).slice(0, MOST_LOGS);
  });
  return new Map(
    folders.flatMap((folder) => {
      const [, namespace, name, uid] = POD_LOGS.exec(folder) ?? [];
      return namespace === undefined || name === undefined || uid === undefined ? [] : [[uid, { namespace, name }]];
    }),
  );
}

function json(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
