/** Starts a process that goes on running, and waits until it says that it is ready. */

import { type ChildProcess, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { EnvironmentError } from '../errors.ts';

/** The line a process of the lab writes to stdout once it can be relied on. */
export const READY = 'ready';

const READY_WITHIN_MS = 10_000; // a hundred times what Node takes to start

const isReady = (line: string): boolean => line === READY;

/**
 * @param hasSaid whether a line of its output says that it is ready.
 * @throws EnvironmentError when it ends, or says nothing for ten seconds, before it is ready.
 */
export function startProcess(
  words: readonly string[],
  hasSaid: (line: string) => boolean = isReady,
): Promise<ChildProcess> {
  const [file = '', ...args] = words;
  const child = spawn(file, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  return new Promise((resolve, reject) => {
    const fail = (why: string): void => {
      child.kill('SIGKILL');
      reject(new EnvironmentError(`the lab could not start "${words.join(' ')}": ${why}`));
    };
    const timer = setTimeout(fail, READY_WITHIN_MS, `not ready after ${READY_WITHIN_MS} ms`);
    child.on('error', (error) => fail(error.message));
    child.on('exit', (code, signal) => {
      clearTimeout(timer);
      fail(`it ended with ${signal ?? code}`);
    });
    createInterface({ input: child.stdout }).on('line', (line) => {
      if (!hasSaid(line)) return;
      clearTimeout(timer);
      resolve(child);
    });
  });
}
