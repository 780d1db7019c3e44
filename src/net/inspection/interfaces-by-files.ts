/**
 * Interfaces without netlink: /proc, which shows the network namespace that this thread is in, the questions that any socket
 * answers, and /sys where it shows the same namespace.
 *
 * Not known then are the namespaces that other ends are in, and more than one IPv4 address of an interface.
 */

import { join } from 'node:path';
import { SyscallError } from '../../errors.ts';
import type { InspectedInterface } from '../../layers/seen.ts';
import { beginningOf } from '../beginning-of.ts';
import { driverOf } from '../sys/ethtool.ts';
import { firstIpv4Address, hardwareAddress, interfaceFlags, interfaceIndex, interfaceMtu } from '../sys/interface.ts';
import { kindOfDriver } from './interface-kind.ts';
import { ipv6 } from './proc-address.ts';
import { type SysInterface, sysInterfaces } from './sys-interface.ts';

const LONGEST_TABLE = 1024 * 1024; // of /proc/net: 8000 routes of 128 bytes
const IFF_UP = 0x1; // linux/if.h
const IFF_LOOPBACK = 0x8; // linux/if.h

export function interfacesByFiles(): InspectedInterface[] {
  const names = interfaceNames('/') ?? [];
  const shown = sysInterfaces('/');
  const isShown = names.every((name) => isSame(name, shown.get(name)));
  const ipv6Of = ipv6Addresses(netTable('/', 'if_inet6') ?? '');
  return names.flatMap((name) => {
    const index = interfaceIndex(name);
    const sys = isShown ? shown.get(name) : undefined;
    const found = index === null ? null : facts(name);
    if (index === null || found === null) return []; // gone meanwhile
    const master = sys?.master ?? null;
    return [
      {
        index,
        name,
        mtu: found.mtu,
        kind: found.kind ?? sys?.kind ?? 'other',
        isUp: found.isUp,
        addresses: [...found.addresses, ...(ipv6Of.get(name) ?? [])],
        master: master === null ? null : interfaceIndex(master),
        link: sys?.link == null ? null : { index: sys.link, netns: null },
      },
    ];
  });
}

/** Every interface has a line `name: counters`, below two lines of heading. @param root where `/` is, for tests. */
export function interfaceNames(root: string): string[] | null {
  const rows = netTable(root, 'dev')?.split('\n').slice(2);
  return rows?.flatMap((row) => /^\s*(\S+):/.exec(row)?.[1] ?? []) ?? null;
}

/** Containers often have an `eth0`, and even the same number for it: the address that Ethernet knows it by tells them apart. */
function isSame(name: string, sys: SysInterface | undefined): boolean {
  if (sys === undefined || sys.index !== interfaceIndex(name)) return false;
  const own = asked(() => hardwareAddress(name));
  // Tunnels have addresses of other lengths.
  return sys.hardwareAddress === null || sys.hardwareAddress.length !== own?.length || sys.hardwareAddress === own;
}

function facts(name: string) {
  const mtu = asked(() => interfaceMtu(name));
  const flags = asked(() => interfaceFlags(name));
  if (mtu === null || flags === null) return null;
  const address = asked(() => firstIpv4Address(name));
  const driver = asked(() => driverOf(name));
  const isLoopback = (flags & IFF_LOOPBACK) !== 0;
  return {
    mtu,
    isUp: (flags & IFF_UP) !== 0,
    kind: isLoopback ? ('loopback' as const) : driver === null ? null : kindOfDriver(driver),
    addresses: address === null ? [] : [address],
  };
}

/** `null` where the kernel has no answer: the interface is gone, or has none. */
function asked<Answer>(ask: () => Answer): Answer | null {
  try {
    return ask();
  } catch (error) {
    if (error instanceof SyscallError) return null;
    throw error;
  }
}

/** /proc/net/if_inet6 (proc(5)): address, number and prefix length in hexadecimal, two more, name. */
export function ipv6Addresses(text: string): ReadonlyMap<string, readonly string[]> {
  const found = new Map<string, string[]>();
  for (const line of text.split('\n')) {
    const [address = '', , bits = '', , , name] = line.trim().split(/\s+/);
    if (name === undefined) continue;
    found.set(name, [...(found.get(name) ?? []), `${ipv6(address)}/${Number.parseInt(bits, 16)}`]);
  }
  return found;
}

/** A file of /proc/net; `null` where there is none. @param root where `/` is, for tests. */
export function netTable(root: string, name: string): string | null {
  return beginningOf(join(root, '/proc/self/net', name), LONGEST_TABLE);
}
