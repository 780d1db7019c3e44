/** The TCP connections of one path: politely opened, watched, and timed. */

import type { Family } from '../contract.ts';
import { Admission } from '../search/admission.ts';
import type { Timing } from '../search/timing.ts';
import type { TcpInfo } from '../wire/tcp-info.ts';
import type { Clock, ConnectionFailure, Exchange, TcpChannel } from './channel.ts';
import { RoundTrips } from './round-trips.ts';

export interface Connection {
  readonly id: number;
  readonly family: Family;
  readonly port: number;
  readonly mss: number | null;
  phase: 'queued' | 'connecting' | 'established' | 'closed';
  info: TcpInfo | null;
  failure: ConnectionFailure | null;
  localPort: number | null;
  openedAt: number;
  establishedAt: number | null;
  /** In-order bytes up to which something is missing in what we receive; 0 where nothing is. */
  owedBytes: number;
  /** Told of every new word of the kernel, with the time at which it was read. */
  onInfo: ((info: TcpInfo, now: number) => void) | null;
}

/** The kernel's first SYN timeout (RFC 6298 §2.1): a handshake that took longer was repeated. */
const SYN_TIMEOUT_MS = 1000;
/** SYN, and its repetitions after 1 and 3 s (RFC 6298 §5.5), have had their time: the host would have answered. */
const GIVE_UP_MS = 3500;

export class Connections {
  readonly #channel: TcpChannel;
  readonly #family: Family;
  readonly #clock: Clock;
  readonly #admission = new Admission();
  readonly #all = new Map<number, Connection>();
  readonly #queue: Connection[] = [];
  readonly #roundTrips = new RoundTrips();
  #nextId = 1;
  #kept = 0;

  constructor(channel: TcpChannel, family: Family, clock: Clock) {
    this.#channel = channel;
    this.#family = family;
    this.#clock = clock;
  }

  get opened(): number {
    return this.#admission.total;
  }

  /** Connections that may still be opened on this path, those in the queue and those that are kept already taken off. */
  get left(): number {
    return Math.max(0, this.#admission.left - this.#queue.length - this.#kept);
  }

  /** Leaves so many to whoever comes later; zero leaves none. */
  keep(count: number): void {
    this.#kept = count;
  }

  /** Round trips as the kernel measured them at the handshakes; `null` before the first. */
  get timing(): Timing | null {
    return this.#roundTrips.timing;
  }

  get shortestRttMs(): number | null {
    return this.#roundTrips.shortestMs;
  }

  /**
   * Connects as soon as politeness allows; one beyond the last that may be opened is closed from the start.
   *
   * @param mss `null` advertises what the kernel would. @param localPort of an aborted connection, to go its way.
   */
  open(port: number, mss: number | null, localPort: number | null = null): Connection {
    const isRefused = this.left <= 0;
    const connection: Connection = {
      id: this.#nextId++,
      family: this.#family,
      port,
      mss,
      phase: isRefused ? 'closed' : 'queued',
      info: null,
      failure: null,
      localPort,
      openedAt: this.#clock.now(),
      establishedAt: null,
      owedBytes: 0,
      onInfo: null,
    };
    if (isRefused) return connection;
    this.#all.set(connection.id, connection);
    this.#queue.push(connection);
    this.#admit();
    return connection;
  }

  /** @param keepOpen the connection is wanted for something else afterwards. */
  request(connection: Connection, exchange: Exchange, replyBytes: number, keepOpen: boolean): void {
    this.#channel.send({ kind: 'request', id: connection.id, exchange, replyBytes, keepOpen });
  }

  write(connection: Connection, bytes: number, tls: boolean): void {
    this.#channel.send({ kind: 'write', id: connection.id, bytes, tls });
  }

  /** @param abort the port is wanted again: the other side is told to forget everything at once. */
  close(connection: Connection, abort = false): void {
    const at = this.#queue.indexOf(connection);
    if (at >= 0) this.#queue.splice(at, 1);
    else this.#channel.send({ kind: 'close', id: connection.id, abort });
    if (connection.phase === 'connecting') this.#admission.onAbandoned();
    connection.phase = 'closed';
    connection.onInfo = null;
    this.#all.delete(connection.id);
  }

  /** Waits for the first change of any connection, or until an instant. */
  async step(until: number): Promise<void> {
    this.#admit();
    const states = await this.#channel.receive(until);
    const now = this.#clock.now();
    for (const state of states) {
      const connection = this.#all.get(state.id);
      if (connection === undefined) continue;
      connection.localPort = state.localPort ?? connection.localPort;
      if (state.info !== null) connection.info = state.info;
      if (state.phase !== connection.phase) this.#enter(connection, state.phase, now);
      connection.failure = state.failure;
      if (state.info !== null) connection.onInfo?.(state.info, now);
    }
    this.#giveUp(now);
  }

  #admit(): void {
    while (this.#queue.length > 0 && this.#admission.room > 0) {
      const connection = this.#queue.shift() as Connection;
      this.#admission.onOpened();
      connection.phase = 'connecting';
      connection.openedAt = this.#clock.now();
      const { id, port, mss, localPort } = connection;
      this.#channel.send({ kind: 'open', id, port, mss, localPort });
    }
  }

  #enter(connection: Connection, phase: 'connecting' | 'established' | 'closed', now: number): void {
    const before = connection.phase;
    connection.phase = phase;
    if (before !== 'connecting') return;
    if (phase === 'established') {
      connection.establishedAt = now;
      const rttMs = (connection.info?.rttUs ?? 0) / 1000;
      if (rttMs > 0) this.#roundTrips.add(rttMs);
      if (now - connection.openedAt < SYN_TIMEOUT_MS) this.#admission.onPrompt();
      else this.#admission.onSetback();
    } else this.#admission.onSetback();
  }

  #giveUp(now: number): void {
    for (const connection of this.#all.values()) {
      if (connection.phase !== 'connecting' || now - connection.openedAt < GIVE_UP_MS) continue;
      this.#admission.onSetback();
      connection.phase = 'closed';
      this.close(connection);
    }
  }
}
