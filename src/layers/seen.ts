/**
 * What this machine shows of its network namespaces, before any sense is made of it. Types only: `net` looks, `layers`
 * makes sense of it, and neither knows the other.
 */

import type { Family } from '../contract.ts';
import type { InterfaceKind } from '../surroundings.ts';
import type { CachedPathMtu } from './contract.ts';

export interface SeenProcess {
  readonly pid: number;
  /** Clock ticks since boot: /proc/PID/stat, field 22 (proc(5)). */
  readonly startedAt: number;
  /** Paths of /proc/PID/cgroup, one per hierarchy. */
  readonly cgroups: readonly string[];
  readonly words: readonly string[];
  /** Effective capabilities, as a bit mask; `null` where they may not be read. */
  readonly capabilities: bigint | null;
}

/** A container as an engine, a runtime or a kubelet tells of it. All of it comes from outside and may lie. */
export interface SeenContainer {
  /** 64 hexadecimal digits, or what the engine calls it. */
  readonly id: string;
  readonly name: string | null;
  /** Pod, where there is one. */
  readonly pod: { readonly namespace: string; readonly name: string } | null;
  /** What it is called in its pod. */
  readonly containerOfPod: string | null;
}

export interface SeenNamespace {
  /** `net:[4026531840]`. */
  readonly netns: string;
  /** A path that it can be opened by, from this process: `/proc/PID/ns/net`, `/run/netns/NAME`. */
  readonly path: string;
  /** This process is in it. */
  readonly isOwn: boolean;
  /** The first process of all, as seen from here, is in it. */
  readonly hasInit: boolean;
  /** Names under which it is mounted (`ip netns`), without folders. */
  readonly mounts: readonly string[];
  readonly processCount: number;
  /** The one that has run longest; `null` where only a mount keeps the namespace. */
  readonly oldest: SeenProcess | null;
  /** Whose names and files a job in it has: the oldest that is no `pause`; `null` where there is none. */
  readonly representative: SeenProcess | null;
  /** Containers whose processes, or whose sandbox, it holds. */
  readonly containers: readonly SeenContainer[];
}

/** What the caller itself is in, as far as it can tell: a container whose first process it takes for the machine's is none. */
export const PLACES = ['machine', 'pod', 'container'] as const;

export interface Sight {
  readonly here: (typeof PLACES)[number];
  readonly namespaces: readonly SeenNamespace[];
  /** What could not be seen, and what would show it: one sentence each. */
  readonly unseen: readonly string[];
}

export interface InspectedInterface {
  readonly index: number;
  readonly name: string;
  readonly mtu: number;
  readonly kind: InterfaceKind;
  readonly isUp: boolean;
  readonly addresses: readonly string[];
  /** Index of the bridge, bond or the like that it is a port of. */
  readonly master: number | null;
  /** Index of its other end, or of what it lies upon (IFLA_LINK); `netns` is `null` where that is not known. */
  readonly link: { readonly index: number; readonly netns: string | null } | null;
}

export interface InspectedRoute {
  readonly family: Family;
  readonly to: string;
  readonly via: string | null;
  /** Index of the interface. */
  readonly interface: number;
  readonly metric: number;
  readonly mtu: number | null;
  readonly locked: boolean;
}

/** Where packets to the world leave. */
export interface InspectedEgress {
  readonly family: Family;
  /** The next hop, of either family; `null` where the world is taken to be on the link. */
  readonly via: string | null;
  /** Index of the interface. */
  readonly interface: number;
}

/** One namespace, looked at from inside. */
export interface Inspection {
  /** `netlink` knows everything here; `proc` is what /proc and /sys show, and leaves unknown what they do not. */
  readonly source: 'netlink' | 'proc';
  readonly interfaces: readonly InspectedInterface[];
  /** Of the main table, lowest metric first. */
  readonly routes: readonly InspectedRoute[];
  /** IPv4 first, one of each family that leads somewhere: whichever table, rule or part of the world says so. */
  readonly egress: readonly InspectedEgress[];
  readonly cachedPathMtus: readonly CachedPathMtu[];
  readonly tcpMtuProbing: number | null;
  readonly pingGroupRange: readonly [first: number, last: number] | null;
  /** What was left out of the above, one sentence each; absent where nothing was. */
  readonly unseen?: readonly string[];
}

/** `gone`: it ended meanwhile, or may not be joined; `reason` is one phrase for people. */
export type InspectionAnswer =
  | { readonly kind: 'inspected'; readonly inspection: Inspection }
  | { readonly kind: 'gone'; readonly reason: string };
