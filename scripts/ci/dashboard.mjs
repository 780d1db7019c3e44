/**
 * Bundles the dashboard from src/dashboard: two pages, a script for each, and their style. What comes out needs nothing
 * else, neither packages nor the internet.
 */

import { copyFileSync, mkdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const from = fileURLToPath(new URL('../../src/dashboard', import.meta.url));
const PAGES = ['index.html', 'mesh.html'];

/** What is in the folder afterwards. */
export const DASHBOARD_FILES = [...PAGES, 'app.js', 'mesh.js', 'app.css'];

export async function bundleDashboard(folder) {
  mkdirSync(folder, { recursive: true });
  for (const page of PAGES) copyFileSync(join(from, page), join(folder, page));
  const licence = readFileSync(createRequire(import.meta.url).resolve('uplot/LICENSE'), 'utf8');
  // Wherever a copy of it goes, its licence goes with it.
  const banner = `/*! Contains uPlot:\n${licence}*/`;
  await bundle(['app.ts', 'app.css'], folder, { banner: { js: banner, css: banner } });
  await bundle(['mesh.ts'], folder);
}

function bundle(files, folder, options = {}) {
  return build({
    entryPoints: files.map((file) => join(from, file)),
    outdir: folder,
    bundle: true,
    format: 'esm',
    platform: 'browser',
    target: 'es2022',
    minify: true,
    legalComments: 'none',
    // Whatever compiler options lie around: where an image is built there are none.
    tsconfigRaw: { compilerOptions: { verbatimModuleSyntax: true } },
    logLevel: 'warning',
    ...options,
  });
}
