/** A direction by datagrams, mostly forward: waves of echo requests (or scouts), largest first, a sentinel last. */

import type { DirectionName } from '../contract.ts';
import type { Outcome } from '../search/bracket.ts';
import { spread } from '../search/candidates.ts';
import { type DatagramProbe, DatagramWave } from '../search/datagram-rule.ts';
import type { Ends, HopTrace } from '../search/hop-rule.ts';
import type { SearchResult } from '../search/measurement.ts';
import type { Order } from '../search/order.ts';
import { Refusals } from '../search/refusals.ts';
import type { Search } from '../search/search.ts';
import type { Timing } from '../search/timing.ts';
import type { DatagramChannel, DatagramEvent } from './channel.ts';
import type { PathContext } from './context.ts';
import { traceHops } from './hops.ts';
import { probeOf } from './probe-of.ts';
import { outcomeName } from './recorder.ts';
import { RoundTrips } from './round-trips.ts';
import { newDatagramSearch, reportProgress, summarize } from './searching.ts';

/** Most sizes of a scout's first wave: a router that speaks at any of them is heard. */
const SCOUT_WIDTH = 16;

export class DatagramSearch {
  readonly #context: PathContext;
  readonly #channel: DatagramChannel;
  readonly #timing: () => Timing | null;
  readonly #roundTrips: RoundTrips;
  #nextId = 1;
  #sent = 0;
  /** Where the kernel remembers the smallest of them, larger sizes then end at this host. */
  readonly #refusals = new Refusals();
  #bytes = 0;
  #hopsLeft: number | null = null;

  /**
   * @param timing of the path as TCP sees it, `null` while it sees nothing: then the round trips of datagrams have to do.
   * @param roundTrips of all datagrams of the path.
   */
  constructor(
    context: PathContext,
    channel: DatagramChannel,
    timing: () => Timing | null,
    roundTrips: RoundTrips = new RoundTrips(),
  ) {
    this.#context = context;
    this.#channel = channel;
    this.#timing = () => timing() ?? roundTrips.timing;
    this.#roundTrips = roundTrips;
  }

