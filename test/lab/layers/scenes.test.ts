/** What `layers` and `inspect` say on a node, of all that is nested in it. */

import { describe, expect, it } from 'vitest';
import { LAYERS, LIMIT_MS, parents, reportOf, steps, summary } from './on-node.ts';

describe('the incident, seen from its node', () => {
  it('is in the innermost of three layers, and points at its bridge', { timeout: LIMIT_MS }, async () => {
    const found = await reportOf('dind', LAYERS);
    expect(summary(found)).toEqual([
      ['node', 0, 'clear', 1500],
      ['netns pod', 1, 'clear', 1450],
      ['netns build', 2, 'black-hole', 1450],
    ]);
    expect(parents(found)).toEqual([
      ['node', null],
      ['netns pod', 'node'],
      ['netns build', 'netns pod'],
    ]);
    expect(steps(found)).toEqual([
      ['nested-mtu-mismatch', 'critical', 'netns pod docker0 1500', 'netns pod eth0 1450'],
    ]);
    expect(found.findings[0]?.remedies[0]).toMatchObject({ environment: 'docker', file: '/etc/docker/daemon.json' });
    expect(found.verdict).toBe('black-hole');
  });

  it('is gone when it is repaired', { timeout: LIMIT_MS }, async () => {
    const found = await reportOf('dind-fixed', LAYERS);
    expect(summary(found)).toEqual([
      ['node', 0, 'clear', 1500],
      ['netns pod', 1, 'clear', 1450],
      ['netns build', 2, 'clear', 1450],
    ]);
    expect([found.findings, found.verdict]).toEqual([[], 'clear']);
  });

  it.each([
    ['dind-told', 'reduced'],
    ['dind-clamped', 'clamped'],
  ])('is latent where something gets round it: %s', { timeout: LIMIT_MS }, async (scenario, verdict) => {
    const found = await reportOf(scenario, LAYERS);
    expect(summary(found).at(-1)).toEqual(['netns build', 2, verdict, 1450]);
    expect(steps(found).map(([code]) => code)).toEqual(['latent']);
  });

  it('shows as a step before any packet is sent', { timeout: LIMIT_MS }, async () => {
    const found = await reportOf('dind', 'inspect');
    expect(steps(found)).toEqual([['nested-mtu-mismatch', 'warning', 'netns pod docker0 1500', 'netns pod eth0 1450']]);
    expect(found.verdict).toBeNull();
  });
});

describe('engines in engines', () => {
  it('are followed four deep', { timeout: LIMIT_MS }, async () => {
    const found = await reportOf('four-deep', LAYERS);
    expect(summary(found)).toEqual([
      ['node', 0, 'clear', 1500],
      ['netns pod', 1, 'clear', 1450],
      ['netns runner', 2, 'clear', 1450],
      ['netns builder', 3, 'clear', 1450],
      ['netns build', 4, 'black-hole', 1450],
    ]);
    expect(steps(found)).toEqual([
      ['nested-mtu-mismatch', 'critical', 'netns builder docker0 1500', 'netns builder eth0 1450'],
    ]);
  });

  it('have a network that is repaired, and one that somebody made', { timeout: LIMIT_MS }, async () => {
    const found = await reportOf('two-networks', LAYERS);
    expect(summary(found)).toEqual([
      ['node', 0, 'clear', 1500],
      ['netns pod', 1, 'clear', 1450],
      ['netns repaired', 2, 'clear', 1450],
      ['netns custom', 2, 'black-hole', 1450],
    ]);
    expect(steps(found)).toEqual([
      ['nested-mtu-mismatch', 'critical', 'netns pod br-1f2e3d4c5b6a 1500', 'netns pod eth0 1450'],
    ]);
    expect(found.findings[0]?.remedies[0]?.environment).toBe('docker-network');
  });
});
