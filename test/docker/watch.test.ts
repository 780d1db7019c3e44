/** `mtu-probe watch` in containers: beside a job that waits for it, before a job, and stopped by its engine. */

import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Report } from '../../src/contract.ts';
import { output } from './command.ts';
import { withCompose } from './compose-inside.ts';
import { APP_IMAGE } from './images.ts';
import { containerOf, docker, type Inner, inner, jobsEnded, scene, TARGET } from './scene.ts';

const EXAMPLE = readFileSync(new URL('../../examples/watch/docker-compose.yml', import.meta.url), 'utf8');
/** What `docker stop` waits for by default. */
const STOP_MS = 10_000;
const REVERSE_HOLE = /reverse {2}you ◀──1450──✗──1500── 198/;
const WATCH = ['watch', '--target', TARGET];

/** The example with the target of this scene, and with an image that its engines have. */
const COMPOSE_FILE = EXAMPLE.replaceAll(/https:\/\/rubygems\.org\/|(?<=--target, )rubygems\.org/g, TARGET)
  .replace('image: alpine', 'image: base')
  .replace('[wget,', '[wget, --no-check-certificate,');
/** With the lines that it has for this. */
const CURED_FILE = COMPOSE_FILE.replace(/^# (networks:\n)# (.+\n)# (.+\n)/m, '$1$2$3');

beforeAll(async () => {
  await jobsEnded();
  for (const engine of ['broken-dind', 'fixed-dind'] as const) {
    const hand = `docker save ${APP_IMAGE} | docker exec -i ${containerOf(engine)} docker load`;
    await output(['bash', '-o', 'pipefail', '-c', hand], { env: scene().env });
  }
}, 60_000);

describe('beside a job, as the example has it', () => {
  it('keeps the job from starting under the broken engine, and says why', async () => {
    await withCompose('broken-dind', COMPOSE_FILE, async (compose) => {
      const { exitCode, stdout, stderr } = await compose('up', '--no-build', '--exit-code-from', 'job');
      expect(exitCode, stdout + stderr).toBe(1);
      expect(stderr).toMatch(/for job .*unhealthy/);
      expect((await compose('ps', '--quiet', 'job')).stdout).toBe('');
      expect((await compose('logs', '--no-color', 'mtu-probe')).stdout).toMatch(/black-hole; .*reverse 1450/);
      const [probe = ''] = (await compose('ps', '--quiet', 'mtu-probe')).stdout.split('\n');
      const health = await inner('broken-dind', ['inspect', '--format', '{{json .State.Health}}', probe]);
      const { Log } = JSON.parse(health.stdout) as { Log: { Output: string }[] };
      expect(Log.at(-1)?.Output).toMatch(REVERSE_HOLE);
    });
  });

  it('lets the job start once the network of both is as narrow as the way out', async () => {
    expect(CURED_FILE).not.toBe(COMPOSE_FILE);
    await withCompose('fixed-dind', CURED_FILE, async (compose) => {
      const { exitCode, stdout, stderr } = await compose('up', '--no-build', '--exit-code-from', 'job');
      expect(exitCode, stdout + stderr).toBe(0);
    });
  });
});

describe('before a job', () => {
  const once = (engine: Inner) => inner(engine, ['run', '--rm', 'mtu-probe', ...WATCH, '--once-ready']);
  const build = (engine: Inner) => {
    const lines = [`FROM ${APP_IMAGE}`, 'COPY --from=mtu-probe /usr/bin/mtu-probe /usr/bin/'];
    lines.push(`RUN mtu-probe ${WATCH.join(' ')} --once-ready`, '');
    return docker(['exec', '-i', containerOf(engine), 'docker', 'build', '--no-cache', '-'], lines.join('\n'));
  };

  it('ends with a report of what is in the way', async () => {
    const { exitCode, stdout, stderr } = await once('broken-dind');
    expect(exitCode, stdout + stderr).toBe(1);
    expect(stdout).toMatch(REVERSE_HOLE);
  });

  it('ends well where nothing is', async () => {
    const { exitCode, stdout, stderr } = await once('fixed-dind');
    expect(exitCode, stdout + stderr).toBe(0);
    expect(stdout).toMatch(/^clear /);
  });

  it('as a RUN line fails the build, or lets it go on', async () => {
    const [broken, fixed] = [await build('broken-dind'), await build('fixed-dind')];
    expect(broken.exitCode).not.toBe(0);
    expect(broken.stdout + broken.stderr).toMatch(REVERSE_HOLE);
    expect(fixed.exitCode, fixed.stdout + fixed.stderr).toBe(0);
  });
});

describe('stopped by its engine', () => {
  it('writes what it knows in time, and nothing else to stdout', async () => {
    const words = [...WATCH, '--until-signal', '--format', 'json'];
    const container = (
      await inner('broken-dind', ['run', '--detach', '--read-only', 'mtu-probe', ...words])
    ).stdout.trim();
    try {
      await inner('broken-dind', ['exec', container, '/usr/bin/mtu-probe', 'health', '--wait', '30s']);
      const startedAt = performance.now();
      await inner('broken-dind', ['stop', container]);
      expect(performance.now() - startedAt).toBeLessThan(STOP_MS);
      const { stdout, stderr } = await inner('broken-dind', ['logs', container]);
      expect(stderr).toMatch(/listens on/);
      expect(JSON.parse(stdout) as Report).toMatchObject({ verdict: 'black-hole' });
      const ended = await inner('broken-dind', ['inspect', '--format', '{{.State.ExitCode}}', container]);
      expect(ended.stdout.trim()).toBe('1');
    } finally {
      await inner('broken-dind', ['rm', '--force', container]);
    }
  });
});
