/** Kubernetes, and its network where that shows: on a node, or in a pod with the network of its node. */

import type { Surroundings } from '../../surroundings.ts';
import { type EnvironmentRule, fileSays, hasFile, hasInterface, hasVariable } from './rule.ts';

export function isPod(around: Surroundings): boolean {
  return (
    hasVariable(around, 'KUBERNETES_SERVICE_HOST') ||
    hasFile(around, '/var/run/secrets/kubernetes.io/serviceaccount/namespace') ||
    // What is left where sudo took the variables away and the pod has no service account.
    fileSays(around, '/etc/hosts', /^# Kubernetes-managed hosts file/m)
  );
}

export const CLUSTER_RULES: readonly EnvironmentRule[] = [
  {
    environment: 'k3s',
    seen: (around) => hasFile(around, '/var/lib/rancher/k3s/agent/etc/flannel/net-conf.json'),
    source: 'k3s, Basic network options: flannel',
  },
  {
    environment: 'flannel',
    seen: (around) =>
      (hasFile(around, '/run/flannel/subnet.env') || hasInterface(around, 'flannel.1')) &&
      !hasFile(around, '/var/lib/rancher/k3s/agent/etc/flannel/net-conf.json'),
    source: 'flannel, Documentation/running.md: subnet.env; backends.md: flannel.1',
  },
  // Not tunl0: the kernel gives that to every network namespace once IP-in-IP is loaded.
  byInterface(
    'calico',
    /^(vxlan\.calico|cali[0-9a-f]{11})$/,
    'Calico, Felix configuration: VXLAN device, InterfacePrefix',
  ),
  byInterface('cilium', /^cilium_host$/, 'Cilium, Networking: cilium_host'),
  byInterface('weave', /^weave$/, 'Weave Net, How it works: the bridge weave'),
  byInterface('kube-ovn', /^ovn0$/, 'Kube-OVN, Architecture: ovn0'),
  byInterface('ovn-kubernetes', /^ovn-k8s-mp0$/, 'OVN-Kubernetes, Architecture: management port'),
  byInterface('antrea', /^antrea-gw0$/, 'Antrea, Architecture: hostGateway'),
  {
    environment: 'kubernetes',
    seen: isPod,
    source: 'Kubernetes, Accessing the Kubernetes API from a Pod; Adding entries to Pod /etc/hosts with HostAliases',
  },
];

function byInterface(environment: EnvironmentRule['environment'], pattern: RegExp, source: string): EnvironmentRule {
  return { environment, seen: ({ interfaces }) => interfaces.some(({ name }) => pattern.test(name)), source };
}
