/**
 * What `mtu-probe layers` and `mtu-probe inspect` report: public API, as JSON and as types. Text is a view of it.
 *
 * A layer is one network namespace. Layers are listed outermost first, each before those that are nested in it.
 * Unknown is `null`, never a missing field. An MTU is a whole IP packet in bytes, IP header included.
 */

import type { Family, Remedy, Report, Severity, Verdict } from '../contract.ts';
import type { InterfaceKind } from '../surroundings.ts';

/** `build`: a step of an image build. `other`: a namespace that nothing says more of. */
export const LAYER_KINDS = ['node', 'pod', 'container', 'build', 'other'] as const;
export type LayerKind = (typeof LAYER_KINDS)[number];

export const LAYER_FINDINGS = ['nested-mtu-mismatch', 'latent'] as const;
/**
 * - `nested-mtu-mismatch`: an inner network takes larger packets than the outer one that it leaves through, and this breaks
 *   something, or nobody has measured whether it does.
 * - `latent`: the same, and as measured a Packet Too Big or a clamp still gets round it.
 */
export type LayerFindingCode = (typeof LAYER_FINDINGS)[number];

export interface LayerInterface {
  /** As `ip link` has it, without `@`. */
  readonly name: string;
  /** The largest IP packet that it takes, in bytes. */
  readonly mtu: number;
  readonly kind: InterfaceKind;
  /** With prefix length. */
  readonly addresses: readonly string[];
  /** The bridge, bond or the like of the same layer that it is a port of. */
  readonly master: string | null;
  /** Its other end, or what it lies upon: an interface of the same layer or of another one. */
  readonly peer: { readonly netns: string; readonly interface: string } | null;
}

export interface LayerRoute {
  readonly family: Family;
  /** A prefix, or `default`. */
  readonly to: string;
  /** Address of the next hop; `null` where there is none, and the destination is on the link. */
  readonly via: string | null;
  /** Name of what it leaves through. */
  readonly interface: string;
  /** Of several routes to the same the lowest counts. */
  readonly metric: number;
  /** MTU set on the route; `null` when there is none, or when it cannot be told. */
  readonly mtu: number | null;
  /** It holds even against a Packet Too Big (`mtu lock`). */
  readonly locked: boolean;
}

/** A path MTU that the kernel of this layer has learnt and will forget. */
export interface CachedPathMtu {
  /** An address. */
  readonly to: string;
  /** In bytes. */
  readonly mtu: number;
  /** Seconds until it is forgotten; `null` where that cannot be told. */
  readonly expiresInS: number | null;
}

/** What is configured: nothing was sent for it. */
export interface LayerConfiguration {
  /** Of the main table, the lowest metric first. */
  readonly routes: readonly LayerRoute[];
  /** Empty as well where they cannot be asked for; `unseen` of the report says so. */
  readonly cachedPathMtus: readonly CachedPathMtu[];
  /** net.ipv4.tcp_mtu_probing: 0 never, 1 after a black hole, 2 always. */
  readonly tcpMtuProbing: number | null;
  /** net.ipv4.ping_group_range; the first above the second is nobody. */
  readonly pingGroupRange: readonly [first: number, last: number] | null;
  /** Those that matter here, as `CAP_NET_RAW`, of the oldest process that is no `pause`; `null` where there is no process to ask. */
  readonly capabilities: readonly string[] | null;
}

export interface Layer {
  /** `net:[4026531840]`, as `lsns` and `readlink /proc/PID/ns/net` print it. */
  readonly netns: string;
  /** What people call it, on one line; no two layers of a report have the same. */
  readonly name: string;
  readonly kind: LayerKind;
  /** A container's whole id, where it is one. */
  readonly container: string | null;
  /** Of its oldest process, in the PID namespace of this command; `null` where only a mount keeps it. */
  readonly pid: number | null;
  /** How many layers are around it; `null` where its way out is not known. */
  readonly depth: number | null;
  /** The `netns` that its way out leads into; `null` for the outermost, and where that is not known. */
  readonly parent: string | null;
  /** Name of the interface that its packets to the world leave through: by its default route, or a VPN in place of it. */
  readonly egress: string | null;
  /** Empty where it could not be looked at. */
  readonly interfaces: readonly LayerInterface[];
  /** `null` where it could not be looked at. */
  readonly configuration: LayerConfiguration | null;
  /** `null` where nothing was measured; `notMeasured` says why. */
  readonly report: Report | null;
  /** One phrase; `null` where there is a report. */
  readonly notMeasured: string | null;
}

/** One place of the way out: where the packets of a layer pass. */
export interface StepEnd {
  /** That of the layer which the interface is in. */
  readonly netns: string;
  /** The `name` of that layer. */
  readonly layer: string;
  /** Name of the interface. */
  readonly interface: string;
  /** The largest IP packet that it takes, in bytes. */
  readonly mtu: number;
}

export interface LayerFinding {
  readonly code: LayerFindingCode;
  readonly severity: Severity;
  /** The layer whose packets are too large. */
  readonly netns: string;
  /** The larger MTU, and the smaller one that comes right after it on the way out. */
  readonly inner: StepEnd;
  readonly outer: StepEnd;
  /** The MTU to configure at the inner end: what fits from there on outwards. */
  readonly mtu: number;
  /** One sentence for somebody who has never heard of MTU. */
  readonly summary: string;
  /** What it rests on and what it does not say, for a network engineer. */
  readonly detail: string;
  /** For the network of the inner end. */
  readonly remedies: readonly Remedy[];
}

export interface LayersReport {
  readonly schemaVersion: 1;
  readonly version: string;
  /** ISO 8601, UTC. */
  readonly startedAt: string;
  readonly durationMs: number;
  /** The worst of all layers, in the order of `Report`; `null` where nothing was to be measured (`inspect`). */
  readonly verdict: Verdict | null;
  readonly targets: readonly string[];
  readonly layers: readonly Layer[];
  readonly findings: readonly LayerFinding[];
  /** What could not be seen from here, and what would show it: one sentence each. */
  readonly unseen: readonly string[];
}
