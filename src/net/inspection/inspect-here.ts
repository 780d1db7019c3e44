/** This thread's network namespace, looked at from inside: without any right, and without a packet. */

import { readlinkSync } from 'node:fs';
import { SyscallError } from '../../errors.ts';
import type { Inspection } from '../../layers/seen.ts';
import { inspectByFiles } from './by-files.ts';
import { inspectByNetlink, type NamespaceNames } from './by-netlink.ts';

const NOBODY: NamespaceNames = { resolve: () => new Map() };

/** @param names of the other namespaces, for the other ends of interfaces. */
export function inspectHere(names: NamespaceNames = NOBODY): Inspection {
  try {
    return inspectByNetlink(readlinkSync('/proc/thread-self/ns/net'), names);
  } catch (error) {
    if (!(error instanceof SyscallError)) throw error;
    return inspectByFiles();
  }
}
