/**
 * The forward direction by datagrams, without ever leaving a trace that hides something from TCP or from the next run.
 *
 *   IPv4, raw socket    echo leaves no trace: it runs beside TCP from the start. Where nobody answers it and TCP needs
 *                       to know more, a scout of another kind is asked
 *   IPv6, raw socket    echo leaves a trace when it is told. When TCP needs to know more, a scout that leaves none goes
 *                       first, and echo stays below what the scout was told; else echo runs last
 *   ping socket         echo leaves a trace, and nothing can look first: it runs last, and only where it hides nothing
 *   UDP service         questions take the place of echo; where large ones are lost, echo is asked as well, since the
 *                       service may be what takes no larger ones
 */

import type { Cost, Method } from '../contract.ts';
import { isCandidate } from '../search/candidates.ts';
import type { Ends, HopTrace } from '../search/hop-rule.ts';
import type { SearchResult } from '../search/measurement.ts';
import type { Timing } from '../search/timing.ts';
import type { Channels, DatagramChannel, Engine, PathTarget } from './channel.ts';
import type { PathContext } from './context.ts';
import { DatagramSearch } from './datagrams.ts';
import { RoundTrips } from './round-trips.ts';

export interface DatagramResult {
  /** Echo, or questions to a UDP service. */
  readonly echo: SearchResult | null;
  readonly scout: SearchResult | null;
  /** Echo, beside a UDP service that left large questions unanswered. */
  readonly witness: SearchResult | null;
}

/** What a phase may send through. */
interface Engines {
  readonly first: Engine;
  readonly scout: DatagramChannel | null;
  readonly witness: DatagramChannel | null;
}

