/** Words for the place where packets end. */

import type { Direction } from '../../contract.ts';
import { type HopTrace, routersPassed } from '../../search/hop-rule.ts';

/** A clause behind a sentence; empty where the place is not known. */
export function placeWords(hop: Direction['hop']): string {
  if (hop === null) return '';
  const from = hop.ttl === 0 ? 'on the first link' : `behind ${hop.address ?? 'a router'} (hop ${hop.ttl})`;
  return `; they end ${from}, before ${hop.next.address ?? 'the next router'} (hop ${hop.next.ttl})`;
}

/** Who had which packets in hand; empty where nobody looked. */
export function traceWords(trace: HopTrace): string {
  if (trace.length === 0) return '';
  const hops = trace.map(
    ({ ttl, address, large }) => `${ttl} ${address ?? 'target'} ${large ? 'large' : 'small only'}`,
  );
  return `By hop: ${hops.join(', ')}. `;
}

/** All that can be said of a way that nobody here can walk; empty where no answer told its TTL. */
export function routersBack(hopsLeft: number | null, host: string): string {
  if (hopsLeft === null) return '';
  const routers = routersPassed(hopsLeft);
  const words = routers === 0 ? 'no router is' : routers === 1 ? 'one router is' : `about ${routers} routers are`;
  return `Answers from ${host} arrive with TTL ${hopsLeft}, so that ${words} on the way back; which of them drops is not visible from here. `;
}
