/**
 * The phases of one path's measurement, in the only order that does not spoil the evidence:
 *
 *   handshakes ─▶ reverse ─▶ (scout) ─▶ forward over TCP ─▶ echo that leaves a trace ─▶ recovery
 *        └─ echo that leaves no trace runs beside them ─┘
 *
 * Reverse comes first: a Packet Too Big to a socket of ours makes the kernel remember a smaller path MTU for ten
 * minutes, every new connection then advertises a smaller MSS, and a broken download works. For the same reason
 * nothing is sent forward over TCP that would bring such a message once a reverse black hole is known.
 */

import type { MeasureOptions } from '../config/options.ts';
import type { Measurement, SearchResult } from '../search/measurement.ts';
import type { Channels, Clock, PathTarget } from './channel.ts';
import { Connections } from './connections.ts';
import type { PathContext } from './context.ts';
import { DatagramSearch } from './datagrams.ts';
import { searchForward } from './forward.ts';
import { type HandshakeResult, type Handshakes, shakeHands } from './handshakes.ts';
import { Limits } from './limits.ts';
import { planPath } from './plan.ts';
import type { OnProgress } from './progress.ts';
import { Recorder } from './recorder.ts';
import { peerSizeOf, type ReverseResult, searchReverse } from './reverse.ts';
import { watchRecovery } from './recovery.ts';
import { Hints } from './searching.ts';
import { mssOfSize, TCP_TIMESTAMPS_SIZE } from '../wire/header-size.ts';

interface Findings {
  handshake: HandshakeResult | null;
  reverse: ReverseResult | null;
  tcp: SearchResult | null;
  echo: SearchResult | null;
  scout: SearchResult | null;
  withheldAbove: number | null;
  recovery: { forwardMs: number | null; reverseMs: number | null };
  mss: Measurement['mss'];
}

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
  return new PathMeasurement(context, options, channels).run();
}

