/** The one thing of an engine that the kernel does not remove with its namespaces: empty folders below /sys/fs/cgroup. */

import { existsSync, readdirSync, rmdirSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';

/** Behind it stands the number of the test process. */
export const PREFIX = 'mtu-probe-e2e-';
const ROOT = '/sys/fs/cgroup';
const ATTEMPTS = 100;
const PAUSE_MS = 50;

/** Removes those of test processes that have ended without doing so. */
export async function removeLeftOvers(): Promise<void> {
  for (const name of new Set(controlGroups().map((path) => path.split('/').at(-1) ?? ''))) {
    const pid = Number.parseInt(name.slice(PREFIX.length), 10);
    if (!existsSync(`/proc/${pid}`)) await removeControlGroups(name);
  }
}

export async function removeControlGroups(name: string): Promise<void> {
  for (const path of controlGroups(name)) {
    for (const folder of [...foldersIn(path), path].sort((a, b) => b.length - a.length)) await removeWhenEmpty(folder);
  }
}

/** Those of the tests at the top of every hierarchy; version 2 has one hierarchy, and no folder for it. */
export function controlGroups(name = PREFIX): string[] {
  const hierarchies = [ROOT, ...readdirSync(ROOT).map((hierarchy) => `${ROOT}/${hierarchy}`)];
  return hierarchies.flatMap((hierarchy) =>
    foldersOf(hierarchy).filter((path) => (path.split('/').at(-1) ?? '').startsWith(name)),
  );
}

function foldersIn(path: string): string[] {
  return foldersOf(path).flatMap((folder) => [folder, ...foldersIn(folder)]);
}

function foldersOf(path: string): string[] {
  try {
    const entries = readdirSync(path, { withFileTypes: true });
    return entries.filter((entry) => entry.isDirectory()).map(({ name }) => `${path}/${name}`);
  } catch {
    return []; // a file, or gone meanwhile
  }
}

/** A killed process leaves its group a little later than its parent hears of it. */
async function removeWhenEmpty(path: string): Promise<void> {
  for (let attempt = 0; existsSync(path); attempt++) {
    try {
      rmdirSync(path);
    } catch (error) {
      if (attempt === ATTEMPTS) throw error;
      await sleep(PAUSE_MS);
    }
  }
}
