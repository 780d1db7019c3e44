/** Whether a network namespace that was seen is still there, for whoever waits for something in it. */

import type { SeenNamespace } from '../../layers/seen.ts';
import { mountedAt } from './containers.ts';
import { namespaceLink } from './processes.ts';
import { readOr } from './reading.ts';

const OUR_TREE = { path: '/', mounts: null };

/** Something keeps it: a process in it, or a mount. What may not be looked at any more is not there. */
export function isThere({ netns, path, representative, oldest }: SeenNamespace): boolean {
  const processes = [representative, oldest].filter((process) => process !== null);
  return (
    processes.some(({ pid }) => readOr(() => namespaceLink('/proc', pid, 'net')) === netns) ||
    mountedAt(OUR_TREE, path) === netns
  );
}
