/** The responder as a container, asked from another one, as README says. */

import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Report } from '../../src/contract.ts';
import { docker, jobsEnded } from './scene.ts';

const README = readFileSync(new URL('../../README.md', import.meta.url), 'utf8');
const WAIT_MS = 10_000; // a hundred times what a start takes

beforeAll(jobsEnded, 60_000);

/** The words behind `docker run` there, in the background. */
async function started(): Promise<string> {
  const [, words = ''] = /`docker run --rm ([^`]* mtu-probe serve)`/.exec(README) ?? [];
  expect(words).toContain('--publish');
  const { stdout, stderr } = await docker(['run', '--rm', '--detach', ...words.split(' ')]);
  expect(stdout, stderr).toMatch(/^[0-9a-f]{64}/);
  return stdout.trim();
}

async function untilItListens(container: string): Promise<void> {
  for (const end = performance.now() + WAIT_MS; performance.now() < end; ) {
    const { stdout, stderr } = await docker(['logs', container]);
    if ((stdout + stderr).includes('listens on')) return;
  }
  throw new Error('the responder does not listen');
}

describe('mtu-probe serve as a container', () => {
  it('is measured over TCP and UDP from another one', async () => {
    const container = await started();
    try {
      await untilItListens(container);
      const format = '{{.NetworkSettings.IPAddress}}';
      const address = (await docker(['inspect', '--format', format, container])).stdout.trim();
      const words = ['run', '--rm', 'mtu-probe', 'run', '--target', `mtu://${address}`, '--format', 'json'];
      const { exitCode, stdout, stderr } = await docker(words);
      expect(exitCode, stdout + stderr).toBe(0);
      const paths = (JSON.parse(stdout) as Report).paths.map(({ transport, verdict }) => [transport, verdict]);
      expect(paths).toEqual([
        ['tcp', 'clear'],
        ['udp', 'clear'],
      ]);
    } finally {
      await docker(['kill', container]);
    }
  });
});
