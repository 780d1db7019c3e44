/** Many network namespaces, each looked at from inside, by one process that walks through them. */

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { setTimeout as delay } from 'node:timers/promises';
import { EnvironmentError } from '../../errors.ts';
import type { InspectionAnswer } from '../../layers/seen.ts';
import { program } from '../../shipped.ts';
import type { WalkedNamespace, WalkLine, WalkRequest } from './walk.ts';

export interface WalkLimits {
  /** Between two answers, in milliseconds. */
  readonly patienceMs: number;
  readonly allMs: number;
}

/** A namespace takes a few milliseconds; a kernel that is busy taking others apart holds its lock for seconds. */
const LIMITS: WalkLimits = { patienceMs: 10_000, allMs: 60_000 };
/** For one that was killed to end. */
const LAST_MS = 1_000;
/** A thousand times what a namespace with ten interfaces has to say: the largest that the bounds of one allow is 3 MB. */
const MOST_CHARACTERS = 256 * 1024 * 1024;

/**
 * Sends no packet, and changes nothing in any of them. Takes CAP_SYS_ADMIN for each but the own one.
 *
 * @param signal leaves the rest out. @param limits what has no answer by then is `gone`.
 * @returns an answer for each of them, by `netns`.
 * @throws EnvironmentError when the process cannot be started.
 */
export async function inspectAll(
  namespaces: readonly WalkedNamespace[],
  signal: AbortSignal,
  limits: WalkLimits = LIMITS,
): Promise<ReadonlyMap<string, InspectionAnswer>> {
  const answers = new Map<string, InspectionAnswer>();
  const why =
    namespaces.length === 0 || signal.aborted ? 'it was left out' : await walk(namespaces, answers, signal, limits);
  return new Map(namespaces.map(({ netns }) => [netns, answers.get(netns) ?? { kind: 'gone', reason: why }]));
}

/** @returns why there are no more answers, for those that have none. */
async function walk(
  namespaces: readonly WalkedNamespace[],
  answers: Map<string, InspectionAnswer>,
  signal: AbortSignal,
  { patienceMs, allMs }: WalkLimits,
): Promise<string> {
  const [file = '', ...args] = program('net/inspection/walker');
  const walker = spawn(file, args, { stdio: ['pipe', 'pipe', 'ignore'] });
  const ended = once(walker, 'close');
  try {
    await once(walker, 'spawn');
  } catch (error) {
    throw new EnvironmentError(`the process that looks into network namespaces does not start (${String(error)})`);
  }
  const lines = createInterface({ input: walker.stdout });
  let why: string | null = null;
  const stop = (reason: string): void => {
    why ??= reason;
    walker.kill('SIGKILL');
    lines.close();
    walker.stdout.destroy();
  };
  const onAbort = (): void => stop('it was left out');
  const patience = setTimeout(stop, patienceMs, `there was no answer from it within ${patienceMs / 1000} s`);
  const limit = setTimeout(stop, allMs, `all of them together took more than ${allMs / 1000} s`);
  signal.addEventListener('abort', onAbort);
  try {
    if (signal.aborted) onAbort();
    // It has ended before it read everything: what it did not answer says so.
    walker.stdin.on('error', () => undefined);
    const request: WalkRequest = { namespaces: namespaces.map(({ netns, path }) => ({ netns, path })) };
    walker.stdin.end(JSON.stringify(request));
    let heard = 0;
    for await (const line of why === null ? lines : []) {
      patience.refresh();
      heard += line.length;
      if (heard > MOST_CHARACTERS) stop('all of them together had too much to say');
      const said = answerOf(line);
      if (said !== null) answers.set(said.netns, said.answer);
    }
    if (why !== null) {
      // What it waits for may be a file system in user space, and then it does not end before that answers.
      await Promise.race([ended, delay(LAST_MS, null, { ref: false })]);
      walker.unref();
      return why;
    }
    const [code, cause] = (await ended) as [number | null, NodeJS.Signals | null];
    return `the process that looks into namespaces ended with ${cause ?? code}`;
  } finally {
    clearTimeout(patience);
    clearTimeout(limit);
    signal.removeEventListener('abort', onAbort);
    walker.kill('SIGKILL');
  }
}

/** `null` for half a line, the last of a process that was killed. */
function answerOf(line: string): WalkLine | null {
  try {
    return JSON.parse(line) as WalkLine;
  } catch {
    return null;
  }
}
