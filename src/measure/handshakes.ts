/**
 * The first phase: connections to the first port that takes them.
 *
 * All connections that the first waves need are opened here, before any large packet moves: a server that learns a
 * smaller path MTU from a Packet Too Big offers a smaller MSS in its next SYN-ACK, and the silent hole in our own
 * direction would be gone for every connection opened later. The same ones serve both directions.
 */

import type { Clock, PathTarget } from './channel.ts';
import type { Connection, Connections } from './connections.ts';
import type { Limits } from './limits.ts';
import { mssToSet, type Plan } from './plan.ts';

export interface Handshakes {
  readonly port: number;
  /** Each offers and takes the ceiling, as far as this host lets it. At least one. */
  readonly flows: readonly Connection[];
  /** For the first reverse wave; `null` when that direction is not asked for. */
  readonly control: Connection | null;
}

export type HandshakeResult =
  | { readonly kind: 'open'; readonly handshakes: Handshakes }
  | { readonly kind: 'refused'; readonly port: number }
  | { readonly kind: 'silent' };

/** All that wait for a last port are given up together, those in the queue too (see `Connections`). */
const LAST_WAIT_MS = 3500;
/** A port that says nothing for so long is left waiting beside the next one: the SYN and its repetition are lost. */
const PATIENCE_MS = 1200;

/** One for the ceiling, three for the second wave: a size and, twice, its successor. */
const IDLE_FOR_FORWARD = 4;

interface Attempt {
  readonly handshakes: Handshakes;
  /** All but one connection were given up, so that the next port is not kept waiting. */
  thinned: boolean;
}

export async function shakeHands(
  connections: Connections,
  path: PathTarget,
  plan: Plan,
  limits: Limits,
  clock: Clock,
): Promise<HandshakeResult> {
  const attempts: Attempt[] = [];
  let openedAt = clock.now();
  const openNext = (): void => {
    for (const attempt of attempts) thin(connections, attempt);
    const port = path.ports[attempts.length];
    if (port === undefined) return;
    attempts.push({ handshakes: openGroup(connections, path, plan, port), thinned: false });
    openedAt = clock.now();
  };
  openNext();
  while (!limits.reached) {
    const winner = attempts.find(({ handshakes }) => has(handshakes, 'established'));
    if (winner !== undefined) {
      for (const attempt of attempts) if (attempt !== winner) closeGroup(connections, attempt.handshakes);
      if (!winner.thinned) return { kind: 'open', handshakes: winner.handshakes };
      closeGroup(connections, winner.handshakes);
      return { kind: 'open', handshakes: openGroup(connections, path, plan, winner.handshakes.port) };
    }
    const pending = attempts.some(({ handshakes }) => members(handshakes).some(({ phase }) => phase !== 'closed'));
    const more = attempts.length < path.ports.length;
    if (!more && (!pending || clock.now() - openedAt >= LAST_WAIT_MS)) break;
    if (more && (!pending || clock.now() - openedAt >= PATIENCE_MS)) openNext();
    await connections.step(limits.clip(clock.now() + PATIENCE_MS));
  }
  for (const { handshakes } of attempts) closeGroup(connections, handshakes);
  const refused = attempts.find(({ handshakes }) => members(handshakes).some(({ failure }) => failure === 'refused'));
  return refused === undefined ? { kind: 'silent' } : { kind: 'refused', port: refused.handshakes.port };
}

function thin(connections: Connections, attempt: Attempt): void {
  const [, ...spare] = members(attempt.handshakes);
  for (const connection of spare) connections.close(connection);
  attempt.thinned = true;
}

function has(group: Handshakes, phase: Connection['phase']): boolean {
  return members(group).some((member) => member.phase === phase);
}

function openGroup(connections: Connections, path: PathTarget, plan: Plan, port: number): Handshakes {
  const open = (): Connection => connections.open(port, mssToSet(plan.reverseCeiling, path));
  const count = plan.forward ? Math.max(plan.flows, IDLE_FOR_FORWARD) : plan.flows;
  // No more handshakes are under way at first than there are before the last flow: the control is among them.
  const flows = Array.from({ length: count - 1 }, open);
  const control = plan.reverse ? connections.open(port, mssToSet(plan.controlSize, path)) : null;
  return { port, flows: [...flows, open()], control };
}

function members({ flows, control }: Handshakes): Connection[] {
  return [...flows, ...(control === null ? [] : [control])];
}

function closeGroup(connections: Connections, group: Handshakes): void {
  for (const member of members(group)) connections.close(member);
}

/** The port that answered, in whatever way; `null` where none did. */
export function portOf(handshake: HandshakeResult | null): number | null {
  switch (handshake?.kind) {
    case 'open':
      return handshake.handshakes.port;
    case 'refused':
      return handshake.port;
    case 'silent':
    case undefined:
      return null;
  }
}
