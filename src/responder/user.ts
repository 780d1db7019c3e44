/** Root is needed for nothing once the sockets are open: whoever found a way in would be somebody without rights. */

import { readFileSync } from 'node:fs';
import { PrivilegeError, UsageError } from '../errors.ts';

const NOBODY = { name: 'nobody', id: 65534 } as const; // Debian Policy §9.2.2, the same elsewhere
const PASSWD = '/etc/passwd';

interface Ids {
  readonly user: number;
  readonly group: number;
}

/**
 * For root; all others stay who they are.
 *
 * @param user name or numbers; `null` is nobody.
 * @returns what to call once everything that needs root is done; it throws PrivilegeError when root may not become
 *   somebody else.
 * @throws UsageError when there is no such user, or this is not root.
 */
export function otherUser(user: string | null): () => void {
  if (process.geteuid?.() !== 0) {
    if (user !== null) throw new UsageError(`--user ${user} needs root: leave it out, or start it as that user`);
    return () => {};
  }
  const ids = idsOf(user ?? NOBODY.name);
  return () => become(ids, user ?? NOBODY.name);
}

function idsOf(user: string): Ids {
  const [, userNumber, groupNumber] = /^(\d+)(?::(\d+))?$/.exec(user) ?? [];
  if (userNumber !== undefined) return { user: Number(userNumber), group: Number(groupNumber ?? userNumber) };
  const entry = passwd().find(([name]) => name === user);
  const [, , id, group] = entry ?? [];
  if (id !== undefined && group !== undefined) return { user: Number(id), group: Number(group) };
  // An image may have no users at all.
  if (user === NOBODY.name) return { user: NOBODY.id, group: NOBODY.id };
  throw new UsageError(`--user ${user} is not in ${PASSWD}: give the numbers, as in 65534:65534`);
}

function passwd(): string[][] {
  try {
    return readFileSync(PASSWD, 'utf8')
      .split('\n')
      .map((line) => line.split(':'));
  } catch (error) {
    // An image may have no users at all.
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw new UsageError(
      `--user: ${PASSWD} cannot be read (${(error as NodeJS.ErrnoException).code}): give numbers instead`,
    );
  }
}

/** Groups first: without root they cannot be given up any more. */
function become({ user, group }: Ids, name: string): void {
  if (user === 0) return;
  try {
    process.setgroups?.([]);
    process.setgid?.(group);
    process.setuid?.(user);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw new PrivilegeError(
      `root may not become ${name} here (${code}): start it as another user, or stay root with --user root`,
    );
  }
}
