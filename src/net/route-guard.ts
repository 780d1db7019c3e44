/** Program: waits until whoever started it is gone, and removes the route that it made. Takes the route as JSON. */

import { deleteHostRoute, type HostRoute } from './sys/netlink-host-route.ts';

const given = JSON.parse(process.argv[2] ?? '') as Omit<HostRoute, 'gateway'> & { readonly gateway: number[] | null };
const route: HostRoute = { ...given, gateway: given.gateway === null ? null : Uint8Array.from(given.gateway) };

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => undefined);
// A route that is gone by now is as it should be.
process.stdin.on('end', () => process.exit(deleteHostRoute(route) === 0 ? 0 : 1)).resume();
