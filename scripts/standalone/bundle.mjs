/**
 * Bundles src/standalone/main.ts into one script, and lists what else the executable has to carry.
 *
 *   node scripts/standalone/bundle.mjs FOLDER
 *
 * leaves bundle.cjs, the libraries of the service, the native parts and sea-config.json in FOLDER.
 */

import { createHash } from 'node:crypto';
import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { bundleDashboard, DASHBOARD_FILES } from '../ci/dashboard.mjs';

const root = fileURLToPath(new URL('../..', import.meta.url));
const require = createRequire(import.meta.url);
const folder = resolve(process.argv[2] ?? '');
const TEXTS = [
  'package.json',
  'docs/verdicts.md',
  'docs/glossary.md',
  'docs/remedies.md',
  'completions/mtu-probe.bash',
  'completions/_mtu-probe',
  'completions/mtu-probe.fish',
];
/** Of the service. They are CommonJS: what imports them then gets the same as from the package. */
const LIBRARIES = ['fastify', '@fastify/helmet', '@fastify/rate-limit', '@fastify/swagger', 'prom-client', 'yaml'];

mkdirSync(folder, { recursive: true });
const assets = {};
for (const [index, name] of TEXTS.entries()) {
  copyFileSync(join(root, name), join(folder, `text-${index}`));
  assets[name] = `text-${index}`;
}

await bundleDashboard(join(folder, 'dashboard'));
for (const file of DASHBOARD_FILES) assets[`dist/dashboard/${file}`] = `dashboard/${file}`;

/** Copies a native part under a name that says its content. */
function nativePart(name, path) {
  const hash = createHash('sha256').update(readFileSync(path)).digest('hex').slice(0, 16);
  const file = `${name}-${hash}.node`;
  copyFileSync(path, join(folder, file));
  assets[file] = file;
  return file;
}

const koffi = join(dirname(require.resolve(`@koromix/koffi-linux-${process.arch}`)), `linux_${process.arch}`);
const libsql = require.resolve(`@libsql/linux-${process.arch}-gnu`);
const PARTS = [
  { filter: /^koffi$/, name: 'koffi', path: join(koffi, 'koffi.node') },
  { filter: /\/raw\.node$/, name: 'raw-socket', path: require.resolve('raw-socket/build/Release/raw.node') },
  { filter: /^@neon-rs\/load$/, name: 'libsql', path: libsql, contents: (part) => `exports.load = () => ${part}` },
].map(({ name, path, ...part }) => ({
  contents: (value) => `module.exports = ${value}`,
  ...part,
  file: nativePart(name, path),
}));

/**
 * The JavaScript of koffi only looks for the right binary; what it adds to it are names of old versions. What libsql
 * looks for with @neon-rs/load is asked for in a way that no bundler can follow, unless it thinks that it is being developed.
 */
const nativeParts = {
  name: 'native-parts',
  setup({ onResolve, onLoad }) {
    for (const { filter, file, contents } of PARTS) {
      onResolve({ filter }, () => ({ path: file, namespace: 'native-part', pluginData: contents }));
    }
    onLoad({ filter: /.*/, namespace: 'native-part' }, ({ path, pluginData: contents }) => ({
      contents: contents(`require('./src/standalone/native-part.ts').loadNativePart(${JSON.stringify(path)})`),
      resolveDir: root,
    }));
  },
};

const libraries = {
  name: 'libraries',
  setup({ onResolve, onLoad }) {
    const filter = new RegExp(`^(${LIBRARIES.join('|')})$`);
    onResolve({ filter }, ({ path }) => ({ path, namespace: 'library' }));
    onLoad({ filter: /.*/, namespace: 'library' }, ({ path }) => ({
      contents: `module.exports = require('./src/standalone/libraries.ts').loadLibrary('libraries.cjs', '${path}')`,
      resolveDir: root,
    }));
  },
};

const OPTIONS = {
  bundle: true,
  platform: 'node',
  // A single executable takes CommonJS only.
  format: 'cjs',
  target: 'node20.19',
  // Nor does it import anything: what is loaded late, as modules of Node.js are by some, is required late.
  supported: { 'dynamic-import': false },
  minify: true,
  legalComments: 'none',
  // The one place that asks for it does so where it is not an executable.
  logOverride: { 'empty-import-meta': 'silent' },
  logLevel: 'warning',
};

await build({
  ...OPTIONS,
  entryPoints: [join(root, 'src/standalone/main.ts')],
  outfile: join(folder, 'bundle.cjs'),
  plugins: [nativeParts, libraries],
  define: { 'process.env.LIBSQL_JS_DEV': 'true' },
});
await build({
  ...OPTIONS,
  stdin: {
    contents: LIBRARIES.map((name) => `exports['${name}'] = () => require('${name}');`).join('\n'),
    resolveDir: root,
  },
  outfile: join(folder, 'libraries.cjs'),
});
assets['libraries.cjs'] = 'libraries.cjs';

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
