/** One wave of reverse probes: a connection per probe, largest first, the control last; judged by the loss rule. */

import type { Order } from '../search/order.ts';
import { type Control, type ReverseContext, ReverseJudge, type ReverseJudgement } from '../search/reverse-rule.ts';
import { persistenceMs, type Timing } from '../search/timing.ts';
import { segmentSize } from '../wire/header-size.ts';
import type { Exchange } from './channel.ts';
import type { Connection, Connections } from './connections.ts';
import { type PathContext, pollInterval } from './context.ts';
import { mssToSet, replyBytesFor, writesInPieces } from './plan.ts';

export interface ReverseProbe {
  readonly size: number;
  readonly connection: Connection;
  readonly judge: ReverseJudge;
  sentAt: number;
  judgement: ReverseJudgement | null;
}

export interface ReverseWave {
  readonly probes: readonly ReverseProbe[];
  readonly control: Control | null;
  /** When this wave's own control was asked; `null` when it had none, or it never could be. */
  readonly controlSentAt: number | null;
}

/** A server may think this long before its first byte and is still not taken for a silent one. */
const REPLY_PATIENCE_MS = 5000;
/** Three for TLS, three for a window that opens from ten segments (RFC 6928), four for what is lost meanwhile. */
const REPLY_RTTS = 10;

/** How long a reply may take, from its request to its last byte. */
export function replyPatienceMs({ rttMs }: Timing): number {
  return REPLY_PATIENCE_MS + REPLY_RTTS * rttMs;
}
/** After the control is complete: the longest that a larger reply may still be on its way without any rule deciding. */
const UNDECIDED_MS = 3000;

export interface ReverseWaveSetup {
  readonly port: number;
  readonly exchange: Exchange;
  /** Sizes and copies; connections that are already open take the place of the first of them, and stay open. */
  readonly orders: readonly Order[];
  readonly opened: readonly Connection[];
  /** Ports to leave from, of connections that were aborted; the rest of the probes leave it to the kernel. */
  readonly ports?: readonly number[];
  /** One that was asked before, `'new'` for one that is opened here and asked last, or the control of an earlier wave. */
  readonly control: ReverseProbe | 'new' | Control;
  readonly peerSize: number | null;
  readonly firstFlight: number | null;
  /** Bytes that an earlier reply of the same exchange had, as far as a full segment needs them; 0 where none is known. */
  readonly owedBytes: number;
}

export async function runReverseWave(
  context: PathContext,
  connections: Connections,
  setup: ReverseWaveSetup,
): Promise<ReverseWave> {
  const { path, clock, limits } = context;
  const spare = [...setup.opened];
  const ports = [...(setup.ports ?? [])];
  const probes = setup.orders.flatMap(({ size, copies }) =>
    Array.from({ length: copies }, () =>
      newProbe(
        context,
        size,
        spare.shift() ?? connections.open(setup.port, mssToSet(size, path), ports.shift() ?? null),
      ),
    ),
  );
  const sentinel = controlProbe(context, connections, setup);
  let control = sentinel === null ? (setup.control as Control) : null;
  const pieces = writesInPieces(setup.exchange);
  const ask = (probe: ReverseProbe): void => {
    askProbe(context, connections, probe, setup.exchange, setup.opened.includes(probe.connection));
  };
  let askedAt = clock.now();
  let controlAt: number | null = null;
  while (!limits.reached) {
    const now = clock.now();
    const timing = connections.timing ?? { rttMs: 0, jitterMs: 0 };
    for (const probe of probes) ask(probe);
    if (sentinel !== null && mayAskSentinel(probes, sentinel, now, timing)) ask(sentinel);
    for (const probe of [...probes, ...(sentinel === null ? [] : [sentinel])]) {
      if (probe.connection.phase === 'closed') probe.judge.onClosed();
      if (probe.judge.requestedAt !== null) askedAt = Math.max(askedAt, probe.judge.requestedAt);
    }
    if (probes.some(({ judge }) => judge.sawHole)) context.hints.foresee();
    if (control === null && sentinel !== null) {
      control = sentinel.judge.asControl(now, timing, pieces, setup.owedBytes);
      if (control !== null) controlAt = now;
    }
    judgeAll(probes, now, {
      timing,
      control,
      controlIsYounger: isYounger(sentinel, probes),
      peerSize: setup.peerSize,
      firstFlight: setup.firstFlight,
      writesInPieces: pieces,
    });
    if (isOver(probes, sentinel, control) && !isDivided(probes, now, timing)) break;
    if (control !== null && !isYounger(sentinel, probes) && haveHadTheirTime(probes, now, timing, control)) break;
    if (now - askedAt >= replyPatienceMs(timing) && controlAt === null) break;
    if (controlAt !== null && now - controlAt >= UNDECIDED_MS + 3 * timing.rttMs) break;
    if (controlAt === null && sentinel === null && now - askedAt >= UNDECIDED_MS + 3 * timing.rttMs) break;
    await connections.step(limits.clip(now + pollInterval(timing.rttMs)));
  }
  for (const { connection, judge, judgement } of [...probes, ...(sentinel === null ? [] : [sentinel])]) {
    connection.onInfo = null;
    connection.owedBytes = judge.owedBytes(control);
    // A port that was named is wanted again.
    const abort = setup.ports !== undefined || (judge.sawHole && judgement?.kind !== 'arrived');
    if (!setup.opened.includes(connection)) connections.close(connection, abort);
  }
  return { probes, control, controlSentAt: sentinel?.judge.requestedAt ?? null };
}