export class DatagramPhase {
  readonly #context: PathContext;
  readonly #timing: () => Timing | null;
  readonly #roundTrips = new RoundTrips();
  readonly #echo: DatagramSearch | null;
  readonly #scout: DatagramSearch | null;
  readonly #witness: DatagramSearch | null;
  readonly #channels: readonly DatagramChannel[];
  /** `null` where echo would leave a trace and nothing can look first. */
  readonly #beside: (() => Promise<void>) | null;
  readonly #isTraceless: boolean;
  readonly method: Method | null;
  /** Why a better engine may not be used, a sentence each. */
  readonly refused: readonly string[];
  #found: { echo: SearchResult | null; scout: SearchResult | null; witness: SearchResult | null } = {
    echo: null,
    scout: null,
    witness: null,
  };
  #running: Promise<void> | null = null;
  #looking: Promise<void> | null = null;
  #announce: () => void = () => undefined;
  /** An echo was answered, or spoken of. */
  #answered = false;
  /** The largest size that may be sent. */
  #ceiling: number;

  private constructor(context: PathContext, timing: () => Timing | null, { first, scout, witness }: Engines) {
    this.#context = context;
    this.#timing = timing;
    this.#ceiling = context.plan.ceiling;
    this.#channels = [first.channel, scout, witness].filter((channel) => channel !== null);
    this.#echo = first.channel === null ? null : this.#search(first.channel);
    this.#scout = scout === null ? null : this.#search(scout);
    this.#witness = witness === null ? null : this.#search(witness);
    this.#isTraceless = first.channel?.traceless === true;
    const lookFirst = this.#isTraceless || scout !== null;
    this.#beside = lookFirst ? () => this.#runBeside() : null;
    this.method = first.channel?.method ?? null;
    this.refused = first.refused;
  }

  /** @param timing of the path as TCP sees it, `null` while it sees nothing. */
  static async open(context: PathContext, channels: Channels, timing: () => Timing | null): Promise<DatagramPhase> {
    const { path, plan } = context;
    if (!plan.datagrams) {
      return new DatagramPhase(context, timing, { first: NO_ENGINE, scout: null, witness: null });
    }
    const first = await (plan.udp ? channels.udpService(path) : channels.datagram(path));
    try {
      const scout = first.channel === null || plan.udp ? null : await channels.scout(path);
      const witness = plan.udp ? await harmlessEcho(path, channels, first.channel) : null;
      return new DatagramPhase(context, timing, { first, scout, witness });
    } catch (error) {
      first.channel?.close();
      throw error;
    }
  }

  get cost(): Pick<Cost, 'packets' | 'bytes'> {
    const costs = [this.#echo, this.#scout, this.#witness].filter((search) => search !== null).map(({ cost }) => cost);
    return {
      packets: costs.reduce((sum, { packets }) => sum + packets, 0),
      bytes: costs.reduce((sum, { bytes }) => sum + bytes, 0),
    };
  }

  /** From here on nothing larger is sent. Not to be changed while something is under way. */
  limitTo(size: number): void {
    this.#ceiling = size;
  }

  /** Begins what leaves no trace at once, and offers the rest to whoever needs a hint. */
  start(): void {
    if (this.#beside === null) return;
    const announced = new Promise<void>((resolve) => {
      this.#announce = resolve;
    });
    this.#context.hints.from(async () => {
      this.#begin();
      await announced;
      await this.#lookElsewhere();
    });
    if (this.#isTraceless) this.#begin();
  }

  /**
   * The largest size that may go forward over TCP without a Packet Too Big that this host would remember.
   *
   * @returns `null` when nothing looked that was heard at the other end or told on the way.
   */
  async untold(): Promise<number | null> {
    if (this.#beside === null) return null;
    await this.#begin();
    await this.#lookElsewhere();
    const heard = [this.#found.scout, this.#found.echo].filter(isHeard);
    if (heard.length === 0) return null;
    const told = heard.map(({ smallestTold }) => smallestTold).filter((size) => size !== null);
    return Math.min(this.#ceiling, ...told.map((size) => size - 1));
  }

  /**
   * Waits for what runs beside TCP, or does last what may leave a trace.
   *
   * @param harmless TCP was told before anyway, or carried all there is: an echo can hide nothing.
   */
  async finish(harmless: boolean): Promise<DatagramResult> {
    if (this.#running !== null || !harmless) await this.#begin();
    await this.#looking;
    if (harmless && this.#echo !== null && this.#found.echo === null) {
      this.#found.echo = await this.#echo.run(this.#ceiling);
    }
    if (this.#found.echo?.silence === true && this.#witness !== null) {
      this.#found.witness = await this.#witness.run(this.#ceiling);
    }
    await this.#echo?.drain();
    return this.#found;
  }

  /** Where large packets end, by an engine that leaves no trace; empty where this process has none. */
  async locate(ends: Ends): Promise<HopTrace> {
    const engine = [this.#echo, this.#scout, this.#witness].find((search) => search?.canTrace === true);
    return (await engine?.trace(ends)) ?? [];
  }

  /** `null` before the first. */
  get shortestRttMs(): number | null {
    return this.#roundTrips.shortestMs;
  }

  /** What was left of the TTL of an answer; `null` where it is not known. */
  get hopsLeft(): number | null {
    return this.#echo?.hopsLeft ?? null;
  }

  close(): void {
    for (const channel of this.#channels) channel.close();
  }

  #begin(): Promise<void> {
    this.#running ??= this.#beside?.() ?? Promise.resolve();
    this.#running.catch(() => undefined);
    return this.#running;
  }

  /** Nobody answers an echo that leaves no trace: something else may be heard. */
  #lookElsewhere(): Promise<void> {
    const { echo } = this.#found;
    if (!this.#isTraceless || (echo === null ? this.#answered : isHeard(echo))) return Promise.resolve();
    this.#looking ??= this.#listen();
    this.#looking.catch(() => undefined);
    return this.#looking;
  }

  async #listen(): Promise<void> {
    if (this.#scout !== null) this.#found.scout = await this.#scout.listen(this.#ceiling);
  }

  async #runBeside(): Promise<void> {
    const ceiling = this.#ceiling;
    try {
      const first = this.#isTraceless ? null : this.#scout;
      const scout = first === null ? null : await first.listen(ceiling);
      this.#found.scout = scout;
      // A scout that was filtered near here heard nothing because nothing was said: echo would be the first to be told.
      if (scout !== null && !isHeard(scout)) return;
      // A size at which many real paths end: nobody waits for echo to confirm it.
      if (isCandidate(scout?.pathMtu ?? 0)) this.#announce();
      const told = scout?.smallestTold ?? null;
      const cap = told === null ? ceiling : told - 1;
      // An echo that nobody answers has nothing to say; nobody waits for the rest of it.
      const onWave = (answered: boolean): void => {
        this.#answered = answered;
        if (!answered) this.#announce();
      };
      this.#found.echo = this.#echo === null ? null : await this.#echo.run(cap, onWave);
    } finally {
      this.#announce();
    }
  }

  #search(channel: DatagramChannel): DatagramSearch {
    return new DatagramSearch(this.#context, channel, this.#timing, this.#roundTrips);
  }
}

const NO_ENGINE: Engine = { channel: null, refused: [] };

/** Echo that leaves no trace, or none that the questions do not leave as well. */
async function harmlessEcho(
  path: PathTarget,
  channels: Channels,
  questions: DatagramChannel | null,
): Promise<DatagramChannel | null> {
  const { channel } = await channels.datagram(path);
  if (channel === null || channel.traceless || questions?.traceless === false) return channel;
  channel.close();
  return null;
}

/** It reached the far end, or a router that spoke. */
function isHeard(search: SearchResult | null): search is SearchResult {
  return search !== null && (search.pathMtu !== null || search.smallestTold !== null);
}
