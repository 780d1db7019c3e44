/** A changed configuration takes effect by a signal, or by itself when its file changes. */

import { unwatchFile, watchFile } from 'node:fs';
import { stat } from 'node:fs/promises';
import { UsageError } from '../errors.ts';
import type { Log } from '../measure/log.ts';
import type { Watch } from '../service/watch.ts';
import { readConfiguration } from './watch-configuration.ts';
import { readSecrets } from './watch-world.ts';

/** Looked at and not listened to: a ConfigMap is a link to a link that is replaced, which no event of a file tells. */
const LOOK_EVERY_MS = 2000;

/** From here on SIGHUP ends nothing. @returns whether one came, asked when somebody else listens. */
export function heedHangups(): () => boolean {
  let hasCome = false;
  const heed = (): void => {
    hasCome = true;
  };
  process.on('SIGHUP', heed);
  return () => {
    process.off('SIGHUP', heed);
    return hasCome;
  };
}

/** @param settings what the command line said: it is in force over every file. @returns what ends it. */
export function reloading(watch: Watch, settings: unknown, file: string | null, log: Log): () => void {
  let turn: Promise<void> = Promise.resolve();
  let isWaiting = false;
  const reload = (): void => {
    // One after the other, however fast they come; the one that waits will see what all of them are about.
    if (isWaiting) return;
    isWaiting = true;
    turn = turn.then(() => {
      isWaiting = false;
      return reloadOnce(watch, settings, file, log);
    });
  };
  process.on('SIGHUP', reload);
  if (file !== null) watchFile(file, { interval: LOOK_EVERY_MS, persistent: false }, reload);
  return () => {
    process.off('SIGHUP', reload);
    if (file !== null) unwatchFile(file, reload);
  };
}

async function reloadOnce(watch: Watch, settings: unknown, file: string | null, log: Log): Promise<void> {
  try {
    if (file !== null) await requireRegular(file);
    const { options, warnings } = await readConfiguration(settings);
    await watch.reload(options, readSecrets(options));
    for (const warning of warnings) log.warn({}, warning);
  } catch (error) {
    watch.refuse((error as Error).message);
  }
}

/** To open a pipe waits for whoever is at its other end, and holds up every change and the end of the process. */
async function requireRegular(file: string): Promise<void> {
  const found = await stat(file).catch(() => null);
  if (found !== null && !found.isFile())
    throw new UsageError(`${file} is not a regular file: put the configuration there`);
}
