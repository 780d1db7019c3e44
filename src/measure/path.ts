/**
 * The phases of one path's measurement, in the only order that does not spoil the evidence:
 *
 *   handshakes ─▶ reverse ─▶ forward over TCP ─┬─────────────────────────────▶ hops ─▶ recovery
 *        └─ datagrams that leave no trace ─────┴─ datagrams that leave one ────┘
 *
 * Reverse comes first: a Packet Too Big to a socket of ours makes the kernel remember a smaller path MTU for ten
 * minutes, every new connection then advertises a smaller MSS, and a broken download works. For the same reason
 * nothing is sent forward over TCP that would bring such a message once a reverse black hole is known.
 */

import type { MeasureOptions } from '../config/options.ts';
import { endsOf } from '../search/ends.ts';
import type { Measurement } from '../search/measurement.ts';
import { mssOfSize } from '../wire/header-size.ts';
import type { Channels, Clock, PathTarget, TcpChannel } from './channel.ts';
import { Connections } from './connections.ts';
import type { PathContext } from './context.ts';
import { DatagramPhase } from './datagram-phase.ts';
import { searchForward } from './forward.ts';
import { type Found, nothingFound } from './found.ts';
import { portOf, shakeHands } from './handshakes.ts';
import { capUnderHold } from './hold.ts';
import { Limits } from './limits.ts';
import { measuredSoFar } from './measured.ts';
import { readMss } from './mss.ts';
import { firstPeerSize } from './peer-size.ts';
import { planPath } from './plan.ts';
import type { OnProgress } from './progress.ts';
import { Recorder } from './recorder.ts';
import { holeOf, watchRecovery } from './recovery.ts';
import { measureByResponder } from './responder-path.ts';
import { searchReverse } from './reverse.ts';
import { Hints } from './searching.ts';

/**
 * Two flows of the ceiling, a size and, twice, its successor, and one for chance: what a long search on the way back
 * leaves to the way there.
 */
const KEPT_FOR_FORWARD = 6;

/** Transfers take six round trips or so, the handshake included; in a black hole none comes to its end. */
const FAR_END_RTTS = 12;
const FAR_END_MS = 500;

export async function measurePath(
  path: PathTarget,
  options: MeasureOptions,
  channels: Channels,
  clock: Clock,
  signal: AbortSignal,
  onProgress: OnProgress | null,
): Promise<Measurement> {
  const context: PathContext = {
    path,
    plan: planPath(path, options),
    clock,
    limits: new Limits(clock, signal, options.timeoutMs),
    recorder: new Recorder(clock),
    hints: new Hints(),
    onProgress,
  };
  // Where it ended before, it mostly ends still: two probes instead of thirty connections.
  context.hints.add(path.hold?.above ?? null);
  if (path.transport === 'udp' && !path.local) return measureByResponder(context, options, channels);
  return new PathMeasurement(context, options, channels).run();
}

class PathMeasurement {
  readonly #context: PathContext;
  readonly #options: MeasureOptions;
  readonly #channels: Channels;
  readonly #found: Found = nothingFound();

  constructor(context: PathContext, options: MeasureOptions, channels: Channels) {
    this.#context = context;
    this.#options = options;
    this.#channels = channels;
  }

