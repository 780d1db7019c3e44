/** What somebody sees who runs `docker compose run --rm broken`, and then `fixed`. */

import { describe, expect, it } from 'vitest';
import { containerOf, docker } from './scene.ts';

const HANG = /Running in \w+\n.*Connecting to cdn.*\n.*Terminated\n/;

describe('the CI job', () => {
  it('of the profile "broken" hangs in docker build, and mtu-probe says why', async () => {
    const { exitCode, story } = await jobOf('broken');
    expect(story).toMatch(HANG);
    expect(story).toMatch(/Once more, in the network of the pod itself[\s\S]*got it[\s\S]*That passed/);
    expect(story).toContain('black-hole  cdn (198.51.100.10, port 443)');
    expect(story).toContain('forward  you ──1500──▶ 172.17.0.1 ──1450──▶ cdn');
    expect(story).toContain('reverse  you ◀──1450──✗──1500── cdn');
    expect(story).toContain('docker compose run --rm fixed');
    expect(exitCode).toBe(1);
  });

  it('of the profile "fixed" passes, and the path is clear', async () => {
    const { exitCode, story } = await jobOf('fixed');
    expect(story).not.toMatch(HANG);
    expect(story).toMatch(/got it[\s\S]*The build passed/);
    expect(story).toContain('clear  cdn (198.51.100.10, port 443)');
    expect(exitCode).toBe(0);
  });
});

async function jobOf(service: 'broken' | 'fixed') {
  const exitCode = Number((await docker(['wait', containerOf(service)])).stdout);
  const { stdout, stderr } = await docker(['logs', containerOf(service)]);
  return { exitCode, story: stdout + stderr };
}