  get cost(): { readonly packets: number; readonly bytes: number } {
    return { packets: this.#sent, bytes: this.#bytes };
  }

  /**
   * @param cap largest size that may be sent.
   * @param onWave told after every wave whether anything was answered so far.
   */
  async run(cap: number, onWave: (answered: boolean) => void = () => undefined): Promise<SearchResult> {
    const { plan, hints, limits } = this.#context;
    const floor = Math.min(cap, Math.max(plan.floor, this.#channel.smallestSize));
    const search = newDatagramSearch({ ...plan, floor }, cap, this.#channel.method);
    let settled = false;
    // Not even the smallest probe may be sent.
    while (cap >= this.#channel.smallestSize) {
      hints.tell(search);
      const step = search.poll();
      settled = step.kind === 'done' && step.settled;
      if (step.kind === 'done' || limits.reached) break;
      await this.#absorbWave(search, step.orders);
      const { arrived, failing } = search.bracket;
      onWave(arrived !== null || failing !== null);
    }
    return this.#finish(search, cap, settled);
  }

  /**
   * Listens for Packet Too Big at every likely size at once, then around the MTU that was named, as long as smaller ones
   * are named. Silence says nothing here: port-unreachable answers are rate-limited by every host (RFC 4443 §2.4 f).
   */
  async listen(cap: number): Promise<SearchResult> {
    const { plan, limits } = this.#context;
    const search = newDatagramSearch(plan, cap, this.#channel.method);
    const likely = [cap, ...spread(plan.floor - 1, cap, SCOUT_WIDTH - 1)];
    let orders: readonly Order[] = likely.map((size) => ({ size, copies: 1 }));
    let waves = 0;
    for (let heard: number | null = -1; this.#refusals.smallest !== heard && !limits.reached; waves += 1) {
      heard = this.#refusals.smallest;
      await this.#absorbWave(search, orders);
      if (this.#refusals.smallest === null) continue;
      const again = search.bracket.isTold(cap) ? [] : [cap];
      orders = [...again, this.#refusals.smallest + 1, this.#refusals.smallest]
        .filter((size) => size >= plan.floor && size <= cap)
        .map((size) => ({ size, copies: 1 }));
    }
    const result = this.#finish(search, cap, false);
    const answered = result.pathMtu !== null || result.smallestTold !== null;
    return { ...result, answered, silence: false, waves };
  }

  /** What was left of the TTL of the target's first answer; `null` where it is not known. */
  get hopsLeft(): number | null {
    return this.#hopsLeft;
  }

  /** How often a probe may be forwarded can be limited, and none leaves a trace. */
  get canTrace(): boolean {
    return this.#channel.limitsHops && this.#channel.traceless;
  }

  /** Which routers packets of two sizes come to. */
  async trace(ends: Ends): Promise<HopTrace> {
    const order = { ...ends, firstId: this.#nextId, hopsLeft: this.#hopsLeft };
    const { trace, packets, bytes } = await traceHops(this.#context, this.#channel, order, this.#timing());
    this.#nextId += packets;
    this.#sent += packets;
    this.#bytes += bytes;
    return trace;
  }

  /** Reads what came in meanwhile: a Packet Too Big that quotes one of our TCP connections names its sender. */
  async drain(): Promise<void> {
    const { clock } = this.#context;
    const events = await this.#channel.receive(clock.now());
    for (const event of events) this.#nameSender(event);
  }

  async #absorbWave(search: Search, orders: readonly Order[]): Promise<void> {
    const where = { address: this.#context.path.address, direction: this.#direction, method: this.#channel.method };
    const sizes = orders.map(({ size }) => size);
    reportProgress(this.#context.onProgress, where, search, sizes);
    for (const [{ size }, outcome] of await this.#wave(orders)) search.onOutcome(size, outcome);
  }

  #finish(search: Search, cap: number, settled: boolean): SearchResult {
    const result = summarize(search, this.#channel.method, cap, settled);
    this.#context.hints.add(result.pathMtu);
    // What a router named is told as well, whether it was tried or not.
    const named =
      this.#refusals.smallest === null || this.#refusals.smallest >= cap ? [] : [this.#refusals.smallest + 1];
    const told = [...named, ...(result.smallestTold === null ? [] : [result.smallestTold])];
    return { ...result, smallestTold: told.length === 0 ? null : Math.min(...told) };
  }

  async #wave(orders: readonly Order[]): Promise<ReadonlyMap<DatagramProbe, Outcome>> {
    const { clock, limits } = this.#context;
    const probes = orders.flatMap(({ size, copies }) => Array.from({ length: copies }, () => this.#newProbe(size)));
    const sentinel = this.#newProbe(this.#channel.smallestSize);
    const sentAt = clock.now();
    const wave = new DatagramWave(probes, sentinel, sentAt, this.#channel.answersWithinMs);
    for (const probe of [...probes, sentinel]) this.#send(probe);
    for (;;) {
      const outcomes = wave.poll(clock.now(), this.#timing());
      if (outcomes !== null || limits.reached) {
        if (wave.rttMs !== null) this.#roundTrips.add(wave.rttMs);
        return this.#close(probes, outcomes, sentAt);
      }
      const events = await this.#channel.receive(limits.clip(wave.deadline(this.#timing())));
      for (const event of events) this.#take(wave, probes, event, sentAt);
    }
  }

  #take(wave: DatagramWave, probes: readonly DatagramProbe[], event: DatagramEvent, sentAt: number): void {
    this.#nameSender(event);
    if (event.kind === 'reply') this.#hopsLeft ??= event.hopsLeft;
    const id = probeOf(event);
    // What quotes a TCP connection is for TCP to judge: whether its sequence number is right, only the kernel knows.
    if (id === null) return;
    const probe = probes.find((candidate) => candidate.id === id);
    const outcome = this.#outcomeOf(event, probe);
    if (!wave.onOutcome(id, outcome, this.#context.clock.now())) return;
    if (probe !== undefined) this.#note(probe, outcome, sentAt, event);
  }

  #close(
    probes: readonly DatagramProbe[],
    outcomes: ReadonlyMap<DatagramProbe, Outcome> | null,
    sentAt: number,
  ): ReadonlyMap<DatagramProbe, Outcome> {
    const closed = new Map<DatagramProbe, Outcome>();
    for (const probe of probes) {
      const outcome = outcomes?.get(probe) ?? { kind: 'none' };
      const isUnanswered = outcome.kind === 'missing' || outcome.kind === 'none';
      const mayBeRefused = outcome.kind === 'missing' || (outcome.kind === 'none' && this.#onlyListens);
      const trusted = mayBeRefused ? this.#refusals.explain(probe.size, outcome) : outcome;
      closed.set(probe, trusted);
      if (!isUnanswered) continue;
      const proved = trusted.kind === 'missing' && !this.#onlyListens;
      this.#note(probe, proved ? trusted : { kind: 'none' }, sentAt, null);
    }
    return closed;
  }

  #outcomeOf(event: DatagramEvent, probe: DatagramProbe | undefined): Outcome {
    switch (event.kind) {
      case 'reply':
        return { kind: 'arrived' };
      case 'packet-too-big':
        this.#refusals.note(probe?.size ?? null, event.nextHopMtu);
        return { kind: 'told', nextHopMtu: event.nextHopMtu, carried: false };
      case 'local-limit': {
        const told = this.#refusals.smallest;
        return told !== null && probe !== undefined && probe.size > told
          ? { kind: 'told', nextHopMtu: told, carried: false }
          : { kind: 'limited', limit: event.mtu, carried: false };
      }
      case 'unreachable':
      case 'time-exceeded':
        return { kind: 'none' };
    }
  }

  get #onlyListens(): boolean {
    return this.#channel.method === 'udp-raw';
  }

  get #direction(): DirectionName {
    return this.#channel.direction ?? 'forward';
  }

  #newProbe(size: number): DatagramProbe {
    return { id: this.#nextId++, size };
  }

  #send(probe: DatagramProbe): void {
    this.#sent += 1;
    this.#bytes += probe.size;
    this.#channel.send(probe);
  }

  #note(probe: DatagramProbe, outcome: Outcome, sentAt: number, event: DatagramEvent | null): void {
    const told = event?.kind === 'packet-too-big' ? { from: event.from, nextHopMtu: event.nextHopMtu } : undefined;
    const limit = outcome.kind === 'limited' ? { from: null, nextHopMtu: outcome.limit } : undefined;
    const pieces = event?.kind === 'reply' ? event.largestFragment : undefined;
    const noted = { method: this.#channel.method, direction: this.#direction, size: probe.size, sentAt };
    this.#context.recorder.note(noted, outcomeName(outcome), told ?? limit, pieces);
  }

  #nameSender(event: DatagramEvent): void {
    if (event.kind !== 'packet-too-big' || 'id' in event.quoted) return;
    const { nextHopMtu, from } = event;
    this.#context.recorder.nameSender(
      (entry) => entry.method === 'tcp-segment' && entry.nextHopMtu === nextHopMtu,
      from,
    );
  }
}
