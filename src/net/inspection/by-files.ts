/**
 * This thread's network namespace without netlink: /proc, which shows the one that this thread is in, and the interfaces
 * as `interfaces-by-files.ts` finds them.
 */

import type { Inspection } from '../../layers/seen.ts';
import { egressByRoutes } from './egress.ts';
import { interfacesByFiles, netTable } from './interfaces-by-files.ts';
import { parseIpv4Routes, parseIpv6Routes } from './proc-routes.ts';
import { readSysctls } from './sysctls.ts';

export function inspectByFiles(): Inspection {
  const interfaces = interfacesByFiles();
  const indexes = new Map(interfaces.map(({ name, index }) => [name, index]));
  const indexOf = (name: string): number | null => indexes.get(name) ?? null;
  const routes = [
    ...parseIpv4Routes(netTable('/', 'route') ?? '', indexOf),
    ...parseIpv6Routes(netTable('/', 'ipv6_route') ?? '', indexOf),
  ];
  return {
    source: 'proc',
    interfaces,
    routes: routes.sort((one, other) => one.metric - other.metric),
    egress: egressByRoutes(routes),
    cachedPathMtus: [],
    ...readSysctls('/'),
    unseen: [
      'netlink is refused: MTUs of routes, rules, learnt path MTUs and the other ends of interfaces are not known',
    ],
  };
}
