/**
 * Images without a registry: this machine's own programs, under the names that the compose file uses.
 *
 * They differ from the real ones in where the programs come from (Debian, not Alpine) and in nothing that a test asks.
 */

import { copyFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { output } from './command.ts';
import type { Engine } from './engine.ts';
import { PREFIX } from './left-overs.ts';
import { BASE_IMAGE, buildProbeImage } from './probe-image.ts';

const HERE = fileURLToPath(new URL('.', import.meta.url));
const PATH = 'ENV PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin';
/** In the real image as well, Docker lies in /usr/local/bin, and the shell and its tools are those of busybox. */
const DOCKER = ['dockerd', 'containerd', 'containerd-shim-runc-v2', 'runc', 'docker', 'docker-init', 'docker-proxy'];

/** What somebody builds on: a C library, and a shell. */
export const APP_IMAGE = 'app';

export async function importImages(engine: Engine): Promise<void> {
  await Promise.all([importDocker(engine), importProbe(engine)]);
}

/** The smallest image that can run something. */
export async function importBusybox(engine: Engine): Promise<void> {
  await importRoot(engine, 'busybox', ['busybox'], [], () => {});
}

async function importDocker(engine: Engine): Promise<void> {
  const programs = ['busybox', 'openssl', 'iptables', 'ip6tables', ...DOCKER.map((name) => `/usr/local/bin/${name}`)];
  const entrypoint = 'dockerd-entrypoint.sh';
  await importRoot(
    engine,
    'docker:dind',
    programs,
    [`ENTRYPOINT ["${entrypoint}"]`, 'VOLUME /var/lib/docker'],
    (root) => {
      copyFileSync(join(HERE, entrypoint), join(root, 'usr/local/bin', entrypoint));
    },
  );
}

/** What its name says: a C library, and what goes with it. */
async function importProbe(engine: Engine): Promise<void> {
  const withoutNode = (root: string): void => rmSync(join(root, 'usr/bin/node'));
  await importRoot(engine, BASE_IMAGE, ['node'], [], withoutNode);
  await importRoot(engine, APP_IMAGE, ['busybox', 'node'], [], withoutNode);
  await buildProbeImage(engine);
}

async function importRoot(
  { env }: Engine,
  name: string,
  programs: readonly string[],
  changes: readonly string[],
  add: (root: string) => void,
): Promise<void> {
  const root = mkdtempSync(join(tmpdir(), `${PREFIX}${process.pid}-`));
  try {
    await output([join(HERE, 'root-from-host'), root, ...programs]);
    add(root);
    const pack = `tar --xattrs --xattrs-include='security.*' -C "$0" -c . | docker import "$@"`;
    const flags = [PATH, ...changes].flatMap((change) => ['--change', change]);
    await output(['bash', '-o', 'pipefail', '-c', pack, root, ...flags, '-', name], { env });
  } finally {
    rmSync(root, { recursive: true, force: true });
  }
}
