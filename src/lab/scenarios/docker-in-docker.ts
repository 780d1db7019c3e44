/** A build container of 1500 inside a pod that is narrower. */

import type { Expectation, Scenario } from '../scenario.ts';
import { site } from '../service.ts';
import { type DockerInDockerOptions, dockerInDocker, ORIGIN } from '../topologies/docker-in-docker.ts';
import { ORIGIN_SERVER } from '../topologies/nested.ts';
import { withRules } from '../topology.ts';
import { clamped, clear, expectation, silent, told } from './expectations.ts';
import { towards } from './linear-scenario.ts';

const TARGET = 'rubygems.org';
const INNER_BRIDGE = '172.17.0.1';

function buildContainer(name: string, title: string, options: DockerInDockerOptions, expect: Expectation): Scenario {
  return {
    name,
    title,
    topology: dockerInDocker(options),
    client: ORIGIN.build,
    servers: [site(ORIGIN.server)],
    names: { [TARGET]: [ORIGIN_SERVER] },
    before: [],
    families: { 4: towards(TARGET, expect) },
  };
}

function blackHole(pathMtu: number): Expectation {
  return expectation('black-hole', told(pathMtu, INNER_BRIDGE), silent(pathMtu), { findings: ['black-hole-reverse'] });
}

/** The incident itself; the demo shows it too. */
export const DOCKER_IN_DOCKER = buildContainer(
  'dind',
  'Docker-in-Docker, 1500 inside a pod of 1450; the server is not told',
  {},
  blackHole(1450),
);

const CLAMPED_POD = buildContainer(
  'dind-clamped',
  'Docker-in-Docker with an MSS clamp in the pod',
  {},
  expectation('clamped', clamped(1450), clamped(1450), { findings: ['clamped'] }),
);

export const DOCKER_IN_DOCKER_SCENARIOS: readonly Scenario[] = [
  DOCKER_IN_DOCKER,
  buildContainer(
    'dind-told',
    'Docker-in-Docker, and Packet Too Big reaches the server',
    { ptbLost: false },
    expectation('reduced', told(1450, INNER_BRIDGE), told(1450), { findings: ['reduced'] }),
  ),
  buildContainer(
    'dind-fixed',
    'Docker-in-Docker with 1450 inside as well',
    { inner: 1450 },
    expectation('clear', clear(1450), clear(1450)),
  ),
  {
    ...CLAMPED_POD,
    topology: withRules(CLAMPED_POD.topology, { kind: 'mss-clamp', host: ORIGIN.pod, mss: 'route' }),
  },
  {
    ...DOCKER_IN_DOCKER,
    name: 'sidecar',
    title: 'the pod beside the build container asks for 1500, as the build container would',
    client: ORIGIN.pod,
    families: {
      4: towards(
        TARGET,
        expectation('black-hole', clear(1450), silent(1450), { findings: ['black-hole-reverse'] }),
        '--advertise-mtu',
        '1500',
      ),
    },
  },
  buildContainer(
    'dind-wireguard',
    'Docker-in-Docker, the pod behind WireGuard (1420); the server is not told',
    { pod: 1420 },
    blackHole(1420),
  ),
];
