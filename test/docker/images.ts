/**
 * Images without a registry: this machine's own programs, under the names that the compose file uses.
 *
 * They differ from the real ones in where the programs come from (Debian, not Alpine) and in nothing that a test asks.
 */

import { chmodSync, copyFileSync, cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { output } from './command.ts';
import type { Engine } from './engine.ts';
import { PREFIX } from './left-overs.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const HERE = join(ROOT, 'test/docker');
const PATH = 'ENV PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin';
/** In the real image as well, Docker lies in /usr/local/bin, and the shell and its tools are those of busybox. */
const DOCKER = ['dockerd', 'containerd', 'containerd-shim-runc-v2', 'runc', 'docker', 'docker-init', 'docker-proxy'];

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

async function importProbe(engine: Engine): Promise<void> {
  const list = await output(['npm', 'ls', '--omit=dev', '--all', '--parseable', '--prefix', ROOT]);
  const packages = list.split('\n').filter((path) => path.includes('/node_modules/'));
  const changes = ['ENTRYPOINT ["/usr/bin/mtu-probe"]', 'USER 65532'];
  await importRoot(engine, 'mtu-probe', ['node', 'env'], changes, (root) => {
    const app = join(root, 'app');
    mkdirSync(app);
    for (const path of [join(ROOT, 'package.json'), join(ROOT, 'dist'), ...packages]) {
      cpSync(path, join(app, path.slice(ROOT.length)), { recursive: true });
    }
    chmodSync(join(app, 'dist/cli/main.js'), 0o755);
    symlinkSync('/app/dist/cli/main.js', join(root, 'usr/bin/mtu-probe'));
  });
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
