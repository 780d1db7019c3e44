/** What one host of a topology runs inside its own network namespace to become itself: one shell script. */

import { renderPacketRule } from './packet-rule.ts';
import type { LinkEnd, Route, Topology } from './topology.ts';

/**
 * Limits on ICMP are off because they are a fault of their own, and nothing is remembered beyond the route cache
 * that `Network.forget` empties. The ping range is the one that Docker opens (moby, daemon/oci_linux.go).
 */
const SYSCTLS: readonly (readonly [key: string, value: string])[] = [
  ['net/ipv4/ip_forward', '1'],
  ['net/ipv6/conf/all/forwarding', '1'],
  ['net/ipv4/icmp_ratelimit', '0'],
  ['net/ipv4/icmp_ratemask', '0'],
  ['net/ipv6/icmp/ratelimit', '0'],
  ['net/ipv4/conf/*/rp_filter', '0'],
  ['net/ipv6/conf/*/accept_dad', '0'],
  ['net/ipv4/tcp_no_metrics_save', '1'],
];

/** For `sh -e`. `lastPingGroup` is the largest group ID that may open ping sockets. */
export function hostScript(topology: Topology, host: string, lastPingGroup: number): string {
  const sysctls = [
    ...SYSCTLS,
    ['net/ipv4/ping_group_range', `0 ${lastPingGroup}`] as const,
    ...of(topology.sysctls, host).map(({ key, value }) => [key, value] as const),
  ];
  const rules = of(topology.rules, host).map(renderPacketRule).join('');
  return [
    ...sysctls.map(([key, value]) => `for file in /proc/sys/${key}; do echo '${value}' > "$file"; done`),
    heredoc('ip -batch -', ipCommands(topology, host).join('\n')),
    ...of(topology.detours, host).map(({ to, table, ownOnly }) => {
      // A line of a batch cannot name the family of a rule, and without it the prefix has to be IPv4 (ip-rule(8)).
      const [family, protocol] = to.includes(':') ? [6, 'ipv6-icmp'] : [4, 'icmp'];
      return `ip -${family} rule add ipproto ${protocol} to ${to}${ownOnly ? ' iif lo' : ''} lookup ${table}`;
    }),
    ...(rules === '' ? [] : [heredoc('nft -f -', rules)]),
  ].join('\n');
}

function ipCommands(topology: Topology, host: string): string[] {
  const ends = of(
    topology.links.flatMap((link) => link.ends),
    host,
  );
  const bridges = of(topology.bridges, host);
  const vxlans = of(topology.vxlans, host);
  return [
    'link set lo up',
    ...of(topology.loopbacks, host).map(({ address }) => `addr add ${address} dev lo`),
    ...bridges.map(({ name, mtu }) => `link add ${name} mtu ${mtu} type bridge`),
    ...ends.flatMap(({ name, bridge }) => (bridge === null ? [] : [`link set ${name} master ${bridge}`])),
    ...[...ends, ...bridges].map(({ name, mtu }) => `link set ${name} mtu ${mtu} up`),
    ...[...ends, ...bridges].flatMap(addresses),
    ...vxlans.map(({ name, local, remote, dontFragment }) => {
      const df = dontFragment ? 'set' : 'unset';
      // The port of flannel and of Linux before IANA chose 4789.
      return `link add ${name} type vxlan id 1 local ${local} remote ${remote} dstport 8472 df ${df}`;
    }),
    ...vxlans.map(({ name, mtu }) => `link set ${name} mtu ${mtu} up`),
    ...vxlans.flatMap(addresses),
    ...of(topology.routes, host).map((route) => {
      const words = route.via === 'blackhole' ? `blackhole ${route.to}` : `${route.to} ${nextHops(route)}`;
      const source = route.source === undefined ? '' : ` src ${route.source}`;
      const mtu = route.mtu === undefined ? '' : ` mtu ${route.mtuForForwarding ? 'lock ' : ''}${route.mtu}`;
      const table = route.table === undefined ? '' : ` table ${route.table}`;
      return `route replace ${words}${source}${mtu}${table}`;
    }),
  ];
}

function nextHops({ via, alsoVia }: Route): string {
  return alsoVia === undefined ? `via ${via}` : `nexthop via ${via} nexthop via ${alsoVia}`;
}

function addresses(device: Pick<LinkEnd, 'name' | 'addresses'>): string[] {
  return device.addresses.map(
    (address) => `addr add ${address} dev ${device.name}${address.includes(':') ? ' nodad' : ''}`,
  );
}

function heredoc(command: string, text: string): string {
  return `${command} <<'END_OF_INPUT'\n${text}\nEND_OF_INPUT`;
}

function of<Entry extends { readonly host: string }>(entries: readonly Entry[], host: string): readonly Entry[] {
  return entries.filter((entry) => entry.host === host);
}
