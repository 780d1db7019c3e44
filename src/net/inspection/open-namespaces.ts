/** Network namespaces by their descriptors, and why one cannot be had. */

import { fstatSync } from 'node:fs';
import { errno, errnoName } from '../sys/errno.ts';
import { joinNetwork, openPath } from '../sys/namespace.ts';
import { networkNamed } from '../sys/namespace-type.ts';
import { namespaceId } from '../sys/netlink-namespace-id.ts';
import { closeSocket } from '../sys/socket.ts';
import type { NamespaceNames } from './by-netlink.ts';
import type { WalkedNamespace } from './walk.ts';

export interface OpenNamespace {
  readonly netns: string;
  readonly fd: number;
}

const ENDED = 'it ended meanwhile';

/** @returns it, or one phrase that says why not. */
export function openNamespace({ netns, path }: WalkedNamespace): OpenNamespace | string {
  const fd = openPath(path);
  if (fd < 0) return reasonOf(-fd);
  // Numbers of processes are given anew: /proc/PID/ns/net may be that of somebody else by now. Whether it is a network at
  // all is what joining it tells.
  if (networkNamed(fstatSync(fd).ino) === netns) return { netns, fd };
  closeSocket(fd);
  return ENDED;
}

/** @returns `null` when this thread is in it, or one phrase that says why not. */
export function join({ fd }: OpenNamespace): string | null {
  const result = joinNetwork(fd);
  return result < 0 ? reasonOf(-result) : null;
}

function reasonOf(cause: number): string {
  if (cause === errno.ENOENT || cause === errno.ESRCH) return ENDED;
  if (cause === errno.EACCES) return 'its processes may not be looked into (EACCES)';
  if (cause === errno.EPERM) return 'it may not be joined (EPERM)';
  if (cause === errno.EINVAL) return 'it is no network namespace (EINVAL)';
  return `it could not be joined (${errnoName(cause)})`;
}

/**
 * Each namespace has numbers of its own for the others, so that each pair would have to be asked for. Most have their other
 * ends in the same one or two, which are asked for first.
 */
export class OpenNamespaces implements NamespaceNames {
  /** The one that was found last comes first. */
  #open: readonly OpenNamespace[];

  constructor(open: readonly OpenNamespace[]) {
    this.#open = open;
  }

  resolve(numbers: ReadonlySet<number>): ReadonlyMap<number, string> {
    const found = new Map<number, OpenNamespace>();
    for (const other of this.#open) {
      if (found.size === numbers.size) break;
      const id = namespaceId(other.fd);
      if (id !== null && numbers.has(id)) found.set(id, other);
    }
    const first = new Set(found.values());
    this.#open = [...first, ...this.#open.filter((other) => !first.has(other))];
    return new Map([...found].map(([id, { netns }]) => [id, netns]));
  }
}