/** Sends the request as soon as the connection is there, once. */
export function askProbe(
  context: PathContext,
  connections: Connections,
  probe: ReverseProbe,
  exchange: Exchange,
  keepOpen: boolean,
): void {
  const { path, plan, clock } = context;
  if (probe.connection.phase !== 'established' || probe.judge.requestedAt !== null) return;
  probe.sentAt = clock.now();
  probe.judge.onRequest(probe.sentAt);
  connections.request(probe.connection, exchange, replyBytesFor(plan.reverseCeiling, path.family), keepOpen);
}

/** Asked behind all others: a server that serves one after the other has had time for them when it has answered this. */
function isYounger(sentinel: ReverseProbe | null, probes: readonly ReverseProbe[]): boolean {
  const asked = sentinel?.judge.requestedAt ?? null;
  return asked !== null && probes.every(({ judge }) => judge.requestedAt === null || judge.requestedAt <= asked);
}

/** Nothing more is to be expected, and an older control proves nothing of that. */
function haveHadTheirTime(probes: readonly ReverseProbe[], now: number, timing: Timing, control: Control): boolean {
  const open = probes.filter((probe) => probe.judgement === null && !isUseless(probe));
  return open.every(
    ({ judge }) => judge.requestedAt !== null && !judge.sawHole && judge.hadItsTime(now, timing, control),
  );
}

export function newProbe(context: PathContext, size: number, connection: Connection): ReverseProbe {
  const now = context.clock.now();
  const judge = new ReverseJudge(context.path.family, now);
  connection.onInfo = (info, at) => judge.onInfo(info, at);
  return { size, connection, judge, sentAt: now, judgement: null };
}

function controlProbe(context: PathContext, connections: Connections, setup: ReverseWaveSetup): ReverseProbe | null {
  const { plan, path } = context;
  if (setup.control === 'new') {
    return newProbe(context, plan.controlSize, connections.open(setup.port, mssToSet(plan.controlSize, path)));
  }
  return 'connection' in setup.control ? setup.control : null;
}

/**
 * The sentinel is asked last, so that a server which serves one connection after the other answers it last:
 * when every other probe was asked or failed, or 1.5 round trips after the first of them was.
 */
function mayAskSentinel(probes: readonly ReverseProbe[], sentinel: ReverseProbe, now: number, timing: Timing): boolean {
  const waiting = probes.filter(({ connection, judge }) => judge.requestedAt === null && connection.phase !== 'closed');
  if (waiting.length === 0) return true;
  const since = sentinel.connection.establishedAt;
  return since !== null && now - since >= 1.5 * timing.rttMs + 1;
}

/**
 * Judges every open probe by the size that its connection really advertised: a route or a remembered path MTU can
 * hold the MSS below what was asked for, and then nothing is learnt about the size.
 */
function judgeAll(probes: readonly ReverseProbe[], now: number, context: ReverseContext): void {
  for (const probe of probes) {
    // A loss is not final as long as the wave goes on: its sender may have learnt through another connection.
    if (probe.judgement !== null && probe.judgement.kind !== 'missing') continue;
    if (advertisedSize(probe) !== probe.size) continue;
    probe.judgement = probe.judge.judge(now, context);
  }
}

/** Packet size of the MSS in our SYN; `null` before the handshake is done. */
export function advertisedSize(probe: Pick<ReverseProbe, 'connection' | 'size'>): number | null {
  const { info } = probe.connection;
  if (info === null || probe.connection.establishedAt === null) return null;
  const family = probe.connection.family;
  return segmentSize(info.advMss, family, info);
}

/** Some of one size are lost and others are not: those that are lost get the time that chance would need. */
function isDivided(probes: readonly ReverseProbe[], now: number, timing: Timing): boolean {
  const lost = probes.filter(({ judgement }) => judgement?.kind === 'missing');
  const found = probes.filter(({ judgement }) => judgement !== null && judgement.kind !== 'missing');
  return lost.some(
    ({ size, judge }) =>
      found.some((other) => other.size === size) && now - (judge.requestedAt ?? now) < persistenceMs(timing),
  );
}

function isOver(probes: readonly ReverseProbe[], sentinel: ReverseProbe | null, control: Control | null): boolean {
  const largest = Math.max(0, ...probes.filter((probe) => probe.judgement?.kind === 'arrived').map(({ size }) => size));
  // Another flow of the same size may have met another way.
  const open = probes.filter((probe) => probe.judgement === null && probe.size >= largest && !isUseless(probe));
  if (open.length > 0) return false;
  return largest > 0 || sentinel === null || control !== null || isUseless(sentinel);
}

/** Closed before it could say anything, or never to be asked about its size. */
function isUseless(probe: ReverseProbe): boolean {
  const { connection, size } = probe;
  if (connection.phase === 'closed') return true;
  const advertised = advertisedSize(probe);
  return advertised !== null && advertised !== size;
}

/** The size that packets fell to; `null` where they did not, or it cannot be told. */
export function sizeOf(judgement: ReverseJudgement | null): number | null {
  return judgement?.kind === 're-segmented' || judgement?.kind === 'smaller' ? judgement.size : null;
}
