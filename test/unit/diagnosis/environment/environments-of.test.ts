import { describe, expect, it } from 'vitest';
import type { Environment } from '../../../../src/contract.ts';
import { ENVIRONMENT_RULES, environmentsOf } from '../../../../src/diagnosis/environment/environments-of.ts';
import { remedyOrder } from '../../../../src/diagnosis/remedies/order.ts';
import { readSurroundings } from '../../../../src/net/surroundings.ts';
import { type LocalInterface, NO_SURROUNDINGS } from '../../../../src/surroundings.ts';
import { fakeRoot } from '../../net/fake-root.ts';
import { RECORDED } from './recorded.ts';

/** As many as a report prints. */
const PRINTED = 3;

/** Seen on a node, and in pods that have its network. */
const BY_NAME: readonly (readonly [string, Environment])[] = [
  ['flannel.1', 'flannel'],
  ['vxlan.calico', 'calico'],
  ['cali0123456789a', 'calico'],
  ['cilium_host', 'cilium'],
  ['weave', 'weave'],
  ['ovn0', 'kube-ovn'],
  ['ovn-k8s-mp0', 'ovn-kubernetes'],
  ['antrea-gw0', 'antrea'],
];

describe('what was recorded', () => {
  it.each(RECORDED)('is found in $name', ({ variables, files, environments, printed }) => {
    const found = environmentsOf(readSurroundings(fakeRoot(files), variables));
    expect(found).toEqual(environments);
    const order = remedyOrder({ environments: found, egress: null, isChosen: false, isForOthers: false });
    expect(order.slice(0, PRINTED)).toEqual(printed);
  });

  it.each(RECORDED)('has no secret in what is read of $name', ({ variables, files }) => {
    expect(JSON.stringify(readSurroundings(fakeRoot(files), variables))).not.toContain('hunter2');
  });
});

describe('interfaces', () => {
  const eth0: LocalInterface = { name: 'eth0', mtu: 1450, kind: 'veth' };
  const docker0: LocalInterface = { name: 'docker0', mtu: 1500, kind: 'bridge' };
  const inContainer = { ...NO_SURROUNDINGS, files: { '/.dockerenv': '' } };

  it('show an engine inside of a container', () => {
    expect(environmentsOf({ ...inContainer, interfaces: [eth0, docker0] })).toEqual(['dind', 'docker']);
  });

  it('show none in a container with the network of its host', () => {
    const host: LocalInterface = { name: 'ens18', mtu: 1500, kind: 'other' };
    const far: LocalInterface = { name: 'veth05da7209', mtu: 1500, kind: 'veth' };
    expect(environmentsOf({ ...inContainer, interfaces: [host, docker0, far] })).toEqual(['docker']);
  });

  it.each(BY_NAME)('with the name %s show %s', (name, environment) => {
    expect(environmentsOf({ ...NO_SURROUNDINGS, interfaces: [{ name, mtu: 1450, kind: 'other' }] })).toEqual([
      environment,
    ]);
  });
});

it('every sign is seen in one of these', () => {
  const seen = new Set([...RECORDED.flatMap(({ environments }) => environments), ...BY_NAME.map(([, name]) => name)]);
  expect(ENVIRONMENT_RULES.filter(({ environment }) => !seen.has(environment))).toEqual([]);
});
