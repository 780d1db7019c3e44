/** docker-compose for an inner engine. It runs on this machine, and finds the socket of the engine by its processes. */

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { command, type Ended } from './command.ts';
import { PREFIX } from './left-overs.ts';
import { containerOf, docker, type Inner, scene } from './scene.ts';

export type Compose = (...args: readonly string[]) => Promise<Ended>;

/**
 * @param text of a compose file.
 * @param work what is done with it; everything that it started is removed afterwards, volumes as well.
 */
export async function withCompose(engine: Inner, text: string, work: (compose: Compose) => Promise<void>) {
  const folder = mkdtempSync(join(tmpdir(), `${PREFIX}${process.pid}-`));
  const file = join(folder, 'docker-compose.yml');
  writeFileSync(file, text);
  const words = ['docker-compose', '--project-name', 'watch', '--file', file];
  const env = { DOCKER_HOST: await socketOf(engine) };
  const compose: Compose = (...args) => command([...words, ...args], { env });
  try {
    await work(compose);
  } finally {
    await compose('down', '--volumes', '--timeout', '1');
    rmSync(folder, { recursive: true });
  }
}

/** As one process of the machine after the other sees it: the outer engine's first, then the container's. */
async function socketOf(engine: Inner): Promise<string> {
  const { stdout } = await docker(['inspect', '--format', '{{.State.Pid}}', containerOf(engine)]);
  return scene().env['DOCKER_HOST']?.replace('/run/docker.sock', `/proc/${stdout.trim()}/root/run/docker.sock`) ?? '';
}
