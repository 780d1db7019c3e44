/** The world around a configuration: files that are texts, and a clock that stands still. */

import { type LoadedWatchOptions, loadWatchOptions } from '../../../../src/config/watch/load.ts';
import type { Outside } from '../../../../src/config/watch/outside.ts';

const NOW = new Date('2026-01-01T00:00:00Z');

/** @param files by name. */
export function outside(files: Readonly<Record<string, string | Uint8Array>> = {}): Outside {
  return {
    readFile: async (file) => {
      const text = files[file];
      return typeof text === 'string' ? new TextEncoder().encode(text) : (text ?? null);
    },
    checkTarget: (target) => (target.startsWith('ftp:') ? `target "${target}" has the scheme ftp` : null),
    now: () => NOW,
  };
}

/** The configuration that a file alone makes. */
export function loaded(yaml: string): Promise<LoadedWatchOptions> {
  return loadWatchOptions({}, {}, outside({ 'mtu-probe.yaml': yaml }));
}

/** What is said of a file that cannot be used. */
export async function complaint(yaml: string | Uint8Array): Promise<string> {
  return refused(loadWatchOptions({}, {}, outside({ 'mtu-probe.yaml': yaml })));
}

/** The message of what has to be refused. */
export async function refused(loading: Promise<unknown>): Promise<string> {
  const outcome = await loading.then(
    () => 'it was taken',
    (error: unknown) => error,
  );
  if (!(outcome instanceof Error)) throw new Error(String(outcome));
  return `${outcome.name}: ${outcome.message}`;
}
