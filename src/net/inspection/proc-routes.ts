/**
 * Routes as /proc shows them (proc(5)). It knows no MTU of a route: the column of that name in /proc/net/route is 40 more
 * than the MSS that somebody set on it (net/ipv4/fib_trie.c, fib_route_seq_show), and the IPv6 table has none. Of several
 * hops of one IPv4 route it shows the first, and of one that is an address of IPv6 only the interface.
 */

import type { InspectedRoute } from '../../layers/seen.ts';
import { literalOf } from '../sys/sockaddr.ts';
import { ipv6 } from './proc-address.ts';

const RTF_GATEWAY = 0x2; // linux/route.h
const RTF_REJECT = 0x200; // linux/route.h
/** Of the host itself, of nobody in particular, and copies (linux/ipv6_route.h): they stand in other tables, or in none. */
const RTF_ANYCAST = 0x00100000;
const RTF_CACHE = 0x01000000;
const RTF_LOCAL = 0x80000000;
const NOT_OF_MAIN = RTF_REJECT | RTF_ANYCAST | RTF_CACHE | RTF_LOCAL;
const IPV4_FIELDS = 11;
const IPV6_FIELDS = 10;

/** @param indexOf of an interface by its name; `null` where there is none, and then its routes are left out. */
export function parseIpv4Routes(text: string, indexOf: (name: string) => number | null): InspectedRoute[] {
  const [, ...lines] = text.split('\n');
  return lines.flatMap((line): InspectedRoute[] => {
    const fields = line.trim().split(/\s+/);
    const [name = '', to = '', gateway = '', flags = '', , , metric = '', mask = ''] = fields;
    const index = fields.length < IPV4_FIELDS ? null : indexOf(name);
    if (index === null || (hex(flags) & RTF_REJECT) !== 0) return [];
    return [
      {
        family: 4,
        to: prefix(ipv4(to), bitsOf(hex(mask))),
        // An address of IPv6 has no place there.
        via: (hex(flags) & RTF_GATEWAY) === 0 || hex(gateway) === 0 ? null : ipv4(gateway),
        interface: index,
        metric: Number(metric),
        mtu: null,
        locked: false,
      },
    ];
  });
}

/** @param indexOf as for IPv4. */
export function parseIpv6Routes(text: string, indexOf: (name: string) => number | null): InspectedRoute[] {
  return text.split('\n').flatMap((line): InspectedRoute[] => {
    const fields = line.trim().split(/\s+/);
    const [to = '', bits = '', , , gateway = '', metric = '', , , flags = '', name = ''] = fields;
    const index = fields.length < IPV6_FIELDS ? null : indexOf(name);
    // Multicast stands in the table of this host's own addresses.
    if (index === null || (hex(flags) & NOT_OF_MAIN) !== 0 || to.startsWith('ff')) return [];
    return [
      {
        family: 6,
        to: prefix(ipv6(to), hex(bits)),
        via: (hex(flags) & RTF_GATEWAY) === 0 ? null : ipv6(gateway),
        interface: index,
        metric: hex(metric),
        mtu: null,
        locked: false,
      },
    ];
  });
}

function hex(text: string): number {
  return Number.parseInt(text, 16) || 0;
}

/** A number in this host's order whose bytes are the address. */
function ipv4(text: string): string {
  return literalOf(new Uint8Array(Uint32Array.of(hex(text)).buffer));
}

function bitsOf(mask: number): number {
  return mask.toString(2).replaceAll('0', '').length;
}

function prefix(address: string, bits: number): string {
  return bits === 0 ? 'default' : `${address}/${bits}`;
}
