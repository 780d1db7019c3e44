/** What is set in a layer, as far as it tells anything: what is as everywhere else is left out. */

import { mtuToConfigure } from '../../mtu-to-configure.ts';
import { INDENT } from '../../report/wrap.ts';
import type { Layer, LayerConfiguration } from '../contract.ts';
import { stepsOf, wayOut } from '../way-out.ts';
import { fitted } from './columns.ts';
import { paragraph } from './paragraph.ts';
import type { Row } from './rows.ts';

/** Of one layer; a node may have a route with an MTU for each pod. */
const MOST_FACTS = 6;
const MOST_LAYERS = 20;
const LONGEST_NAME = 64;

/** Nothing where no layer has anything to tell. */
export function configurationLines(rows: readonly Row[], layers: readonly Layer[]): string[] {
  const told = rows
    .map(({ layer }) => ({ layer, facts: factsOf(layer, layers) }))
    .filter(({ facts }) => facts.length > 0);
  if (told.length === 0) return [];
  const left = told.length - MOST_LAYERS;
  return [
    'configured',
    ...told.slice(0, MOST_LAYERS).flatMap(({ layer, facts }) => layerLines(layer, facts)),
    ...(left > 0 ? [`${INDENT}${left} more layers with something to tell in the JSON`] : []),
  ];
}

function layerLines({ name }: Layer, facts: readonly string[]): string[] {
  const left = facts.length - MOST_FACTS;
  const shown = left > 0 ? [...facts.slice(0, MOST_FACTS), `${left} more in the JSON`] : facts;
  return [`${INDENT}${fitted(name, LONGEST_NAME)}`, ...shown.flatMap((fact) => paragraph(fact, `${INDENT}${INDENT}`))];
}

function factsOf(layer: Layer, layers: readonly Layer[]): string[] {
  const { configuration } = layer;
  return [
    ...disagreements(layer, layers),
    ...idleBridges(layer, layers),
    ...(configuration === null ? [] : settings(configuration)),
  ];
}

/** What is measured to arrive is less than what is set, and nothing on this machine explains it. */
function disagreements(layer: Layer, layers: readonly Layer[]): string[] {
  if (stepsOf(wayOut(layer, layers)).length > 0) return [];
  const paths = (layer.report?.paths ?? []).filter((path) => mtuToConfigure(path) !== null);
  const groups = new Map<string, string[]>();
  for (const path of paths) {
    const { interface: name, mtu } = path.egress;
    const fact = `${name} is set to ${mtu}, and the path carries ${mtuToConfigure(path)}: no interface on the way out of this machine is that small, so that it is limited further out`;
    groups.set(fact, [...new Set([...(groups.get(fact) ?? []), path.target])]);
  }
  return [...groups].map(([fact, targets]) => `${fact} (${targets.join(', ')})`);
}

/** Nobody suffers yet: what is started there next will. */
function idleBridges(layer: Layer, layers: readonly Layer[]): string[] {
  const out = layer.interfaces.find(({ name }) => name === layer.egress);
  if (out === undefined) return [];
  const used = new Set(
    layers
      .filter(({ parent }) => parent === layer.netns)
      .flatMap((inner) => wayOut(inner, layers).map((place) => `${place.netns} ${place.interface}`)),
  );
  return layer.interfaces
    .filter(({ kind, name, mtu }) => kind === 'bridge' && name !== out.name && mtu > out.mtu && out.master !== name)
    .filter(({ name }) => !used.has(`${layer.netns} ${name}`))
    .map(
      ({ name, mtu }) =>
        `${name} takes ${mtu}, more than ${out.name} (${out.mtu}): nothing is behind it now; what is started there will send packets that do not fit`,
    );
}

function settings(configuration: LayerConfiguration): string[] {
  const { routes, cachedPathMtus, tcpMtuProbing, pingGroupRange, capabilities } = configuration;
  return [
    ...routes
      .filter(({ mtu }) => mtu !== null)
      .map(({ to, via, interface: name, mtu, locked }) => {
        const way = `route ${to}${via === null ? '' : ` via ${via}`} dev ${name}`;
        return `${way} mtu ${locked ? 'lock ' : ''}${mtu}${locked ? ': a Packet Too Big does not change it' : ''}`;
      }),
    ...cachedPathMtus.map(
      ({ to, mtu, expiresInS }) =>
        `remembers ${mtu} for ${to}${expiresInS === null ? '' : `, for ${expiresInS} s more`}: larger packets cannot be measured meanwhile`,
    ),
    ...(tcpMtuProbing === null || tcpMtuProbing === 0
      ? []
      : [PROBING[tcpMtuProbing] ?? `net.ipv4.tcp_mtu_probing ${tcpMtuProbing}`]),
    ...privileges(pingGroupRange, capabilities),
  ];
}

/** Documentation/networking/ip-sysctl.rst: tcp_mtu_probing. */
const PROBING: Readonly<Record<number, string>> = {
  1: 'net.ipv4.tcp_mtu_probing 1: uploads get round a black hole after seconds; downloads do not',
  2: 'net.ipv4.tcp_mtu_probing 2: uploads begin small and get round a black hole; downloads do not',
};

/** What it may send pings with: where there is nothing, that is worth knowing as well. */
function privileges(
  pingGroupRange: LayerConfiguration['pingGroupRange'],
  capabilities: LayerConfiguration['capabilities'],
): string[] {
  if (capabilities === null || capabilities.includes('CAP_NET_RAW')) return [];
  // include/net/ping.h: an empty range is written with the first above the second.
  const mayPing = pingGroupRange !== null && pingGroupRange[0] <= pingGroupRange[1];
  const held = capabilities.length === 0 ? '' : `; it has ${capabilities.join(', ')}`;
  return [
    mayPing
      ? `its oldest process has no CAP_NET_RAW, ping sockets are for groups ${pingGroupRange.join(' to ')}${held}`
      : `its oldest process has no CAP_NET_RAW, and nobody may use ping sockets${held}`,
  ];
}
