/** What a run is told in order to measure a peer, and whom a target stands for. */

import type { Agent } from './agents.ts';

/** Of every peer's target. */
export const PEER_SCHEME = 'mtu://';

/** The same for as long as the peer is where it is: histories go by it. */
export function targetOf({ responder }: Agent): string {
  return `${PEER_SCHEME}${responder}`;
}

/** Whom each target stands for. */
export function peersByTarget(peers: readonly Agent[]): ReadonlyMap<string, Agent> {
  return new Map(peers.map((peer) => [targetOf(peer), peer]));
}
