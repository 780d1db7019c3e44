/** The sweep from the machine that the outer engine runs on: what an inner engine made, it sees as well. */

import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Report } from '../../src/contract.ts';
import type { LayersReport } from '../../src/layers/contract.ts';
import { command, type Ended, output } from './command.ts';
import { APP_IMAGE } from './images.ts';
import { containerOf, docker, inner, jobsEnded, onlyPath, scene, TARGET } from './scene.ts';

const ENGINE = 'broken-dind';
const MAIN = fileURLToPath(new URL('../../dist/cli/main.js', import.meta.url));
const RUN = ['run', '--target', TARGET, '--format', 'json'];
const BLACK_HOLE = { verdict: 'black-hole', reverse: { pathMtu: 1450, exact: true, behaviour: 'silent' } };
const LIMIT_MS = 120_000;

let job = '';
/** Process id of what `job` runs, on the machine of the outer engine. */
let jobPid = 0;

/** On the machine of the outer engine: its network, its processes, its files. */
function onMachine(args: readonly string[]): Promise<Ended> {
  const machine = ['nsenter', '--target', machinePid(), '--net', '--pid', '--mount'];
  return command([...machine, process.execPath, MAIN, ...args], {
    env: { DOCKER_HOST: `unix://${scene().env['DOCKER_SOCKET']}` },
  });
}

function machinePid(): string {
  return /\/proc\/(\d+)\//.exec(scene().env['DOCKER_HOST'] ?? '')?.[1] ?? '';
}

