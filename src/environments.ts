/**
 * Where a remedy belongs, and what a run finds around itself: container engines, CI systems, clusters and their networks,
 * clouds, routers and hosts. `docs/remedies.md` has all of them, in this order.
 */

export const ENVIRONMENTS = [
  'docker',
  'docker-network',
  'compose',
  'dind',
  'buildkit',
  'rootless-docker',
  'swarm',
  'kind',
  'minikube',
  'podman',
  'podman-rootless',
  'podman-slirp4netns',
  'podman-machine',
  'wsl',
  'drone',
  'drone-docker-runner',
  'woodpecker',
  'gitlab',
  'gitlab-runner',
  'github',
  'github-hooks',
  'github-arc',
  'github-arc-legacy',
  'azure',
  'jenkins',
  'buildkite',
  'tekton',
  'circleci',
  'teamcity',
  'concourse',
  'kubernetes',
  'flannel',
  'k3s',
  'calico',
  'cilium',
  'weave',
  'kube-ovn',
  'ovn-kubernetes',
  'antrea',
  'aws-vpc-cni',
  'aws-nlb',
  'aws-tgw',
  'gcp',
  'openstack',
  'router-nft',
  'router-nft-mss',
  'router-iptables',
  'router-iptables-mss',
  'router-clear-df',
  'openwrt',
  'opnsense',
  'routeros',
  'wireguard',
  'radvd',
  'host-route',
  'linux-endpoint',
  'linux-router',
] as const;
export type Environment = (typeof ENVIRONMENTS)[number];

export interface Remedy {
  readonly environment: Environment;
  /** Which file it goes into, or what runs it. */
  readonly file: string;
  /** To be pasted as it is: the number is in it. */
  readonly snippet: string;
  /** What has to be made anew before it takes effect. */
  readonly recreate: string;
}
