/**
 * A route of our own to one address, for as long as it is measured: SYNs offer any MSS on it, what this host remembers
 * of the path does not apply to it, and what it learns meanwhile goes away with it.
 *
 * Exceptions (RFC 1191 caches) belong to a route's next hop: a route beside the old one has none (measured, Linux 6.18).
 */

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import type { Writable } from 'node:stream';
import { EnvironmentError, PrivilegeError } from '../errors.ts';
import type { PathTarget } from '../measure/channel.ts';
import { program } from '../shipped.ts';
import { mssOfSize } from '../wire/header-size.ts';
import type { Binding } from './binding.ts';
import { removeLeftRoutes } from './left-routes.ts';
import { takeLease } from './route-lease.ts';
import { errno, errnoName } from './sys/errno.ts';
import { interfaceIndex } from './sys/interface.ts';
import { addHostRoute, deleteHostRoute, type HostRoute } from './sys/netlink-host-route.ts';
import { lookUpRoute } from './sys/netlink-route.ts';

export interface OwnRoute {
  /** Removing twice is harmless. */
  remove(): void;
}

/**
 * @param size packet size that our SYN shall offer.
 * @param option that asked for it, for messages. @param binding the interface and source that all sockets are bound to.
 * @throws PrivilegeError without CAP_NET_ADMIN, EnvironmentError when the route cannot be made, or would not be used.
 */
export async function openOwnRoute(
  path: PathTarget,
  size: number,
  option: string,
  binding: Binding,
): Promise<OwnRoute> {
  const { family, address, egress, routeMtu } = path;
  const query = {
    family,
    destination: address,
    source: binding.source,
    interfaceIndex: binding.interface === null ? null : interfaceIndex(binding.interface),
  };
  removeLeftRoutes(family, address);
  const found = lookUpRoute(query);
  if (found.kind === 'none')
    throw new EnvironmentError(`${option}: ${address} has no route (${errnoName(found.errno)})`);
  const lease = takeLease();
  const route: HostRoute = {
    family,
    destination: address,
    gateway: found.gateway,
    interfaceIndex: found.interfaceIndex,
    source: egress.address,
    table: found.table,
    advertisedMss: mssOfSize(size, family),
    mtu: routeMtu,
    metric: lease.number,
  };
  const guard = await startGuard(route, option);
  const remove = (): void => {
    if (!guard.writableEnded) deleteHostRoute(route);
    guard.end();
    lease.release();
  };
  const result = addHostRoute(route);
  if (result < 0) {
    remove();
    if (result === -errno.EPERM) {
      throw new PrivilegeError(`${option} needs CAP_NET_ADMIN for a route of its own to ${address}: run it as root`);
    }
    throw new EnvironmentError(`${option}: no route to ${address} could be made (${errnoName(-result)})`);
  }
  const used = lookUpRoute(query);
  if (used.kind === 'none' || used.advertisedMss !== route.advertisedMss) {
    remove();
    throw new EnvironmentError(`${option}: another route to ${address} goes first: see "ip route get ${address}"`);
  }
  return { remove };
}

/**
 * Ends after this process, however that ends, and takes the route along.
 *
 * @returns its standard input; it acts when that ends. @throws EnvironmentError when it cannot be started: nobody would
 *   take the route away after a crash.
 */
async function startGuard(route: HostRoute, option: string): Promise<Writable> {
  const gateway = route.gateway === null ? null : [...route.gateway];
  const [file = '', ...args] = program('net/route-guard', JSON.stringify({ ...route, gateway }));
  const guard = spawn(file, args, { detached: true, stdio: ['pipe', 'ignore', 'ignore'] });
  guard.unref();
  try {
    await once(guard, 'spawn');
  } catch (error) {
    throw new EnvironmentError(`${option}: the process that takes its route away does not start (${String(error)})`);
  }
  // Gone before its time: what it guards is removed by `remove` all the same.
  guard.on('error', () => undefined);
  guard.stdin.on('error', () => undefined);
  return guard.stdin;
}
