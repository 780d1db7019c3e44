/**
 * What is certain about prober → target, by TCP and by datagrams together.
 *
 *      TCP      ●────────────●                        what TCP sent is decided by TCP
 *      echo                  ·······●──────✗          echo fills in only what TCP could not send
 *               floor        reach         ceiling
 */

import type { Measurement, SearchResult } from '../search/measurement.ts';
import { type DirectionFacts, isUdp, NOTHING_KNOWN } from './facts.ts';
import { isMaskedAt, isRouteLimitAt } from './local-limits.ts';
import { isToldUpTo, offeredSize } from './offered.ts';
import { isSilentToUdp } from './udp-facts.ts';

export function forwardFacts(measurement: Measurement): DirectionFacts {
  const { forward, ceiling } = measurement;
  const { recoveredAfterMs } = forward;
  const tcp = forward.tcp?.answered === true ? forward.tcp : null;
  const beyond = datagramsOf(measurement);
  if (tcp === null) {
    const found = beyond === null ? {} : byDatagrams(measurement, beyond);
    return { ...NOTHING_KNOWN, ceiling, ...found, heldAt: heldUnseen(measurement, beyond), recoveredAfterMs };
  }
  if (tcp.settledBy === 'told' && !tcp.silence && beyond !== null && isToldNothing(measurement)) {
    return { ...NOTHING_KNOWN, ceiling, ...guessedLow(tcp, beyond, ceiling), recoveredAfterMs };
  }
  if (tcp.settledBy !== 'ceiling' || tcp.ceiling >= ceiling) {
    return { ...NOTHING_KNOWN, ceiling, ...byTcp(measurement, tcp, beyond), recoveredAfterMs };
  }
  return { ...NOTHING_KNOWN, ceiling, ...together(measurement, tcp, beyond), recoveredAfterMs };
}

/** The datagram search that saw most: where the scout was told, echo was kept below that. */
function datagramsOf({ forward }: Measurement): SearchResult | null {
  const { datagram, scout } = forward;
  if (scout !== null && scout.smallestTold !== null) return scout;
  if (datagram?.answered === true) return datagram;
  return scout?.answered === true ? scout : null;
}

type Found = Omit<DirectionFacts, 'ceiling' | 'exercised' | 'recoveredAfterMs' | 'masked' | 'heldAt' | 'routeLimit'>;

/** TCP's own word, where it found an end below what it was allowed to try, or none at all. */
function byTcp(measurement: Measurement, tcp: SearchResult, beyond: SearchResult | null): Found {
  const { ceiling, forward } = measurement;
  const { method, pathMtu, settledBy, silence } = tcp;
  // What was not sent for fear of a trace, only the datagrams can have been told of.
  const largest = forward.withheldAbove === null ? tcp : beyond;
  const toldAll = largest !== null && isToldUpTo(largest, Math.min(largest.ceiling, offeredSize(measurement)), pathMtu);
  return {
    pathMtu,
    exact: isExact(tcp, ceiling),
    provedBy: [method],
    silentBy: silence ? [method] : [],
    toldBy: settledBy === 'told' && toldAll && !silence ? [method] : [],
  };
}

/**
 * The word of datagrams where TCP has none. What large pings meet may be a limit of pings, so that their loss makes no
 * number exact; and where TCP could be asked and was not, it says nothing of TCP. Questions to a UDP service are no pings.
 */
function byDatagrams(measurement: Measurement, search: SearchResult): Found {
  const { method, pathMtu, settledBy, silence } = search;
  const { ceiling, portState } = measurement;
  // What was told and never tried smaller with success is a claim and no more.
  const isToldAll = settledBy === 'told' && pathMtu !== null && isToldUpTo(search, search.ceiling, pathMtu) && !silence;
  const isReached = (pathMtu !== null && pathMtu >= ceiling) || settledBy === 'told';
  const isSilent = isUdp(method) ? isSilentToUdp(measurement, search) : silence && portState !== 'open';
  return {
    pathMtu,
    exact: isReached || (settledBy === 'loss' && isSilent && isUdp(method)),
    provedBy: [method],
    silentBy: isSilent ? [method] : [],
    toldBy: isToldAll ? [method] : [],
  };
}

/** TCP was not tried in this direction, but its handshake says what it is held at, and datagrams say that this arrives. */
function heldUnseen(measurement: Measurement, beyond: SearchResult | null): number | null {
  const offered = offeredSize(measurement);
  const isHeld = measurement.portState === 'open' && offered < measurement.ceiling;
  return isHeld && (beyond?.pathMtu ?? 0) >= offered ? offered : null;
}

/** A router said "too big" and named no MTU (RFC 1191 §3): the kernel's guess is below what the path carries. */
function isToldNothing({ evidence }: Measurement): boolean {
  return evidence.some(({ outcome, nextHopMtu }) => outcome === 'packet-too-big' && nextHopMtu === 0);
}

/** TCP fell to the kernel's guess and can send no more; the datagrams went on. */
function guessedLow(tcp: SearchResult, beyond: SearchResult, ceiling: number): Found {
  const { pathMtu } = beyond;
  const exact = isExact(beyond, ceiling);
  return { pathMtu, exact, provedBy: [tcp.method, beyond.method], silentBy: [], toldBy: [tcp.method] };
}

/** All that TCP could or may send arrived; what lies above is the datagrams' to say. */
function together(
  measurement: Measurement,
  tcp: SearchResult,
  beyond: SearchResult | null,
): Omit<DirectionFacts, 'ceiling' | 'exercised' | 'recoveredAfterMs'> {
  const { ceiling, forward } = measurement;
  const reach = tcp.ceiling;
  const routeLimit = isRouteLimitAt(measurement, reach);
  const masked = isMaskedAt(measurement, reach);
  const offered = offeredSize(measurement);
  const withheld = forward.withheldAbove !== null && reach >= forward.withheldAbove && offered > reach;
  const seen = beyond !== null && (beyond.pathMtu ?? 0) >= reach ? beyond : null;
  const toldAbove = beyond?.smallestTold === reach + 1;
  const pathMtu = Math.max(reach, seen?.pathMtu ?? 0);
  // Less than the first SYN-ACK allowed: the server has learnt since, and only new connections are held there.
  const held = reach >= offered ? reach : pathMtu >= offered ? offered : null;
  const heldAt = routeLimit || masked || withheld || held === ceiling ? null : held;
  // What large pings meet may be a limit of pings; only a word of the network itself makes the number exact.
  const toldNext = toldAbove || seen?.settledBy === 'told';
  const exact = pathMtu >= ceiling || toldNext;
  const told = toldNext && beyond !== null && isToldUpTo(beyond, offered, pathMtu);
  const isSeen = beyond !== null && (toldAbove || seen !== null);
  return {
    pathMtu,
    exact,
    provedBy: isSeen ? [tcp.method, beyond.method] : [tcp.method],
    silentBy: [],
    toldBy: told ? [beyond.method] : [],
    heldAt,
    routeLimit,
    masked: masked && !exact && !told,
  };
}

function isExact({ settledBy, pathMtu }: SearchResult, ceiling: number): boolean {
  return (pathMtu !== null && pathMtu >= ceiling) || settledBy === 'loss' || settledBy === 'told';
}
