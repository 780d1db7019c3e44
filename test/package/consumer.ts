/** Whoever installs the package: an empty folder, a Node.js, and what else is on the PATH there. */

import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { type Ended, ended } from '../cli/command.ts';

export interface Consumer {
  readonly folder: string;
  /** The folder of its `node`. */
  readonly node: string;
}

/** A link whose far end belongs to nobody, with neighbours that do not exist: all packets go out, none comes back. */
const NOTHING_ANSWERS = [
  'ip link add out type veth peer name nobody',
  'ip address add 192.0.2.1/24 dev out',
  'ip link set nobody up',
  'ip link set out up',
  'ip neighbour add 192.0.2.70 lladdr 02:00:00:00:00:46 dev out',
  'ip neighbour add 192.0.2.71 lladdr 02:00:00:00:00:47 dev out',
].join(' && ');
const UNANSWERED = ['run', '--target', '192.0.2.70', '--target', '192.0.2.71', '--timeout', '0.5', '--format', 'json'];

export const THIS_NODE = dirname(process.execPath);

/** @throws what npm said. */
export async function install(
  folder: string,
  spec: string,
  {
    node = THIS_NODE,
    env = [],
    flags = [],
  }: { node?: string; env?: readonly string[]; flags?: readonly string[] } = {},
): Promise<Consumer> {
  mkdirSync(folder);
  writeFileSync(join(folder, 'package.json'), '{}');
  const path = `PATH=${node}:${process.env.PATH}`;
  const { exitCode, stderr } = await ended(['env', '-C', folder, path, ...env, 'npm', 'install', ...flags, spec]);
  if (exitCode !== 0) throw new Error(stderr);
  return { folder, node };
}

/** A PATH for an installation without compiler: npm, and what it cannot do without. @returns settings for `env`. */
export async function withoutCompiler(folder: string): Promise<string[]> {
  mkdirSync(folder);
  symlinkSync(process.execPath, join(folder, 'node'));
  for (const program of ['npm', 'sh', 'env']) {
    const { stdout } = await ended(['sh', '-c', `readlink -f "$(command -v ${program})"`]);
    symlinkSync(stdout.trim(), join(folder, program));
  }
  return ['NODE_GYP_FORCE_PYTHON=', 'PYTHON=', `PATH=${folder}`];
}

/** Node.js of another release, as a package of npm. @returns the folder of its `node`, and settings to compile for it. */
export async function anotherNode(folder: string, release: number): Promise<{ node: string; env: string[] }> {
  const name = `node-linux-${process.arch}`;
  await install(folder, `${name}@${release}`);
  const prefix = join(folder, 'node_modules', name);
  return { node: join(prefix, 'bin'), env: [`npm_config_nodedir=${prefix}`] };
}

export function mtuProbe({ folder, node }: Consumer, ...args: readonly string[]): Promise<Ended> {
  return ended(['env', '-C', folder, `PATH=${node}:${process.env.PATH}`, 'node_modules/.bin/mtu-probe', ...args]);
}

/**
 * Two addresses that never answer, measured in a network of its own, where this process may do everything.
 *
 * @param restrict what it runs under instead.
 */
export function measure({ folder, node }: Consumer, restrict: readonly string[] = []): Promise<Ended> {
  const network = [
    'unshare',
    '--user',
    '--map-root-user',
    '--net',
    'sh',
    '-c',
    `${NOTHING_ANSWERS} && exec "$@"`,
    'sh',
  ];
  return ended([
    ...network,
    ...restrict,
    join(node, 'node'),
    join(folder, 'node_modules/.bin/mtu-probe'),
    ...UNANSWERED,
  ]);
}
