/** Text of /etc/hosts → addresses of a name (hosts(5)). */

import { isIP } from 'node:net';

/** A name with thousands of addresses is a list of blocked hosts, or a joke. */
export const MOST_ADDRESSES = 64;

/** @returns IPv6 first, each once; empty where the file does not have the name, which is compared as it was typed. */
export function addressesInHosts(text: string, name: string): readonly string[] {
  const wanted = name.toLowerCase();
  const found = new Set<string>();
  for (const line of text.split('\n')) {
    const [address = '', ...names] = line.replace(/#.*/, '').trim().toLowerCase().split(/\s+/);
    if (!names.includes(wanted) || isIP(address) === 0) continue;
    found.add(address);
    if (found.size === MOST_ADDRESSES) break;
  }
  return sixFirst([...found]);
}

/** RFC 6724 §2.1 prefers it by and large; an address without a route is skipped later. */
export function sixFirst(addresses: readonly string[]): readonly string[] {
  const ofFamily = (family: number): string[] => addresses.filter((address) => isIP(address) === family);
  return [...ofFamily(6), ...ofFamily(4)];
}
