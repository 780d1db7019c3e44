import { describe, expect, it } from 'vitest';
import { ENVIRONMENTS, type Environment, type Finding } from '../../../../src/contract.ts';
import { diagnose } from '../../../../src/diagnosis/diagnose.ts';
import type { Around } from '../../../../src/diagnosis/view.ts';
import type { LocalInterface } from '../../../../src/surroundings.ts';
import { type Changes, measurement, SILENT_1400, TOLD_1400 } from '../measurement.ts';

const SILENT_1450 = { pathMtu: 1450, settledBy: 'loss', silence: true, lost: [1451] } as const;
const VETH: LocalInterface = { name: 'eth0', mtu: 1500, kind: 'veth' };

/** The incident: an inner container of 1500 in a pod of 1450. This side is told, the other is not. */
const ORIGIN: Changes = { tcp: { ...TOLD_1400, pathMtu: 1450, smallestTold: 1451 }, reverse: SILENT_1450 };

/** The same, seen from the pod, which asks for what the inner container would. */
const FROM_POD: Changes = {
  tcp: { pathMtu: 1450, ceiling: 1450 },
  echo: { pathMtu: 1450, ceiling: 1450 },
  reverse: SILENT_1450,
  rest: { ceiling: 1450, egress: { interface: 'eth0', address: '10.244.1.113', mtu: 1450, cachedPathMtu: null } },
};

function findings(changes: Changes, environments: readonly Environment[], interfaces = [VETH]): readonly Finding[] {
  const around: Around = { environments, interfaces };
  return diagnose(measurement(changes), 'rubygems.org', around).findings;
}

function remedies(...of: Parameters<typeof findings>) {
  return findings(...of).flatMap((finding) => finding.remedies);
}

function order(...of: Parameters<typeof findings>): readonly Environment[] {
  return remedies(...of).map(({ environment }) => environment);
}

describe('the remedies of the incident', () => {
  it('begin with the line that repaired it, where Drone is seen', () => {
    expect(order(ORIGIN, ['drone', 'kubernetes']).slice(0, 4)).toEqual(['drone', 'kubernetes', 'docker', 'dind']);
    const [first] = remedies(ORIGIN, ['drone', 'kubernetes']);
    expect(first?.file).toBe('.drone.yml');
    expect(first?.snippet).toBe(
      ['steps:', '  - name: build', '    image: plugins/docker', '    settings:', '      mtu: 1450'].join('\n'),
    );
  });

  it('begin with the nested engine inside of a build, where no variable is seen; all CI systems follow', () => {
    expect(order(ORIGIN, ['dind', 'docker'])).toEqual([
      'dind',
      'docker',
      'drone',
      'gitlab',
      'github-arc',
      'woodpecker',
      'jenkins',
      'azure',
      'tekton',
      'buildkite',
      'github',
      'teamcity',
      'circleci',
      'concourse',
      'router-nft',
      'router-nft-mss',
      'router-iptables',
      'router-iptables-mss',
    ]);
  });

  it('are for the networks behind a pod that has the number already', () => {
    expect(order(FROM_POD, ['kubernetes']).slice(0, 4)).toEqual(['docker', 'dind', 'kubernetes', 'drone']);
    expect(order(FROM_POD, ['drone', 'kubernetes']).slice(0, 3)).toEqual(['drone', 'docker', 'dind']);
    expect(remedies(FROM_POD, ['drone'])[0]?.snippet).toContain('mtu: 1450');
  });

  it('are carried by the gravest finding, and by no other', () => {
    const carrying = findings(ORIGIN, ['drone']).filter((finding) => finding.remedies.length > 0);
    expect(carrying.map(({ code }) => code)).toEqual(['black-hole-reverse']);
  });
});

describe('remedies', () => {
  it.each(ENVIRONMENTS)('begin with %s where it is asked for', (environment) => {
    const [first] = remedies({ reverse: SILENT_1400 }, [environment]);
    expect(first).toMatchObject({ environment, snippet: expect.stringContaining('1400') });
    expect(first?.file).not.toBe('');
    expect(first?.recreate).toMatch(/\.$/);
  });

  it.each([
    ['forward', { tcp: SILENT_1400 }],
    ['both directions', { tcp: SILENT_1400, reverse: SILENT_1450 }],
    ['messages that get through today', { tcp: TOLD_1400, echo: TOLD_1400 }],
  ] satisfies [string, Changes][])('name the smallest number for a hole %s', (_, changes) => {
    expect(remedies(changes, ['docker'])[0]?.snippet).toContain('"mtu": 1400,');
  });

  it.each([
    ['a clean path', {}],
    ['a lower bound', { tcp: { ...SILENT_1400, settledBy: null }, echo: null, reverse: null }],
  ] satisfies [string, Changes][])('are none for %s', (_, changes) => {
    expect(remedies(changes, ['docker'])).toEqual([]);
  });

  it('are those of the host itself on a machine that is no container', () => {
    const ens18: LocalInterface = { name: 'eth0', mtu: 1500, kind: 'other' };
    expect(order({ tcp: SILENT_1400 }, [], [ens18])[0]).toBe('host-route');
    expect(order({ tcp: SILENT_1400 }, ['github'], [ens18]).slice(0, 2)).toEqual(['github', 'host-route']);
    expect(order({ tcp: SILENT_1400 }, ['docker'], [ens18])).not.toContain('host-route');
    expect(order({ tcp: SILENT_1400 }, [], [VETH])[0]).toBe('docker');
    expect(order({ tcp: SILENT_1400 }, [], [])[0]).toBe('docker');
  });

  it('name the networks of pods where it is not seen whose one is', () => {
    expect(order({ tcp: SILENT_1400 }, ['kubernetes'])).toEqual(
      expect.arrayContaining(['flannel', 'calico', 'cilium']),
    );
    expect(order({ tcp: SILENT_1400 }, ['calico', 'kubernetes'])).not.toContain('flannel');
  });
});
