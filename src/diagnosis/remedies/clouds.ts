/** What is set in a cloud, or because of it. */

import { lines, type RemedyTable, VXLAN_BYTES } from './rule.ts';

export const CLOUDS = {
  'aws-nlb': {
    file: 'the Service behind the load balancer',
    format: 'yaml',
    snippet: ({ mtu }) =>
      lines(
        'metadata:',
        '  annotations:',
        `    # the Packet Too Big that names ${mtu} reaches the servers`,
        '    service.beta.kubernetes.io/aws-load-balancer-enable-icmp-for-path-mtu-discovery: "on"',
      ),
    recreate:
      'kubectl apply. Security groups of your own and network ACLs have to let in ICMP type 3 code 4 and ICMPv6 type 2.',
    source: 'AWS Load Balancer Controller, NLB annotations; AWS, Path MTU Discovery',
  },
  'aws-tgw': {
    file: 'a root shell on the instance',
    format: 'sh',
    snippet: (place) =>
      lines(
        '# a transit gateway carries 8500, a VPN less, and instances begin with 9001',
        `ip link set dev ${place.interface} mtu ${place.mtu}`,
      ),
    recreate:
      'It lasts until the next boot: netplan or systemd-networkd keep it. Networks of containers need it as well.',
    source: 'AWS, Transit Gateway quotas: MTU; EC2, network MTU',
  },
  gcp: {
    file: 'a root shell on the instance',
    format: 'sh',
    snippet: (place) =>
      lines(
        '# instances get the MTU of their VPC, 1460 unless it was changed; Docker on them begins with 1500 all the same',
        `ip link set dev ${place.interface} mtu ${place.mtu}`,
      ),
    recreate: 'It lasts until the next boot or lease of DHCP. Networks of containers need the number as well (docker).',
    source: 'Google Cloud, VPC: maximum transmission unit',
  },
  openstack: {
    file: '/etc/neutron/neutron.conf, if the cloud is yours',
    format: 'ini',
    snippet: (place) =>
      lines(
        '[DEFAULT]',
        `# the MTU of the physical network: tenants behind VXLAN over IPv4 get ${VXLAN_BYTES} less, ${place.mtu}`,
        `global_physnet_mtu = ${place.mtu + VXLAN_BYTES}`,
      ),
    recreate:
      'Restart neutron; networks and instances that are there keep theirs. A larger one leaves tenants 1500. As a ' +
      'tenant, set the number in Docker (docker).',
    source: 'OpenStack, Neutron: MTU considerations',
  },
} as const satisfies RemedyTable;
