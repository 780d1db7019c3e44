/** The manifests as the kustomize inside kubectl renders them. */

import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseAllDocuments } from 'yaml';
import type { Resource } from './resources.ts';

const DEPLOY = fileURLToPath(new URL('../../../../deploy', import.meta.url));
const OWN_FILE = 'kubernetes/kustomization.yaml';

/** Those that render as they stand, by their path below deploy/kubernetes. */
export const FOLDERS = [
  '.',
  'base',
  'monitoring',
  'sidecar',
  'overlays/secrets',
  'overlays/net-raw',
  'overlays/host-network',
  'overlays/layers',
] as const;

/** Every line of kustomization.yaml that waits to be taken in. */
export const WAITING_LINES = [...readFileSync(join(DEPLOY, OWN_FILE), 'utf8').matchAll(/^ {2}# - (\S+)$/gm)].map(
  ([, path = '']) => path,
);

/** @param folder below deploy/kubernetes. */
export function rendered(folder: string): readonly Resource[] {
  return render(join(DEPLOY, 'kubernetes', folder));
}

/** deploy/kubernetes with some of the lines taken in that wait in its kustomization.yaml, and the image named anew. */
export function renderedWith(lines: readonly string[], image = 'mtu-probe'): readonly Resource[] {
  const folder = mkdtempSync(join(tmpdir(), 'mtu-probe-deploy-'));
  try {
    cpSync(DEPLOY, folder, { recursive: true });
    const file = join(folder, OWN_FILE);
    const text = lines.reduce(
      (before, line) => before.replace(`  # - ${line}\n`, `  - ${line}\n`),
      readFileSync(file, 'utf8'),
    );
    writeFileSync(file, text.replace('newName: mtu-probe', `newName: ${image}`));
    return render(join(folder, 'kubernetes'));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function render(path: string): readonly Resource[] {
  const { status, stdout, stderr, error } = spawnSync('kubectl', ['kustomize', path], { encoding: 'utf8' });
  if (error !== undefined) throw error;
  if (status !== 0) throw new Error(stderr);
  return parseAllDocuments(stdout).map((document) => document.toJS() as Resource);
}

/** Rendering takes a process each. */
function once<T>(make: () => T): () => T {
  let made: { readonly value: T } | null = null;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}

const SECRETS = ['monitoring', 'overlays/secrets/agents.yaml', 'overlays/secrets/service-monitor.yaml'];

/** Everything that a user may apply: each folder as it stands, and what kustomization.yaml offers, together. */
export const WAYS: readonly (readonly [name: string, resources: () => readonly Resource[]])[] = [
  ...FOLDERS.map((folder) => [folder, once(() => rendered(folder))] as const),
  ['. with a token', once(() => renderedWith(SECRETS))],
  [
    '. with raw sockets',
    once(() => renderedWith([...SECRETS, 'overlays/net-raw/agents.yaml', 'overlays/net-raw/namespace.yaml'])),
  ],
  [
    '. with all but one',
    once(() => renderedWith(WAITING_LINES.filter((line) => line !== 'overlays/net-raw/namespace.yaml'))),
  ],
];