async function sweep(...args: readonly string[]): Promise<LayersReport> {
  const { stdout, stderr } = await onMachine([...args, '--format', 'json']);
  expect(stdout, stderr).toMatch(/^\{/);
  return JSON.parse(stdout) as LayersReport;
}

/** @param seconds that its step takes, longer than any test: whoever looks for it ends it. */
function build(buildKit: '0' | '1', seconds: number): Promise<Ended> {
  const dockerfile = `FROM ${APP_IMAGE}\nRUN sleep ${seconds}\n`;
  const words = ['exec', '-i', '--env', `DOCKER_BUILDKIT=${buildKit}`, containerOf(ENGINE), 'docker', 'build'];
  return docker([...words, '--no-cache', '-'], dockerfile);
}

/** Until it runs on the machine: its engine says that it does before that. */
async function processOf(pattern: string): Promise<number> {
  const words = ['nsenter', '--target', machinePid(), '--pid', '--mount', 'pgrep', '--newest', '--full', '--', pattern];
  for (let attempt = 0; attempt < 100; attempt++) {
    const { exitCode, stdout } = await command(words);
    if (exitCode === 0) return Number(stdout.trim());
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error(`nothing runs ${pattern}`);
}

beforeAll(async () => {
  await jobsEnded();
  const hand = `docker save ${APP_IMAGE} | docker exec -i ${containerOf(ENGINE)} docker load`;
  await output(['bash', '-o', 'pipefail', '-c', hand], { env: scene().env });
  job = (await inner(ENGINE, ['run', '--detach', '--name', 'inner-job', APP_IMAGE, 'sleep', '4711'])).stdout.trim();
  jobPid = await processOf('^sleep 4711$');
}, LIMIT_MS);

afterAll(() => inner(ENGINE, ['rm', '--force', job]));

describe('layers, on the machine of the outer engine', () => {
  it('finds the container of the inner engine by its name, and what it suffers by', { timeout: LIMIT_MS }, async () => {
    const { layers, findings, verdict } = await sweep('layers', '--target', TARGET);
    const dind = layers.find(({ container }) => container === containerOf(ENGINE));
    const found = layers.find(({ name }) => name === 'inner-job');
    expect(found).toMatchObject({ kind: 'container', container: job, parent: dind?.netns, egress: 'eth0' });
    expect(found?.report?.paths[0]).toMatchObject(BLACK_HOLE);
    expect(dind?.report?.verdict).toBe('clear');
    expect(findings[0]).toMatchObject({
      code: 'nested-mtu-mismatch',
      severity: 'critical',
      inner: { interface: 'docker0', mtu: 1500, netns: dind?.netns },
      outer: { interface: 'eth0', mtu: 1450, netns: dind?.netns },
    });
    expect(findings[0]?.remedies[0]?.environment).toBe('dind');
    expect(verdict).toBe('black-hole');
  });

  it.each([
    ['the builder that came first', '0', 'container', 4712],
    ['BuildKit', '1', 'build', 4713],
  ] as const)('catches a running step of %s', { timeout: LIMIT_MS }, async (_, builder, kind, seconds) => {
    const building = build(builder, seconds);
    const pid = await processOf(`^sleep ${seconds}$`);
    const netns = await output(['readlink', `/proc/${machinePid()}/root/proc/${pid}/ns/net`]);
    const { layers } = await sweep('layers', '--target', TARGET, '--only', String(pid));
    expect(layers.find((layer) => layer.netns === netns)).toMatchObject({
      kind,
      pid,
      report: { paths: [BLACK_HOLE] },
    });
    expect(layers.filter(({ report }) => report !== null)).toHaveLength(1);
    // The first process of a PID namespace takes no other signal from outside (pid_namespaces(7)).
    await output(['nsenter', '--target', machinePid(), '--pid', '--mount', 'kill', '-KILL', String(pid)]);
    expect((await building).exitCode).not.toBe(0);
  });
});

describe('run, on the machine of the outer engine', () => {
  it.each([
    ['--container, by the name that the inner engine has for it', () => ['--container', 'inner-job']],
    ['--container, by its id', () => ['--container', job.slice(0, 12)]],
    ['--pid', () => ['--pid', String(jobPid)]],
  ])('measures in the inner container: %s', { timeout: LIMIT_MS }, async (_, place) => {
    expect(onlyPath(await onMachine([...RUN, ...place()]))).toMatchObject(BLACK_HOLE);
  });

  it('measures in a container of its own engine', { timeout: LIMIT_MS }, async () => {
    const name = (await docker(['inspect', '--format', '{{.Name}}', containerOf(ENGINE)])).stdout.trim().slice(1);
    expect(onlyPath(await onMachine([...RUN, '--container', name]))).toMatchObject({ verdict: 'clear' });
  });

  it('says what to change where that container is', { timeout: LIMIT_MS }, async () => {
    const { stdout } = await onMachine([...RUN, '--container', 'inner-job']);
    expect((JSON.parse(stdout) as Report).environments).toContain('docker');
  });

  it('names what there is when there is no such container', { timeout: LIMIT_MS }, async () => {
    const { exitCode, stderr } = await onMachine([...RUN, '--container', 'inner-jab']);
    expect(exitCode).toBe(2);
    expect(stderr).toMatch(/^mtu-probe: --container inner-jab: .*inner-job.*\n$/);
  });
});

describe('layers in a container', () => {
  it('says in one line what it would need, and sends nothing', { timeout: LIMIT_MS }, async () => {
    const { exitCode, stdout, stderr } = await inner(ENGINE, [
      'run',
      '--rm',
      'mtu-probe',
      'layers',
      '--target',
      TARGET,
    ]);
    expect([exitCode, stdout]).toEqual([2, '']);
    expect(stderr).toMatch(/^mtu-probe: .*CAP_SYS_ADMIN.*docker run .*--cap-add SYS_ADMIN.*kubectl.*\n$/);
  });

  it.each([
    ['as root', ['--user', '0']],
    ['as the image has it', []],
  ])('sees all of them with the rights that it names, %s', { timeout: LIMIT_MS }, async (_, user) => {
    const rights = [...user, '--pid', 'host', '--network', 'host', '--cap-add', 'SYS_ADMIN'];
    const options = [...rights, '--cap-add', 'SYS_PTRACE', '--security-opt', 'apparmor=unconfined'];
    const { stdout, stderr } = await docker([
      'run',
      '--rm',
      ...options,
      'mtu-probe',
      'layers',
      '--target',
      TARGET,
      '--format',
      'json',
    ]);
    expect(stdout, stderr).toMatch(/^\{/);
    const { layers } = JSON.parse(stdout) as LayersReport;
    const found = layers.find(({ container }) => container === job);
    expect(found?.report?.paths[0]).toMatchObject(BLACK_HOLE);
  });

  it('shows its own network, when it is only to inspect, without any right', { timeout: LIMIT_MS }, async () => {
    const { stdout, stderr } = await inner(ENGINE, ['run', '--rm', 'mtu-probe', 'inspect', '--format', 'json']);
    expect(stdout, stderr).toMatch(/^\{/);
    const { layers, unseen } = JSON.parse(stdout) as LayersReport;
    // Its control group names it.
    expect(layers).toMatchObject([
      { kind: 'container', container: expect.stringMatching(/^[0-9a-f]{64}$/), egress: 'eth0' },
    ]);
    expect(layers[0]?.name).toBe(layers[0]?.container?.slice(0, 12));
    expect(layers[0]?.interfaces).toContainEqual(expect.objectContaining({ name: 'eth0', mtu: 1500, kind: 'veth' }));
    expect(unseen[0]).toMatch(/^Only the network of this process is shown: .*CAP_SYS_ADMIN/);
  });

  it('is what the documentation says to type', () => {
    const page = readFileSync(new URL('../../docs/layers.md', import.meta.url), 'utf8');
    expect(page).toMatch(/docker run .*--user 0 .*--pid host .*--cap-add SYS_ADMIN --cap-add SYS_PTRACE/);
  });
});
