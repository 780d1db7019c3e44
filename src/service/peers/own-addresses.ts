/** Which addresses are this host's own: nobody measures itself. */

import type { NetworkInterfaceInfo } from 'node:os';
import ipaddr from 'ipaddr.js';
import type { Family } from '../../contract.ts';

/** As `os.networkInterfaces()` gives them. */
export type Interfaces = NodeJS.Dict<NetworkInterfaceInfo[]>;

export interface Address {
  /** Canonical: IPv4 in IPv6 clothes (RFC 4291 §2.5.5.2) is IPv4, IPv6 is written as RFC 5952 says. */
  readonly address: string;
  readonly family: Family;
}

/** What an agent can be measured at: neither many hosts, nor none, nor one whose link would have to be named too. */
const NO_AGENTS: readonly string[] = ['multicast', 'broadcast', 'unspecified', 'linkLocal'];

/** @returns `null` for what is not the address of one host. */
export function canonical(text: string): Address | null {
  if (!ipaddr.isValid(text)) return null;
  const address = ipaddr.process(text);
  if (NO_AGENTS.includes(address.range())) return null;
  return { address: address.toString(), family: address.kind() === 'ipv4' ? 4 : 6 };
}

export class OwnAddresses {
  readonly #outward: readonly Address[];
  readonly #all: ReadonlySet<string>;

  constructor(interfaces: Interfaces) {
    const entries = Object.values(interfaces).flatMap((list) => list ?? []);
    const read = (list: readonly NetworkInterfaceInfo[]): Address[] =>
      list.map(({ address }) => canonical(address)).filter((address) => address !== null);
    this.#outward = read(entries.filter(({ internal }) => !internal));
    this.#all = new Set(read(entries).map(({ address }) => address));
  }

  /** Loopback is always here, whichever of its addresses `/etc/hosts` gives to this host's name. */
  has(address: string): boolean {
    return this.#all.has(address) || ipaddr.parse(address).range() === 'loopback';
  }

  /** Where others would look for this host, as far as it knows itself; `null` without any such address. */
  first(families: readonly Family[]): string | null {
    return this.#outward.find(({ family }) => families.includes(family))?.address ?? null;
  }
}
