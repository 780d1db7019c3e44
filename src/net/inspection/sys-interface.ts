/**
 * One interface, as /sys/class/net shows it (sysfs-class-net in Documentation/ABI). It shows the network namespace that it
 * was mounted in, wherever this process is by now.
 */

import { existsSync, readdirSync, readlinkSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { InterfaceKind } from '../../surroundings.ts';
import { beginningOf } from '../beginning-of.ts';
import { ARPHRD_ETHER, ARPHRD_LOOPBACK, kindOfDriver } from './interface-kind.ts';

const FOLDER = '/sys/class/net';
const LONGEST = 4096; // a page, the most that a file of /sys has
const IFF_UP = 0x1; // linux/if.h

export interface SysInterface {
  readonly name: string;
  readonly index: number | null;
  readonly mtu: number;
  readonly kind: InterfaceKind;
  readonly isUp: boolean;
  /** As it is printed, `02:42:ac:11:00:02`. */
  readonly hardwareAddress: string | null;
  /** Name of what it is a port of. */
  readonly master: string | null;
  /** Index of its other end or of what it lies upon, in whatever namespace. */
  readonly link: number | null;
}

/** By name; not all of what stands there is an interface. @param root where `/` is, for tests. */
export function sysInterfaces(root: string): ReadonlyMap<string, SysInterface> {
  const folder = join(root, FOLDER);
  return new Map(namesIn(folder).flatMap((name) => readInterface(folder, name)));
}

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder).sort();
  } catch {
    return [];
  }
}

function readInterface(folder: string, name: string): [string, SysInterface][] {
  const path = join(folder, name);
  const mtu = numberIn(path, 'mtu');
  if (mtu === null) return [];
  const index = numberIn(path, 'ifindex');
  const link = numberIn(path, 'iflink');
  const found: SysInterface = {
    name,
    index,
    mtu,
    kind: kindOf(path, link !== index),
    isUp: (Number.parseInt(textIn(path, 'flags') ?? '', 16) & IFF_UP) !== 0,
    hardwareAddress: textIn(path, 'address'),
    master: linkIn(path, 'master'),
    link: link === index || link === 0 ? null : link,
  };
  return [[name, found]];
}

/** @param isPaired it has a peer, or lies upon another one. */
function kindOf(path: string, isPaired: boolean): InterfaceKind {
  const type = numberIn(path, 'type');
  if (type === ARPHRD_LOOPBACK) return 'loopback';
  const deviceType = /^DEVTYPE=(.*)$/m.exec(textIn(path, 'uevent') ?? '')?.[1];
  if (deviceType !== undefined) return kindOfDriver(deviceType);
  if (existsSync(join(path, 'bridge'))) return 'bridge';
  if (existsSync(join(path, 'bonding'))) return 'bond';
  if (existsSync(join(path, 'tun_flags'))) return 'tun';
  // A peer somewhere else, and of no kind that has a name: VLANs have one. A macvlan looks the same.
  return type === ARPHRD_ETHER && isPaired ? 'veth' : 'other';
}

function numberIn(path: string, file: string): number | null {
  const text = textIn(path, file) ?? '';
  return /^\d+$/.test(text) ? Number(text) : null;
}

function textIn(path: string, file: string): string | null {
  return beginningOf(join(path, file), LONGEST)?.trim() ?? null;
}

function linkIn(path: string, file: string): string | null {
  try {
    return basename(readlinkSync(join(path, file)));
  } catch {
    return null;
  }
}
