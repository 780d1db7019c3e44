/** What becomes of packets in one direction, for somebody who sees the numbers for the first time. */

import type { Direction, DirectionName, PathReport } from '../contract.ts';
import { hostOf } from './host.ts';
import { isByPingsAlone } from './only-pings.ts';

export function directionSentence(name: DirectionName, path: PathReport): string {
  if (isUntouched(name, path)) return 'Not measured.';
  const rest = largerOnes(name, path);
  return `${arriving(name, path)}${rest === '' ? '' : `; ${rest}`}.`;
}

/** Nothing was tried in this direction. */
function isUntouched(name: DirectionName, { [name]: direction, evidence }: PathReport): boolean {
  return direction.pathMtu === null && !evidence.some((probe) => probe.direction === name);
}

function arriving(name: DirectionName, { [name]: { pathMtu, exact } }: PathReport): string {
  if (pathMtu === null) return 'No size is proved to arrive';
  return exact ? `${pathMtu} bytes arrive` : `At least ${pathMtu} bytes arrive`;
}

function largerOnes(name: DirectionName, path: PathReport): string {
  const { behaviour, pathMtu, recoveredAfterMs } = path[name];
  const sender = name === 'forward' ? 'this host' : hostOf(path);
  switch (behaviour) {
    case 'silent':
      if (isByPingsAlone(path[name])) return 'larger pings get no answer, and nobody knows which way they are lost';
      return `larger ones vanish${place(path[name])}, and ${sender} is not told`;
    case 'delayed':
      return `larger ones vanish, and ${sender} gets round that by itself after ${((recoveredAfterMs ?? 0) / 1000).toFixed(1)} s`;
    case 'signalled':
      return `larger ones are refused${tellers(name, path)}, and ${sender} is told`;
    case 'clamped':
      return 'the segment size that TCP agreed on (MSS) keeps larger ones from being sent';
    case 'local-limit':
      return (pathMtu ?? 0) >= path.egress.mtu
        ? 'a route on this host keeps TCP below that'
        : 'a route on this host keeps larger ones from being sent';
    case 'clear':
      return pathMtu === path.egress.mtu
        ? `${path.egress.interface} takes no larger ones`
        : 'no larger ones were to be tried';
    case 'not-exercised':
      return 'no reply was long enough to fill a larger one';
    case 'unknown':
      return notTried(name, path);
  }
}

/** Between which two hops; empty where that is not known. */
function place({ hop }: Direction): string {
  if (hop === null) return '';
  return ` between ${hop.address ?? 'a router'} (hop ${hop.ttl}) and ${hop.next.address ?? 'the next'} (hop ${hop.next.ttl})`;
}

function tellers(name: DirectionName, { [name]: { packetTooBig } }: PathReport): string {
  const names = [...new Set(packetTooBig.map(({ from }) => from).filter((from) => from !== null))];
  return names.length === 0 ? '' : ` by ${names.join(' and ')}`;
}

/** Why the search stopped below the ceiling. First match: a remembered path MTU would have stopped it anyway. */
function notTried(name: DirectionName, path: PathReport): string {
  const { masked, pathMtu } = path[name];
  const has = (code: string): boolean => path.findings.some((finding) => finding.code === code);
  if (masked) {
    return `nothing larger could be tried, because this host remembers a path MTU of ${path.egress.cachedPathMtu ?? pathMtu}`;
  }
  if (name === 'forward' && has('forward-withheld'))
    return 'nothing larger was sent, so that the next run still sees the fault';
  if (has('timed-out')) return 'the run ended before more was known';
  return pathMtu === null ? '' : 'what becomes of larger ones is not known';
}
