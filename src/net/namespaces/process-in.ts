import { UsageError } from '../../errors.ts';
import { closePlace, openProcess, type Place } from './open-place.ts';
import { PAUSE, scanProcesses } from './scan.ts';

/**
 * A process whose names and files count in a network namespace: the oldest that is there now, and no `pause`.
 *
 * @param inode `net:[4026531840]`. @param asked for messages, as `name`.
 * @returns `null` where there is none. @throws PrivilegeError where it may not be looked into; what the signal says.
 */
export async function openProcessIn(
  inode: string,
  asked: string,
  name: string,
  signal: AbortSignal,
): Promise<Place | null> {
  const { members } = await scanProcesses('/', signal);
  for (const { pid, comm } of members.get(inode) ?? []) {
    if (comm === PAUSE) continue;
    try {
      const place = openProcess(pid, asked, name);
      if (place.inode === inode) return place;
      closePlace(place);
    } catch (error) {
      // It has ended since: the next one will do.
      if (!(error instanceof UsageError)) throw error;
    }
  }
  return null;
}
