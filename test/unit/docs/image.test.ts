/** What the image says of itself and is called elsewhere, and what package.json says. */

import { readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parse, parseAllDocuments } from 'yaml';
import { document, section } from './documents.ts';

const { version, license, name } = JSON.parse(document('package.json')) as Record<string, string>;
const IMAGE = `${name}:${version}`;
/** Everything that may name the image. */
const FILES = [
  'README.md',
  'Dockerfile',
  'docker-compose.yml',
  ...['docs', 'deploy', 'examples'].flatMap((folder) =>
    readdirSync(new URL(`../../../${folder}`, import.meta.url), { recursive: true, encoding: 'utf8' })
      .filter((file) => /\.(md|ya?ml|json|sh)$/.test(file))
      .map((file) => `${folder}/${file}`),
  ),
];

it('the labels of the image are those of the package', () => {
  const labels = Object.fromEntries(
    [...document('Dockerfile').matchAll(/org\.opencontainers\.image\.(\w+)="([^"]*)"/g)].map(([, key, value]) => [
      key,
      value,
    ]),
  );
  expect(labels).toMatchObject({ title: name, version, licenses: license });
});

describe('the version', () => {
  it('is in one kustomization.yaml', () => {
    const tags = FILES.filter((file) => file.endsWith('kustomization.yaml')).flatMap((file) =>
      ((parse(document(file)) as { images?: object[] }).images ?? []).map((image) => ({ file, ...image })),
    );
    const file = 'deploy/kubernetes/kustomization.yaml';
    expect(tags).toEqual([{ file, name, newName: name, newTag: version }]);
  });
});

describe('the manifests for Kubernetes', () => {
  it('name this image, and one in whose place comes that of a job', () => {
    const images = new Set<string>();
    const manifests = FILES.filter((file) => /^deploy\/kubernetes\/.*\.yaml$/.test(file));
    for (const file of manifests) {
      for (const manifest of parseAllDocuments(document(file))) {
        JSON.stringify(manifest.toJS(), (key, value) => {
          if (key === 'image') images.add(String(value));
          return value;
        });
      }
    }
    expect([...images].sort()).toEqual(['alpine', IMAGE]);
  });

  it('are shown by the README as they are', () => {
    const [, shown = ''] = /```yaml\n(.*?)```/s.exec(section(document('README.md'), 'As a sidecar')) ?? [];
    const job = parse(document('deploy/kubernetes/sidecar/job-waits.yaml')) as {
      readonly spec: { readonly template: { readonly spec: object } };
    };
    expect(job.spec.template.spec).toMatchObject(parse(shown) as object);
  });
});
