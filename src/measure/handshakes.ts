/**
 * The first phase: connections to the first port that takes them.
 *
 * All connections that the first waves need are opened here, before any large packet moves: a server that learns a
 * smaller path MTU from a Packet Too Big offers a smaller MSS in its next SYN-ACK, and the silent hole in our own
 * direction would be gone for every connection opened later.
 */

import type { Clock, PathTarget } from './channel.ts';
import type { Connection, Connections } from './connections.ts';
import type { Limits } from './limits.ts';
import { mssToSet, type Plan } from './plan.ts';

export interface Handshakes {
  readonly port: number;
  /** For the first reverse wave; `null` when that direction is not asked for. */
  readonly first: { readonly ceiling: Connection; readonly control: Connection } | null;
  readonly pool: readonly Connection[];
}

export type HandshakeResult =
  | { readonly kind: 'open'; readonly handshakes: Handshakes }
  | { readonly kind: 'refused'; readonly port: number }
  | { readonly kind: 'silent' };

/** A port that says nothing for so long is left waiting beside the next one: the SYN and its repetition are lost. */
const PATIENCE_MS = 1200;

export async function shakeHands(
  connections: Connections,
  path: PathTarget,
  plan: Plan,
  limits: Limits,
  clock: Clock,
): Promise<HandshakeResult> {
  const groups: Handshakes[] = [];
  let openedAt = clock.now();
  const openNext = (): void => {
    const port = path.ports[groups.length];
    if (port === undefined) return;
    groups.push(openGroup(connections, path, plan, port));
    openedAt = clock.now();
  };
  openNext();
  while (!limits.reached) {
    const winner = groups.find((group) => members(group).some((member) => member.phase === 'established'));
    if (winner !== undefined) {
      for (const group of groups) if (group !== winner) closeGroup(connections, group);
      return { kind: 'open', handshakes: winner };
    }
    const pending = groups.filter((group) => members(group).some((member) => member.phase !== 'closed'));
    const more = groups.length < path.ports.length;
    if (pending.length === 0 && !more) break;
    if (more && (pending.length === 0 || clock.now() - openedAt >= PATIENCE_MS)) openNext();
    await connections.step(limits.clip(clock.now() + PATIENCE_MS));
  }
  for (const group of groups) closeGroup(connections, group);
  const refused = groups.find((group) => members(group).some((member) => member.failure === 'refused'));
  return refused === undefined ? { kind: 'silent' } : { kind: 'refused', port: refused.port };
}

function openGroup(connections: Connections, path: PathTarget, plan: Plan, port: number): Handshakes {
  const first = plan.reverse
    ? {
        ceiling: connections.open(port, mssToSet(plan.ceiling, path)),
        control: connections.open(port, mssToSet(plan.reverseFloor, path)),
      }
    : null;
  const pool = Array.from({ length: plan.poolSize }, () => connections.open(port, null));
  return { port, first, pool };
}

function members(group: Handshakes): Connection[] {
  return [...(group.first === null ? [] : [group.first.ceiling, group.first.control]), ...group.pool];
}

function closeGroup(connections: Connections, group: Handshakes): void {
  for (const member of members(group)) connections.close(member);
}
