/** Which environments' remedies are shown, and in which order: a report prints the first few of them. */

import type { Environment } from '../../contract.ts';
import type { LocalInterface } from '../../surroundings.ts';
import { CI } from './ci.ts';
import { CI_AGENTS } from './ci-agents.ts';
import { CLUSTERS } from './clusters.ts';

/** What is known of where the number is to go. */
export interface Whereabouts {
  /** The closest first. */
  readonly environments: readonly Environment[];
  /** Somebody asked for it by name. */
  readonly isChosen: boolean;
  /** What packets leave through; `null` where it could not be looked at. */
  readonly egress: LocalInterface | null;
  /** This host has the number already: it is for networks behind it. */
  readonly isForOthers: boolean;
}

/** Engines inside of something: where most black holes are, and what an image build cannot see. */
const NESTED: readonly Environment[] = ['docker', 'dind'];

/** CI systems that start such engines. `docker build` hands none of their variables on, so all of them are listed. */
const NESTING: readonly Environment[] = [
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
];

/** In a pod, nothing says whose network it is. */
const NETWORKS_OF_PODS: readonly Environment[] = ['flannel', 'calico', 'cilium', 'k3s', 'aws-vpc-cni'];

/** They help whatever the environment is, as far as TCP goes. */
const GENERAL: readonly Environment[] = ['router-nft', 'router-nft-mss', 'router-iptables', 'router-iptables-mss'];

/** Their remedies set the MTU of this host or pod itself. */
const OWN_MTU = new Set<string>([...Object.keys(CLUSTERS), 'wsl', 'host-route']);
/** Seen on nodes by their interfaces; in a pod there is a sign of Kubernetes as well. */
const IS_NETWORK_OF_PODS = new Set<string>(Object.keys(CLUSTERS).filter((name) => name !== 'kubernetes'));
const IS_CI = new Set<string>([...Object.keys(CI), ...Object.keys(CI_AGENTS)]);

/**
 * 1. What was detected, or asked for; networks of Compose look like those that somebody made by hand.
 * 2. Nested engines; what sets only our own MTU comes after them where it is right already.
 * 3. CI systems that nest engines, unless it is known which one this is.
 * 4. Networks of pods, where we are in one and do not see whose network it is.
 * 5. What helps everywhere.
 */
export function remedyOrder({ environments, isChosen, egress, isForOthers }: Whereabouts): readonly Environment[] {
  const found = environments.flatMap((environment) => [environment, ...companions(environment)]);
  const here = !isChosen && isHost(environments, egress) ? onHost(found) : found;
  const [first, later] = isForOthers
    ? [here.filter((environment) => !OWN_MTU.has(environment)), here.filter((environment) => OWN_MTU.has(environment))]
    : [here, []];
  const nesting = environments.some((environment) => IS_CI.has(environment)) ? [] : NESTING;
  const isPodOfUnknown =
    environments.includes('kubernetes') && !NETWORKS_OF_PODS.some((one) => environments.includes(one));
  const podNetworks = isPodOfUnknown && !isForOthers ? NETWORKS_OF_PODS : [];
  return [...new Set([...first, ...NESTED, ...later, ...nesting, ...podNetworks, ...GENERAL])];
}

/** A node of a cluster has what makes its pods' network, and what was measured is the node's own: no number for pods. */
function onHost(found: readonly Environment[]): readonly Environment[] {
  return [...found.filter((environment) => !IS_NETWORK_OF_PODS.has(environment)), 'host-route'];
}

function companions(environment: Environment): readonly Environment[] {
  return environment === 'docker-network' ? ['compose'] : [];
}

/** A machine of its own: an interface that a container engine made has its other end somewhere else. */
function isHost(environments: readonly Environment[], egress: LocalInterface | null): boolean {
  const isInside = environments.some((environment) => !IS_CI.has(environment) && !IS_NETWORK_OF_PODS.has(environment));
  return !isInside && egress !== null && egress.kind !== 'veth' && egress.kind !== 'loopback';
}
