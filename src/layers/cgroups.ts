/**
 * What the path of a control group says of who is in it. Runtimes name the groups that they make after their containers:
 *
 * ```
 * /docker/ID                            /system.slice/docker-ID.scope
 * /docker/buildkit/STEP                 /system.slice/docker-STEP.scope
 * /kubepods/burstable/podUID/ID         /kubepods.slice/…-podU_I_D.slice/cri-containerd-ID.scope
 * /docker/OUTER/docker/INNER            an engine inside a container: the innermost counts
 * ```
 */

export const CONTAINER_RUNTIMES = ['docker', 'containerd', 'crio', 'podman', 'buildkit'] as const;
export type ContainerRuntime = (typeof CONTAINER_RUNTIMES)[number];

export interface CgroupPlaces {
  /** Of the innermost container: 64 hexadecimal digits; of a build step what BuildKit calls it. */
  readonly containerId: string | null;
  /** With hyphens, of the pod that the innermost container is one of; a container that a pod's container made has none. */
  readonly podUid: string | null;
  /** `null` where the path does not tell: a bare id in a pod's group may be anybody's. */
  readonly runtime: ContainerRuntime | null;
}

const NOWHERE: CgroupPlaces = { containerId: null, podUid: null, runtime: null };

/** What a unit of systemd begins with, before the id. */
const UNITS: ReadonlyMap<string, ContainerRuntime> = new Map<string, ContainerRuntime>([
  ['docker', 'docker'], // moby: daemon/oci_linux.go, scopePrefix
  ['cri-containerd', 'containerd'], // containerd: internal/cri/server/helpers.go, getCgroupsPath
  ['nerdctl', 'containerd'], // nerdctl: pkg/cmd/container/run_cgroup_linux.go
  ['crio', 'crio'], // cri-o: internal/config/cgmgr, CrioPrefix; a group below it is its container's as well
  ['libpod', 'podman'], // podman: libpod/container_internal_linux.go
  ['buildkit', 'buildkit'], // buildkit: docs/buildkitd.toml.md, defaultCgroupParent
]);

/** `docker-ID.scope`, `cri-containerd-ID.scope`; without systemd `crio-ID`, `libpod-ID`. Their monitors are `crio-conmon-ID`. */
const UNIT = /^([a-z]+(?:-[a-z]+)*)-([0-9a-f]{64}|[0-9a-z]{25})(?:\.scope)?$/;
const CONTAINER_ID = /^[0-9a-f]{64}$/; // moby: pkg/stringid, 32 random bytes
const BUILD_STEP = /^[0-9a-z]{25}$/; // buildkit: identity/randomid.go, 25 digits to the base 36
/** kubelet: pkg/kubelet/cm/pod_container_manager_linux.go and cgroup_manager_linux.go, which writes `_` for `-` in slices. */
const POD =
  /^(?:.*-)?pod([0-9a-f]{8}([-_])[0-9a-f]{4}\2[0-9a-f]{4}\2[0-9a-f]{4}\2[0-9a-f]{12}|[0-9a-f]{32})(?:\.slice)?$/;
/** containerd: where the unit was given in three parts and nobody took them apart, `…-podUID.slice:cri-containerd:ID`. */
const THREE_PARTS = /^(.+\.slice):([a-z-]+):([0-9a-z]+)$/;

/** @param path as the third field of a line in /proc/PID/cgroup (cgroups(7)). */
export function placesInCgroup(path: string): CgroupPlaces {
  let found = NOWHERE;
  let previous = '';
  for (const part of path.split('/').flatMap(taken)) {
    const podUid = POD.exec(part)?.[1];
    if (podUid !== undefined) {
      found = { containerId: null, podUid: podUid.replaceAll('_', '-'), runtime: null };
    } else {
      const container = containerOf(part, previous);
      // The first below a pod's group is the pod's own; what is below that one was made by it.
      if (container !== null) found = { ...container, podUid: found.containerId === null ? found.podUid : null };
    }
    previous = part;
  }
  return found;
}

function taken(part: string): string[] {
  const [, slice, unit, id] = THREE_PARTS.exec(part) ?? [];
  return slice === undefined ? [part] : [slice, `${unit}-${id}.scope`];
}

function containerOf(part: string, parent: string): Omit<CgroupPlaces, 'podUid'> | null {
  // buildkit: executor/oci/spec.go, GenerateSpec: PARENT/buildkit/STEP.
  if (parent === 'buildkit' && BUILD_STEP.test(part)) return { containerId: part, runtime: 'buildkit' };
  // moby: daemon/oci_linux.go, `/docker/ID` unless --cgroup-parent says otherwise.
  if (CONTAINER_ID.test(part)) return { containerId: part, runtime: parent === 'docker' ? 'docker' : null };
  const [, unit = '', id = ''] = UNIT.exec(part) ?? [];
  const runtime = UNITS.get(unit);
  if (runtime === undefined) return null;
  // moby: cmd/dockerd/daemon_systemd_unix.go gives BuildKit the prefix `docker` as well; only the id tells them apart.
  if (BUILD_STEP.test(id))
    return runtime === 'docker' || runtime === 'buildkit' ? { containerId: id, runtime: 'buildkit' } : null;
  return { containerId: id, runtime };
}
