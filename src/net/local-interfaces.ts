/** The interfaces of this host: name, MTU and kind, from /sys/class/net. */

import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { InterfaceKind, LocalInterface } from '../surroundings.ts';

const ETHERNET = 1; // ARPHRD_ETHER, linux/if_arp.h
const LOOPBACK = 772; // ARPHRD_LOOPBACK, linux/if_arp.h

/** DEVTYPE in uevent, as the driver of each kind sets it. */
const DEVICE_TYPES: Readonly<Record<string, InterfaceKind>> = {
  bridge: 'bridge', // net/bridge/br_device.c
  vxlan: 'vxlan', // drivers/net/vxlan/vxlan_core.c
  wireguard: 'wireguard', // drivers/net/wireguard/device.c
};

/** @returns empty where it cannot be looked at. */
export function readInterfaces(root: string): readonly LocalInterface[] {
  const folder = join(root, '/sys/class/net');
  const names = namesIn(folder);
  // /sys shows the network namespace that it was mounted in, /proc the one that this process is in.
  const own = ownNames(root);
  if (own !== null && !own.every((name) => names.includes(name))) return [];
  return names.filter((name) => own === null || own.includes(name)).flatMap((name) => readInterface(folder, name));
}

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder).sort();
  } catch {
    return [];
  }
}

/** Every interface has a line `name: counters`, below two lines of heading. */
function ownNames(root: string): string[] | null {
  const table = textOf(join(root, '/proc/self/net/dev'));
  if (table === null) return null;
  const [, , ...rows] = table.split('\n');
  return rows.flatMap((row) => /^\s*(\S+):/.exec(row)?.[1] ?? []);
}

function readInterface(folder: string, name: string): LocalInterface[] {
  const path = join(folder, name);
  const mtu = numberIn(join(path, 'mtu'));
  return mtu === null ? [] : [{ name, mtu, kind: kindOf(path) }];
}

function kindOf(path: string): InterfaceKind {
  const type = numberIn(join(path, 'type'));
  if (type === LOOPBACK) return 'loopback';
  const deviceType = /^DEVTYPE=(.*)$/m.exec(textOf(join(path, 'uevent')) ?? '')?.[1];
  if (deviceType !== undefined) return DEVICE_TYPES[deviceType] ?? 'other';
  if (existsSync(join(path, 'bridge'))) return 'bridge';
  if (existsSync(join(path, 'tun_flags'))) return 'tun';
  // A peer somewhere else, and of no kind that has a name: VLANs and their like have one.
  const isPaired = type === ETHERNET && numberIn(join(path, 'iflink')) !== numberIn(join(path, 'ifindex'));
  return isPaired ? 'veth' : 'other';
}

function numberIn(path: string): number | null {
  const text = textOf(path)?.trim() ?? '';
  return /^\d+$/.test(text) ? Number(text) : null;
}

function textOf(path: string): string | null {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return null;
  }
}
