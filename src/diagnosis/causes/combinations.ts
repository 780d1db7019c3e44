/**
 * What has been met on one base in particular: two encapsulations in each other, or one on a provider's network. Such a
 * row stands in the place of the general one with the same bytes, where both are about the same.
 */

import { type Cause, overhead } from './cause.ts';

export const COMBINATIONS: readonly Cause[] = [
  overhead(50, [9001], 'VXLAN over IPv4 on AWS', 'cilium/cilium#28413', {
    where: 'host',
    topics: ['vxlan', 'overlay'],
  }),
  overhead(60, [9001], 'WireGuard over IPv4 or Nebula on AWS', 'networkservicemesh/deployments-k8s#9798', {
    where: 'host',
    topics: ['wireguard', 'nebula'],
  }),
  overhead(70, [9001], 'VXLAN over IPv6 on AWS', 'Calico MTU docs', { where: 'host', topics: ['vxlan', 'overlay'] }),
  overhead(80, [9001], 'WireGuard on AWS (Cilium)', 'cilium/cilium#28413', {
    where: 'host',
    topics: ['wireguard', 'cilium'],
  }),
  overhead(50, [9000], 'VXLAN over IPv4 on jumbo Ethernet (Neutron)', 'OpenStack Neutron, config-mtu', {
    where: 'host',
    topics: ['vxlan', 'overlay'],
  }),
  overhead(20, [1480], 'IPv6 in IPv4 inside another IP in IP tunnel', 'RFC 4213 §3.2', { met: 'rarely', family: 6 }),
  overhead(20, [1460], "IP in IP on Google Cloud (Calico's old default)", 'projectcalico/calico#2334', {
    where: 'host',
    topics: ['ipip', 'calico', 'overlay'],
    family: 4,
  }),
  overhead(20, [1450], 'IP in IP (Calico) inside a VXLAN network of OpenStack', 'projectcalico/felix#1532', {
    where: 'host',
    topics: ['ipip', 'calico', 'overlay'],
    family: 4,
  }),
  overhead(80, [1492], 'WireGuard over PPPoE', 'linuxserver/docker-wireguard#111', { topics: ['wireguard', 'ppp'] }),
  overhead(50, [1460], 'VXLAN over IPv4 on Google Cloud', 'weaveworks/weave#2253', {
    where: 'host',
    topics: ['vxlan', 'google-cloud', 'overlay'],
  }),
  overhead(50, [1450], 'VXLAN inside VXLAN (a cluster on OpenStack, or in another cluster)', 'RFC 7348 §5', {
    met: 'often',
    where: 'host',
    topics: ['vxlan', 'overlay'],
  }),
  overhead(60, [1460], 'WireGuard over IPv4 on Google Cloud', 'Calico MTU docs', {
    where: 'host',
    topics: ['wireguard', 'google-cloud'],
  }),
  overhead(50, [1442], 'VXLAN inside an OVN network of OpenStack', 'RFC 7348 §5; ovn-org/ovn-kubernetes#854', {
    where: 'host',
    topics: ['vxlan', 'overlay'],
  }),
  overhead(70, [1460], 'Google Cloud VPN', 'Google Cloud VPN docs, MTU considerations', {
    met: 'often',
    where: 'network',
    topics: ['ipsec', 'google-cloud'],
  }),
  overhead(50, [1440], 'VXLAN through WireGuard over IPv4', 'k3s-io/k3s#1608', {
    where: 'host',
    topics: ['vxlan', 'wireguard', 'overlay'],
  }),
  overhead(80, [1460], 'WireGuard on Google Cloud', 'JetBrains/teamcity-docker-agent#38', {
    where: 'host',
    topics: ['wireguard', 'google-cloud'],
  }),
  overhead(50, [1420], 'VXLAN through WireGuard (flannel over wg0)', 'angelnu/pod-gateway#33', {
    where: 'host',
    topics: ['vxlan', 'wireguard', 'flannel', 'overlay'],
  }),
  overhead(100, [1460], 'GitLab.com hosted runners on Google Cloud', 'gitlab-org/gitlab-runner!6737', {
    met: 'often',
    where: 'host',
    topics: ['gitlab', 'google-cloud'],
  }),
  overhead(50, [1400], 'VXLAN on Azure or on a Hetzner vSwitch', 'microsoft/WSL#4246', {
    where: 'host',
    topics: ['vxlan', 'overlay'],
  }),
  overhead(60, [1400], 'WireGuard over IPv4 on Azure (Calico on AKS)', 'Calico felix, wireguard MTU for AKS', {
    where: 'host',
    topics: ['wireguard', 'calico'],
  }),
  overhead(80, [1420], 'WireGuard inside WireGuard', 'wg-quick(8)', { where: 'host', topics: ['wireguard'] }),
  overhead(80, [1400], 'WireGuard on a network of 1400 (flannel, Calico on AKS)', 'k3s-io/k3s#5101', {
    where: 'host',
    topics: ['wireguard', 'flannel', 'calico'],
  }),
  overhead(
    130,
    [1450],
    'WireGuard and VXLAN (Cilium) on a network of 1450',
    'kube-hetzner/terraform-hcloud-kube-hetzner#2286',
    {
      where: 'host',
      topics: ['cilium', 'wireguard', 'vxlan', 'overlay'],
    },
  ),
];
