/** What sort of layer a namespace is. */

import { placesInCgroup } from './cgroups.ts';
import type { LayerKind } from './contract.ts';
import type { SeenNamespace, Sight } from './seen.ts';

/**
 * The machine's own is that of its first process, whoever else is in it: pods with the network of their host are. That
 * of the caller is the machine's as far as anybody here can tell, unless a container shows.
 *
 * @param here what the caller is in.
 *
 * A step of the builder that came before BuildKit is a container like any other: nothing that is seen tells it apart.
 */
export function kindOf(namespace: SeenNamespace, here: Sight['here']): LayerKind {
  if (namespace.hasInit) return 'node';
  const places = placesOf(namespace);
  if (places.some(({ runtime }) => runtime === 'buildkit')) return 'build';
  if (namespace.containers.some(({ pod }) => pod !== null) || places.some(({ podUid }) => podUid !== null))
    return 'pod';
  if (namespace.containers.length > 0 || places.some(({ containerId }) => containerId !== null)) return 'container';
  if (!namespace.isOwn) return 'other';
  return here === 'machine' ? 'node' : here;
}

/** Whole id of the container whose files a job in it has; of several the first. */
export function containerIdOf(namespace: SeenNamespace): string | null {
  if (namespace.hasInit) return null;
  const ids = placesOf(namespace)
    .map(({ containerId }) => containerId)
    .filter((id) => id !== null);
  const [first] = namespace.containers;
  const known = namespace.containers.find(({ id }) => ids.includes(id));
  return known?.id ?? ids[0] ?? first?.id ?? null;
}

function placesOf({ representative, oldest }: SeenNamespace): ReturnType<typeof placesInCgroup>[] {
  const processes = [representative, oldest].filter((one) => one !== null);
  return processes.flatMap(({ cgroups }) => cgroups.map(placesInCgroup));
}
