/** What the launcher is told: the words that start a program of ours in another network namespace, from outside. */

import { program } from '../../shipped.ts';
import type { Entered, Names } from './enter.ts';

export const NETNS_FD = 3;
export const ROOT_FD = 4;

export interface LaunchOrder {
  readonly program: 'cli/main' | 'net/namespaces/look-up';
  readonly inode: string;
  readonly pid: number | null;
  readonly hasRoot: boolean;
  readonly etc: string | null;
  /** Names are resolved where the launcher was started. */
  readonly isAtHome: boolean;
  /** Process that starts it, and whose end is its end. */
  readonly parent: number;
}

/**
 * The words that run the command line in there. They are to be spawned with the standard streams and `descriptorsOf`
 * the place.
 *
 * @param runWords `run`, and options that name no place.
 */
export function wordsInside(
  { inode, pid, root, etc }: Omit<Entered, 'netns'>,
  runWords: readonly string[],
  names: Names = 'container',
): string[] {
  const order: LaunchOrder = {
    program: 'cli/main',
    inode,
    pid,
    hasRoot: root !== null,
    etc,
    isAtHome: names === 'here',
    parent: process.pid,
  };
  return program('net/namespaces/launcher', JSON.stringify(order), ...runWords);
}

/** What goes behind the standard streams of `spawn`. */
export function descriptorsOf({ netns, root }: Pick<Entered, 'netns' | 'root'>): number[] {
  return root === null ? [netns] : [netns, root];
}
