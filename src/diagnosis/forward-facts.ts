/**
 * What is certain about prober → target, by TCP and by datagrams together.
 *
 *      TCP      ●────────────●                        what TCP sent is decided by TCP
 *      echo                  ·······●──────✗          echo fills in only what TCP could not send
 *               floor        reach         ceiling
 */

import type { Method } from '../contract.ts';
import type { Measurement, SearchResult } from '../search/measurement.ts';
import { type DirectionFacts, NOTHING_KNOWN } from './facts.ts';
import { isMaskedAt, isRouteLimitAt } from './local-limits.ts';

export function forwardFacts(measurement: Measurement): DirectionFacts {
  const { forward, ceiling } = measurement;
  const { recoveredAfterMs } = forward;
  const tcp = forward.tcp?.answered === true ? forward.tcp : null;
  const beyond = datagramsOf(measurement);
  if (tcp === null) {
    return { ...NOTHING_KNOWN, ceiling, ...(beyond === null ? {} : alone(beyond, ceiling)), recoveredAfterMs };
  }
  if (tcp.settledBy === 'told' && !tcp.silence && beyond !== null && isToldNothing(measurement)) {
    return { ...NOTHING_KNOWN, ceiling, ...guessedLow(tcp, beyond, ceiling), recoveredAfterMs };
  }
  if (tcp.settledBy !== 'ceiling' || tcp.ceiling >= ceiling) {
    return { ...NOTHING_KNOWN, ceiling, ...alone(tcp, ceiling), recoveredAfterMs };
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

/** One method's word, where it is the only one that counts. */
function alone(search: SearchResult, ceiling: number): Found {
  const { method, pathMtu, settledBy, silence } = search;
  return {
    pathMtu,
    exact: isExact(search, ceiling),
    provedBy: [method],
    silentBy: silence ? [method] : [],
    toldBy: settledBy === 'told' && !silence ? [method] : [],
  };
}

/** A router said "too big" and named no MTU (RFC 1191 §3): the kernel's guess is below what the path carries. */
function isToldNothing({ evidence }: Measurement): boolean {
  return evidence.some(({ outcome, nextHopMtu }) => outcome === 'packet-too-big' && nextHopMtu === 0);
}

/** TCP fell to the kernel's guess and can send no more; the datagrams went on. */
function guessedLow(tcp: SearchResult, beyond: SearchResult, ceiling: number): Found {
  return { ...alone(beyond, ceiling), provedBy: [tcp.method, beyond.method], silentBy: [], toldBy: [tcp.method] };
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
  const withheld = forward.withheldAbove !== null && reach >= forward.withheldAbove;
  const heldAt = routeLimit || masked || withheld ? null : reach;
  const seen = beyond !== null && (beyond.pathMtu ?? 0) >= reach ? beyond : null;
  const toldAbove = beyond?.smallestTold === reach + 1;
  const pathMtu = Math.max(reach, seen?.pathMtu ?? 0);
  const exact = pathMtu >= ceiling || toldAbove || (seen !== null && isExact(seen, ceiling));
  const told = toldAbove || seen?.settledBy === 'told';
  const silent = seen?.silence === true && heldAt === null;
  const methods: Method[] =
    beyond !== null && (toldAbove || seen !== null) ? [tcp.method, beyond.method] : [tcp.method];
  return {
    pathMtu,
    exact,
    provedBy: methods,
    silentBy: silent ? [(seen as SearchResult).method] : [],
    toldBy: told && !silent && beyond !== null ? [beyond.method] : [],
    heldAt,
    routeLimit,
    masked: masked && !exact && !told && !silent,
  };
}

function isExact({ settledBy, pathMtu }: SearchResult, ceiling: number): boolean {
  return (pathMtu !== null && pathMtu >= ceiling) || settledBy === 'loss' || settledBy === 'told';
}
