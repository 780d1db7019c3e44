import { describe, expect, it } from 'vitest';
import { type InspectDeps, inspectLayers } from '../../../src/layers/layers.ts';
import { article } from './scenes.ts';

const EVERYTHING = { all: true, only: [], exclude: [] };

function world(changes: Partial<InspectDeps>): InspectDeps {
  const { sight, inspections } = article();
  return {
    lookAround: async () => sight,
    inspectAll: async () => inspections,
    now: () => 0,
    timeOfDay: () => '2027-01-01T00:00:00.000Z',
    version: '1.2.3',
    ...changes,
  };
}

describe('an interruption before anything is measured', () => {
  const { sight } = article();

  it.each<[string, (controller: AbortController) => Partial<InspectDeps>]>([
    [
      'while namespaces are looked for',
      (controller) => ({
        lookAround: async (signal) => {
          controller.abort();
          signal.throwIfAborted();
          return sight;
        },
      }),
    ],
    [
      // What was left out has no steps, and is not known to have none.
      'while they are looked at',
      (controller) => ({
        inspectAll: async () => {
          controller.abort();
          return new Map(sight.namespaces.map(({ netns }) => [netns, { kind: 'gone', reason: 'it was left out' }]));
        },
      }),
    ],
  ])('%s is one line, and no report', async (_, changes) => {
    const controller = new AbortController();
    await expect(inspectLayers(EVERYTHING, world(changes(controller)), controller.signal)).rejects.toMatchObject({
      code: 'ENVIRONMENT',
      message: 'it was interrupted while it looked around: nothing was sent',
    });
  });

  it('is not what anything else is called that fails', async () => {
    const deps = world({ lookAround: () => Promise.reject(new TypeError('a mistake')) });
    await expect(inspectLayers(EVERYTHING, deps, new AbortController().signal)).rejects.toThrow('a mistake');
  });
});
