/**
 * Program: goes into a network namespace and becomes another program there. What it is started with:
 *
 * descriptor 3   the namespace
 * descriptor 4   the root directory of a process in there, or nothing
 * arguments      a `LaunchOrder` as JSON, then the words of that program
 */

import { MtuProbeError } from '../../errors.ts';
import { dieWithParent } from '../sys/process.ts';
import { become, openHome } from './enter.ts';
import { type LaunchOrder, NETNS_FD, ROOT_FD } from './launch-order.ts';

const FAILED = 2; // as the command ends when nothing was sent

try {
  const [, , order = '', ...words] = process.argv;
  const { program, inode, pid, hasRoot, etc, isAtHome, parent } = JSON.parse(order) as LaunchOrder;
  dieWithParent(parent);
  const home = isAtHome ? openHome() : null;
  become(program, NETNS_FD, { inode, pid, root: hasRoot ? ROOT_FD : null, etc, home, parent }, words);
} catch (error) {
  if (!(error instanceof MtuProbeError)) throw error;
  process.stderr.write(`mtu-probe: ${error.message}\n`);
  process.exit(FAILED);
}
