/** What reading a configuration needs of the world: arguments, so that a test can be all of it. */

import type { ResolveOptions } from '../options.ts';

/**
 * @param most so many bytes are looked at; one more is returned where there are more.
 * @returns `null` when there is no such file. Rejects with the error of the system for all else.
 */
export type ReadFile = (file: string, most: number) => Promise<Uint8Array | null>;

/** @returns what is wrong with a target, in one line; `null` for one that can be looked up. */
export type CheckTarget = (target: string, options: Pick<ResolveOptions, 'port' | 'path'>) => string | null;

export interface Outside {
  readonly readFile: ReadFile;
  readonly checkTarget: CheckTarget;
  /** From when on cron expressions have to fire. */
  readonly now: () => Date;
}
