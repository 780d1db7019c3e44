/**
 * Builds a topology out of network namespaces of this machine, in well under a second. Nothing is ever taken down: the
 * kernel does that when the process that `launch` started ends.
 */

import { readFileSync } from 'node:fs';
import { disableOffloads } from '../net/sys/ethtool.ts';
import { requireTun } from '../net/sys/tun.ts';
import { program } from '../shipped.ts';
import { command } from './command.ts';
import { hostScript } from './host-script.ts';
import { startProcess } from './start-process.ts';
import type { Link, Topology } from './topology.ts';

const LAST_GROUP = 2147483647; // largest group ID that ping_group_range takes (icmp(7))

export interface Network {
  /** The words that run a command inside a host. */
  enter(host: string, words: readonly string[]): string[];
  /** Empties every host's route cache, where learnt path MTUs live for 600 s and heal what is to be measured. */
  forget(): Promise<void>;
}

/**
 * Interfaces are made in this process's namespace, where their offloads can be switched off without a process per
 * host, and then move home. Each host configures itself by one script; all hosts at once.
 *
 * @throws EnvironmentError when a command fails, with its words, or a relay is wanted and `/dev/net/tun` is not ours.
 */
export async function buildNetwork(topology: Topology): Promise<Network> {
  if (needsTun(topology)) requireTun();
  await ip([
    ...topology.hosts.map((host) => `netns add ${host}`),
    ...topology.links.flatMap((link, number) => (link.kind === 'veth' ? [vethCommand(link, number)] : [])),
  ]);
  await Promise.all(
    topology.links.flatMap((link, number) => (link.kind === 'relay' ? [startRelay(link, number)] : [])),
  );
  topology.links.forEach((link, number) => {
    if (link.kind === 'veth') for (const device of temporaryNames(number)) disableOffloads(device);
  });
  await ip(
    topology.links.flatMap((link, number) => {
      const devices = temporaryNames(number);
      return link.ends.map(({ host, name }, end) => `link set ${devices[end]} netns ${host} name ${name}`);
    }),
  );
  const enter = (host: string, words: readonly string[]): string[] => [
    'nsenter',
    `--net=/run/netns/${host}`,
    '--',
    ...words,
  ];
  const inEvery = async (script: (host: string) => string): Promise<void> => {
    await Promise.all(topology.hosts.map((host) => command(enter(host, ['sh', '-e']), script(host))));
  };
  const group = lastPingGroup();
  await inEvery((host) => hostScript(topology, host, group));
  return {
    enter,
    forget: () => inEvery(() => 'ip route flush cache\nip -6 route flush cache\n'),
  };
}

/** Whether only root can build it. */
export function needsTun({ links }: Topology): boolean {
  return links.some(({ kind }) => kind === 'relay');
}

async function ip(commands: readonly string[]): Promise<void> {
  await command(['ip', '-batch', '-'], `${commands.join('\n')}\n`);
}

/** Unique among all links while they are still in one namespace. */
function temporaryNames(number: number): [string, string] {
  return [`lab${number}a`, `lab${number}b`];
}

function vethCommand(link: Link, number: number): string {
  const [first, second] = temporaryNames(number);
  const [near, far] = link.ends;
  return `link add ${first} mtu ${near.mtu} type veth peer name ${second} mtu ${far.mtu}`;
}

function startRelay(link: Extract<Link, { kind: 'relay' }>, number: number) {
  const { impairments, seed, attack, ends } = link;
  const addresses = ends.map((end) => end.addresses);
  const options = { devices: temporaryNames(number), impairments, seed, attack, addresses };
  return startProcess(program('lab/relay', JSON.stringify(options)));
}

/** In a user namespace with a single group only that one can be named. */
function lastPingGroup(): number {
  const [first, , count] = readFileSync('/proc/self/gid_map', 'utf8').trim().split(/\s+/).map(Number);
  return first === 0 && count !== undefined && count > LAST_GROUP ? LAST_GROUP : 0;
}
