/**
 * Clusters and their networks. What pods get is the number that was measured; some of these are told that number, and
 * some the MTU of the nodes, from which they take their own tunnel: told the wrong one, they take it twice.
 */

import { lines, type Place, type RemedyTable, VXLAN_BYTES } from './rule.ts';

const NEW_PODS = 'A pod keeps the MTU it began with: make pods anew afterwards.';

/** The MTU of the nodes that leaves pods behind a VXLAN tunnel the one that was measured. */
function underlay({ mtu }: Place): number {
  return mtu + VXLAN_BYTES;
}

export const CLUSTERS = {
  kubernetes: {
    file: 'the pod, whatever its network is',
    format: 'yaml',
    snippet: (place) =>
      lines(
        'spec:',
        '  initContainers:',
        '    - name: mtu',
        '      image: busybox',
        `      command: ["ip", "link", "set", "dev", "${place.interface}", "mtu", "${place.mtu}"]`,
        '      securityContext:',
        '        capabilities:',
        '          add: ["NET_ADMIN"]',
      ),
    recreate: `For one pod; the network of the cluster is where all of them get it. ${NEW_PODS}`,
    source: 'Kubernetes, Init containers; Configure a security context: capabilities',
  },
  flannel: {
    file: 'the ConfigMap kube-flannel-cfg',
    format: 'yaml',
    snippet: (place) =>
      lines(
        `# MTU is that of the nodes: VXLAN takes ${VXLAN_BYTES} of it, and pods get ${place.mtu}. Network stays as it is.`,
        'data:',
        '  net-conf.json: |',
        '    {',
        '      "Network": "10.244.0.0/16",',
        `      "Backend": { "Type": "vxlan", "MTU": ${underlay(place)} }`,
        '    }',
      ),
    recreate: `Restart the DaemonSet kube-flannel-ds. The backend wireguard takes 80 in place of 50. ${NEW_PODS}`,
    source: 'flannel, Documentation/backends.md: MTU',
  },
  k3s: {
    file: 'a shell on every node',
    format: 'sh',
    snippet: (place) =>
      lines(
        `# MTU is that of the nodes: VXLAN takes ${VXLAN_BYTES} of it, and pods get ${place.mtu}. Network is the cluster's own.`,
        "cat > /etc/rancher/k3s/net-conf.json <<'END'",
        `{ "Network": "10.42.0.0/16", "Backend": { "Type": "vxlan", "MTU": ${underlay(place)} } }`,
        'END',
        "echo 'flannel-conf: /etc/rancher/k3s/net-conf.json' >> /etc/rancher/k3s/config.yaml",
      ),
    recreate: `Restart k3s (on agents k3s-agent). ${NEW_PODS}`,
    source: 'k3s, k3s server and k3s agent: --flannel-conf; flannel, Documentation/backends.md',
  },
  calico: {
    file: 'a shell with kubectl, for the operator',
    format: 'sh',
    snippet: ({ mtu }) =>
      lines(
        '# what pods get: the tunnel is not taken off again',
        `kubectl patch installation default --type merge -p '{"spec":{"calicoNetwork":{"mtu":${mtu}}}}'`,
      ),
    recreate: `Without the operator it is veth_mtu, a string, in the ConfigMap calico-config. ${NEW_PODS}`,
    source: 'Calico, Configure MTU to maximize network performance',
  },
  cilium: {
    file: 'values.yaml of the chart',
    format: 'yaml',
    snippet: (place) =>
      lines(
        `# MTU is that of the nodes: VXLAN takes ${VXLAN_BYTES} of it, and pods get ${place.mtu}`,
        `# with routingMode: native nothing is taken, and it is ${place.mtu} itself`,
        `MTU: ${underlay(place)}`,
        'pmtuDiscovery:',
        '  enabled: true',
      ),
    recreate: `helm upgrade, and restart the DaemonSet cilium. ${NEW_PODS}`,
    source: 'Cilium, Helm reference: MTU, pmtuDiscovery.enabled',
  },
  weave: {
    file: 'a shell with kubectl',
    format: 'sh',
    snippet: ({ mtu }) => `kubectl -n kube-system set env daemonset/weave-net -c weave WEAVE_MTU=${mtu}`,
    recreate: `On each node the bridge weave keeps its MTU until it is made anew. ${NEW_PODS}`,
    source: 'Weave Net, fastdp: packet size (MTU)',
  },
  'kube-ovn': {
    file: 'a shell with kubectl',
    format: 'sh',
    snippet: ({ mtu }) => `kubectl patch subnet ovn-default --type merge -p '{"spec":{"mtu":${mtu}}}'`,
    recreate: `Each subnet has its own. ${NEW_PODS}`,
    source: 'Kube-OVN, Subnet: spec.mtu',
  },
  'ovn-kubernetes': {
    file: 'the Network of the cluster network operator, at installation',
    format: 'yaml',
    snippet: ({ mtu }) =>
      lines(
        'apiVersion: operator.openshift.io/v1',
        'kind: Network',
        'metadata:',
        '  name: cluster',
        'spec:',
        '  defaultNetwork:',
        '    type: OVNKubernetes',
        '    ovnKubernetesConfig:',
        `      mtu: ${mtu}`,
      ),
    recreate:
      'It is read when a cluster is installed; a running one takes the MTU migration, which restarts every node.',
    source: 'OpenShift, Changing the MTU for the cluster network',
  },
  antrea: {
    file: 'antrea-agent.conf, in the ConfigMap antrea-config',
    format: 'yaml',
    snippet: ({ mtu }) => lines('# what pods get: the tunnel is not taken off again', `defaultMTU: ${mtu}`),
    recreate: `Restart the DaemonSet antrea-agent. ${NEW_PODS}`,
    source: 'Antrea, antrea-agent.conf: defaultMTU',
  },
  'aws-vpc-cni': {
    file: 'a shell with kubectl',
    format: 'sh',
    snippet: ({ mtu }) =>
      lines(
        '# a version that does not know POD_MTU takes AWS_VPC_ENI_MTU',
        `kubectl -n kube-system set env daemonset/aws-node POD_MTU=${mtu}`,
      ),
    recreate: NEW_PODS,
    source: 'amazon-vpc-cni-k8s, README: POD_MTU, AWS_VPC_ENI_MTU',
  },
} as const satisfies RemedyTable;
