/** A run in another network namespace: this process goes there, and then it is a run like any other. */

import { Command } from 'commander';
import { type InsideOptions, PLACE_KINDS } from '../config/inside.ts';
import { UsageError } from '../errors.ts';
import { enterPlace } from '../net/namespaces/enter.ts';
import { findPlace } from '../net/namespaces/find-place.ts';
import { type Job, jobIn } from '../net/namespaces/job-in.ts';
import { PLACE_VARIABLE, takePassedPlace } from '../net/namespaces/passed-place.ts';
import { requireJoining } from '../net/namespaces/privilege.ts';
import { dieWithParent } from '../net/sys/process.ts';
import { addRunOptions } from './options.ts';

/** Of no use to whoever is there. */
const LEFT_BEHIND: readonly string[] = [...PLACE_KINDS, 'resolver'].map((name) => `--${name}`);

type Variables = Record<string, string | undefined>;

/**
 * @param words of this process, without the program. @returns never: this process starts again in there.
 * @throws UsageError, PrivilegeError, EnvironmentError with one line; nothing was sent.
 */
export async function goInside(asked: InsideOptions, words: readonly string[], environment: Variables): Promise<never> {
  const { kind, value, resolver } = asked;
  if (environment[PLACE_VARIABLE] !== undefined) {
    throw new UsageError(`${PLACE_VARIABLE} and --${kind} both say where to measure: unset ${PLACE_VARIABLE}`);
  }
  requireJoining();
  // Nobody has to be told of a signal yet: it ends this process.
  const place = await findPlace({ kind, value }, new AbortController().signal);
  if (resolver === 'container' && place.root === null && place.etc === null) {
    throw new UsageError(`--resolver container: no process in --${kind} ${value} has files: use --resolver here`);
  }
  return enterPlace(place, wordsWithout(words, LEFT_BEHIND), resolver ?? 'container');
}

/** @throws UsageError when this process is not where the variable says. */
export async function isInside(environment: Variables): Promise<Job> {
  const place = takePassedPlace(environment);
  // Asked for by the launcher already; where execve(2) gave new rights, that is forgotten.
  if (place.parent !== null) dieWithParent(place.parent);
  return jobIn(place, environment);
}

/** @param left options that take a value. @returns the words as they are, but for these options and their values. */
export function wordsWithout(words: readonly string[], left: readonly string[]): string[] {
  const options = addRunOptions(new Command()).options;
  const kept: string[] = [];
  for (let at = 0; at < words.length; at += 1) {
    const word = words[at] as string;
    const [name = ''] = word.split('=', 1);
    const option = options.find(({ long, short }) => name === long || word === short);
    const length = option?.required === true && !word.includes('=') ? 2 : 1;
    if (!left.includes(name)) kept.push(...words.slice(at, at + length));
    at += length - 1;
  }
  return kept;
}
