/** The machine is as it was after an engine has ended, by whatever way. */

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readlinkSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { command, output } from './command.ts';
import { type Engine, engineUnder, engineWords, gone, startEngine } from './engine.ts';
import { importBusybox } from './images.ts';
import { controlGroups, PREFIX, removeLeftOvers } from './left-overs.ts';

/** What an engine touches: links, rules, mounts, settings, and the places where engines put their things. */
const LOOKS = [
  ['ip', '-json', 'link'],
  ['nft', 'list', 'ruleset'],
  ['ls', '/run', '/run/docker', '/run/containerd', '/run/netns', '/var/lib/docker', '/var/run/docker.sock'],
  ['cat', '/proc/self/mountinfo', '/proc/sys/net/ipv4/ip_forward', '/etc/resolv.conf'],
];

describe('an engine with a running container leaves nothing', () => {
  it('when it is stopped', async () => {
    const before = await looks();
    const engine = await startEngine(`${PREFIX}${process.pid}-stopped`);
    const namespace = await withContainer(engine);
    expect(controlGroups(engine.cgroupParent)).not.toEqual([]);
    await engine.stop();
    expect(membersOf(namespace)).toEqual([]);
    expect(controlGroups(engine.cgroupParent)).toEqual([]);
    expect(await looks()).toBe(before);
  });

  it('when its test process is killed, but for empty groups that the next start removes', async () => {
    const before = await looks();
    const script = `"$@" ${PREFIX}$$-killed >/dev/null 2>&1 & echo $!; wait`;
    const parent = spawn('sh', ['-c', script, 'sh', ...engineWords()]);
    const [line] = (await once(parent.stdout, 'data')) as [Buffer];
    const engine = await engineUnder(Number(line.toString()));
    if (engine === null) throw new Error('the engine does not start');
    const namespace = await withContainer(engine);
    parent.kill('SIGKILL');
    await gone(engine.pid);
    expect(membersOf(namespace)).toEqual([]);
    await removeLeftOvers();
    expect(controlGroups(`${PREFIX}${parent.pid}-`)).toEqual([]);
    expect(await looks()).toBe(before);
  });
});

/** Starts a container with a volume. Returns the namespace of all processes under this engine. */
async function withContainer(engine: Engine): Promise<string | null> {
  await importBusybox(engine);
  const words = ['docker', 'run', '--detach', '--volume', '/data', 'busybox', 'sleep', '600'];
  await output(words, { env: engine.env });
  return pidNamespace(String(engine.pid));
}

async function looks(): Promise<string> {
  const ended = await Promise.all(LOOKS.map((words) => command(words)));
  return ended.map(({ stdout, stderr }) => stdout + stderr).join('\n');
}

/** A container's processes are in one of their own, whose parent this is; they end with it, too. */
function membersOf(namespace: string | null): string[] {
  return readdirSync('/proc').filter((pid) => /^\d+$/.test(pid) && pidNamespace(pid) === namespace);
}

function pidNamespace(pid: string): string | null {
  try {
    return readlinkSync(`/proc/${pid}/ns/pid`);
  } catch {
    return null; // it has ended
  }
}
