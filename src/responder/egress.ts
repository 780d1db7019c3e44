/** What this host knows of the way to a client: asked of the kernel, at most ten times a second for each address. */

import ipaddr from 'ipaddr.js';
import { SyscallError } from '../errors.ts';
import { interfaceMtu, interfaceName } from '../net/sys/interface.ts';
import { lookUpRoute } from '../net/sys/netlink-route.ts';
import { Lru } from './lru.ts';
import type { Egress } from './reply.ts';
import type { Sender } from './sender.ts';

/** What a Packet Too Big taught the kernel is seen that soon. */
const FRESH_MS = 100;
const LARGEST_PACKET = 65535; // RFC 791 §3.1; the loopback interface has one byte more

interface Known {
  readonly at: number;
  readonly egress: Egress | null;
}

/** @param most addresses remembered. */
export function egressLookup(most: number): (sender: Sender, now: number) => Egress | null {
  const known = new Lru<Known>(most);
  return ({ address }, now) => {
    const key = Buffer.from(address).toString('latin1');
    const found = known.get(key);
    if (found !== undefined && now - found.at < FRESH_MS) return found.egress;
    const egress = lookUp(address);
    known.set(key, { at: now, egress });
    return egress;
  };
}

/** An interface may go away between two questions, and descriptors may run out: neither ends a server. */
function lookUp(address: Uint8Array): Egress | null {
  try {
    return askKernel(address);
  } catch (error) {
    if (error instanceof SyscallError) return null;
    throw error;
  }
}

function askKernel(address: Uint8Array): Egress | null {
  const destination = ipaddr.fromByteArray([...address]).toString();
  const family = address.byteLength === 4 ? 4 : 6;
  const route = lookUpRoute({ family, destination, source: null, interfaceIndex: null });
  if (route.kind === 'none') return null;
  const mtu = Math.min(LARGEST_PACKET, interfaceMtu(interfaceName(route.interfaceIndex)));
  return { interfaceMtu: mtu, cachedPathMtu: route.learnt && route.mtu !== null && route.mtu < mtu ? route.mtu : null };
}
