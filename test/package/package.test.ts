import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { publint } from 'publint';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Report } from '../../src/contract.ts';
import { ended } from '../cli/command.ts';
import { copyCheckout, pack, ROOT } from './checkout.ts';
import { anotherNode, type Consumer, install, measure, mtuProbe, THIS_NODE, withoutCompiler } from './consumer.ts';
import { answersOf, WELL } from './watching.ts';

/** Packing compiles everything, and an installation compiles as well. */
const SLOW_MS = 120_000;
/** What raw-socket as it is published does not compile with. */
const LATER_NODE = 24;
const NO_RAW_SOCKETS = ['setpriv', '--bounding-set=-net_raw'];

const folder = mkdtempSync(join(tmpdir(), 'mtu-probe-package-'));
const checkout = join(folder, 'checkout');
let tarball: string;
let consumer: Consumer;

beforeAll(async () => {
  mkdirSync(checkout);
  copyCheckout(checkout);
  tarball = await pack(checkout, folder);
  consumer = await install(join(folder, 'consumer'), tarball);
}, SLOW_MS);

// Thousands of small files.
afterAll(() => rmSync(folder, { recursive: true }), SLOW_MS);

describe('the package', () => {
  it('holds what runs, its types and its documents, and of what it bundles the sources', async () => {
    const { stdout } = await ended(['tar', '-tzf', tarball]);
    const files = stdout.trim().split('\n');
    const wanted = [
      /^package\/(package\.json|README\.md|CHANGELOG\.md|LICENSE)$/,
      /^package\/(deploy|examples\/watch)\/([a-z-]+\/)*[a-zA-Z.-]+\.(md|json|ya?ml)$/,
      /^package\/examples\/[a-z]+\/([a-zA-Z-]+\.(ya?ml|sh|Jenkinsfile)|Dockerfile)$/,
      /^package\/docs\/([a-zA-Z.-]+\.(md|json)|mtu-probe\.1)$/,
      /^package\/completions\/(_mtu-probe|mtu-probe\.(bash|fish))$/,
      /^package\/dist\/[a-z0-9/-]+(\.d\.ts|\.js)$/,
      /^package\/dist\/dashboard\/(index\.html|mesh\.html|app\.css)$/,
      /^package\/node_modules\/raw-socket\/(package\.json|README\.md|index\.js|binding\.gyp|src\/raw\.(cc|h))$/,
      /^package\/node_modules\/nan\/(package\.json|README\.md|LICENSE\.md|include_dirs\.js|nan[a-z0-9_]*\.h)$/,
    ];
    for (const kind of wanted) expect(files.filter((file) => kind.test(file))).not.toEqual([]);
    expect(files.filter((file) => !wanted.some((kind) => kind.test(file)))).toEqual([]);
  });

  it('holds nothing of an older build, and names no file that it does not hold', async () => {
    const dist = join(consumer.folder, 'node_modules/mtu-probe/dist');
    expect(await ended(['grep', '-rlE', 'left-behind|sourceMappingURL', dist])).toMatchObject({ stdout: '' });
    expect(await ended(['find', dist, '-name', 'left-behind*'])).toMatchObject({ stdout: '' });
  });

  it('is packed without changing the checkout', async () => {
    for (const part of ['node_modules/raw-socket', 'node_modules/nan', 'package.json', 'package-lock.json']) {
      expect(await ended(['diff', '-r', join(ROOT, part), join(checkout, part)])).toMatchObject({ stdout: '' });
    }
    const { version } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as { version: string };
    const started = await ended([join(checkout, 'scripts/mtu-probe'), '--version']);
    expect(started).toEqual({ exitCode: 0, stdout: `${version}\n`, stderr: '' });
  });

  it('is what publint wants', async () => {
    const packed = new Uint8Array(readFileSync(tarball)).buffer;
    expect(await publint({ pack: { tarball: packed }, strict: true })).toMatchObject({ messages: [] });
  });

  it('leaves npm nothing to complain about', async () => {
    const { exitCode, stderr } = await ended(['npm', '--prefix', consumer.folder, 'ls', '--all']);
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
  });

  it('measures, and knows its documents and its version, from where it is installed', async () => {
    const { exitCode, stdout, stderr } = await mtuProbe(consumer, 'run', '--target', '127.0.0.1', '--format', 'json');
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
    expect(JSON.parse(stdout)).toMatchObject({ verdict: 'clear', paths: [{ findings: [{ code: 'local' }] }] });
    expect((await mtuProbe(consumer, 'explain', 'black-hole')).stdout).toMatch(/^black-hole {2}\(verdicts\)\n/);
    const { version } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as { version: string };
    expect(await mtuProbe(consumer, '--version')).toEqual({ exitCode: 0, stdout: `${version}\n`, stderr: '' });
  });

  it('watches, with its history, its pages and its documents, from where it is installed', async () => {
    expect(await answersOf(consumer)).toEqual(WELL);
  });

  it('has types, for which nothing else is needed', async () => {
    const compilerOptions = { module: 'nodenext', strict: true, skipLibCheck: false, noEmit: true, types: [] };
    writeFileSync(join(consumer.folder, 'tsconfig.json'), JSON.stringify({ compilerOptions, files: ['consumer.mts'] }));
    const lines = [
      "import { createChannels, FORMATTERS, type Report, type ResolveOptions, run } from 'mtu-probe';",
      'export const channels = (options: ResolveOptions) => createChannels(options);',
      "export const isHole = (report: Report): boolean => report.verdict === 'black-hole';",
      '// @ts-expect-error: there is no such verdict, and types that were not found would allow it',
      "export const isNonsense = (report: Report): boolean => report.verdict === 'nonsense';",
      'console.log(typeof run, typeof FORMATTERS);',
    ];
    writeFileSync(join(consumer.folder, 'consumer.mts'), lines.join('\n'));
    const { exitCode, stdout } = await ended([join(ROOT, 'node_modules/.bin/tsc'), '-p', consumer.folder]);
    expect({ exitCode, stdout }).toEqual({ exitCode: 0, stdout: '' });
  });

  it('can be imported', async () => {
    const program = "import('mtu-probe').then(({ run }) => console.log(typeof run))";
    const result = await ended(['env', '-C', consumer.folder, join(THIS_NODE, 'node'), '-e', program]);
    expect(result).toEqual({ exitCode: 0, stdout: 'function\n', stderr: '' });
  });
});

