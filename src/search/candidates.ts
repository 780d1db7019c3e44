/**
 * Path MTUs that real networks have, each with its reason: where a search looks first.
 *
 * A known value costs one wave where a blind split costs three, and it explains itself in a report. Between the known
 * values the table has stepping stones, so that no gap below 1500 is wider than 160: one wave over the table, one
 * split of the gap and one confirmation then find any value exactly.
 */

export interface Candidate {
  readonly size: number;
  readonly reason: string;
  readonly source: string;
  /** Met so often that it is tried even where the table has to be thinned. */
  readonly common: boolean;
}

export const CANDIDATES: readonly Candidate[] = [
  candidate(9000, 'jumbo Ethernet', 'OpenStack Neutron, config-mtu'),
  candidate(8950, 'VXLAN over 9000', 'OpenStack Neutron, config-mtu'),
  candidate(8500, 'AWS Transit Gateway', 'AWS Transit Gateway quotas'),
  candidate(4470, 'POS and FDDI default', 'RFC 1191 §7, table 7-1'),
  candidate(2002, 'stepping stone between 4470 and 1500', 'RFC 1191 §7, table 7-1'),
  common(1500, 'Ethernet', 'RFC 894'),
  common(1492, 'PPPoE', 'RFC 2516 §7'),
  common(1480, 'IP in IP, 6in4', 'RFC 2003; RFC 4213 §3.2'),
  candidate(1460, 'Google Cloud VPC', 'cloud.google.com/vpc/docs/mtu'),
  common(1450, 'VXLAN over IPv4: flannel, Calico, Cilium, Neutron', 'RFC 7348 §5'),
  common(1420, 'WireGuard', 'wg-quick(8): MTU of the route minus 80'),
  common(1400, "Azure fabric, nested overlays, somebody's round number", 'Azure virtual network docs'),
  candidate(1350, 'VXLAN over 1400', 'RFC 7348 §5: 1400 - 50'),
  candidate(1300, 'SSL VPN clients', 'field reports of AnyConnect and GlobalProtect'),
  common(1280, 'IPv6 minimum; Tailscale', 'RFC 8200 §5'),
  candidate(1200, 'the floor of many VPNs', 'field reports; RFC 9000 §14 asks for 1200 of payload'),
  candidate(1124, 'hotel and guest networks', 'tailscale/tailscale#7706'),
  candidate(1006, 'SLIP', 'RFC 1055'),
  candidate(866, 'stepping stone between 1006 and 706', 'keeps the gap below 160'),
  candidate(706, 'stepping stone between 866 and 576', 'keeps the gap below 160'),
  common(576, 'what every IPv4 host must accept', 'RFC 791 §3.1'),
];

function candidate(size: number, reason: string, source: string): Candidate {
  return { size, reason, source, common: false };
}

function common(size: number, reason: string, source: string): Candidate {
  return { size, reason, source, common: true };
}

const KNOWN = new Set(CANDIDATES.map((candidate) => candidate.size));

/** Whether real networks are known to stop at this size; such a size deserves a look at its successor. */
export function isCandidate(size: number): boolean {
  return KNOWN.has(size);
}

/**
 * Up to `width` sizes strictly between two bounds: candidates first, then points that even out the gaps they leave.
 *
 * @returns sizes, largest first. All of them when they are no more than `width`.
 */
export function spread(above: number, below: number, width: number): number[] {
  const fixed = thin(
    CANDIDATES.filter(({ size }) => size > above && size < below),
    width,
  );
  const edges = [below, ...fixed, above];
  const gaps = edges.slice(1).map((low, index) => ({ low, width: (edges[index] as number) - low, points: 0 }));
  for (let left = width - fixed.length; left > 0; left -= 1) {
    const widest = gaps.reduce((a, b) => (b.width / (b.points + 1) > a.width / (a.points + 1) ? b : a));
    if (widest.points + 1 >= widest.width) break;
    widest.points += 1;
  }
  const between = gaps.flatMap(({ low, width, points }) =>
    Array.from({ length: points }, (_, index) => low + Math.round((width * (index + 1)) / (points + 1))),
  );
  return [...fixed, ...between].sort((a, b) => b - a);
}

/** The common ones, then evenly many of the others: at most `width` sizes, largest first. */
function thin(inside: readonly Candidate[], width: number): number[] {
  const sizes = (list: readonly Candidate[]): number[] => list.map(({ size }) => size);
  if (inside.length <= width) return sizes(inside);
  const first = sizes(inside.filter((entry) => entry.common)).slice(0, width);
  const rest = sizes(inside.filter((entry) => !entry.common));
  const room = Math.min(width - first.length, rest.length);
  const others = Array.from({ length: room }, (_, index) => rest[Math.floor((index * rest.length) / room)] as number);
  return [...first, ...others].sort((a, b) => b - a);
}
