/** One remedy as data: which file, what to write into it, and what it takes before it works. */

import type { Environment, Family } from '../../contract.ts';

/** The languages that snippets are written in; the tests give each to its own parser. */
export const SNIPPET_FORMATS = ['json', 'yaml', 'toml', 'ini', 'env', 'sh', 'nft', 'text'] as const;
export type SnippetFormat = (typeof SNIPPET_FORMATS)[number];

/** What a snippet is filled in with. */
export interface Place {
  /** The MTU that makes every packet fit: that of the container, pod or host which has the trouble. */
  readonly mtu: number;
  /** The interface that packets leave through. */
  readonly interface: string;
  /** Of the packets that the number is for; unset is IPv4. */
  readonly family?: Family;
}

export interface RemedyRule {
  /** Which file it goes into, or what runs it. */
  readonly file: string;
  readonly format: SnippetFormat;
  snippet(place: Place): string;
  /** What has to be made anew before it takes effect, and what this does not reach. */
  readonly recreate: string;
  /** Whose documentation it is from. */
  readonly source: string;
}

/** The remedies of one kind of environment. */
export type RemedyTable = Partial<Record<Environment, RemedyRule>>;

const IPV4_AND_TCP = 20 + 20; // RFC 791 §3.1, RFC 9293 §3.1
const IPV6_AND_TCP = 40 + 20; // RFC 8200 §3, RFC 9293 §3.1

export function ipv4Mss({ mtu }: Place): number {
  return mtu - IPV4_AND_TCP;
}

export function ipv6Mss({ mtu }: Place): number {
  return mtu - IPV6_AND_TCP;
}

/** IPv4 20, UDP 8, VXLAN 8, Ethernet 14: RFC 7348 §5. */
export const VXLAN_BYTES = 50;

/** Flags that every dockerd takes; in `docker:dind` they are what follows the image's name. */
export function dockerdFlags({ mtu }: Place): readonly string[] {
  return [`--mtu=${mtu}`, `--default-network-opt=bridge=com.docker.network.driver.mtu=${mtu}`];
}

/** What is said wherever these flags, or their names in daemon.json, are. */
export const OLD_ENGINES =
  'An engine that does not know default-network-opt does not start with it: leave it out there, and give each network its MTU.';

export function lines(...all: readonly string[]): string {
  return all.join('\n');
}
