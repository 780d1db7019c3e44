/** Opens what was seen a while ago, with the process whose names and files count in it. */

import { UsageError } from '../../errors.ts';
import type { SeenNamespace } from '../../layers/seen.ts';
import { oneLine } from '../../report/printable.ts';
import { closePlace, openNamespace, openProcess, type Place } from './open-place.ts';
import { openProcessIn } from './process-in.ts';

type Seen = Pick<SeenNamespace, 'netns' | 'path' | 'representative'>;

/**
 * Where that process has ended, another one that is in there will do.
 *
 * @throws UsageError when none is, or the path is of another namespace by now: it is not the one that was chosen, and may
 *   be one that was left out. PrivilegeError where it may not be opened; what the signal says.
 */
export async function openSeen(seen: Seen, signal: AbortSignal): Promise<Omit<Place, 'name'>> {
  const { netns, representative } = seen;
  try {
    return openAsSeen(seen);
  } catch (error) {
    if (representative === null || !(error instanceof UsageError)) throw error;
    const other = await openProcessIn(netns, netns, netns, signal);
    if (other === null) throw error;
    return other;
  }
}

function openAsSeen({ netns, path, representative }: Seen): Omit<Place, 'name'> {
  const place =
    representative === null
      ? { ...openNamespace(path, netns), pid: null, root: null, etc: null }
      : openProcess(representative.pid, netns, netns);
  if (place.inode === netns) return place;
  closePlace(place);
  const what = representative === null ? oneLine(path) : `process ${representative.pid}`;
  throw new UsageError(`${netns}: ${what} is in ${place.inode} by now`);
}
