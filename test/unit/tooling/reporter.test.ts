import { describe, expect, it } from 'vitest';
import { countTests } from '../../reporter.ts';

type Module = Parameters<typeof countTests>[0][number];

function module(states: readonly string[], errors = 0): Module {
  const tests = states.map((state) => ({ result: () => ({ state }) }));
  return { children: { allTests: () => tests.values() }, errors: () => Array(errors).fill({}) } as unknown as Module;
}

describe('the closing line', () => {
  it.each([
    ['every suite', [module(['passed', 'failed']), module(['passed'])], 0, { passed: 2, failed: 1 }],
    ['what did not run', [module(['passed', 'skipped', 'pending'])], 0, { passed: 1, failed: 2 }],
    ['suites that cannot be loaded', [module([], 1), module(['passed'])], 0, { passed: 1, failed: 1 }],
    ['errors outside of any test', [module(['passed'])], 1, { passed: 1, failed: 1 }],
    ['a run without tests', [], 0, { passed: 0, failed: 1 }],
  ] as const)('counts %s', (_, modules, strayErrors, expected) => {
    expect(countTests(modules, strayErrors)).toEqual(expected);
  });
});
