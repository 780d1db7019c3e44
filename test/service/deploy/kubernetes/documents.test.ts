/** What documents and comments type into a shell. */

import { existsSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { document, section } from '../../../unit/docs/documents.ts';
import { understood } from './command-line.ts';
import { FOLDERS, rendered, WAYS } from './rendered.ts';
import { containersOf, ofKind, podsOf } from './resources.ts';

const FILES = ['sidecar/job-waits', 'sidecar/job-fails', 'overlays/layers/agents', 'overlays/secrets/agents'];
const TEXT = [
  section(document('README.md'), 'In a cluster'),
  document('deploy/kubernetes/README.md'),
  ...FILES.map((file) => document(`deploy/kubernetes/${file}.yaml`).replaceAll(/^# ? ?/gm, '')),
].join('\n');
const lines = (pattern: RegExp): readonly string[] => [
  ...new Set([...TEXT.matchAll(pattern)].map(([, line = '']) => line.replace(/ {2,}.*$/, '').trim())),
];

describe('what is typed', () => {
  it.each(lines(/-- \/usr\/bin\/mtu-probe (.+)$/gm))('mtu-probe %s', async (words) => {
    await understood(words.split(' '));
  });

  it('is rendered where it says', () => {
    const folders = lines(/kubectl apply -k (\S+)/g);
    expect(folders).toEqual(['deploy/kubernetes']);
    expect(existsSync(new URL(`../../../../${folders[0]}/kustomization.yaml`, import.meta.url))).toBe(true);
  });

  it('asks for workloads and containers that there are', () => {
    const resources = WAYS.flatMap(([, way]) => way());
    const known = resources.map(({ kind, metadata }) => `${kind.toLowerCase()}/${metadata.name}`);
    // Made by a line above.
    known.push('job/now');
    const asked = lines(/((?:daemonset|cronjob|job)\/[\w-]+)/g);
    expect(asked).toEqual(expect.arrayContaining(['daemonset/mtu-probe', 'cronjob/mtu-probe-check', 'job/build']));
    expect(asked.filter((name) => !known.includes(name))).toEqual([]);
    const containers = podsOf(resources)
      .flatMap(containersOf)
      .map(({ name }) => name);
    expect(lines(/--container ([\w-]+)/g).filter((name) => !containers.includes(name))).toEqual([]);
    const namespaces = ofKind(resources, 'Namespace').map(({ metadata }) => metadata.name);
    expect(lines(/--namespace ([\w-]+)/g).filter((name) => !namespaces.includes(name))).toEqual([]);
  });
});

it('the README has every folder with what its namespace allows', () => {
  const rows = [...document('deploy/kubernetes/README.md').matchAll(/^\| \[`(\S+)`\].*\| (\w*) ?\|$/gm)];
  const levels = new Map(rows.map(([, folder, level]) => [folder, level]));
  expect([...levels.keys()].sort()).toEqual(FOLDERS.filter((folder) => folder !== '.').sort());
  for (const folder of FOLDERS) {
    const [namespace] = ofKind(rendered(folder), 'Namespace');
    const enforced = namespace?.metadata.labels?.['pod-security.kubernetes.io/enforce'];
    if (folder !== '.' && enforced !== undefined) expect(levels.get(folder), folder).toBe(enforced);
  }
});

/** In kustomize 2.0 (pkg/types/kustomization.go) as well as in 5 (api/types/kustomization.go). */
const COMMON_WORDS = [
  'apiVersion',
  'kind',
  'namespace',
  'images',
  'bases',
  'resources',
  'patchesStrategicMerge',
  'configMapGenerator',
  'generatorOptions',
];

it.each(['grafana', ...FOLDERS.map((folder) => `kubernetes/${folder}`)])('%s is for an old kustomize too', (folder) => {
  const text = document(`deploy/${folder}/kustomization.yaml`);
  const words = [...text.matchAll(/^(\w+):/gm)].map(([, word = '']) => word);
  expect(words.filter((word) => !COMMON_WORDS.includes(word))).toEqual([]);
  // A folder is no resource there, but a base.
  const resources = /^resources:\n((?: {2}.*\n)*)/m.exec(text)?.[1] ?? '';
  expect(resources.match(/- \S+/g)?.filter((file) => !file.endsWith('.yaml')) ?? []).toEqual([]);
});
