/** The reverse direction: which sizes of the target's packets reach us, by the MSS that we advertise. */

import type { SearchResult } from '../search/measurement.ts';
import type { Control } from '../search/reverse-rule.ts';
import type { Order, Search } from '../search/search.ts';
import type { Exchange } from './channel.ts';
import type { Connection, Connections } from './connections.ts';
import type { PathContext } from './context.ts';
import type { Handshakes } from './handshakes.ts';
import { exchangesFor } from './plan.ts';
import { absorbReverse, noteUndecided } from './reverse-record.ts';
import { advertisedSize, type ReverseProbe, type ReverseWave, runReverseWave } from './reverse-wave.ts';
import { newSearch, reportProgress, summarize } from './searching.ts';
import { whySmaller } from './smaller-segments.ts';

export interface ReverseResult {
  readonly search: SearchResult | null;
  readonly exercised: boolean;
  readonly largestSeen: number | null;
  readonly noReply: boolean;
  /** The exchange that filled segments; what a later look at the same direction asks for. */
  readonly exchange: Exchange;
  /** Packet size of the MSS in a SYN-ACK after the first wave; `null` when there was no reason to look. */
  readonly laterPeerSize: number | null;
}

type Opened = NonNullable<Handshakes['first']>;

export async function searchReverse(
  context: PathContext,
  connections: Connections,
  port: number,
  opened: Opened,
  peerSize: () => number | null,
): Promise<ReverseResult> {
  const reach = await reachableCeiling(context, connections, opened.ceiling);
  const search = newSearch(context.plan.reverseFloor, reach, context.plan.gentle);
  const exchanges = exchangesFor(context.path, port);
  let first: Opened | null = opened;
  let wave: ReverseWave | null = null;
  let exchange = exchanges[0] as Exchange;
  let largestSeen: number | null = null;
  let answered = false;
  search.poll();
  const ceilingOnly: readonly Order[] = [{ size: reach, copies: 1 }];
  for (const candidate of exchanges) {
    if (context.limits.reached) break;
    // Who says nothing to a ClientHello says nothing to a longer conversation that begins with one.
    if (wave !== null && !answered && beginsInTls(candidate)) continue;
    exchange = candidate;
    announce(context, search, ceilingOnly);
    wave = await runReverseWave(context, connections, {
      port,
      exchange,
      orders: ceilingOnly,
      opened: first === null ? [] : [first.ceiling],
      control: first === null ? 'new' : first.control,
      peerSize: peerSize(),
    });
    first = null;
    answered ||= wave.control !== null || wave.probes.some(({ judgement }) => judgement !== null);
    largestSeen = Math.max(largestSeen ?? 0, ...wave.probes.map(seenSize)) || largestSeen;
    if (isDecided(wave)) break;
    noteUndecided(context, wave);
  }
  if (first !== null) closeBoth(connections, first);
  if (wave === null || !isDecided(wave)) {
    return { search: null, exercised: false, largestSeen, noReply: !answered, exchange, laterPeerSize: null };
  }
  const from = { port, exchange, peerSize: peerSize() };
  const { because, laterPeerSize } = await whySmaller(context, connections, from, wave);
  absorbReverse(context, search, wave, wave.control, because);
  const settled = await goOn(context, connections, search, { port, exchange, control: wave.control, peerSize });
  const result = summarize(search, 'tcp-mss', reach, settled);
  context.hints.add(result.pathMtu);
  return { search: result, exercised: true, largestSeen, noReply: false, exchange, laterPeerSize };
}

/** Waits for the first handshake and reads what our SYN could really offer: a route or a remembered path MTU caps it. */
async function reachableCeiling(
  context: PathContext,
  connections: Connections,
  connection: Connection,
): Promise<number> {
  const { plan, limits, clock } = context;
  while (connection.establishedAt === null && connection.phase !== 'closed' && !limits.reached) {
    await connections.step(limits.clip(clock.now() + 100));
  }
  return advertisedSize({ connection, size: plan.ceiling }) ?? plan.ceiling;
}

interface Following {
  readonly port: number;
  readonly exchange: Exchange;
  readonly control: Control | null;
  readonly peerSize: () => number | null;
}

/** Second wave and later ones. @returns whether the search settled. */
async function goOn(context: PathContext, connections: Connections, search: Search, from: Following): Promise<boolean> {
  for (;;) {
    if (search.unsettled) await context.hints.ready();
    context.hints.tell(search);
    const step = search.poll();
    if (step.kind === 'done') return step.settled;
    if (context.limits.reached) return false;
    if (connections.left < 2) return false;
    const probes = step.orders.reduce((sum, { copies }) => sum + copies, 0);
    const orders = probes < connections.left ? step.orders : search.narrow(connections.left - 1);
    announce(context, search, orders);
    const wave = await runReverseWave(context, connections, {
      ...from,
      orders,
      opened: [],
      control: 'new',
      peerSize: from.peerSize(),
    });
    absorbReverse(context, search, wave, from.control);
  }
}

function announce(context: PathContext, search: Search, orders: readonly Order[]): void {
  const where = { address: context.path.address, direction: 'reverse', method: 'tcp-mss' } as const;
  reportProgress(
    context.onProgress,
    where,
    search,
    orders.map(({ size }) => size),
  );
}

function beginsInTls(exchange: Exchange): boolean {
  return exchange !== 'http-get';
}

/** Proved something about the ceiling: the exchange is long enough. */
function isDecided(wave: ReverseWave): boolean {
  return wave.probes.some(({ judgement }) => judgement !== null && judgement.kind !== 'short');
}

function seenSize(probe: ReverseProbe): number {
  return probe.judgement?.kind === 'short' ? (probe.judgement.size ?? 0) : 0;
}

function closeBoth(connections: Connections, opened: Opened): void {
  connections.close(opened.ceiling);
  connections.close(opened.control);
}
