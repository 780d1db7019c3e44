/** The interfaces of this host: name, MTU and kind. */

import { SyscallError } from '../errors.ts';
import type { LocalInterface } from '../surroundings.ts';
import { kindOfLink } from './inspection/interface-kind.ts';
import { interfaceNames, interfacesByFiles } from './inspection/interfaces-by-files.ts';
import { Kept } from './inspection/kept.ts';
import { sysInterfaces } from './inspection/sys-interface.ts';
import { type Link, listLinks } from './sys/netlink-links.ts';

const MOST = 4096; // a bridge has at most 1024 ports (net/bridge/br_private.h, BR_PORT_BITS)

/**
 * Those of the network namespace that this process is in. The kernel is asked over netlink; /sys shows the namespace that
 * it was mounted in, and may have another interface of the same name.
 *
 * @param root where `/` is; any other than the real one is looked at as files, and nobody is asked.
 * @returns empty where it cannot be looked at.
 */
export function readInterfaces(root: string): readonly LocalInterface[] {
  const found = root === '/' ? fromKernel() : fromFiles(root);
  return found.sort((one, other) => (one.name < other.name ? -1 : 1));
}

function fromKernel(): LocalInterface[] {
  const links = new Kept<Link>({ most: MOST });
  try {
    links.fill('interfaces', listLinks);
  } catch (error) {
    if (!(error instanceof SyscallError)) throw error;
    return interfacesByFiles().map(({ name, mtu, kind }) => ({ name, mtu, kind }));
  }
  return links.entries.map((link) => ({ name: link.name, mtu: link.mtu, kind: kindOfLink(link) }));
}

function fromFiles(root: string): LocalInterface[] {
  const shown = sysInterfaces(root);
  const own = interfaceNames(root);
  if (own !== null && !own.every((name) => shown.has(name))) return [];
  return [...shown.values()]
    .filter(({ name }) => own === null || own.includes(name))
    .map(({ name, mtu, kind }) => ({ name, mtu, kind }));
}
