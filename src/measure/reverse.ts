/** The reverse direction: which sizes of the target's packets reach us, by the MSS that we advertise. */

import { FlowLog } from '../search/flow-log.ts';
import type { SearchResult } from '../search/measurement.ts';
import type { Order } from '../search/order.ts';
import type { Control } from '../search/reverse-rule.ts';
import type { Search } from '../search/search.ts';
import { mssOfSize } from '../wire/header-size.ts';
import type { Exchange } from './channel.ts';
import type { Connection, Connections } from './connections.ts';
import type { PathContext } from './context.ts';
import { type FlowProber, flowProber } from './flow-prober.ts';
import { type SearchEnd, searchMembers, withoutDisputed } from './members.ts';
import { type Opened, openReverse } from './reverse-opening.ts';
import { absorbReverse } from './reverse-record.ts';
import { advertisedSize, type ReverseWave, runReverseWave } from './reverse-wave.ts';
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
  const log = new FlowLog();
  absorbReverse(context, search, wave, wave.control, because, log);
  const following = { port, exchange, firstFlight, control: wave.control, peerSize, log };
  const prober = reverseProber(context, connections, following, opened.flows);
  const { settled, members } = await goOn(context, connections, search, following, async () =>
    searchMembers(context, log, search, context.plan.reverseFloor, prober),
  );
  const result =
    members === null
      ? withoutDisputed(summarize(search, 'tcp-mss', reach, settled), log)
      : { ...members, ceiling: reach };
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
    flows
      .map((connection) => advertisedSize({ connection, size: plan.reverseCeiling }))
      .find((size) => size !== null) ?? null;
  while (offered() === null && isWaiting() && !limits.reached) await connections.step(limits.clip(clock.now() + 100));
  return offered() ?? plan.reverseCeiling;
}

interface Following {
  readonly port: number;
  readonly exchange: Exchange;
  readonly firstFlight: number | null;
  readonly control: Control | null;
  readonly peerSize: () => number | null;
  readonly log: FlowLog;
  /** The only ports to leave from, of connections that were aborted. */
  readonly ports?: readonly number[];
  /** A control that will do for the next wave, in place of a new one. */
  readonly known?: Control | null;
}

/** Second wave and later ones. @param members is asked after every wave whether the flows agree. */
async function goOn(
  context: PathContext,
  connections: Connections,
  search: Search,
  from: Following,
  members: () => Promise<SearchResult | null>,
): Promise<SearchEnd> {
  for (;;) {
    const found = await members();
    if (found !== null) return { settled: true, members: found };
    if (search.unsettled) await context.hints.ready();
    context.hints.tell(search);
    const step = search.poll();
    if (step.kind === 'done') return { settled: step.settled, members: null };
    // The survivor by other flows: what they are owed is known.
    const known = search.isSettled ? from.control : null;
    const left = connections.left - (known === null && from.ports === undefined ? context.plan.flows : 0);
    if (context.limits.reached || left < 2) return { settled: false, members: null };
    const probes = step.orders.reduce((sum, { copies }) => sum + copies, 0);
    const most = Math.min(left - 1, from.ports?.length ?? left);
    await oneWave(context, connections, search, { ...from, known }, probes <= most ? step.orders : search.narrow(most));
  }
}

async function oneWave(
  context: PathContext,
  connections: Connections,
  search: Search,
  from: Following,
  orders: readonly Order[],
): Promise<ReverseWave> {
  announce(context, search, orders);
  const wave = await runReverseWave(context, connections, {
    ...from,
    orders,
    opened: [],
    control: from.known ?? 'new',
    peerSize: from.peerSize(),
    owedBytes: owedBytes(context, from.control),
  });
  absorbReverse(context, search, wave, from.control, undefined, from.log);
  return wave;
}

/** A full segment of the ceiling, as far as the first control came to it. */
function owedBytes({ plan, path }: PathContext, control: Control | null): number {
  return Math.min(control?.replyBytes ?? 0, mssOfSize(plan.reverseCeiling, path.family));
}

/** @param flows connections that are still open, and may have to make room for others that leave from their ports. */
function reverseProber(
  context: PathContext,
  connections: Connections,
  from: Following,
  flows: readonly Connection[],
): FlowProber {
  const free = (ports: readonly number[]): void => {
    for (const flow of flows) if (ports.includes(flow.localPort ?? 0)) connections.close(flow, true);
  };
  return flowProber(context, {
    method: 'tcp-mss',
    floor: context.plan.reverseFloor,
    wave: async (search, order, ports) => {
      if (ports !== null) free(ports);
      const leaving = ports === null ? from : { ...from, ports };
      const { probes } = await oneWave(context, connections, search, leaving, [order]);
      return probes;
    },
    search: async (search, ports) => {
      const { settled } = await goOn(context, connections, search, { ...from, ports }, () => Promise.resolve(null));
      return settled;
    },
  });
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
