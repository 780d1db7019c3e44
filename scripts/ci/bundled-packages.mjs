/**
 * What npm packs of the bundled packages: `prepare` before it does so, `restore` afterwards.
 *
 *   node_modules/raw-socket   build/ holds a binary for this machine and this Node.js; and the nan that it asks for does
 *                             not compile with Node.js 24, which npm mends by "overrides" in a root package only
 *   node_modules/nan          compiled into it; its documentation is as large as all else
 *
 * Of a bundled package npm knows one list of files, "files" in its own package.json, so it stands there meanwhile. With
 * the range of nan that is bundled, npm finds nothing to complain about where mtu-probe is installed.
 */

import { copyFileSync, existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));

function read(file) {
  return JSON.parse(readFileSync(file, 'utf8'));
}

const { nan } = read(`${ROOT}package.json`).overrides;

const CHANGES = {
  'raw-socket': { files: ['index.js', 'binding.gyp', 'src'], dependencies: { nan } },
  nan: { files: ['*.h', 'include_dirs.js'] },
};

function prepare(manifest, kept, changes) {
  if (!existsSync(manifest)) {
    throw new Error(
      `${manifest} is missing, so that it cannot be bundled: install make, g++ and python3, then "npm ci"`,
    );
  }
  // There already after a run that was broken off.
  if (!existsSync(kept)) copyFileSync(manifest, kept);
  const original = read(kept);
  const dependencies = { ...original.dependencies, ...changes.dependencies };
  writeFileSync(`${manifest}.new`, JSON.stringify({ ...original, ...changes, dependencies }, null, 2));
  // Not written in place: npm trusts its notes on a package until the folder has changed.
  renameSync(`${manifest}.new`, manifest);
}

function restore(manifest, kept) {
  if (existsSync(kept)) renameSync(kept, manifest);
}

const step = { prepare, restore }[process.argv[2]];
for (const [name, changes] of Object.entries(CHANGES)) {
  const manifest = `${ROOT}node_modules/${name}/package.json`;
  step(manifest, `${manifest}.installed`, changes);
}
