/** Whose network an interface belongs to, as its name tells: engines and clusters give them names of their own. */

import type { Environment } from '../contract.ts';

const SIGNS: readonly { readonly pattern: RegExp; readonly environments: readonly Environment[] }[] = [
  // moby: daemon/libnetwork/drivers/bridge, DefaultBridgeName; a network's bridge is `br-` and 12 digits of its id.
  { pattern: /^docker0$/, environments: ['docker'] },
  { pattern: /^br-[0-9a-f]{12}$/, environments: ['docker-network', 'compose'] },
  { pattern: /^docker_gwbridge$/, environments: ['swarm'] }, // moby: daemon/libnetwork, libnGWNetwork
  { pattern: /^(cni-)?podman\d+$/, environments: ['podman'] }, // podman-network(1): bridge name
  { pattern: /^(cni0|flannel\.\d+)$/, environments: ['flannel'] }, // flannel: backends.md; CNI bridge plugin: bridge
  { pattern: /^(cali[0-9a-f]{11}|vxlan\.calico|tunl0)$/, environments: ['calico'] }, // Calico: InterfacePrefix
  { pattern: /^(lxc[0-9a-f_]+|cilium_(host|net|vxlan))$/, environments: ['cilium'] }, // Cilium, Networking
  { pattern: /^weave$/, environments: ['weave'] }, // Weave Net, How it works
  { pattern: /^ovn0$/, environments: ['kube-ovn'] }, // Kube-OVN, Architecture
  { pattern: /^ovn-k8s-mp0$/, environments: ['ovn-kubernetes'] }, // OVN-Kubernetes, management port
  { pattern: /^antrea-gw0$/, environments: ['antrea'] }, // Antrea, Architecture: hostGateway
  { pattern: /^eni[0-9a-f]{11}$/, environments: ['aws-vpc-cni'] }, // amazon-vpc-cni-k8s: AWS_VPC_K8S_CNI_VETHPREFIX
];

/** An engine that has one of these inside a pod or container is an engine inside of something. */
const OF_ENGINES = /^(docker0|br-[0-9a-f]{12})$/;

/** @param isNested whether the layer that the interface is in is itself a container's or a pod's. */
export function environmentsOfInterface(name: string, isNested: boolean): readonly Environment[] {
  const found = SIGNS.find(({ pattern }) => pattern.test(name))?.environments ?? [];
  if (!isNested || !OF_ENGINES.test(name)) return found;
  // Its daemon.json is in an image: flags of the pod or service are what people change.
  return name === 'docker0' ? ['dind', ...found] : [...found, 'dind'];
}
