/** Machines as they are seen and looked at: each namespace in a few lines. */

import type { PlacedLayer } from '../../../src/layers/placed-layer.ts';
import type {
  InspectedInterface,
  InspectedRoute,
  Inspection,
  InspectionAnswer,
  SeenContainer,
  SeenNamespace,
  SeenProcess,
  Sight,
} from '../../../src/layers/seen.ts';
import { treeOf } from '../../../src/layers/tree.ts';
import { egressByRoutes } from '../../../src/net/inspection/egress.ts';

export interface Scene {
  readonly sight: Sight;
  readonly inspections: ReadonlyMap<string, InspectionAnswer>;
}

/** A namespace, with what was found by looking at it from inside; `null` where it could not be. */
export interface Corner {
  readonly seen: SeenNamespace;
  readonly inspection: Inspection | null;
}

export function scene(...corners: readonly Corner[]): Scene {
  return {
    sight: { here: 'machine', namespaces: corners.map(({ seen }) => seen), unseen: [] },
    inspections: new Map(
      corners.map(({ seen, inspection }) => [
        seen.netns,
        inspection === null ? { kind: 'gone', reason: 'it ended meanwhile' } : { kind: 'inspected', inspection },
      ]),
    ),
  };
}

export function tree({ sight, inspections }: Scene): readonly PlacedLayer[] {
  return treeOf(sight, inspections);
}

/** `net:[N]`. */
export function netns(inode: number): string {
  return `net:[${inode}]`;
}

export function corner(
  inode: number,
  seen: Partial<SeenNamespace>,
  inspection: Inspection | null = inspected([], []),
): Corner {
  return {
    seen: {
      netns: netns(inode),
      path: `/proc/${inode}/ns/net`,
      isOwn: false,
      hasInit: false,
      mounts: [],
      processCount: 1,
      oldest: process(inode),
      representative: null,
      containers: [],
      ...seen,
    },
    inspection,
  };
}

export const NODE = { isOwn: true, hasInit: true } as const;

export function process(
  pid: number,
  words: readonly string[] = ['sleep', 'inf'],
  cgroups: readonly string[] = ['/'],
): SeenProcess {
  return { pid, startedAt: pid, cgroups, words, capabilities: null };
}

export function container(digit: string, name: string | null): SeenContainer {
  return { id: digit.repeat(64), name, pod: null, containerOfPod: null };
}

export function podContainer(digit: string, name: string): SeenContainer {
  return { id: digit.repeat(64), name: null, pod: { namespace: 'default', name }, containerOfPod: 'main' };
}

export function inspected(
  interfaces: readonly InspectedInterface[],
  routes: readonly InspectedRoute[],
  changes: Partial<Inspection> = {},
): Inspection {
  return {
    source: 'netlink',
    interfaces,
    routes,
    egress: egressByRoutes(routes),
    cachedPathMtus: [],
    tcpMtuProbing: 0,
    pingGroupRange: [1, 0],
    ...changes,
  };
}

/** @param link index and, with netlink, the inode of the namespace that it is in. */
export function nic(
  index: number,
  name: string,
  mtu: number,
  kind: InspectedInterface['kind'] = 'other',
  {
    link,
    ...changes
  }: Partial<Omit<InspectedInterface, 'link'>> & { readonly link?: readonly [number, number | null] } = {},
): InspectedInterface {
  return {
    index,
    name,
    mtu,
    kind,
    isUp: true,
    addresses: [],
    master: null,
    link: link === undefined ? null : { index: link[0], netns: link[1] === null ? null : netns(link[1]) },
    ...changes,
  };
}

export function byDefault(index: number, via: string | null, changes: Partial<InspectedRoute> = {}): InspectedRoute {
  return { family: 4, to: 'default', via, interface: index, metric: 0, mtu: null, locked: false, ...changes };
}

/** The interface and the route of a container: `eth0`, index 2. */
export function eth0(mtu: number, address: string, via: string, link: readonly [number, number | null]): Inspection {
  return inspected([nic(2, 'eth0', mtu, 'veth', { addresses: [address], link })], [byDefault(2, via)]);
}

/**
 * A build in an engine in a pod behind flannel.
 *
 *   inner eth0 1500 ▸ docker0 1500 │ pod eth0 1450 ▸ cni0 1450 │ node ens18 1500
 */
export function article({ docker0 = 1500, inner = 1500 } = {}): Scene {
  return scene(articleNode(), articlePod(docker0), articleInner(inner));
}

export function articleNode(...more: readonly InspectedInterface[]): Corner {
  return corner(
    1,
    NODE,
    inspected(
      [
        nic(2, 'ens18', 1500, 'other', { addresses: ['192.0.2.10/24'] }),
        nic(3, 'cni0', 1450, 'bridge', { addresses: ['10.244.0.1/24'] }),
        nic(4, 'veth0a1b', 1450, 'veth', { master: 3, link: [2, 2] }),
        ...more,
      ],
      [byDefault(2, '192.0.2.1')],
    ),
  );
}

export function articlePod(docker0 = 1500, ...more: readonly InspectedInterface[]): Corner {
  return corner(
    2,
    {
      containers: [podContainer('a', 'drone-1')],
      representative: process(20, ['dockerd']),
      oldest: process(19, ['/pause']),
    },
    inspected(
      [
        nic(2, 'eth0', 1450, 'veth', { addresses: ['10.244.0.7/24'], link: [4, 1] }),
        nic(3, 'docker0', docker0, 'bridge', { addresses: ['172.17.0.1/16'] }),
        nic(4, 'veth2c3d', docker0, 'veth', { master: 3, link: [2, 3] }),
        ...more,
      ],
      [byDefault(2, '10.244.0.1')],
    ),
  );
}

export function articleInner(mtu = 1500): Corner {
  return corner(3, { containers: [container('b', 'build')] }, eth0(mtu, '172.17.0.2/16', '172.17.0.1', [4, 2]));
}
