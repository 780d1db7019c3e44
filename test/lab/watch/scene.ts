/** A network of the lab that stays open for a test, with programs in its hosts. */

import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { onTestFinished, vi } from 'vitest';
import { ended, LAB } from '../lab.ts';
import { Running } from './running.ts';

export class Scene {
  /** For sockets, configurations and histories; anybody may write there. */
  readonly folder: string;
  readonly #entry: readonly string[];

  private constructor(folder: string, entry: readonly string[]) {
    this.folder = folder;
    this.#entry = entry;
  }

  /** The kernel removes it with the test, and when the test process dies: what holds it open reads from that. */
  static async open(scenario: string): Promise<Scene> {
    const words = [LAB, 'enter', scenario, '--', 'sh', '-c', 'echo ready; exec cat'];
    const holder = spawn(process.execPath, words, { stdio: ['pipe', 'pipe', 'inherit'] });
    const over = once(holder, 'close');
    const folder = mkdtempSync(join(tmpdir(), 'mls-'));
    onTestFinished(async () => {
      holder.stdin.end();
      await over;
      rmSync(folder, { recursive: true, force: true });
    });
    await ready(holder);
    // node ─▶ unshare ─▶ process 1 of the lab's own process numbers.
    const [unshare = 0] = childrenOf(holder.pid ?? 0);
    const [first = 0] = childrenOf(unshare);
    const mayEnter = process.geteuid?.() === 0 ? [] : ['--user', '--preserve-credentials'];
    const scene = new Scene(folder, ['nsenter', '--target', `${first}`, ...mayEnter, '--mount', '--pid', '--']);
    await scene.run('', 'chmod', '777', folder);
    return scene;
  }

  path(name: string): string {
    return join(this.folder, name);
  }

  /** To its end. @returns what it said. @throws what it said when it fails. */
  async run(host: string, ...words: readonly string[]): Promise<string> {
    const { exitCode, output } = await ended(this.#words(host, words));
    if (exitCode !== 0) throw new Error(`${host}: ${words.join(' ')}: ${output}`);
    return output;
  }

  /** Several commands of one host; nftables and `ip` are in every lab. */
  script(host: string, ...lines: readonly string[]): Promise<string> {
    return this.run(host, 'sh', '-ec', lines.join('\n'));
  }

  /** Goes on until it ends, or the test. */
  start(host: string, ...words: readonly string[]): Running {
    return new Running(this.#words(host, words));
  }

  /** Passes connections on in a host's own loopback: see gate.mjs. */
  async gate(host: string, from: string | number, to: string | number): Promise<void> {
    const program = new URL('gate.mjs', import.meta.url).pathname;
    const gate = this.start(host, process.execPath, program, `${from}`, `${to}`);
    await gate.says(/^ready$/m);
  }

  #words(host: string, words: readonly string[]): string[] {
    return [...this.#entry, ...(host === '' ? [] : ['nsenter', `--net=/run/netns/${host}`, '--']), ...words];
  }
}

async function ready(holder: ChildProcess & { stdout: NodeJS.ReadableStream }): Promise<void> {
  const line = new Promise<void>((resolve) => createInterface(holder.stdout).once('line', () => resolve()));
  const failed = once(holder, 'exit').then(([code]) => {
    throw new Error(`the lab did not open: exit code ${code}`);
  });
  await Promise.race([line, failed]);
}

export function childrenOf(pid: number): number[] {
  return readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').split(' ').filter(Boolean).map(Number);
}

/** Waits until something is so; fails with what the last look found. */
export function until<Result>(
  look: () => Promise<Result> | Result,
  { withinMs = 15_000, everyMs = 100 } = {},
): Promise<Result> {
  return vi.waitFor(look, { timeout: withinMs, interval: everyMs });
}
