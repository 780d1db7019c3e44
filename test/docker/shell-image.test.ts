/** The image with a shell, and the action that runs an image, in a real engine. */

import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { command, output } from './command.ts';
import { APP_IMAGE } from './images.ts';
import { PREFIX } from './left-overs.ts';
import { docker, scene } from './scene.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const DOCKERFILE = readFileSync(join(ROOT, 'examples/shell/Dockerfile'), 'utf8');
const [BASE = ''] = /(?<=^FROM )\S+/m.exec(DOCKERFILE) ?? [];
const [IMAGE = ''] = /(?<=--from=)\S+/.exec(DOCKERFILE) ?? [];
/** Both lines that build images, as its comment has them. */
const [, SHELL_LINE = ''] = [...DOCKERFILE.matchAll(/^# {3}(docker build .*)$/gm)].map(([, line = '']) => line);

beforeAll(async () => {
  const { env } = scene();
  await output(['docker', 'tag', APP_IMAGE, BASE], { env });
  await output(['docker', 'tag', 'mtu-probe', IMAGE], { env });
  await output(['bash', '-ec', `cd ${ROOT} && ${SHELL_LINE}`], { env });
}, 60_000);

describe('the image with a shell', () => {
  it('runs scripts, by whatever name a CI system calls the shell', async () => {
    const script = 'cd /tmp && mtu-probe run --target 127.0.0.1 --report junit=mtu.xml && grep -c testsuites mtu.xml';
    const { exitCode, stdout } = await docker(['run', '--rm', `${IMAGE}-shell`, '/bin/sh', '-c', script]);
    expect({ exitCode, stdout }).toEqual({
      exitCode: 0,
      stdout: expect.stringMatching(/^clear {2}127\.0\.0\.1\n[\s\S]*\n2\n$/),
    });
  });

  it('is a service that variables configure, and whose health a shell asks', async () => {
    const options = ['--env', 'MTU_PROBE_TARGETS=127.0.0.1', '--health-cmd', 'mtu-probe health --wait 60s'];
    const started = await docker(['run', '--rm', '--detach', ...options, `${IMAGE}-shell`]);
    const id = started.stdout.trim();
    try {
      // As the second job of examples/github/service.yml asks it.
      const asked = await docker(['exec', id, 'mtu-probe', 'health', '--wait', '60s']);
      expect(asked).toEqual({ exitCode: 0, stdout: '', stderr: '' });
    } finally {
      await docker(['kill', id]);
    }
  });
});

describe('the action', () => {
  const folder = mkdtempSync(join(tmpdir(), `${PREFIX}${process.pid}-`));
  afterAll(() => rmSync(folder, { recursive: true }));

  it('runs an image as whoever owns the files of the runner', async () => {
    const [summary, outputs] = [join(folder, 'summary.md'), join(folder, 'output')];
    for (const file of [summary, outputs]) writeFileSync(file, '');
    const env = {
      ...scene().env,
      INPUT_TARGETS: '127.0.0.1',
      INPUT_FORMAT: 'github',
      INPUT_IMAGE: IMAGE,
      INPUT_NETWORK: 'none',
      GITHUB_ACTIONS: 'true',
      GITHUB_OUTPUT: outputs,
      GITHUB_STEP_SUMMARY: summary,
      RUNNER_TEMP: folder,
    };
    const { exitCode, stdout, stderr } = await command([join(ROOT, 'scripts/ci/github-action')], { env });
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
    expect(stdout).toMatch(/^::notice title=mtu-probe%3A clear::127\.0\.0\.1 /);
    expect(readFileSync(outputs, 'utf8')).toBe('verdict=clear\n');
    expect(readFileSync(summary, 'utf8')).toMatch(/^## mtu-probe: clear\n/);
  });
});
