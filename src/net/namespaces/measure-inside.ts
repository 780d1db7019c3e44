/** One run in another network namespace, from outside: a process of its own, which leaves nothing behind. */

import { type ChildProcess, spawn } from 'node:child_process';
import type { Report } from '../../contract.ts';
import { EnvironmentError } from '../../errors.ts';
import type { Entered, Names } from './enter.ts';
import { descriptorsOf, wordsInside } from './launch-order.ts';

export interface InsideLimits {
  /** Of the report, in bytes. */
  readonly bytes: number;
  /** For everything; the run is killed then. */
  readonly timeMs: number;
  /** For a run to say what is proved, once it was told to end. */
  readonly graceMs: number;
}

export const INSIDE_LIMITS: InsideLimits = {
  bytes: 16 * 1024 * 1024, // a hundred addresses with all their evidence have two
  timeMs: 10 * 60_000, // beyond it something hangs: `run` ends each path by its own --timeout
  graceMs: 5_000,
};

/** Whatever it says, its last line is enough. */
const LONGEST_COMPLAINT = 16 * 1024;

/**
 * Measures from inside. An abort tells the run to end, and its report is of what was proved by then.
 *
 * It has a session of its own, so that Ctrl-C in a terminal comes once, from here; and it dies with this process.
 *
 * @param runWords `run` and its options: none of a place or format.
 * @returns the report of any verdict. @throws EnvironmentError whose message is the reason, one phrase: untrusted text.
 */
export async function measureInside(
  place: Entered,
  runWords: readonly string[],
  signal: AbortSignal,
  names: Names = 'container',
  limits: InsideLimits = INSIDE_LIMITS,
): Promise<Report> {
  signal.throwIfAborted();
  const [file = '', ...args] = wordsInside(place, [...runWords, '--format', 'json', '--quiet'], names);
  const child = spawn(file, args, { stdio: ['ignore', 'pipe', 'pipe', ...descriptorsOf(place)], detached: true });
  const ended = await untilEnded(child, signal, limits);
  const report = ended.why === null ? reportIn(ended.stdout) : null;
  if (report !== null) return report;
  throw new EnvironmentError(ended.why ?? lastLine(ended.stderr) ?? `it ended with ${ended.end} and no report`);
}

interface Ended {
  readonly stdout: string;
  readonly stderr: string;
  /** Exit code or signal. */
  readonly end: string;
  /** Why its output does not count; `null` where it does. */
  readonly why: string | null;
}

function untilEnded(child: ChildProcess, signal: AbortSignal, limits: InsideLimits): Promise<Ended> {
  let why: string | null = null;
  const pieces: Buffer[] = [];
  let bytes = 0;
  let stderr = '';
  const kill = (reason: string): void => {
    why ??= reason;
    child.kill('SIGKILL');
  };
  const deadline = setTimeout(() => kill(`it took longer than ${limits.timeMs / 1000} s`), limits.timeMs);
  let grace: NodeJS.Timeout | undefined;
  const stop = (): void => {
    child.kill('SIGTERM');
    grace = setTimeout(() => kill('it was interrupted'), limits.graceMs);
  };
  signal.addEventListener('abort', stop, { once: true });
  child.stdout?.on('data', (piece: Buffer) => {
    bytes += piece.byteLength;
    if (bytes > limits.bytes) kill(`its report is longer than ${limits.bytes} bytes`);
    else pieces.push(piece);
  });
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    stderr = (stderr + text).slice(-LONGEST_COMPLAINT);
  });
  return new Promise<Ended>((resolve) => {
    child.on('error', (error) => {
      why ??= error.message;
      if (child.pid === undefined) resolve({ stdout: '', stderr, end: 'an error', why });
    });
    child.on('close', (code, killedBy) => {
      if (signal.aborted && killedBy !== null) why ??= 'it was interrupted';
      const end = killedBy ?? `exit code ${code}`;
      resolve({ stdout: Buffer.concat(pieces).toString('utf8'), stderr, end, why });
    });
  }).finally(() => {
    clearTimeout(deadline);
    clearTimeout(grace);
    signal.removeEventListener('abort', stop);
  });
}

/** Of this very version, since it is this very program; what else stands there is no report. */
function reportIn(text: string): Report | null {
  const value = json(text);
  if (typeof value !== 'object' || value === null) return null;
  const { schemaVersion, paths, skipped } = value as Partial<Record<keyof Report, unknown>>;
  return schemaVersion === 1 && Array.isArray(paths) && Array.isArray(skipped) ? (value as Report) : null;
}

function json(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

/** Without the name of the program before it. */
function lastLine(text: string): string | null {
  const line = text.trim().split('\n').at(-1)?.trim() ?? '';
  return line === '' ? null : line.replace(/^mtu-probe: /, '');
}