class PathMeasurement {
  readonly #context: PathContext;
  readonly #options: MeasureOptions;
  readonly #channels: Channels;
  readonly #found: Findings = {
    handshake: null,
    reverse: null,
    tcp: null,
    echo: null,
    scout: null,
    withheldAbove: null,
    recovery: { forwardMs: null, reverseMs: null },
    mss: { advertised: null, peer: null, laterPeer: null },
  };
  readonly #searches: DatagramSearch[] = [];

  constructor(context: PathContext, options: MeasureOptions, channels: Channels) {
    this.#context = context;
    this.#options = options;
    this.#channels = channels;
  }

  async run(): Promise<Measurement> {
    const { path, plan, clock } = this.#context;
    if (path.local) return this.#measurement(null, [], null, false);
    const tcp = this.#channels.tcp(path);
    const connections = new Connections(tcp, path.family, clock);
    const engine = plan.datagrams ? await this.#channels.datagram(path) : { channel: null, refused: [] };
    const { channel } = engine;
    try {
      const echo = channel === null ? null : this.#newSearch(new DatagramSearch(this.#context, channel, () => connections.timing));
      const beside = echo !== null && channel?.traceless === true ? echo.run(plan.ceiling) : null;
      if (plan.tcp) await this.#overTcp(connections, beside);
      if (beside !== null) this.#found.echo = await beside;
      else if (echo !== null) {
        const cap = await this.#echoCap(connections);
        if (cap !== null) this.#found.echo = await echo.run(cap);
      }
      await echo?.drain();
      const cut = this.#context.limits.reached;
      if (this.#options.waitRecoveryMs > 0) await this.#recover(connections);
      return this.#measurement({ connections, tcp }, engine.refused, channel?.method ?? null, cut);
    } finally {
      tcp.close();
      channel?.close();
    }
  }

  async #overTcp(connections: Connections, beside: Promise<SearchResult> | null): Promise<void> {
    const { path, plan, limits, clock } = this.#context;
    const result = await shakeHands(connections, path, plan, limits, clock);
    this.#found.handshake = result;
    if (result.kind !== 'open') return;
    const { port, first, pool } = result.handshakes;
    const peerSize = (): number | null => peerSizeFrom(result.handshakes);
    if (first !== null) this.#found.reverse = await searchReverse(this.#context, connections, port, first, peerSize);
    this.#found.mss = this.#readMss(result.handshakes, peerSize());
    if (!plan.forward) return;
    const cap = await this.#forwardCap(connections, beside);
    this.#found.tcp = await searchForward(this.#context, connections, [...pool], port, cap);
  }

  /** The largest size that may be sent forward over TCP without hiding a reverse black hole. */
  async #forwardCap(connections: Connections, beside: Promise<SearchResult> | null): Promise<number> {
    const { plan, path } = this.#context;
    const known = this.#found.reverse?.search;
    if (known === null || known === undefined || !known.silence) return plan.ceiling;
    const traceless = beside !== null ? await beside : await this.#scout(connections);
    if (traceless === null) return this.#withhold(known.pathMtu ?? plan.floor);
    if (traceless.smallestTold === null) return plan.ceiling;
    return this.#withhold(Math.min(traceless.smallestTold - 1, path.egress.mtu));
  }

  #withhold(cap: number): number {
    if (cap < this.#context.plan.ceiling) this.#found.withheldAbove = cap;
    return cap;
  }

  async #scout(connections: Connections): Promise<SearchResult | null> {
    const { path, plan } = this.#context;
    if (!plan.datagrams) return null;
    const channel = await this.#channels.scout(path);
    if (channel === null) return null;
    try {
      const search = this.#newSearch(new DatagramSearch(this.#context, channel, () => connections.timing));
      this.#found.scout = await search.run(plan.ceiling);
      return this.#found.scout;
    } finally {
      channel.close();
    }
  }

  #newSearch(search: DatagramSearch): DatagramSearch {
    this.#searches.push(search);
    return search;
  }

  /**
   * The largest echo that brings no Packet Too Big this host would remember, or that TCP was not told before anyway.
   *
   * @returns `null` when that is not known: what is remembered would hide from the next run what this one found.
   */
  async #echoCap(connections: Connections): Promise<number | null> {
    const { reverse, tcp, scout } = this.#found;
    const { ceiling } = this.#context.plan;
    const carried = tcp === null || !tcp.answered || tcp.silence || (tcp.pathMtu ?? 0) >= ceiling;
    if (reverse?.search?.silence !== true && (carried || tcp.smallestTold !== null)) return ceiling;
    const looked = scout ?? (await this.#scout(connections));
    if (looked === null) return null;
    return looked.smallestTold === null ? ceiling : looked.smallestTold - 1;
  }

  async #recover(connections: Connections): Promise<void> {
    const { handshake, reverse, tcp } = this.#found;
    if (handshake?.kind !== 'open') return;
    const silent = { reverse: reverse?.search?.silence === true, forward: tcp?.silence === true };
    if (!silent.reverse && !silent.forward) return;
    const context = { ...this.#context, limits: this.#context.limits.extended(this.#options.waitRecoveryMs) };
    const exchange = reverse?.exchange ?? 'client-hello';
    this.#found.recovery = await watchRecovery(context, connections, handshake.handshakes.port, silent, exchange);
  }

  #readMss(handshakes: Handshakes, peerSize: number | null): Measurement['mss'] {
    const { path } = this.#context;
    const info = (handshakes.first?.ceiling ?? handshakes.pool[0])?.info ?? null;
    const later = this.#found.reverse?.laterPeerSize ?? null;
    return {
      advertised: info === null ? null : info.advMss + (info.timestamps ? TCP_TIMESTAMPS_SIZE : 0),
      peer: peerSize === null ? null : mssOfSize(peerSize, path.family),
      laterPeer: later === null ? null : mssOfSize(later, path.family),
    };
  }

  #measurement(
    over: { readonly connections: Connections; readonly tcp: { cost(): { packets: number; bytes: number } } } | null,
    refusedEngines: readonly string[],
    datagramMethod: Measurement['datagramMethod'],
    cut: boolean,
  ): Measurement {
    const { path, plan, recorder } = this.#context;
    const { handshake, reverse, tcp, echo, scout, withheldAbove, recovery } = this.#found;
    const datagrams = this.#searches.map((search) => search.cost);
    const tcpCost = over?.tcp.cost() ?? { packets: 0, bytes: 0 };
    const waves = [reverse?.search, tcp, echo, scout].reduce((sum, search) => sum + (search?.waves ?? 0), 0);
    return {
      family: path.family,
      egress: path.egress,
      routeMtu: path.routeMtu,
      local: path.local,
      asked: this.#options.directions,
      ceiling: plan.ceiling,
      floor: plan.floor,
      port: handshake?.kind === 'open' ? handshake.handshakes.port : handshake?.kind === 'refused' ? handshake.port : null,
      portState: handshake?.kind ?? 'not-tried',
      rttMs: over?.connections.shortestRttMs ?? null,
      mss: this.#found.mss,
      forward: { tcp, datagram: echo, scout, withheldAbove, recoveredAfterMs: recovery.forwardMs },
      reverse: {
        search: reverse?.search ?? null,
        exercised: reverse?.exercised ?? false,
        largestSeen: reverse?.largestSeen ?? null,
        noReply: reverse?.noReply ?? false,
        recoveredAfterMs: recovery.reverseMs,
      },
      evidence: recorder.evidence,
      refusedEngines,
      datagramMethod,
      cut,
      repairs: recorder.repairs,
      cost: {
        packets: datagrams.reduce((sum, { packets }) => sum + packets, tcpCost.packets),
        connections: over?.connections.opened ?? 0,
        bytes: datagrams.reduce((sum, { bytes }) => sum + bytes, tcpCost.bytes),
        waves,
      },
    };
  }
}

/** Packet size of the MSS in the first SYN-ACK, read from a connection that set no MSS of its own. */
function peerSizeFrom(handshakes: Handshakes): number | null {
  const untouched = [...handshakes.pool, ...(handshakes.first === null ? [] : [handshakes.first.ceiling])];
  const open = untouched.find((connection) => connection.mss === null && connection.establishedAt !== null);
  return open === undefined ? null : peerSizeOf(open);
}
