/** The reverse direction: which sizes of the target's packets reach us, by the MSS that we advertise. */

import type { SearchResult } from '../search/measurement.ts';
import type { Order } from '../search/order.ts';
import type { Control } from '../search/reverse-rule.ts';
import type { Search } from '../search/search.ts';
import type { Exchange } from './channel.ts';
import type { Connection, Connections } from './connections.ts';
import type { PathContext } from './context.ts';
import { type Opened, openReverse } from './reverse-opening.ts';
import { absorbReverse } from './reverse-record.ts';
import { advertisedSize, runReverseWave } from './reverse-wave.ts';
import { newTcpSearch, reportProgress, summarize } from './searching.ts';
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
  /** Opened before the server could learn anything, and never used. */
  readonly idle: readonly Connection[];
}

export async function searchReverse(
  context: PathContext,
  connections: Connections,
  opened: Opened,
): Promise<ReverseResult> {
  const { port, peerSize } = opened;
  const reach = await reachableCeiling(context, connections, opened.flows);
  const search = newTcpSearch(context.plan, context.plan.reverseFloor, reach);
  announce(context, search, [{ size: reach, copies: context.plan.flows }]);
  const { wave, exchange, firstFlight, largestSeen, answered, idle } = await openReverse(
    context,
    connections,
    search,
    opened,
  );
  connections.close(opened.control);
  if (wave === null) {
    return { search: null, exercised: false, largestSeen, noReply: !answered, exchange, laterPeerSize: null, idle };
  }
  const from = { port, exchange, firstFlight, peerSize: peerSize() };
  const { because, laterPeerSize } = await whySmaller(context, connections, from, wave);
  absorbReverse(context, search, wave, wave.control, because);
  const settled = await goOn(context, connections, search, {
    port,
    exchange,
    firstFlight,
    control: wave.control,
    peerSize,
  });
  const result = summarize(search, 'tcp-mss', reach, settled);
  context.hints.add(result.pathMtu);
  return { search: result, exercised: true, largestSeen, noReply: false, exchange, laterPeerSize, idle };
}

/** Waits for the first handshake and reads what our SYN could really offer: a route or a remembered path MTU caps it. */
async function reachableCeiling(
  context: PathContext,
  connections: Connections,
  flows: readonly Connection[],
): Promise<number> {
  const { plan, limits, clock } = context;
  const isWaiting = (): boolean => flows.some(({ phase }) => phase === 'queued' || phase === 'connecting');
  const offered = (): number | null =>
    flows.map((connection) => advertisedSize({ connection, size: plan.ceiling })).find((size) => size !== null) ?? null;
  while (offered() === null && isWaiting() && !limits.reached) await connections.step(limits.clip(clock.now() + 100));
  return offered() ?? plan.ceiling;
}

interface Following {
  readonly port: number;
  readonly exchange: Exchange;
  readonly firstFlight: number | null;
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
