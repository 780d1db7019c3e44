/**
 * A route of our own to one address, for as long as it is measured: SYNs offer any MSS on it, what this host remembers
 * of the path does not apply to it, and what it learns meanwhile goes away with it.
 *
 * Exceptions (RFC 1191 caches) belong to a route's next hop: a route beside the old one has none (measured, Linux 6.18).
 */

import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { EnvironmentError, PrivilegeError } from '../errors.ts';
import type { PathTarget } from '../measure/channel.ts';
import { mssOfSize } from '../wire/header-size.ts';
import { errno, errnoName } from './sys/errno.ts';
import { addHostRoute, deleteHostRoute, type HostRoute } from './sys/netlink-host-route.ts';
import { lookUpRoute } from './sys/netlink-route.ts';

export interface OwnRoute {
  /** Removing twice is harmless. */
  remove(): void;
}

const GUARD = fileURLToPath(new URL('./route-guard.js', import.meta.url));

/**
 * @param size packet size that our SYN shall offer.
 * @param option that asked for it, for messages.
 * @throws PrivilegeError without CAP_NET_ADMIN, EnvironmentError when the route cannot be made.
 */
export function openOwnRoute(path: PathTarget, size: number, option: string): OwnRoute {
  const { family, address, egress, routeMtu } = path;
  const found = lookUpRoute({ family, destination: address, source: null, interfaceIndex: null });
  if (found.kind === 'none')
    throw new EnvironmentError(`${option}: ${address} has no route (${errnoName(found.errno)})`);
  const route: HostRoute = {
    family,
    destination: address,
    gateway: found.gateway,
    interfaceIndex: found.interfaceIndex,
    source: egress.address,
    table: found.table,
    advertisedMss: mssOfSize(size, family),
    mtu: routeMtu,
    metric: process.pid,
  };
  const guard = startGuard(route);
  const result = addHostRoute(route);
  if (result < 0) {
    guard.stdin.end();
    if (result === -errno.EPERM) {
      throw new PrivilegeError(`${option} needs CAP_NET_ADMIN for a route of its own to ${address}: run it as root`);
    }
    throw new EnvironmentError(`${option}: no route to ${address} could be made (${errnoName(-result)})`);
  }
  const remove = (): void => {
    if (!guard.stdin.writableEnded) deleteHostRoute(route);
    guard.stdin.end();
  };
  return { remove };
}

/** Ends after this process, however that ends, and takes the route along. */
function startGuard(route: HostRoute): { readonly stdin: NodeJS.WritableStream & { readonly writableEnded: boolean } } {
  const gateway = route.gateway === null ? null : [...route.gateway];
  const guard = spawn(process.execPath, [GUARD, JSON.stringify({ ...route, gateway })], {
    detached: true,
    stdio: ['pipe', 'ignore', 'ignore'],
  });
  guard.unref();
  guard.on('error', () => undefined);
  guard.stdin.on('error', () => undefined);
  return { stdin: guard.stdin };
}
