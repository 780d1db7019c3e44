import { describe, expect, it } from 'vitest';
import { UsageError } from '../../../src/errors.ts';
import { SCENARIOS, scenarioOf } from '../../../src/lab/scenarios/index.ts';

describe('the scenarios', () => {
  it('have names of their own, fit for a command line', () => {
    const names = SCENARIOS.map(({ name }) => name);
    expect(new Set(names).size).toBe(names.length);
    for (const name of names) expect(name).toMatch(/^[a-z][a-z0-9-]+$/);
  });

  it.each(SCENARIOS)('$name names only hosts that it has', ({ topology, client, servers, before }) => {
    const named = [
      client,
      ...servers.map(({ host }) => host),
      ...before.map(({ host }) => host),
      ...topology.links.flatMap(({ ends }) => ends.map(({ host }) => host)),
      ...[topology.bridges, topology.vxlans, topology.loopbacks, topology.routes, topology.detours]
        .flat()
        .map(({ host }) => host),
      ...[...topology.sysctls, ...topology.rules].map(({ host }) => host),
    ];
    for (const host of named) expect(topology.hosts).toContain(host);
  });

  it.each(SCENARIOS)('$name is measured over at least one family, at a name it resolves', ({ families, names }) => {
    const runs = Object.values(families);
    expect(runs.length).toBeGreaterThan(0);
    for (const { target } of runs) expect(names).toHaveProperty([target.replace(/^(https?|mtu):\/\/|\/$/g, '')]);
  });

  it('are found by name, or the mistake is named', () => {
    expect(scenarioOf('dind').client).toBe('build');
    expect(() => scenarioOf('dnid')).toThrow(UsageError);
  });
});
