/** Settings of a network namespace (ip-sysctl.rst): /proc/sys/net shows that of whoever opens a file there. */

import { join } from 'node:path';
import type { Inspection } from '../../layers/seen.ts';
import { beginningOf } from '../beginning-of.ts';

const FOLDER = '/proc/sys/net/ipv4';
const LONGEST = 256; // two numbers of ten digits

/** @param root where `/` is, for tests. */
export function readSysctls(root: string): Pick<Inspection, 'tcpMtuProbing' | 'pingGroupRange'> {
  const [probing] = numbersIn(join(root, FOLDER, 'tcp_mtu_probing'));
  const [first, last] = numbersIn(join(root, FOLDER, 'ping_group_range'));
  return {
    tcpMtuProbing: probing ?? null,
    pingGroupRange: first === undefined || last === undefined ? null : [first, last],
  };
}

function numbersIn(path: string): number[] {
  return (beginningOf(path, LONGEST) ?? '').split(/\s+/).flatMap((word) => (/^\d+$/.test(word) ? [Number(word)] : []));
}
