/** Command line, environment and file → everything that `watch` needs to know. Called again, it is a reload. */

import { UsageError } from '../../errors.ts';
import { readConfigFile } from './config-file.ts';
import { defaultOf } from './fallback.ts';
import { type Environment, givenByEnvironment } from './from-environment.ts';
import { givenByFile } from './from-file.ts';
import { givenByFlags } from './from-flags.ts';
import { type Given, outranked } from './given.ts';
import { webhooksOf } from './notifications.ts';
import type { WatchOptions } from './options.ts';
import type { Outside } from './outside.ts';
import { peersOf } from './peers.ts';
import { refuse } from './place.ts';
import { responderOf } from './responder.ts';
import { readAs, SCHEMAS } from './schemas.ts';
import type { SettingKey } from './settings.ts';
import { requireUsable, type TargetKeys, targetsOf } from './targets.ts';
import { itemsOf, requireText } from './tree.ts';
import { warningsOf } from './warnings.ts';

export interface LoadedWatchOptions {
  readonly options: WatchOptions;
  /** That was read; `null` without. */
  readonly file: string | null;
  /** What is allowed, and seldom meant; one sentence each. */
  readonly warnings: readonly string[];
  /** What was given, each with its place; all else has its default. */
  readonly given: Given;
}

/**
 * Files that are named in it (token, secrets, history) are not opened.
 *
 * @param values what the command line said.
 * @throws UsageError with one line that names file and line, flag or variable, and says what to write instead.
 */
export async function loadWatchOptions(
  values: unknown,
  env: Environment,
  outside: Outside,
): Promise<LoadedWatchOptions> {
  const flags = givenByFlags(values);
  const variables = givenByEnvironment(env);
  const read = await readConfigFile(values, env, outside.readFile);
  const given = outranked(read === null ? new Map() : givenByFile(read.text, read.file), variables, flags);
  const options = optionsOf(given, outside);
  return { options, file: read?.file ?? null, warnings: warningsOf(options, given), given };
}

function optionsOf(given: Given, outside: Outside): WatchOptions {
  const all: TargetKeys = (key) => given.get(key);
  requireUsable(all, outside.now());
  const targets = targetsOf(given.get('targets'), all, outside);
  const peers = peersOf(given, all, outside.now());
  if (targets.length === 0 && peers === null) {
    throw new UsageError('nothing to watch: name a target, as in --target rubygems.org, or peers');
  }
  return {
    targets,
    concurrency: readAs(given.get('concurrency') ?? defaultOf('concurrency'), SCHEMAS.concurrency),
    listen: readAs(given.get('listen') ?? defaultOf('listen'), SCHEMAS.listen),
    tokenFile: textOrNull(given, 'tokenFile'),
    allow: allowed(given, outside),
    history: {
      path: textOrNull(given, 'history.path'),
      keepSuccessesMs: readAs(given.get('history.keepSuccesses') ?? defaultOf('history.keepSuccesses'), SCHEMAS.keep),
      keepFailuresMs: readAs(given.get('history.keepFailures') ?? defaultOf('history.keepFailures'), SCHEMAS.keep),
      maxSize: readAs(given.get('history.maxSize') ?? defaultOf('history.maxSize'), SCHEMAS.maxSize),
    },
    responder: responderOf(given, peers !== null),
    secretFile: textOrNull(given, 'secretFile'),
    peers,
    webhooks: webhooksOf(given.get('notifications')),
    logLevel: readAs(given.get('logLevel') ?? defaultOf('logLevel'), SCHEMAS.logLevel),
  };
}

function textOrNull(given: Given, key: SettingKey): string | null {
  const tree = given.get(key);
  return tree === undefined ? null : requireText(tree).text;
}

function allowed(given: Given, { checkTarget }: Outside): readonly string[] {
  const tree = given.get('probe.allow');
  const items = tree === undefined ? [] : itemsOf(tree).map(requireText);
  for (const { text, place } of items) {
    const wrong = checkTarget(text, { port: null, path: null });
    if (wrong !== null) refuse(place, `cannot be used: ${wrong}`);
  }
  return [...new Set(items.map(({ text }) => text))];
}
