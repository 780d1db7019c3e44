/**
 * The first look at the reverse direction: which exchange makes the server send enough, then the ceiling by all flows.
 *
 *   control ── small MSS, asked first ── how long is the reply?
 *   flows   ── the ceiling, all at once ── only for a reply that fills packets of that size
 *
 * A shorter reply at full size would spoil the evidence: a router may tell the server of it, the server then uses
 * smaller packets for everything, and what becomes of full ones could not be seen any more.
 */

import type { Search } from '../search/search.ts';
import { segmentPayload } from '../wire/header-size.ts';
import type { Exchange } from './channel.ts';
import type { Connection, Connections } from './connections.ts';
import { type PathContext, pollInterval } from './context.ts';
import { exchangesFor, mssToSet, writesInPieces } from './plan.ts';
import { noteUndecided } from './reverse-record.ts';
import {
  askProbe,
  newProbe,
  type ReverseProbe,
  type ReverseWave,
  replyPatienceMs,
  runReverseWave,
} from './reverse-wave.ts';

/** What was opened before any large packet moved. */
export interface Opened {
  readonly port: number;
  readonly flows: readonly Connection[];
  readonly control: Connection;
  /** What the first SYN-ACK allowed, once it is there. */
  readonly peerSize: () => number | null;
}

export interface ReverseOpening {
  /** The wave that says what becomes of the ceiling; `null` when none does. */
  readonly wave: ReverseWave | null;
  /** The exchange of that wave, or the last that was tried. */
  readonly exchange: Exchange;
  /** Bytes that the server says before it comes to the reply; `null` where the reply comes first. */
  readonly firstFlight: number | null;
  readonly largestSeen: number | null;
  /** The server said something. */
  readonly answered: boolean;
  /** Opened before the server could learn anything, and never used. */
  readonly idle: readonly Connection[];
}

/** A size and, twice, its successor. */
const IDLE = 3;

type ReplyLength = 'long' | 'short' | 'none';

export async function openReverse(
  context: PathContext,
  connections: Connections,
  search: Search,
  opened: Opened,
): Promise<ReverseOpening> {
  const step = search.poll();
  const orders = step.kind === 'wave' ? step.orders : [];
  const unused = opened.flows.slice(0, context.plan.flows);
  const exchanges = exchangesFor(context.path, opened.port);
  let exchange = exchanges[0] as Exchange;
  let longest: { readonly exchange: Exchange; readonly bytes: number } | null = null;
  let answered = false;
  const idle: Connection[] = [];
  let control: Connection | null = opened.control;
  const firstFlight = (asked: Exchange): number | null =>
    asked === longest?.exchange ? null : (longest?.bytes ?? null);
  const ask = async (asked: Exchange, by: ReverseProbe | 'new', owedBytes: number): Promise<ReverseWave> => {
    const { port } = opened;
    const spare = unused.splice(0);
    if (spare.length > 0) idle.push(...openIdle(context, connections, port));
    return runReverseWave(context, connections, {
      port,
      exchange: asked,
      orders,
      opened: spare,
      control: by,
      peerSize: opened.peerSize(),
      firstFlight: firstFlight(asked),
      owedBytes,
    });
  };
  for (const candidate of exchanges) {
    if (context.limits.reached) break;
    // Who says nothing to a ClientHello says nothing to a longer conversation that begins with one.
    if (control === null && !answered && beginsInTls(candidate)) continue;
    exchange = candidate;
    let probe = controlProbe(context, connections, opened.port, control);
    control = null;
    const full = (): number => fullSegment(context, opened, probe);
    let length = await replyLength(context, connections, probe, exchange, full);
    if (probe.judge.requestedAt === null) {
      // It never came to be asked: that says nothing of the server.
      probe = controlProbe(context, connections, opened.port, null);
      length = await replyLength(context, connections, probe, exchange, full);
    }
    answered ||= length !== 'none';
    if (length === 'long') {
      for (const by of [probe, 'new'] as const) {
        const wave = await ask(exchange, by, full());
        if (isDecided(wave)) {
          return { wave, exchange, firstFlight: firstFlight(exchange), largestSeen: null, answered, idle };
        }
        noteUndecided(context, wave);
      }
    } else {
      connections.close(probe.connection);
      if (probe.judge.bytes > (longest?.bytes ?? 0)) longest = { exchange, bytes: probe.judge.bytes };
    }
  }
  const unknown = { wave: null, exchange, firstFlight: null, largestSeen: null, answered, idle };
  if (longest === null || context.limits.reached) return unknown;
  const wave = await ask(longest.exchange, 'new', longest.bytes);
  if (isDecided(wave)) return { ...unknown, wave, exchange: longest.exchange };
  noteUndecided(context, wave);
  return { ...unknown, largestSeen: Math.max(0, ...wave.probes.map(seenSize)) || null };
}

/**
 * A flow that has a hole in what it receives is of no use for the other direction, and a new connection to a server
 * that has learnt carries less. Where nothing says yet that all is well, a few are opened while nobody can have learnt.
 */
function openIdle(context: PathContext, connections: Connections, port: number): Connection[] {
  const { plan, path, hints } = context;
  if (!plan.forward || plan.gentle || hints.has(plan.ceiling)) return [];
  return Array.from({ length: IDLE }, () => connections.open(port, mssToSet(plan.reverseCeiling, path)));
}

function controlProbe(
  context: PathContext,
  connections: Connections,
  port: number,
  connection: Connection | null,
): ReverseProbe {
  const { controlSize } = context.plan;
  return newProbe(context, controlSize, connection ?? connections.open(port, mssToSet(controlSize, context.path)));
}

/** Asks the control and waits until its reply is as long as a full segment, or complete, or not to be expected. */
async function replyLength(
  context: PathContext,
  connections: Connections,
  probe: ReverseProbe,
  exchange: Exchange,
  full: () => number,
): Promise<ReplyLength> {
  const { clock, limits } = context;
  const pieces = writesInPieces(exchange);
  for (;;) {
    const now = clock.now();
    const timing = connections.timing ?? { rttMs: 0, jitterMs: 0 };
    askProbe(context, connections, probe, exchange, false);
    if (probe.connection.phase === 'closed') probe.judge.onClosed();
    if (probe.judge.bytes >= full()) return 'long';
    if (probe.judge.asControl(now, timing, pieces) !== null) return 'short';
    const { requestedAt } = probe.judge;
    if (probe.connection.phase === 'closed' || limits.reached) return 'none';
    if (requestedAt !== null && now - requestedAt >= replyPatienceMs(timing))
      return probe.judge.bytes > 0 ? 'short' : 'none';
    await connections.step(limits.clip(now + pollInterval(timing.rttMs)));
  }
}

/** Payload of a full segment of the ceiling, as far as the server's own interface takes it. */
function fullSegment({ plan, path }: PathContext, opened: Opened, probe: ReverseProbe): number {
  const size = Math.min(plan.reverseCeiling, opened.peerSize() ?? plan.reverseCeiling);
  return segmentPayload(size, path.family, probe.connection.info ?? { timestamps: false });
}

function beginsInTls(exchange: Exchange): boolean {
  return exchange !== 'http-get' && exchange !== 'responder';
}

/** Proved something about the ceiling: the exchange is long enough. */
function isDecided(wave: ReverseWave): boolean {
  return wave.probes.some(({ judgement }) => judgement !== null && judgement.kind !== 'short');
}

function seenSize(probe: ReverseProbe): number {
  return probe.judgement?.kind === 'short' ? (probe.judgement.size ?? 0) : 0;
}
