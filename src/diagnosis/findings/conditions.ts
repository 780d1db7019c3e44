/** What else the path does to packets, large or small. */

import type { Evidence } from '../../contract.ts';
import type { SearchResult } from '../../search/measurement.ts';
import { isUdp } from '../facts.ts';
import type { PathView } from '../view.ts';
import type { FindingRule } from './rule.ts';

/** Two: a single lost packet is everyday life on any network. */
const LOSSES_WORTH_SAYING = 2;

export const CONDITION_FINDINGS: readonly FindingRule[] = [
  {
    code: 'tcp-only',
    severity: 'warning',
    applies: ({ measurement, forward }) =>
      forward.behaviour === 'silent' &&
      measurement.forward.tcp?.settledBy === 'loss' &&
      // Pings took one of several ways.
      measurement.forward.tcp.members.length === 0 &&
      (measurement.forward.datagram?.pathMtu ?? 0) > (forward.pathMtu ?? 0) &&
      !isHeld(measurement),
    summary: ({ measurement, forward, host }) =>
      `Large TCP packets to ${host} vanish above ${forward.pathMtu} bytes although pings of ${measurement.forward.datagram?.pathMtu} ` +
      'bytes arrive: something on the way looks into TCP. Changing the MTU is a way round it, not the cause.',
    detail: () => 'A firewall or load balancer that drops large TCP segments; the links themselves carry more.',
  },
  {
    code: 'paths-disagree',
    severity: 'warning',
    applies: ({ measurement }) => divided(measurement).length > 0,
    summary: ({ measurement, host }) =>
      `There are several ways ${whereTo(measurement, host)}, and they differ: ${divided(measurement)
        .map((search) => memberWords(search, host))
        .join('; ')}. What hangs for one connection works for the next one.`,
    detail: ({ measurement }) =>
      'Routers that share a load keep a connection on one way (ECMP, by addresses and ports). ' +
      (divided(measurement).some(({ members }) => members.some(({ pathMtu }) => pathMtu === null))
        ? 'Here the same ports go another way each time, so that the ways could not be measured one by one.'
        : 'Connections that lost what others carry were opened again from the same ports and lost it again; the direction is ' +
          'reported as its narrowest way is.'),
  },
  {
    code: 'fragmented',
    severity: 'info',
    applies: ({ measurement }) => inPieces(measurement).length > 0,
    summary: ({ measurement, host }) =>
      `Packets ${whither(measurement, host)} arrive in pieces of up to ${Math.max(...inPieces(measurement).map(({ largestFragment = 0 }) => largestFragment))} ` +
      'bytes, although each of them says that it must not be cut: something on the way takes that mark off. They get through ' +
      'as long as the pieces do.',
    detail: () =>
      'The receiving end saw fragments of packets that left with DF. A router that clears DF does this on purpose, mostly ' +
      'to get round lost Packet Too Big messages.',
  },
  {
    code: 'icmp-filtered',
    severity: 'info',
    applies: ({ measurement }) => {
      const { datagram, tcp } = measurement.forward;
      return datagram?.answered === false && tcp?.answered === true;
    },
    summary: ({ host }) =>
      `${host} does not answer pings of any size. That is no fault by itself, but if a smaller link ever appears on the way, ` +
      'nobody may be told.',
    detail: () => 'Echo requests of every size went unanswered while TCP connections were acknowledged.',
  },
  {
    code: 'icmp-policed',
    severity: 'info',
    applies: (view) => isPoliced(view),
    summary: ({ host }) =>
      `Large pings to ${host} get no answer. That alone does not show a fault: many networks limit large pings and nothing else.`,
    detail: ({ measurement }) =>
      `The largest echo that was answered has ${measurement.forward.datagram?.pathMtu} bytes; what TCP carries is carried.`,
  },
  {
    code: 'proxy-configured',
    severity: 'info',
    applies: ({ measurement }) => measurement.proxy !== null,
    summary: ({ measurement, host }) =>
      `Jobs here go through the proxy ${measurement.proxy} to ${host}, so that the way to the proxy is the one that matters ` +
      'to them. What is said here is the way without it.',
    detail: () =>
      'https_proxy, http_proxy or all_proxy is set, and no_proxy does not exempt the target. The way to the proxy is measured ' +
      'as a path of its own, in its forward direction.',
  },
  {
    code: 'lossy',
    severity: 'info',
    applies: ({ measurement }) => losses(measurement) >= LOSSES_WORTH_SAYING,
    summary: () =>
      'This path loses packets of every size now and then. That slows everything down, but is no matter of MTU.',
    detail: ({ measurement }) =>
      `${losses(measurement)} packets were lost and repaired, or lost at sizes that arrived another time.`,
  },
  {
    code: 'local',
    severity: 'info',
    applies: ({ measurement }) => measurement.local,
    summary: ({ host }) => `${host} is this host itself; its packets never leave it.`,
    detail: () => 'The route to the address is of type "local", so nothing was sent.',
  },
];

/** What came in pieces, of all that left whole. */
function inPieces({ evidence }: PathView['measurement']): Evidence[] {
  return evidence.filter(({ largestFragment }) => largestFragment !== undefined);
}

function whither(measurement: PathView['measurement'], host: string): string {
  const ways = new Set(inPieces(measurement).map(({ direction }) => direction));
  if (ways.size === 2) return `to ${host} and back`;
  return ways.has('forward') ? `to ${host}` : `from ${host} to here`;
}

/** Searches whose flows do not agree. */
function divided({ forward, reverse }: PathView['measurement']): SearchResult[] {
  return [forward.tcp, reverse.search].filter((search) => search !== null).filter(({ members }) => members.length > 0);
}

function whereTo(measurement: PathView['measurement'], host: string): string {
  const methods = divided(measurement).map(({ method }) => method);
  if (methods.length === 2) return `to ${host} and back`;
  return methods[0] === 'tcp-segment' ? `to ${host}` : `from ${host} to here`;
}

function memberWords({ members, method }: SearchResult, host: string): string {
  const all = members.reduce((sum, { flows }) => sum + flows, 0);
  const way = method === 'tcp-segment' ? `to ${host}` : `from ${host}`;
  const shares = members.map(({ flows, pathMtu }) => {
    const verb = flows === 1 ? 'connection carries' : 'connections carry';
    return `${flows} of ${all} ${verb} ${pathMtu === null ? 'less' : `${pathMtu} bytes`}`;
  });
  return `${way}, ${shares.join(' and ')}`;
}

function isHeld({ forward, ceiling }: PathView['measurement']): boolean {
  return forward.tcp?.settledBy === 'ceiling' && forward.tcp.ceiling < ceiling;
}

function isPoliced({ measurement, facts }: PathView): boolean {
  const { datagram, tcp } = measurement.forward;
  if (datagram === null || !datagram.answered || !datagram.silence || isUdp(datagram.method)) return false;
  const carried = tcp?.pathMtu ?? 0;
  return (
    carried > (datagram.pathMtu ?? 0) ||
    (facts.forward.silentBy.length === 1 && facts.forward.silentBy[0] === datagram.method)
  );
}

function losses(measurement: PathView['measurement']): number {
  const { forward, reverse, repairs } = measurement;
  const searches = [forward.tcp, forward.datagram, reverse.search];
  return searches.reduce((sum, search) => sum + (search?.strayLosses ?? 0), repairs);
}
