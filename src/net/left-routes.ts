/** Routes of runs that ended together with the guard that was to remove them: all that a container was, at once. */

import { readFileSync } from 'node:fs';
import type { Family } from '../contract.ts';
import { isLeased } from './route-lease.ts';
import { deleteHostRoutes } from './sys/netlink-host-route.ts';
import { addressBytes } from './sys/sockaddr.ts';

/** Removes those to one address; one that is in use, or is not ours, stays. */
export function removeLeftRoutes(family: Family, address: string): void {
  for (const metric of new Set(metricsOf(family, address))) {
    if (metric > 0 && metric <= LARGEST_PORT && !isLeased(metric)) deleteHostRoutes(family, address, metric);
  }
}

const LARGEST_PORT = 65535; // RFC 768

/** Metrics of all routes to a single address, whoever made them (proc(5), /proc/net/route and ipv6_route). */
function metricsOf(family: Family, address: string): number[] {
  const bytes = Buffer.from(addressBytes(address));
  if (family === 4) {
    const destination = Buffer.from(bytes).reverse().toString('hex').toUpperCase();
    return lines('/proc/self/net/route')
      .map((line) => line.split('\t'))
      .filter((fields) => fields[1] === destination && fields[7] === 'FFFFFFFF')
      .map((fields) => Number(fields[6]));
  }
  const destination = bytes.toString('hex');
  return lines('/proc/self/net/ipv6_route')
    .map((line) => line.split(/\s+/))
    .filter((fields) => fields[0] === destination && fields[1] === '80')
    .map((fields) => Number.parseInt(fields[5] ?? '0', 16));
}

/** A kernel without the family has no such file. */
function lines(path: string): string[] {
  try {
    return readFileSync(path, 'latin1').split('\n');
  } catch {
    return [];
  }
}
