/**
 * Bundles src/standalone/main.ts into one script, and lists what else the executable has to carry.
 *
 *   node scripts/standalone/bundle.mjs FOLDER
 *
 * leaves bundle.cjs, the native parts and sea-config.json in FOLDER.
 */

import { createHash } from 'node:crypto';
import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const root = fileURLToPath(new URL('../..', import.meta.url));
const require = createRequire(import.meta.url);
const folder = resolve(process.argv[2] ?? '');
const TEXTS = ['package.json', 'docs/verdicts.md', 'docs/glossary.md', 'docs/remedies.md'];

mkdirSync(folder, { recursive: true });
const assets = {};
for (const [index, name] of TEXTS.entries()) {
  copyFileSync(join(root, name), join(folder, `text-${index}`));
  assets[name] = `text-${index}`;
}

/** Copies a native part under a name that says its content. */
function nativePart(name, path) {
  const hash = createHash('sha256').update(readFileSync(path)).digest('hex').slice(0, 16);
  const file = `${name}-${hash}.node`;
  copyFileSync(path, join(folder, file));
  assets[file] = file;
  return file;
}

const koffi = join(dirname(require.resolve(`@koromix/koffi-linux-${process.arch}`)), `linux_${process.arch}`);
const PARTS = [
  { filter: /^koffi$/, file: nativePart('koffi', join(koffi, 'koffi.node')) },
  { filter: /\/raw\.node$/, file: nativePart('raw-socket', require.resolve('raw-socket/build/Release/raw.node')) },
];

/** The JavaScript of koffi only looks for the right binary; what it adds to it are names of old versions. */
const nativeParts = {
  name: 'native-parts',
  setup({ onResolve, onLoad }) {
    for (const { filter, file } of PARTS) onResolve({ filter }, () => ({ path: file, namespace: 'native-part' }));
    onLoad({ filter: /.*/, namespace: 'native-part' }, ({ path }) => ({
      contents: `module.exports = require('./src/standalone/native-part.ts').loadNativePart(${JSON.stringify(path)})`,
      resolveDir: root,
    }));
  },
};

await build({
  entryPoints: [join(root, 'src/standalone/main.ts')],
  outfile: join(folder, 'bundle.cjs'),
  bundle: true,
  platform: 'node',
  // A single executable takes CommonJS only.
  format: 'cjs',
  target: 'node20.19',
  minify: true,
  legalComments: 'none',
  plugins: [nativeParts],
  // The one place that asks for it does so where it is not an executable.
  logOverride: { 'empty-import-meta': 'silent' },
  logLevel: 'warning',
});

writeFileSync(
  join(folder, 'sea-config.json'),
  JSON.stringify({
    // Relative: where it was built is nobody's business, and would make each build another file.
    main: 'bundle.cjs',
    output: 'blob',
    disableExperimentalSEAWarning: true,
    useCodeCache: true,
    assets,
  }),
);
