/** One row of the table of causes. A row is data: what it is called, which numbers it explains, and who says so. */

import type { Family } from '../../contract.ts';

/**
 * What a row is about, so that something seen around this process can speak for it: an encapsulation, a product, or a
 * provider.
 */
export type Topic =
  | 'antrea'
  | 'aws'
  | 'calico'
  | 'cilium'
  | 'flannel'
  | 'geneve'
  | 'gitlab'
  | 'google-cloud'
  | 'gre'
  | 'home-router'
  | 'ipip'
  | 'ipsec'
  | 'l2tp'
  | 'nebula'
  | 'netbird'
  | 'openvpn'
  | 'overlay'
  | 'ovn'
  | 'ppp'
  | 'tailscale'
  | 'veth'
  | 'vpn-client'
  | 'vxlan'
  | 'warp'
  | 'weave'
  | 'wireguard';

export const MET = ['rarely', 'known', 'often'] as const;
/** How often reports name it. */
export type Met = (typeof MET)[number];

/**
 * Where such a limit sits: in an interface of the `host` that this process runs on (overlays, tunnels, cloud cards), or in
 * the `network` beyond it (access lines, gateways, fabrics).
 */
export type Where = 'host' | 'network' | 'anywhere';

export type Match =
  /** A number of its own, whatever it is taken from. */
  | { readonly kind: 'number'; readonly mtu: number }
  /** Bytes that it takes from every packet. `least` and `most` differ where padding and ciphers decide. */
  | { readonly kind: 'overhead'; readonly least: number; readonly most: number; readonly bases: readonly number[] };

export interface Cause {
  /** What it is, for somebody who runs a CI job; the arithmetic is added to it. */
  readonly name: string;
  readonly match: Match;
  /** An RFC's section, a product's documentation, an upstream report. */
  readonly source: string;
  readonly met: Met;
  readonly where: Where;
  /** The first one is what it is itself. */
  readonly topics: readonly Topic[];
  /** The only family of packets that it concerns; `null` for both. */
  readonly family: Family | null;
}

/** What most rows have in common; a row says what differs. */
type Details = Partial<Pick<Cause, 'met' | 'where' | 'topics' | 'family'>>;

const USUAL = { met: 'known', where: 'anywhere', topics: [], family: null } as const;

export function number(mtu: number, name: string, source: string, details: Details = {}): Cause {
  return { ...USUAL, name, source, match: { kind: 'number', mtu }, ...details };
}

/** @param bytes what it takes, or the least and the most of it. @param bases what it may be taken from. */
export function overhead(
  bytes: number | readonly [least: number, most: number],
  bases: readonly number[],
  name: string,
  source: string,
  details: Details = {},
): Cause {
  const [least, most] = typeof bytes === 'number' ? [bytes, bytes] : bytes;
  return { ...USUAL, name, source, match: { kind: 'overhead', least, most, bases }, ...details };
}
