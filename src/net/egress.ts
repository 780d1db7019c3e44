/** The route out of this host towards one address, as the kernel would take it. */

import ipaddr from 'ipaddr.js';
import type { Egress, Family } from '../contract.ts';
import { applyBinding, type Binding } from './binding.ts';
import { IP_MTU, IPPROTO_IP, IPPROTO_IPV6, IPV6_MTU, SOCK_DGRAM } from './sys/constants.ts';
import { errnoName } from './sys/errno.ts';
import { interfaceIndex, interfaceMtu, interfaceName } from './sys/interface.ts';
import { lookUpRoute } from './sys/netlink-route.ts';
import { closeSocket, connect, getOption, localEndpoint, openSocket } from './sys/socket.ts';

export type EgressAnswer =
  | {
      readonly kind: 'egress';
      readonly egress: Egress;
      /** MTU on the route below the interface's; `null` when there is none, or a learnt path MTU hides it. */
      readonly routeMtu: number | null;
      /** The address is our own. */
      readonly local: boolean;
    }
  /** `reason` is one phrase for people. */
  | { readonly kind: 'none'; readonly reason: string };

/** Above it the kernel knows no path MTU: IP_MAX_MTU (net/ip.h); the loopback interface has 65536. */
const LARGEST_PACKET = 65535;
const DISCARD_PORT = 9; // RFC 863; a UDP socket that only connects sends nothing

/**
 * Nothing is sent. The kernel's effective MTU comes from a connected UDP socket, which knows routes, locks and the
 * IPv6 MTU of the interface alike; netlink tells whether it was set or learnt.
 *
 * @throws UsageError when `binding.source` is not ours; PrivilegeError when `binding.interface` may not be used.
 */
export function findEgress(address: string, family: Family, binding: Binding): EgressAnswer {
  const fd = openSocket(family, SOCK_DGRAM, 0);
  if (fd < 0) return none(`this host has no IPv${family}`, -fd);
  try {
    applyBinding(fd, family, binding);
    const connected = connect(fd, { address, port: DISCARD_PORT });
    if (connected < 0) return none('no route to it from here', -connected);
    const source = localEndpoint(fd).address;
    const pathMtu = family === 4 ? getOption(fd, IPPROTO_IP, IP_MTU) : getOption(fd, IPPROTO_IPV6, IPV6_MTU);
    const route = lookUpRoute({
      family,
      destination: address,
      source: binding.source,
      interfaceIndex: interfaceIndex(binding.interface ?? address.split('%')[1] ?? ''),
    });
    if (route.kind === 'none') return none('no route to it from here', route.errno);
    const name = interfaceName(route.interfaceIndex);
    const mtu = interfaceMtu(name);
    const smaller = pathMtu < Math.min(mtu, LARGEST_PACKET) ? pathMtu : null;
    return {
      kind: 'egress',
      egress: { interface: name, address: source, mtu, cachedPathMtu: route.learnt ? smaller : null },
      routeMtu: route.learnt ? null : smaller,
      local: route.type === 'local' || ipaddr.parse(address).range() === 'loopback',
    };
  } finally {
    closeSocket(fd);
  }
}

function none(phrase: string, errno: number): EgressAnswer {
  return { kind: 'none', reason: `${phrase} (${errnoName(errno)})` };
}
