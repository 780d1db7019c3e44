/** A host with these addresses, which sees these names. */

import type { NetworkInterfaceInfo } from 'node:os';
import type { Surroundings } from '../../../../src/service/peers/discover.ts';

export type Names = Readonly<Record<string, readonly string[]>>;

/** @param names as they are when they are asked for: what a test changes is seen. Others fail, as in DNS. */
export function surroundings(own: readonly string[], names: Names): Surroundings {
  return {
    interfaces: () => ({ lo: [address('127.0.0.1'), address('::1')], eth0: own.map(address) }),
    lookup: async (name) => {
      const found = names[name];
      if (found === undefined) throw Object.assign(new Error('getaddrinfo'), { code: 'ENOTFOUND' });
      return found.map((each) => ({ address: each }));
    },
  };
}

function address(text: string): NetworkInterfaceInfo {
  const internal = text === '127.0.0.1' || text === '::1';
  const rest = { address: text, netmask: '', mac: '00:00:00:00:00:00', internal, cidr: null };
  return text.includes(':') ? { ...rest, family: 'IPv6', scopeid: 0 } : { ...rest, family: 'IPv4' };
}
