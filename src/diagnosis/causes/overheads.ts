/** What takes a fixed number of bytes from every packet. Ties are broken by this order. */

import { ANY_BASE } from './bases.ts';
import { type Cause, overhead } from './cause.ts';

/*
 * Tunnels are tried on every base. What is a property of a line, or of a cable, is tried only on those: a VLAN tag does
 * not lie inside WireGuard, and a list of what cannot be helps nobody.
 */
const ETHERNET: readonly number[] = [1500];
const LINES: readonly number[] = [9000, 1500, 1492];
/** What people copy a number from: interfaces of machines. */
const MACHINES: readonly number[] = [9001, 9000, 1500, 1460, 1450];

export const OVERHEADS: readonly Cause[] = [
  overhead(-4, ANY_BASE, 'a veth of that MTU, which takes four bytes more', 'Linux is_skb_forwardable(), VLAN_HLEN', {
    met: 'rarely',
    topics: ['veth'],
  }),
  overhead(4, LINES, 'one VLAN tag or MPLS label that the switches leave no room for', 'RFC 3032 §3', {
    where: 'network',
  }),
  overhead(8, ETHERNET, 'PPPoE, as DSL and fibre lines have it', 'RFC 2516 §7', {
    met: 'often',
    where: 'network',
    topics: ['ppp', 'home-router'],
  }),
  overhead(8, LINES, 'two VLAN tags (QinQ) or two MPLS labels', 'RFC 3032 §3; IEEE 802.1ad', {
    met: 'rarely',
    where: 'network',
  }),
  overhead(8, ANY_BASE, "Cilium's DSR option in IPv4", 'cilium/cilium#32601', {
    met: 'rarely',
    where: 'host',
    topics: ['cilium'],
    family: 4,
  }),
  overhead(12, ANY_BASE, 'Cilium DSR over Geneve', 'Cilium pkg/mtu, DsrTunnelOverhead', {
    met: 'rarely',
    where: 'host',
    topics: ['cilium', 'geneve'],
  }),
  overhead(20, ANY_BASE, 'IP in IP (Calico)', 'RFC 2003 §3; Calico MTU docs', {
    met: 'often',
    where: 'host',
    topics: ['ipip', 'calico', 'overlay'],
    family: 4,
  }),
  overhead(20, ANY_BASE, 'IPv6 in IPv4 (6in4, SIT)', 'RFC 4213 §3.2', {
    met: 'often',
    topics: ['home-router'],
    family: 6,
  }),
  overhead(24, ANY_BASE, 'GRE (DDoS scrubbing, kube-router)', 'RFC 2784 §2; cloudnativelabs/kube-router#685', {
    met: 'often',
    topics: ['gre'],
  }),
  overhead(28, ANY_BASE, 'flannel with its UDP backend', 'flannel backends, udp', {
    met: 'rarely',
    where: 'host',
    topics: ['flannel', 'overlay'],
  }),
  overhead(28, ANY_BASE, 'GRE with a key', 'RFC 2890 §2', { topics: ['gre'] }),
  overhead(28, MACHINES, 'an MTU that was copied from "ping -s" (28 bytes short)', 'projectcalico/calico#12432', {
    met: 'often',
  }),
  overhead(32, ANY_BASE, 'GRE with key and sequence number', 'RFC 2890 §2', { met: 'rarely', topics: ['gre'] }),
  overhead(36, LINES, 'PPTP', 'RFC 2637 §4.1', { met: 'rarely', topics: ['ppp', 'vpn-client'] }),
  overhead(36, LINES, 'LISP over IPv4', 'RFC 9300 §5.1', { met: 'rarely', where: 'network' }),
  overhead(40, ETHERNET, 'IPv4 in IPv6 (DS-Lite, MAP-E)', 'RFC 2473 §7.2; RFC 6333 §5.3', {
    where: 'network',
    topics: ['home-router'],
    family: 4,
  }),
  overhead(40, LINES, 'L2TPv2', 'RFC 2661 §3.1', { topics: ['l2tp', 'ppp', 'vpn-client'] }),
  overhead(40, MACHINES, 'an MSS that was configured as an MTU', 'RFC 9293 §3.7.1', { met: 'rarely' }),
  overhead(
    42,
    ANY_BASE,
    'GRE between Open vSwitches (Neutron), NVGRE, OTV',
    'os-autoinst/os-autoinst-distri-opensuse#3054; RFC 7637',
    {
      topics: ['gre'],
    },
  ),
  overhead(44, ANY_BASE, 'GRE over IPv6', 'RFC 7676', { met: 'rarely', topics: ['gre'] }),
  overhead(50, ANY_BASE, 'VXLAN over IPv4 (flannel, Calico, Cilium, Neutron)', 'RFC 7348 §5; flannel backends, vxlan', {
    met: 'often',
    where: 'host',
    topics: ['vxlan', 'flannel', 'calico', 'cilium', 'overlay'],
  }),
  overhead(50, ANY_BASE, 'Geneve over IPv4, without options (Cilium)', 'RFC 8926 §3; Cilium pkg/mtu, TunnelOverhead', {
    where: 'host',
    topics: ['geneve', 'cilium', 'overlay'],
  }),
  overhead(50, ETHERNET, 'OpenVPN over UDP (approximately)', 'OpenVPN manual, --mssfix', {
    met: 'rarely',
    topics: ['openvpn', 'vpn-client'],
  }),
  overhead(54, ETHERNET, 'IPsec with AES-GCM (AWS Site-to-Site VPN)', 'AWS Site-to-Site VPN user guide', {
    where: 'network',
    topics: ['ipsec', 'aws'],
  }),
  overhead(54, ETHERNET, 'STT (Open vSwitch)', 'draft-davie-stt-08; overhead tables say 54', {
    met: 'rarely',
    where: 'host',
  }),
  overhead(56, LINES, 'LISP over IPv6', 'RFC 9300 §5.2', { met: 'rarely', where: 'network' }),
  overhead(58, ANY_BASE, 'Geneve of OVN (OpenStack, OVN-Kubernetes)', 'ovn-org/ovn-kubernetes#854; RFC 8926 §3', {
    met: 'often',
    where: 'host',
    topics: ['geneve', 'ovn', 'overlay'],
  }),
  overhead(60, ANY_BASE, 'WireGuard over IPv4', 'WireGuard paper §5.4.6; Calico MTU docs', {
    met: 'often',
    where: 'host',
    topics: ['wireguard', 'calico'],
  }),
  // On more bases than Ethernet, seventeen numbers in a row would explain almost everything.
  overhead([62, 78], ETHERNET, 'IPsec (ESP), by cipher and NAT traversal', 'RFC 4303 §2; RFC 3948 §2.1', {
    met: 'often',
    topics: ['ipsec', 'vpn-client'],
  }),
  overhead(70, ANY_BASE, 'VXLAN over IPv6 (Calico, Cilium, Neutron)', 'RFC 7348 §5; Calico MTU docs', {
    where: 'host',
    topics: ['vxlan', 'calico', 'cilium', 'overlay'],
  }),
  overhead(77, ANY_BASE, 'flannel with its IPsec backend', 'flannel backends, ipsec', {
    met: 'rarely',
    where: 'host',
    topics: ['ipsec', 'flannel', 'overlay'],
  }),
  overhead(80, ANY_BASE, 'WireGuard (default of wg-quick and flannel)', 'wg-quick(8)', {
    met: 'often',
    where: 'host',
    topics: ['wireguard', 'flannel', 'calico', 'cilium'],
  }),
  overhead(85, ANY_BASE, 'flannel with its IPsec backend, through NAT', 'flannel backends, ipsec', {
    met: 'rarely',
    where: 'host',
    topics: ['ipsec', 'flannel', 'overlay'],
  }),
  overhead([86, 102], ETHERNET, 'GRE over IPsec', 'RFC 2784 §2: 24 more than ESP; rajch/weave#11', {
    met: 'rarely',
    topics: ['ipsec', 'gre'],
  }),
  overhead(100, ANY_BASE, 'OVN-Kubernetes or Kube-OVN (100 bytes kept free)', 'kubeovn/kube-ovn#4254', {
    where: 'host',
    topics: ['ovn', 'geneve', 'overlay'],
  }),
];
