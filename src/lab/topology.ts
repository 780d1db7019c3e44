/** A network as data: what `buildNetwork` turns into namespaces. Lists are flat; every entry names its host. */

import type { Attack } from './mischief/mischief.ts';
import type { PacketRule } from './packet-rule.ts';

export interface LinkEnd {
  readonly host: string;
  readonly name: string;
  /** Bytes. A veth receives up to four bytes more than this (room for a VLAN tag), so both ends of a link need it. */
  readonly mtu: number;
  /** With prefix length. */
  readonly addresses: readonly string[];
  /** The bridge of the same host that it is a port of. */
  readonly bridge: string | null;
}

/** What a relay does to packets that leave its first or its second end. */
export interface Impairment {
  readonly delayMs: number;
  readonly lossPercent: number;
}

export type Link =
  | { readonly kind: 'veth'; readonly ends: readonly [LinkEnd, LinkEnd] }
  /** Needs `/dev/net/tun`. `seed` fixes which packets are lost, and which an attacker on the link chooses. */
  | {
      readonly kind: 'relay';
      readonly ends: readonly [LinkEnd, LinkEnd];
      readonly impairments: readonly [Impairment, Impairment];
      readonly seed: number;
      readonly attack?: Attack;
    };

interface Bridge {
  readonly host: string;
  readonly name: string;
  readonly mtu: number;
  readonly addresses: readonly string[];
}

/** A flannel-like overlay interface. */
interface Vxlan {
  readonly host: string;
  readonly name: string;
  readonly mtu: number;
  readonly addresses: readonly string[];
  readonly local: string;
  readonly remote: string;
  /** Whether its outer packets carry DF; without it routers may fragment them. */
  readonly dontFragment: boolean;
}

export interface Route {
  readonly host: string;
  /** A prefix or `default`. */
  readonly to: string;
  /** A next hop, or `blackhole`: swallow silently. */
  readonly via: string;
  /** A second next hop, which takes half of the load. */
  readonly alsoVia?: string;
  readonly source?: string;
  readonly mtu?: number;
  /** Without it the MTU holds only for what the host itself sends (`ip6_dst_mtu_maybe_forward`, net/ip6_route.h). */
  readonly mtuForForwarding?: boolean;
  readonly table?: number;
}

/** An address of the host itself, on `lo`; with prefix length. */
interface Loopback {
  readonly host: string;
  readonly address: string;
}

/** Sends ICMP for one destination through another routing table. */
interface IcmpDetour {
  readonly host: string;
  readonly to: string;
  readonly table: number;
  /** Only what the host says itself, not what it forwards. */
  readonly ownOnly?: boolean;
}

interface Sysctl {
  readonly host: string;
  /** With slashes, as below `/proc/sys`. */
  readonly key: string;
  readonly value: string;
}

export interface Topology {
  readonly hosts: readonly string[];
  readonly links: readonly Link[];
  readonly bridges: readonly Bridge[];
  readonly vxlans: readonly Vxlan[];
  readonly loopbacks: readonly Loopback[];
  readonly routes: readonly Route[];
  readonly detours: readonly IcmpDetour[];
  readonly sysctls: readonly Sysctl[];
  readonly rules: readonly PacketRule[];
}

export const EMPTY_TOPOLOGY: Topology = {
  hosts: [],
  links: [],
  bridges: [],
  vxlans: [],
  loopbacks: [],
  routes: [],
  detours: [],
  sysctls: [],
  rules: [],
};

/** The same network with more packet rules. */
export function withRules(topology: Topology, ...rules: readonly PacketRule[]): Topology {
  return { ...topology, rules: [...topology.rules, ...rules] };
}

/** The same network, and hosts that nothing leads to. */
export function withHosts(topology: Topology, hosts: readonly string[]): Topology {
  return { ...topology, hosts: [...topology.hosts, ...hosts] };
}
