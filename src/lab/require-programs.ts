/** The programs that the lab needs from the system, and the Debian packages that bring them. */

import { accessSync, constants } from 'node:fs';
import { join } from 'node:path';
import { EnvironmentError } from '../errors.ts';

const PACKAGES = {
  ip: 'iproute2',
  mount: 'mount',
  nft: 'nftables',
  nginx: 'nginx-light',
  nsenter: 'util-linux',
  setpriv: 'util-linux',
  unshare: 'util-linux',
} as const;

/** @throws EnvironmentError that names what is missing and the command that installs it. */
export function requirePrograms(names: readonly (keyof typeof PACKAGES)[]): void {
  const missing = names.filter((name) => !onPath(name));
  if (missing.length === 0) return;
  const packages = [...new Set(missing.map((name) => PACKAGES[name]))];
  throw new EnvironmentError(
    `the lab needs ${missing.join(', ')}: install with "apt-get install ${packages.join(' ')}"`,
  );
}

function onPath(name: string): boolean {
  return (process.env['PATH'] ?? '').split(':').some((folder) => {
    try {
      accessSync(join(folder, name), constants.X_OK);
      return true;
    } catch {
      return false;
    }
  });
}
