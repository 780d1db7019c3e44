/** What the image says of itself, and what package.json says. */

import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';

const ROOT = new URL('../../../', import.meta.url);
const read = (file: string): string => readFileSync(new URL(file, ROOT), 'utf8');

it('the labels of the image are those of the package', () => {
  const { version, license, name } = JSON.parse(read('package.json')) as Record<string, string>;
  const labels = Object.fromEntries(
    [...read('Dockerfile').matchAll(/org\.opencontainers\.image\.(\w+)="([^"]*)"/g)].map(([, key, value]) => [
      key,
      value,
    ]),
  );
  expect(labels).toMatchObject({ title: name, version, licenses: license });
});