describe('raw-socket', () => {
  it('is compiled where it is installed, and used', async () => {
    expect(await methodsOf(consumer)).toEqual({ methods: ['icmp-raw'], stderr: '' });
  });

  it(`is compiled with Node.js ${LATER_NODE} too`, async () => {
    const { node, env } = await anotherNode(join(folder, 'node'), LATER_NODE);
    const later = await install(join(folder, 'later'), tarball, { node, env });
    expect((await ended([join(node, 'node'), '--version'])).stdout).toMatch(`v${LATER_NODE}.`);
    expect(await methodsOf(later)).toEqual({ methods: ['icmp-raw'], stderr: '' });
    expect(await answersOf(later)).toEqual(WELL);
  });

  it('may be missing where nothing can be compiled, which is said once, and only where it matters', async () => {
    const env = await withoutCompiler(join(folder, 'programs'));
    const bare = await install(join(folder, 'bare'), tarball, { env });
    expect((await mtuProbe(bare, 'run', '--target', '127.0.0.1')).exitCode).toBe(0);
    expect(await answersOf(bare)).toEqual(WELL);
    const { exitCode, stderr } = await measure(bare);
    expect(exitCode).toBe(3);
    expect(onlyMessage(stderr)).toMatch(/^raw-socket is not built, .*, then remove mtu-probe and install it again$/);
    expect(await measure(bare, NO_RAW_SOCKETS)).toMatchObject({ exitCode: 3, stderr: '' });
  });

  it('is compiled later by what the warning says, where npm ran no scripts', async () => {
    const careful = await install(join(folder, 'careful'), tarball, { flags: ['--ignore-scripts'] });
    const message = onlyMessage((await measure(careful)).stderr);
    const [, command = '', place = ''] = /^raw-socket is not built, .*, then run "(.*)" in (.*)$/.exec(message) ?? [];
    expect(place).toBe(join(careful.folder, 'node_modules/mtu-probe/node_modules/raw-socket'));
    expect(await ended(['env', '-C', place, ...command.split(' ')])).toMatchObject({ exitCode: 0 });
    expect(await methodsOf(careful)).toEqual({ methods: ['icmp-raw'], stderr: '' });
  });
});

describe('libsql', () => {
  it('that was built for another system is named in one line, and only by what needs it', async () => {
    const elsewhere = await install(join(folder, 'elsewhere'), tarball, { flags: ['--ignore-scripts'] });
    expect(await answersOf(elsewhere)).toEqual(WELL);
    rmSync(join(elsewhere.folder, 'node_modules/@libsql'), { recursive: true });
    expect((await mtuProbe(elsewhere, 'run', '--target', '127.0.0.1')).exitCode).toBe(0);
    const { exitCode, stderr } = await mtuProbe(elsewhere, 'watch', '--target', '127.0.0.1', '--listen', '127.0.0.1:0');
    expect(exitCode).toBe(2);
    expect(stderr).toMatch(/^mtu-probe: the history needs libsql, .*@libsql\/linux-.*: install mtu-probe anew, .*\n$/);
  });
});

/** How it looked at addresses that never answer, for all the evidence. */
async function methodsOf(whose: Consumer): Promise<{ methods: string[]; stderr: string }> {
  const { stdout, stderr } = await measure(whose);
  const { paths } = JSON.parse(stdout) as Report;
  return { methods: [...new Set(paths.flatMap(({ evidence }) => evidence.map(({ method }) => method)))], stderr };
}

/** What the one line of the log says, which is a warning. */
function onlyMessage(stderr: string): string {
  const { level, msg } = JSON.parse(stderr) as { level: number; msg: string };
  expect(level).toBe(40); // pino's number for "warn"
  return msg;
}
