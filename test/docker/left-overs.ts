/** What the kernel does not remove with an engine's namespaces: empty folders below /sys/fs/cgroup, foremost. */

import { existsSync, readdirSync, rmdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

/** Behind it stands the number of the test process. */
export const PREFIX = 'mtu-probe-e2e-';
const ROOT = '/sys/fs/cgroup';
const ATTEMPTS = 100;
const PAUSE_MS = 50;

/** Removes those of test processes that have ended without doing so, and the images that they were about to import. */
export async function removeLeftOvers(): Promise<void> {
  const images = foldersOf(tmpdir()).filter((path) => isOfTests(path));
  const left = [...controlGroups(), ...images].map((path) => basename(path)).filter((name) => !isOfTheLiving(name));
  for (const name of new Set(left)) {
    await removeControlGroups(name);
    rmSync(join(tmpdir(), name), { recursive: true, force: true });
  }
}

function isOfTheLiving(name: string): boolean {
  return existsSync(`/proc/${Number.parseInt(name.slice(PREFIX.length), 10)}`);
}

export async function removeControlGroups(name: string): Promise<void> {
  for (const path of controlGroups(name)) {
    for (const folder of [...foldersIn(path), path].sort((a, b) => b.length - a.length)) await removeWhenEmpty(folder);
  }
}

/** Those of the tests at the top of every hierarchy; version 2 has one hierarchy, and no folder for it. */
export function controlGroups(name = PREFIX): string[] {
  const hierarchies = [ROOT, ...readdirSync(ROOT).map((hierarchy) => `${ROOT}/${hierarchy}`)];
  return hierarchies.flatMap((hierarchy) => foldersOf(hierarchy).filter((path) => isOfTests(path, name)));
}

function isOfTests(path: string, name = PREFIX): boolean {
  return basename(path).startsWith(name);
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
