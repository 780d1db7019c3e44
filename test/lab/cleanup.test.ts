/** The kernel removes what the lab made, whatever ends it. */

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { LAB } from './lab.ts';

const SIGNALS = ['SIGKILL', 'SIGTERM', 'SIGINT', 'SIGHUP'] as const;
const ATTEMPTS = 100;
const PAUSE_MS = 50;

describe('when the lab is ended', () => {
  it.each(SIGNALS)(
    'by %s, all its processes end, and with them its namespaces',
    { timeout: 30_000 },
    async (signal) => {
      const mark = `ended-by-${signal}-${process.pid}`;
      const words = ['enter', 'clear', '--', 'sh', '-c', 'echo ready; sleep 600', mark];
      const child = spawn(process.execPath, [LAB, ...words], { stdio: ['ignore', 'pipe', 'inherit'] });
      await once(child.stdout, 'data');
      const inside = processes().find((pid) => isInside(pid, mark));
      const namespace = inside === undefined ? null : pidNamespace(inside);
      expect(namespace).not.toBe(pidNamespace('self'));
      expect(membersOf(namespace)).not.toEqual([]);

      child.kill(signal);
      await once(child, 'exit');
      for (let attempt = 0; attempt < ATTEMPTS && membersOf(namespace).length > 0; attempt++) await sleep(PAUSE_MS);
      expect(membersOf(namespace)).toEqual([]);
    },
  );
});

function processes(): string[] {
  return readdirSync('/proc').filter((name) => /^\d+$/.test(name));
}

function membersOf(namespace: string | null): string[] {
  return processes().filter((pid) => pidNamespace(pid) === namespace);
}

/** Whether it is the process that keeps the scenario. */
function isInside(pid: string, mark: string): boolean {
  const [, program = '', ...words] = ofProcess(() => readFileSync(`/proc/${pid}/cmdline`, 'utf8'))?.split('\0') ?? [];
  return program.endsWith('/inside.js') && words.join(' ').includes(mark);
}

function pidNamespace(pid: string): string | null {
  return ofProcess(() => readlinkSync(`/proc/${pid}/ns/pid`));
}

/** `null` for a process that has ended meanwhile, or is another user's. */
function ofProcess(read: () => string): string | null {
  try {
    return read();
  } catch {
    return null;
  }
}
