/** The probe in every kind of container of an engine whose network is wider than that of its pod. */

import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, it } from 'vitest';
import { output } from './command.ts';
import { APP_IMAGE } from './images.ts';
import { containerOf, docker, inner, jobsEnded, MEASURE, onlyPath, probe, scene, TARGET } from './scene.ts';

const ENGINE = 'broken-dind';
const README = readFileSync(new URL('../../README.md', import.meta.url), 'utf8');
const PROBE_NETWORKS = fileURLToPath(new URL('../../scripts/probe-networks', import.meta.url));
const BLACK_HOLE = { verdict: 'black-hole', reverse: { pathMtu: 1450, exact: true, behaviour: 'silent' } };

/** What it says to put into a Dockerfile, with the target of this scene. */
function linesOfReadme(): string {
  const lines = README.match(/`(?:COPY --from=mtu-probe|RUN mtu-probe run) [^`]+`/g) ?? [];
  expect(lines).toHaveLength(2);
  return lines.map((line) => line.slice(1, -1).replace('rubygems.org', TARGET)).join('\n');
}

beforeAll(async () => {
  await jobsEnded();
  const hand = `docker save ${APP_IMAGE} | docker exec -i ${containerOf(ENGINE)} docker load`;
  await output(['bash', '-o', 'pipefail', '-c', hand], { env: scene().env });
}, 60_000);

describe('in a container under the broken engine', () => {
  it.each([
    ['as root', '--user', '0'],
    ['as the image has it'],
    ['as somebody', '--user', '1000'],
    ['as root without capabilities', '--user', '0', '--cap-drop', 'ALL'],
    ['as somebody without capabilities', '--user', '1000', '--cap-drop', 'ALL'],
    ['on a read-only file system', '--read-only'],
  ])('%s, the probe finds the black hole', async (_, ...options) => {
    expect(await probe(ENGINE, ...options)).toMatchObject(BLACK_HOLE);
  });

  it('as the image has it, pings leave no trace, and show that senders inside are told of the other direction', async () => {
    const { forward } = await probe(ENGINE);
    expect(forward).toMatchObject({ pathMtu: 1450, exact: true, behaviour: 'signalled' });
    expect(forward.provedBy).toContain('icmp-raw');
  });

  it('that is running already, the probe shares its network and finds the black hole', async () => {
    const job = (await inner(ENGINE, ['run', '--rm', '--detach', 'base', 'sleep', '300'])).stdout.trim();
    expect(await probe(ENGINE, '--network', `container:${job}`)).toMatchObject(BLACK_HOLE);
    await inner(ENGINE, ['kill', job]);
  });

  it.each([
    ['the builder that came first', '0'],
    ['BuildKit', '1'],
  ])('the probe as a RUN line finds the black hole, and the build by %s fails', async (_, buildKit) => {
    const dockerfile = `FROM ${APP_IMAGE}\n${linesOfReadme()}\n`;
    const variables = ['--env', `DOCKER_BUILDKIT=${buildKit}`, '--env', 'BUILDKIT_PROGRESS=plain'];
    const build = ['docker', 'build', '--no-cache', '-'];
    const ended = await docker(['exec', '-i', ...variables, containerOf(ENGINE), ...build], dockerfile);
    expect(ended.exitCode).not.toBe(0);
    expect(ended.stdout + ended.stderr).toMatch(
      /black-hole {2}198\.51\.100\.10[\s\S]*reverse {2}you ◀──1450──✗──1500── 198/,
    );
  });

  it('scripts/probe-networks looks at every network, and ends as the worst did', async () => {
    await inner(ENGINE, ['network', 'create', '--opt', 'com.docker.network.driver.mtu=1450', 'narrow']);
    const script = ['sh', '-s', '--', 'run', '--target', TARGET];
    const run = ['exec', '-i', containerOf(ENGINE), ...script];
    const { exitCode, stdout } = await docker(run, readFileSync(PROBE_NETWORKS, 'utf8'));
    expect(stdout).toMatch(/== network bridge\nblack-hole [\s\S]*== network narrow\nclear /);
    expect(exitCode).toBe(1);
  });
});

describe('beside the broken engine, in the network of its pod', () => {
  const sidecar = ['run', '--rm', '--network'];

  it('the probe sees nothing wrong: the pod is as narrow as its network', async () => {
    const { verdict } = onlyPath(
      await docker([...sidecar, `container:${containerOf(ENGINE)}`, 'mtu-probe', ...MEASURE]),
    );
    expect(verdict).toBe('clear');
  });

  it('the probe finds the black hole when it asks for packets as large as those inside', async () => {
    const options = ['--cap-add', 'NET_ADMIN', 'mtu-probe', ...MEASURE, '--advertise-mtu', '1500'];
    const path = onlyPath(await docker([...sidecar, `container:${containerOf(ENGINE)}`, ...options]));
    expect(path).toMatchObject(BLACK_HOLE);
  });
});
