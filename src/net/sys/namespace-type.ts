/** Which namespace a descriptor is of. */

import { fstatSync } from 'node:fs';
import { CLONE_NEWNET } from './constants.ts';
import { libc } from './libc.ts';

const NS_GET_NSTYPE = 0xb703; // linux/nsfs.h, _IO(0xb7, 0x3)

/**
 * A link in /proc tells this of namespaces of processes alone: of one that is mounted it shows the place of the mount.
 *
 * @returns `net:[4026531840]`; `null` where it is no network namespace.
 */
export function networkOf(fd: number): string | null {
  return libc.ioctl(fd, NS_GET_NSTYPE, null) === CLONE_NEWNET ? networkNamed(fstatSync(fd).ino) : null;
}

/** As links in /proc name a network namespace: `net:[4026531840]`. @param inode has 32 bits (fs/nsfs.c). */
export function networkNamed(inode: number): string {
  return `net:[${inode}]`;
}
