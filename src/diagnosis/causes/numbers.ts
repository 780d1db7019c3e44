/** Numbers that somebody chose, or that a network is known to stop at, largest first. Ties are broken by this order. */

import { type Cause, number } from './cause.ts';

export const NUMBERS: readonly Cause[] = [
  number(65535, 'the largest IP packet (loopback and user-mode networks, no path)', 'RFC 791 §3.1', { where: 'host' }),
  number(65520, 'slirp4netns or pasta (rootless Podman and Docker, no path)', 'containers/podman#1732', {
    where: 'host',
  }),
  number(9216, 'jumbo Ethernet, as switches allow it', 'Cisco Nexus configuration guides, jumbo MTU'),
  number(9001, 'the default of network interfaces on AWS', 'AWS EC2 user guide, network MTU', {
    met: 'often',
    topics: ['aws'],
  }),
  number(9000, 'jumbo Ethernet', 'OpenStack Neutron, config-mtu', { met: 'often' }),
  number(8896, 'the largest MTU of a Google Cloud VPC', 'Google Cloud VPC docs, MTU', { topics: ['google-cloud'] }),
  number(8500, 'AWS Transit Gateway, Cloud WAN or Direct Connect', 'AWS Transit Gateway quotas', {
    met: 'often',
    where: 'network',
    topics: ['aws'],
  }),
  number(1600, 'Google Cloud between VPC networks of different MTU', 'Google Cloud VPC docs, MTU', {
    where: 'network',
    topics: ['google-cloud'],
  }),
  number(1500, 'plain Ethernet', 'RFC 894', { met: 'often' }),
  number(1500, "AWS's internet and VPN gateways", 'AWS EC2 user guide, network MTU', {
    where: 'network',
    topics: ['aws'],
  }),
  number(1460, "Google Cloud's default", 'Google Cloud VPC docs, MTU', { met: 'often', topics: ['google-cloud'] }),
  number(1454, 'OpenStack networks of the time of GRE', 'moby/moby#20178'),
  number(1454, 'Japanese fibre lines (PPPoE inside L2TP)', "NTT FLET'S, terminal settings", {
    met: 'rarely',
    where: 'network',
    topics: ['ppp', 'home-router'],
  }),
  number(1450, 'private networks of Hetzner Cloud', 'moby/moby#49398', { where: 'host' }),
  number(1450, 'Windows nodes of AKS', 'Calico MTU docs', { met: 'rarely', where: 'host' }),
  number(1440, "Hurricane Electric's or another tunnel that announces its MTU to IPv6 hosts", 'RFC 4861 §4.6.4', {
    met: 'rarely',
    where: 'network',
    family: 6,
  }),
  number(1428, 'WireGuard as OPNsense documents it', 'opnsense/docs#498', {
    met: 'rarely',
    topics: ['wireguard'],
  }),
  number(1428, 'LTE, of some providers', 'opnsense/docs#498', { met: 'rarely', where: 'network' }),
  number(1410, 'Weave Net 1', 'weaveworks/weave#2253', { met: 'rarely', where: 'host', topics: ['weave', 'overlay'] }),
  number(1406, 'an SSL or IPsec VPN client', 'kubernetes-retired/kube-aws#214', { topics: ['vpn-client'] }),
  number(1400, "Azure's network, which fragments above it", 'Azure virtual network docs, TCP/IP performance tuning', {
    met: 'often',
    where: 'network',
  }),
  number(1400, 'a Hetzner vSwitch', 'Hetzner docs, vSwitch', { where: 'host' }),
  number(1400, "somebody's round number", 'moby/moby#20178'),
  number(1400, 'Talos Linux on Azure', 'siderolabs/talos#11262', { met: 'rarely', where: 'host' }),
  number(1400, 'a PPTP client', 'moby/moby#13475', { met: 'rarely', where: 'host', topics: ['ppp', 'vpn-client'] }),
  number(1400, "Cloudflare's servers over IPv6", 'Cloudflare blog, Increasing IPv6 MTU', {
    met: 'rarely',
    where: 'network',
    family: 6,
  }),
  number(1396, 'a VPN client of Cisco or Citrix', 'microsoft/WSL#4698', { topics: ['vpn-client'] }),
  number(1394, "Azure's VPN gateway", 'msxfaq.de, Azure VPN and MTU', { where: 'network', topics: ['ipsec'] }),
  number(1388, 'OpenVPN, as configured', 'angristan/openvpn-install#527', { topics: ['openvpn', 'vpn-client'] }),
  number(1387, 'OpenVPN, as configured', 'angristan/openvpn-install#527', {
    met: 'rarely',
    topics: ['openvpn', 'vpn-client'],
  }),
  number(1380, "somebody's magic number", 'JetBrains/teamcity-docker-agent#38', { met: 'rarely' }),
  number(1380, 'OpenVPN, as configured', 'angristan/openvpn-install#527', {
    met: 'rarely',
    topics: ['openvpn', 'vpn-client'],
  }),
  number(1376, 'Weave Net', 'rajch/weave#11', { met: 'often', where: 'host', topics: ['weave', 'overlay'] }),
  number(1362, 'Antrea with GRE and IPsec', 'antrea-io/antrea#5922', {
    where: 'host',
    topics: ['antrea', 'ipsec', 'gre', 'overlay'],
  }),
  number(1360, "Alibaba Cloud's VPN gateway", 'Alibaba Cloud VPN Gateway docs', {
    met: 'rarely',
    where: 'network',
    topics: ['ipsec'],
  }),
  number(1350, "Check Point's VPN client", 'microsoft/WSL#4246', { met: 'rarely', topics: ['vpn-client'] }),
  number(1350, 'first packets of QUIC, as some programs size them', 'tailscale/tailscale#2633', { met: 'rarely' }),
  number(1300, 'AnyConnect, GlobalProtect and their like', 'moby/moby#24220', { met: 'often', topics: ['vpn-client'] }),
  number(1300, 'Nebula', 'Nebula docs, tun.mtu', { where: 'host', topics: ['nebula'] }),
  number(1300, 'an old default of Neutron', 'OpenStack Neutron, config-mtu', { met: 'rarely' }),
  number(1284, 'IPsec whose padding was rounded', 'antrea-io/antrea#5922', {
    met: 'rarely',
    topics: ['ipsec', 'antrea'],
  }),
  number(1281, 'Cloudflare WARP', 'Cloudflare WARP client docs', { met: 'rarely', topics: ['warp'] }),
  number(1280, 'Tailscale', 'tailscale/tailscale#3836', { met: 'often', topics: ['tailscale'] }),
  number(1280, 'a tunnel at the IPv6 minimum', 'RFC 8200 §5', { met: 'often' }),
  number(1280, 'NetBird', 'NetBird docs, WireGuard interface', { topics: ['netbird'] }),
  number(1280, "OrbStack's IPv6", 'orbstack/orbstack#2617', { met: 'rarely', where: 'host', family: 6 }),
  number(1280, 'DNS over IPv6 that keeps to 1232 bytes (1232 + 48)', 'DNS Flag Day 2020', {
    met: 'rarely',
    family: 6,
  }),
  number(1260, 'DNS over IPv4 that keeps to 1232 bytes (1232 + 28)', 'DNS Flag Day 2020', { family: 4 }),
  number(1248, 'first packets of QUIC over IPv6 (1200 + 48)', 'RFC 9000 §14.1', { family: 6 }),
  number(1232, 'the payload of DNS that was configured as an MTU', 'openshift/cluster-dns-operator#266', {
    met: 'rarely',
  }),
  number(1228, 'first packets of QUIC over IPv4 (1200 + 28)', 'RFC 9000 §14.1', { family: 4 }),
  number(1200, 'a VPN client at its floor', 'microsoft/WSL#4253', { met: 'often', topics: ['vpn-client'] }),
  number(1124, 'the network of a hotel', 'tailscale/tailscale#7706', { where: 'network' }),
  number(576, 'what every IPv4 host must accept (Windows without path MTU discovery)', 'RFC 791 §3.1', {
    met: 'often',
    family: 4,
  }),
  number(
    552,
    'Linux after a Packet Too Big that named no MTU (min_pmtu)',
    'google/gvisor#12568; Linux ip-sysctl, min_pmtu',
    {
      met: 'often',
      family: 4,
    },
  ),
];
