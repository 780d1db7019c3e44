/** The files of the system that the lab replaces, in its own mount namespace and nowhere else. */

import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { command } from './command.ts';

/** Folder for the lab's files, gone with the lab. */
export const LAB_FOLDER = '/run/lab';
const HOSTS = `${LAB_FOLDER}/hosts`;

/**
 * Makes `/run` private, which makes `ip netns` private, and answers names from the lab's own `/etc/hosts` only.
 * To be called once, in the process that `launch` started.
 */
export async function mountPrivately(): Promise<void> {
  await command(['mount', '-t', 'tmpfs', '-o', 'mode=755', 'lab', '/run']);
  mkdirSync(LAB_FOLDER);
  nameHosts({});
  await command(['mount', '--bind', HOSTS, '/etc/hosts']);
  // An empty resolv.conf means the name server of this host, of which there is none: unknown names fail at once.
  // Where it is a link into /run it dangles by now, which means the same (resolv.conf(5)).
  if (existsSync('/etc/resolv.conf')) {
    writeFileSync(`${LAB_FOLDER}/resolv.conf`, '');
    await command(['mount', '--bind', `${LAB_FOLDER}/resolv.conf`, '/etc/resolv.conf']);
  }
}

/** Replaces all names that resolve inside the lab: name to addresses. */
export function nameHosts(names: Readonly<Record<string, readonly string[]>>): void {
  const lines = Object.entries(names).flatMap(([name, addresses]) => addresses.map((address) => `${address} ${name}`));
  writeFileSync(HOSTS, ['127.0.0.1 localhost', '::1 localhost', ...lines, ''].join('\n'));
}
