/**
 * The containers of deploy/kubernetes as they are started there, but for the cluster: the same words, variables, files and
 * probes, as the same user, without capabilities, over a root file system that cannot be written.
 */

import { describe, expect, it, vi } from 'vitest';
import { parse } from 'yaml';
import type { Report } from '../../../src/contract.ts';
import { document } from '../../unit/docs/documents.ts';
import { start } from './containers.ts';
import { ask, twoNodes } from './nodes.ts';

interface Container {
  readonly args: readonly string[];
  readonly env: readonly { readonly name: string; readonly value: string }[];
  readonly startupProbe: { readonly exec: { readonly command: readonly string[] } };
  readonly livenessProbe: { readonly httpGet: { readonly path: string } };
  readonly securityContext: { readonly runAsUser: number; readonly capabilities: { readonly add: readonly string[] } };
}

/** What takes a few seconds here, on a machine that has other work as well. */
const WAIT = { timeout: 60_000, interval: 500 };
const NAMES = 'localhost rubygems.org registry-1.docker.io';
const TOKEN = 'b3a1c0deb3a1c0deb3a1c0de';
/** Every target is this container itself: what is measured is not the point here. */
const WELL = { 'etc/hosts': `127.0.0.1 ${NAMES}\n` };
/** No name resolves. */
const LOST = { 'etc/hosts': '', 'etc/resolv.conf': '' };

/** @returns the container of this name, wherever it is in the file. */
function containerOf(file: string, name: string): Container {
  const found: Container[] = [];
  JSON.stringify(parse(document(`deploy/kubernetes/${file}`)), (_, value) => {
    if (value?.name === name && ('args' in value || 'env' in value)) found.push(value as Container);
    return value;
  });
  const [container] = found;
  if (container === undefined) throw new Error(`${file} has no container ${name}`);
  return container;
}

describe('the check', () => {
  const { args } = containerOf('base/check.yaml', 'check');

  it('ends well with a report in its log', async () => {
    const { exitCode, stdout, stderr } = await start(args, { files: WELL }).ended;
    expect(exitCode, stderr).toBe(0);
    expect(JSON.parse(stdout) as Report).toMatchObject({ schemaVersion: 1, verdict: 'clear' });
  });

  it('fails with a report in its log', async () => {
    const { exitCode, stdout, stderr } = await start(args, { files: LOST }).ended;
    expect(exitCode, stderr).toBe(3);
    expect(JSON.parse(stdout) as Report).toMatchObject({ paths: [], skipped: [{ target: 'rubygems.org' }] });
  });
});

describe('beside a job', () => {
  it('the prober lets it start when the path is well, and reports when it is over', async () => {
    const { args, startupProbe } = containerOf('sidecar/job-waits.yaml', 'mtu-probe');
    const prober = start(args, { files: WELL });
    await vi.waitUntil(() => prober.exec(startupProbe.exec.command).exitCode === 0, WAIT);
    prober.stop();
    const { exitCode, stdout } = await prober.ended;
    expect(exitCode).toBe(0);
    expect(stdout).toMatch(/^clear {2}rubygems\.org \(127\.0\.0\.1\)\n/);
  });

  it('the prober keeps it waiting, and says why', async () => {
    const { args, startupProbe } = containerOf('sidecar/job-waits.yaml', 'mtu-probe');
    const prober = start(args, { files: LOST });
    const said = await vi.waitUntil(() => {
      const { exitCode, stderr } = prober.exec(startupProbe.exec.command);
      return exitCode === 1 && /rubygems\.org/.test(stderr) && stderr;
    }, WAIT);
    expect(said).toContain('rubygems.org');
  });

  it('the prober that ends before it lets it start', async () => {
    const { args } = containerOf('sidecar/job-fails.yaml', 'mtu-probe');
    const { exitCode, stdout, stderr } = await start(args, { files: WELL }).ended;
    expect(exitCode, stderr).toBe(0);
    expect(stdout).toMatch(/^clear {2}rubygems\.org/);
  });
});

describe('the agents of two nodes', () => {
  it('answer their probes, and measure each other', async () => {
    const { args, livenessProbe } = containerOf('base/agents.yaml', 'agent');
    const { env } = containerOf('overlays/secrets/agents.yaml', 'agent');
    const environment = Object.fromEntries(env.map(({ name, value }) => [name, value]));
    const hosts = [`127.0.0.1 ${NAMES}`, '10.209.0.1 mtu-probe-agents', '10.209.0.2 mtu-probe-agents', ''].join('\n');
    const files = {
      'etc/hosts': hosts,
      'etc/mtu-probe/mtu-probe.yaml': document('deploy/kubernetes/base/mtu-probe.yaml'),
      'run/secrets/mtu-probe/token': TOKEN,
      'run/secrets/mtu-probe/responder': TOKEN,
    };
    const networks = await twoNodes();
    for (const network of networks) start(args, { files, environment, network });
    const [here] = networks;
    const url = 'http://10.209.0.2:9482';
    await vi.waitUntil(() => ask(here, `${url}${livenessProbe.httpGet.path}`).status === 200, WAIT);
    expect(ask(here, `${url}/metrics`).status).toBe(401);
    expect(ask(here, `${url}/metrics`, TOKEN)).toMatchObject({ status: 200 });
    const measured = await vi.waitUntil(() => {
      const { status, body } = ask(here, `${url}/api/v1/mesh`, TOKEN);
      return status === 200 && (body.match(/"verdict":"clear"/g) ?? []).length >= 2 && body;
    }, WAIT);
    expect(measured).toContain('10.209.0.1');
    expect(measured).toContain('10.209.0.2');
  });
});

describe('the container for layers', () => {
  it('waits as root, with the capabilities that it is given and no others', async () => {
    const { args, securityContext } = containerOf('overlays/layers/agents.yaml', 'layers');
    const { runAsUser, capabilities } = securityContext;
    const given = ['-all', ...capabilities.add.map((name) => `+${name.toLowerCase()}`)].join();
    const container = start(args, { files: WELL, user: runAsUser, capabilities: given });
    await vi.waitUntil(() => /:12D6 /.test(container.exec(['cat', '/proc/net/tcp']).stdout), WAIT);
    const status = container.exec(['cat', '/proc/1/status']).stdout;
    expect(status).toMatch(/^Uid:\t0\t0\t0\t0$/m);
    // SYS_ADMIN 21, SYS_PTRACE 19, NET_RAW 13 (linux/capability.h).
    expect(status).toMatch(/^CapBnd:\t0000000000282000$/m);
    container.stop();
    expect((await container.ended).exitCode).toBe(0);
  });
});
