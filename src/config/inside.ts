/** Where a run is to measure from, when not from where it was started. */

import * as v from 'valibot';
import { UsageError } from '../errors.ts';
import { choice, text, wholeNumber } from './values.ts';

/** `container`: its own /etc/hosts and /etc/resolv.conf. `here`: those of where the command was started. */
export const RESOLVERS = ['container', 'here'] as const;
export type Resolver = (typeof RESOLVERS)[number];

export const PLACE_KINDS = ['netns', 'pid', 'container'] as const;
export type PlaceKind = (typeof PLACE_KINDS)[number];

export interface InsideOptions {
  readonly kind: PlaceKind;
  /** A path, a process id, the name or id of a container. */
  readonly value: string;
  /** `null` is the default: the container's, where it has files of its own. */
  readonly resolver: Resolver | null;
}

const LARGEST_PID = 4 * 1024 * 1024; // linux/threads.h, PID_MAX_LIMIT

/** Options of the command line, named as in its code. */
export const INSIDE_VALUES = {
  netns: v.nullish(text('--netns'), null),
  pid: v.nullish(wholeNumber('--pid', 1, LARGEST_PID), null),
  container: v.nullish(text('--container'), null),
  resolver: v.nullish(choice('--resolver', RESOLVERS), null),
};

const INSIDE = v.object(INSIDE_VALUES);

/** @returns `null` where the run measures from here. @throws UsageError with one line that names the option. */
export function insideOf(values: unknown): InsideOptions | null {
  const parsed = v.safeParse(INSIDE, values, { abortEarly: true, abortPipeEarly: true });
  if (!parsed.success) throw new UsageError(parsed.issues[0].message);
  const { resolver } = parsed.output;
  const given = PLACE_KINDS.flatMap((kind) => {
    const value = parsed.output[kind];
    return value === null ? [] : [{ kind, value: String(value), resolver }];
  });
  const [first, second] = given;
  if (first !== undefined && second !== undefined) {
    throw new UsageError(`--${first.kind} and --${second.kind} both say where to measure: leave one out`);
  }
  if (first === undefined && resolver !== null) {
    throw new UsageError(`--resolver ${resolver} is for a place to measure from: add --netns, --pid or --container`);
  }
  return first ?? null;
}
