/** What an encapsulation may be taken from: MTUs that interfaces and networks below a tunnel really have. */

export interface Base {
  readonly mtu: number;
  /** Behind the name of what is inside; empty where it need not be said. */
  readonly words: string;
  readonly source: string;
}

export const BASES: readonly Base[] = [
  { mtu: 9001, words: 'on AWS', source: 'AWS EC2 user guide, network MTU' },
  { mtu: 9000, words: 'on jumbo Ethernet', source: 'OpenStack Neutron, config-mtu' },
  { mtu: 8500, words: 'through an AWS Transit Gateway', source: 'AWS Transit Gateway quotas' },
  { mtu: 1500, words: '', source: 'RFC 894' },
  { mtu: 1492, words: 'over PPPoE', source: 'RFC 2516 §7' },
  { mtu: 1460, words: 'on Google Cloud', source: 'Google Cloud VPC docs, MTU' },
  { mtu: 1450, words: 'inside a VXLAN network', source: 'RFC 7348 §5' },
  { mtu: 1442, words: 'inside an OVN network', source: 'ovn-org/ovn-kubernetes#854' },
  { mtu: 1420, words: 'through WireGuard', source: 'wg-quick(8)' },
  { mtu: 1400, words: 'on a network of 1400', source: 'siderolabs/talos#11262' },
  { mtu: 1280, words: 'inside a tunnel at the IPv6 minimum', source: 'RFC 8200 §5' },
];

export const ANY_BASE: readonly number[] = BASES.map(({ mtu }) => mtu);

/** Empty where the number says it all. */
export function baseWords(mtu: number): string {
  return BASES.find((base) => base.mtu === mtu)?.words ?? '';
}
