/** Against the schemas of Kubernetes and of the Prometheus operator, and against their types, which know every key. */

import { describe, expect, it } from 'vitest';
import { complaintsOfSchema } from './models.ts';
import { rendered, WAYS } from './rendered.ts';
import type { Resource } from './resources.ts';
import { complaintsOfTypes } from './types.ts';

/** The compiler reads the types of everything in Kubernetes. */
const COMPILING_MS = 180_000;

describe.each(WAYS)('%s', (_, resources) => {
  it('is what the schemas want', () => {
    expect(resources().map(complaintsOfSchema).filter(Boolean)).toEqual([]);
  });
});

/** The base, with another text in it. */
const changed = (from: string, to: string): readonly Resource[] =>
  JSON.parse(JSON.stringify(rendered('base')).replaceAll(from, to)) as Resource[];

it('the schemas see what is wrong', () => {
  const complaints = changed('"containerPort":9482', '"containerPort":"9482"').map(complaintsOfSchema);
  expect(complaints.join()).toContain('containerPort');
});

it(
  'has no key that Kubernetes does not know, in any way, and one that it does not know is seen',
  () => {
    const wrong = changed('"livenessProbe"', '"livelinessProbe"').filter(({ kind }) => kind === 'DaemonSet');
    const all = [...WAYS.flatMap(([, resources]) => resources()), ...wrong];
    const texts = new Set(all.map((resource) => JSON.stringify(resource)));
    expect(complaintsOfTypes([...texts].map((text) => JSON.parse(text) as Resource))).toEqual([
      expect.stringContaining('livelinessProbe'),
    ]);
  },
  COMPILING_MS,
);
