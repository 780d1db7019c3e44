/** What one run is asked for: read by the run's own parser, with its complaints in the words of whoever wrote it. */

import { UsageError } from '../../errors.ts';
import type { RunOptions } from '../options.ts';
import { parseRunOptions } from '../parse.ts';
import { fault, nameOf, type Place } from './place.ts';
import { readAs, SCHEMAS } from './schemas.ts';
import { RUN_SETTINGS, type RunKey } from './target-settings.ts';
import { requireText, type Tree } from './tree.ts';

const RUN_KEYS = Object.keys(RUN_SETTINGS) as readonly RunKey[];
const KEY_BY_FLAG = new Map<string, RunKey>(RUN_KEYS.map((key) => [RUN_SETTINGS[key].flag, key]));

/**
 * @param place of the target.
 * @param given of each key what counts, wherever it stands; nothing where nobody says anything.
 * @throws UsageError.
 */
export function runOf(target: string, place: Place, given: (key: RunKey) => Tree | null): RunOptions {
  const values: Record<string, unknown> = { target: [target] };
  for (const key of RUN_KEYS) {
    const tree = given(key);
    if (tree !== null) values[key] = typed(key, tree);
  }
  try {
    return parseRunOptions(values).run;
  } catch (error) {
    throw error instanceof UsageError ? inOtherWords(error.message, place, given) : error;
  }
}

/** As the command line of `run` would hand it over. */
function typed(key: RunKey, tree: Tree): string | boolean {
  if (RUN_SETTINGS[key].kind === 'switch') return readAs(tree, SCHEMAS.switch);
  if (key === 'timeout') return String(readAs(tree, SCHEMAS.timeout) / 1000);
  return requireText(tree).text;
}

/** It speaks of options: here they are keys and variables as well. Its place is that of the first that was given. */
function inOtherWords(message: string, target: Place, given: (key: RunKey) => Tree | null): UsageError {
  let first: Place | null = null;
  const text = message.replace(/(?<![^\s])--[a-z][a-z0-9-]*/g, (flag) => {
    const key = KEY_BY_FLAG.get(flag);
    if (key === undefined) return flag === '--target' ? nameOf(target) : flag;
    const tree = given(key);
    first ??= tree?.place ?? null;
    return tree === null ? nameFor(key, target) : nameOf(tree.place);
  });
  return fault(first ?? target, text);
}

function nameFor(key: RunKey, { source }: Place): string {
  return source.kind === 'file' ? key : source.kind === 'flag' ? RUN_SETTINGS[key].flag : RUN_SETTINGS[key].variable;
}
