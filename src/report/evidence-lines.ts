/**
 * What each size came to, per direction: to be pasted for whoever runs the network, who does not trust a verdict.
 *
 *   reverse, 198.51.100.70 to 172.17.0.2
 *      1500   6 × tcp-mss       missing: its sender was not told
 *      1450   6 × tcp-mss       arrived
 *       589   2 × tcp-mss       arrived: the control, the same request in small packets
 */

import type { DirectionName, Evidence, OutcomeName, PathReport, Report } from '../contract.ts';

const WORDS: Readonly<Record<OutcomeName, (probe: Evidence) => string>> = {
  arrived: () => 'arrived',
  missing: () => 'missing: it vanished, and its sender was not told',
  'packet-too-big': ({ from, nextHopMtu }) => `Packet Too Big from ${from ?? 'a router'}: ${mtu(nextHopMtu)}`,
  're-segmented': ({ nextHopMtu }) => `lost, then sent again in packets of ${mtu(nextHopMtu)}: its sender was told`,
  'smaller-segments': ({ nextHopMtu }) => `never sent: the MSS in force keeps packets at ${mtu(nextHopMtu)}`,
  recovered: ({ nextHopMtu }) => `vanished untold; after seconds its sender tried ${mtu(nextHopMtu)} by itself`,
  'local-limit': ({ nextHopMtu }) =>
    `not sent: this host takes ${nextHopMtu === undefined ? 'no such size' : `${nextHopMtu} at most`}`,
  'short-reply': () => 'the reply was too short to fill it',
  'no-answer': () => 'no answer that says anything',
  refused: () => 'the connection was reset, or the port is closed',
};

/** One block per path; no colours, no wrapping: it is a table. */
export function evidenceLines(path: PathReport, { version, startedAt }: Report): string[] {
  const { address, egress, target, port, transport, mss } = path;
  const offers = mss.advertised === null ? [] : [`MSS ${mss.advertised} offered, ${mss.peer ?? 'none'} in the SYN-ACK`];
  return [
    `evidence  ${target} at ${[startedAt, `mtu-probe ${version}`, ...offers].join('; ')}`,
    'sizes are whole IP packets with DF set',
    ...directionLines(
      path,
      'reverse',
      `${address}${port === null ? '' : ` ${transport} port ${port}`} to ${egress.address}`,
    ),
    ...directionLines(path, 'forward', `${egress.address} (${egress.interface}, MTU ${egress.mtu}) to ${address}`),
  ];
}

function directionLines({ evidence }: PathReport, name: DirectionName, way: string): string[] {
  const probes = evidence.filter(({ direction }) => direction === name);
  if (probes.length === 0) return [];
  const control = Math.min(...probes.filter(isArrivedReply).map(({ size }) => size));
  const hasLarger = probes.some(({ method, size }) => method === 'tcp-mss' && size > control);
  const groups = new Map<string, { readonly first: Evidence; readonly words: string; count: number }>();
  for (const probe of probes) {
    const isControl = isArrivedReply(probe) && probe.size === control && hasLarger;
    const words = isControl ? 'arrived: the control, the same request in small packets' : WORDS[probe.outcome](probe);
    const key = [probe.size, probe.method, words].join(' ');
    const group = groups.get(key) ?? { first: probe, words, count: 0 };
    groups.set(key, { ...group, count: group.count + 1 });
  }
  const rows = [...groups.values()].sort((a, b) => b.first.size - a.first.size);
  return [
    `${name}, ${way}`,
    ...rows.map(({ first, words, count }) => {
      const times = `${count} × ${first.method}`;
      return `${String(first.size).padStart(7)}  ${times.padEnd(18)} ${words}`;
    }),
  ];
}

function isArrivedReply({ method, outcome }: Evidence): boolean {
  return method === 'tcp-mss' && outcome === 'arrived';
}

function mtu(nextHopMtu: number | undefined): string {
  if (nextHopMtu === undefined) return 'an unknown size';
  return nextHopMtu === 0 ? 'no MTU named' : String(nextHopMtu);
}