  async run(): Promise<Measurement> {
    const { path, plan, clock } = this.#context;
    if (path.local) return this.#measurement(null);
    const tcp = this.#channels.tcp(path);
    const connections = new Connections(tcp, path.family, clock);
    let datagrams: DatagramPhase | null = null;
    try {
      datagrams = await DatagramPhase.open(this.#context, this.#channels, () => connections.timing);
      if (path.hold === undefined) datagrams.start();
      else this.#holdBack(path.hold, datagrams);
      if (plan.tcp) await this.#overTcp(connections, datagrams);
      this.#found.datagrams = await datagrams.finish(this.#echoIsHarmless());
      await this.#locate(datagrams);
      await this.#askFarEnd(connections.shortestRttMs ?? 0);
      const cut = this.#context.limits.reached;
      if (this.#options.waitRecoveryMs > 0) await this.#recover(connections);
      return this.#measurement({ connections, tcp, datagrams, cut });
    } finally {
      tcp.close();
      datagrams?.close();
    }
  }

  async #overTcp(connections: Connections, datagrams: DatagramPhase): Promise<void> {
    const { path, plan, limits, clock } = this.#context;
    const result = await shakeHands(connections, path, plan, limits, clock);
    this.#found.handshake = result;
    if (result.kind !== 'open') return;
    const { port, flows, control } = result.handshakes;
    const peerSize = (): number | null => firstPeerSize(result.handshakes.flows);
    if (control !== null) {
      if (plan.forward) connections.keep(KEPT_FOR_FORWARD);
      this.#found.reverse = await searchReverse(this.#context, connections, { port, flows, control, peerSize });
      connections.keep(0);
    }
    const laterPeerSize = this.#found.reverse?.laterPeerSize ?? null;
    this.#found.mss = readMss(result.handshakes, { peerSize: peerSize(), laterPeerSize }, path.family);
    if (!plan.forward) return;
    const cap = await this.#forwardCap(datagrams);
    const opened = [...flows, ...(this.#found.reverse?.idle ?? [])];
    const told = this.#found.reverse?.search?.smallestTold ?? null;
    const reach = told === null ? Number.POSITIVE_INFINITY : told - 1;
    this.#found.tcp = await searchForward(this.#context, connections, { port, opened, cap, reach });
  }

  /** The largest size that may be sent forward over TCP without hiding a reverse black hole. */
  async #forwardCap(datagrams: DatagramPhase): Promise<number> {
    const { plan, path } = this.#context;
    const reverse = this.#found.reverse?.search ?? null;
    if (path.hold !== undefined) {
      const cap = this.#holdBack(path.hold, datagrams);
      datagrams.start();
      return cap;
    }
    if (reverse === null || !reverse.silence) return plan.ceiling;
    const untold = await datagrams.untold();
    const cap = Math.min(untold ?? reverse.pathMtu ?? plan.floor, path.egress.mtu);
    if (cap < plan.ceiling) this.#found.withheldAbove = cap;
    return cap;
  }

  /** By what is known of the way back until now: before it was looked at, not even what leaves no trace goes further. */
  #holdBack(hold: NonNullable<PathTarget['hold']>, datagrams: DatagramPhase): number {
    const { plan } = this.#context;
    const cap = capUnderHold(hold, this.#found.reverse?.search ?? null, plan);
    this.#found.withheldAbove = cap < plan.ceiling ? cap : null;
    datagrams.limitTo(cap);
    return cap;
  }

  /** Last of all: its transfers fill what they are given, and both kernels may learn from them. */
  async #askFarEnd(rttMs: number): Promise<void> {
    const { path, limits } = this.#context;
    const { handshake, withheldAbove } = this.#found;
    if (path.scheme !== 'mtu' || handshake?.kind !== 'open' || limits.reached) return;
    const patience = limits.patience(FAR_END_MS + FAR_END_RTTS * rttMs);
    const { port, flows } = handshake.handshakes;
    const timestamps = flows.some(({ info }) => info?.timestamps === true);
    const uploadMss = withheldAbove === null ? null : mssOfSize(withheldAbove, path.family);
    this.#found.farEnd = await this.#channels.farEnd(path, { port, patience, timestamps, uploadMss });
  }

  /** Names the place where large packets end on the way there. */
  async #locate(datagrams: DatagramPhase): Promise<void> {
    const { tcp, datagrams: found } = this.#found;
    const ends = endsOf(tcp, [found.scout, found.echo, found.witness]);
    if (ends === null || this.#context.limits.reached) return;
    this.#found.trace = await datagrams.locate(ends);
  }

  /** What an echo would make this host remember, it remembers already; or nothing smaller is on the way there. */
  #echoIsHarmless(): boolean {
    const { reverse, tcp } = this.#found;
    if (reverse?.search?.silence === true) return false;
    if (tcp === null || !tcp.answered || tcp.silence || tcp.smallestTold !== null) return true;
    return tcp.pathMtu !== null && tcp.pathMtu >= this.#context.plan.ceiling;
  }

  async #recover(connections: Connections): Promise<void> {
    const { handshake, reverse, tcp } = this.#found;
    if (handshake?.kind !== 'open') return;
    const silent = { reverse: holeOf(reverse?.search ?? null), forward: holeOf(tcp) };
    if (silent.reverse === null && silent.forward === null) return;
    const context = { ...this.#context, limits: this.#context.limits.extended(this.#options.waitRecoveryMs) };
    const exchange = reverse?.exchange ?? 'client-hello';
    this.#found.recovery = await watchRecovery(context, connections, handshake.handshakes.port, silent, exchange);
  }

  #measurement(over: Over | null): Measurement {
    const { handshake, reverse, tcp, datagrams, withheldAbove, recovery, trace, mss, farEnd } = this.#found;
    const searches = [reverse?.search, tcp, datagrams.echo, datagrams.scout, datagrams.witness];
    const costs = over === null ? [] : [over.tcp.cost(), over.datagrams.cost];
    return {
      ...measuredSoFar(this.#context, this.#options, {
        searches,
        sent: costs,
        connections: over?.connections.opened ?? 0,
      }),
      port: portOf(handshake),
      portState: handshake?.kind ?? 'not-tried',
      rttMs: over?.connections.shortestRttMs ?? over?.datagrams.shortestRttMs ?? null,
      hopsLeft: over?.datagrams.hopsLeft ?? null,
      mss,
      responder: this.#context.path.scheme === 'mtu' ? { said: null } : null,
      farEnd,
      forward: {
        tcp,
        datagram: datagrams.echo,
        scout: datagrams.scout,
        witness: datagrams.witness,
        withheldAbove,
        recoveredAfterMs: recovery.forwardMs,
        trace,
      },
      reverse: {
        search: reverse?.search ?? null,
        exercised: reverse?.exercised ?? false,
        largestSeen: reverse?.largestSeen ?? null,
        noReply: reverse?.noReply ?? false,
        recoveredAfterMs: recovery.reverseMs,
      },
      refusedEngines: over?.datagrams.refused ?? [],
      datagramMethod: over?.datagrams.method ?? null,
      cut: over?.cut ?? false,
    };
  }
}

/** What was opened for it, and whether it ended before its time. */
interface Over {
  readonly connections: Connections;
  readonly tcp: TcpChannel;
  readonly datagrams: DatagramPhase;
  readonly cut: boolean;
}
