import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ENVIRONMENTS, type Environment } from '../../../../src/contract.ts';
import { REMEDIES } from '../../../../src/diagnosis/remedies/table.ts';
import { PARSERS } from './formats.ts';

/** RFC 791 §3.2 and what Ethernet carries at most. */
const MTU = fc.integer({ min: 576, max: 9000 });

function snippet(environment: Environment, mtu = 1450): string {
  return REMEDIES[environment].snippet({ mtu, interface: 'eth0' });
}

function parsed(environment: Environment, mtu = 1450): unknown {
  return PARSERS[REMEDIES[environment].format](snippet(environment, mtu));
}

describe('every snippet', () => {
  it.each(ENVIRONMENTS)('of %s is of its format and has the number in it, whatever that is', (environment) => {
    fc.assert(
      fc.property(MTU, (mtu) => {
        parsed(environment, mtu);
        expect(snippet(environment, mtu)).toMatch(new RegExp(`\\b${mtu}\\b`));
      }),
      { numRuns: 50 },
    );
  });

  it.each(ENVIRONMENTS)('of %s is the same but for the number', (environment) => {
    const numbers = /\b\d{3,5}\b/g;
    expect(snippet(environment, 1400).replaceAll(numbers, 'N')).toBe(
      snippet(environment, 1500).replaceAll(numbers, 'N'),
    );
  });
});

describe('what is written', () => {
  it.each<[Environment, unknown]>([
    ['docker', { mtu: 1450, 'default-network-opts': { bridge: { 'com.docker.network.driver.mtu': '1450' } } }],
    [
      'compose',
      { networks: { default: { driver: 'bridge', driver_opts: { 'com.docker.network.driver.mtu': '1450' } } } },
    ],
    ['drone', { steps: [{ name: 'build', image: 'plugins/docker', settings: { mtu: 1450 } }] }],
    [
      'gitlab-runner',
      {
        runners: [{ executor: 'docker', docker: { network_mtu: 1450 }, feature_flags: { FF_NETWORK_PER_BUILD: true } }],
      },
    ],
    ['drone-docker-runner', { DRONE_RUNNER_NETWORK_OPTS: 'com.docker.network.driver.mtu:1450' }],
    ['podman-slirp4netns', { engine: { network_cmd_options: ['mtu=1450'] } }],
    ['podman-rootless', { network: { pasta_options: ['--mtu', '1450'] } }],
    ['rootless-docker', { 'Service.Environment': ['"DOCKERD_ROOTLESS_ROOTLESSKIT_MTU=1450"'] }],
  ])('for %s is what its reader takes', (environment, expected) => {
    expect(parsed(environment)).toEqual(expected);
  });

  it('for networks that take the MTU of the nodes is that of the nodes', () => {
    const { data } = parsed('flannel') as { data: { 'net-conf.json': string } };
    expect(JSON.parse(data['net-conf.json']).Backend).toEqual({ Type: 'vxlan', MTU: 1500 });
    expect(parsed('cilium')).toEqual({ MTU: 1500, pmtuDiscovery: { enabled: true } });
    expect(snippet('k3s')).toContain('"MTU": 1500');
    expect(parsed('openstack')).toEqual({ 'DEFAULT.global_physnet_mtu': ['1500'] });
  });

  it('for networks that take what pods get is the number itself', () => {
    expect(snippet('calico')).toContain('"mtu":1450');
    expect(parsed('antrea')).toEqual({ defaultMTU: 1450 });
    expect(snippet('weave')).toContain('WEAVE_MTU=1450');
  });

  it('as an MSS is less by the headers of each family', () => {
    for (const environment of ['router-nft-mss', 'router-iptables-mss', 'routeros'] as const) {
      expect(snippet(environment)).toContain('1410');
      expect(snippet(environment)).toContain('1390');
    }
  });

  it('into a field that takes off the headers itself is the MTU', () => {
    expect(snippet('opnsense')).toBe('1450');
  });

  it('for the shell of CircleCI and GitHub is one command to each line of it', () => {
    const { steps } = parsed('github') as { steps: { run: string }[] };
    expect(steps[0]?.run).toBe(
      `echo '{"mtu":1450,"default-network-opts":{"bridge":{"com.docker.network.driver.mtu":"1450"}}}' |\n` +
        '  sudo tee /etc/docker/daemon.json\nsudo systemctl restart docker\n',
    );
  });

  it('names the interface that packets leave through', () => {
    for (const environment of ['kubernetes', 'wsl', 'gcp', 'aws-tgw', 'radvd'] as const) {
      expect(REMEDIES[environment].snippet({ mtu: 1450, interface: 'ens18' })).toContain('ens18');
    }
  });
});
