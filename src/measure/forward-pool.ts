/**
 * Idle connections for forward probes, opened before any large packet moved where the reverse direction left any.
 *
 * A server that was told a smaller path MTU meanwhile offers a smaller MSS to every new connection: those can carry
 * nothing larger, and the old ones are all there will ever be. A lost probe costs its connection, an acknowledged one
 * gives it back.
 */

import { segmentSize } from '../wire/header-size.ts';
import type { Connection, Connections } from './connections.ts';
import type { PathContext } from './context.ts';

/** SYN and one repetition of it. */
const HANDSHAKE_MS = 3000;
const STEP_MS = 50;
/** Two for the ceiling, three for the second wave: a size and, twice, its successor. */
const LEAST = 5;

export class ForwardPool {
  readonly #context: PathContext;
  readonly #connections: Connections;
  readonly #port: number;
  readonly #ports: readonly number[] | null;
  #members: Connection[];
  /** The largest size that each carried. */
  readonly #carried = new Map<Connection, number>();
  /** The largest packet of new connections, where it is less than old ones take. */
  #reach: number;

  /**
   * @param reach the largest packet that the target offers to take on new connections.
   * @param ports the only ports to leave from, of connections that were aborted; `null` leaves it to the kernel.
   */
  constructor(
    context: PathContext,
    connections: Connections,
    port: number,
    members: readonly Connection[],
    reach: number,
    ports: readonly number[] | null = null,
  ) {
    this.#ports = ports;
    this.#reach = reach;
    this.#context = context;
    this.#connections = connections;
    this.#port = port;
    this.#members = [...members];
  }

  /** The largest packet that a connection can send in one piece; `null` while none is open. Waits for the handshakes. */
  async largest(): Promise<number | null> {
    const { clock, limits } = this.#context;
    if (!this.#members.some(isUsable)) this.#open(LEAST);
    while (this.#isWaiting() && !limits.reached) {
      if (this.#members.some(isIdle)) break;
      await this.#connections.step(limits.clip(clock.now() + STEP_MS));
    }
    return this.#largestIdle();
  }

  /**
   * Opens what is lacking for a wave and waits for it.
   *
   * @param fresh flows that carried the size before do not count: others are wanted.
   * @returns how many probes of `size` can go out at once.
   */
  async prepare(probes: number, size: number, fresh = false): Promise<number> {
    const { clock, limits } = this.#context;
    const usable = this.#members.filter(
      (member) => isUsable(member) && !(fresh && this.#hasCarried(member, size)),
    ).length;
    const lacking = size > this.#reach ? 0 : probes - usable;
    this.#open(lacking);
    const until = clock.now() + HANDSHAKE_MS;
    while ((this.#isWaiting() || this.#isBusy()) && clock.now() < until && !limits.reached) {
      await this.#connections.step(limits.clip(Math.min(until, clock.now() + STEP_MS)));
    }
    const able = this.#members.filter((connection) => canCarry(connection, size)).length;
    const smaller = this.#members.filter((connection) => isIdle(connection) && !canCarry(connection, size));
    this.#reach = Math.min(this.#reach, ...smaller.map(largestSize));
    return able;
  }

  /** Takes a connection that sends this size in one piece, and has not done so before if it can be; `null` when none is left. */
  take(size: number): Connection | null {
    const able = this.#members.filter((member) => canCarry(member, size));
    const connection = able.find((member) => !this.#hasCarried(member, size)) ?? able[0] ?? null;
    this.#members = this.#members.filter((member) => member !== connection);
    return connection;
  }

  #hasCarried(connection: Connection, size: number): boolean {
    return (this.#carried.get(connection) ?? 0) >= size;
  }

  /** @param size that it carried. */
  giveBack(connection: Connection, size: number): void {
    this.#carried.set(connection, Math.max(size, this.#carried.get(connection) ?? 0));
    this.#members.push(connection);
  }

  /** The largest packet that new connections take. */
  get reach(): number {
    return this.#reach;
  }

  /** What is lost is not replaced: new connections carry less, or there may be no more of them. */
  isScarce(size: number): boolean {
    return size > this.#reach || this.#connections.left === 0;
  }

  /** A peer without SACK shows no hole. */
  get isBlind(): boolean {
    return this.#members.some((connection) => isIdle(connection) && connection.info?.sack === false);
  }

  /** The kernel's path MTU for these connections fell below a size: they were told. */
  isTold(size: number): boolean {
    return this.#members.some((connection) => isIdle(connection) && (connection.info?.pathMtu ?? size) < size);
  }

  #open(count: number): void {
    const taken = this.#members.filter(isUsable).map(({ localPort }) => localPort);
    const free = this.#ports?.filter((port) => !taken.includes(port)) ?? null;
    const affordable = Math.min(count, this.#connections.left, free?.length ?? count);
    for (let opened = 0; opened < affordable; opened += 1) {
      this.#members.push(this.#connections.open(this.#port, null, free?.[opened] ?? null));
    }
  }

  /** Gives its ports back. */
  close(): void {
    for (const member of this.#members) this.#connections.close(member, true);
    this.#members = [];
  }

  #largestIdle(): number | null {
    const sizes = this.#members.filter(isIdle).map(largestSize);
    return sizes.length === 0 ? null : Math.max(...sizes);
  }

  #isWaiting(): boolean {
    return this.#members.some(({ phase }) => phase === 'queued' || phase === 'connecting');
  }

  #isBusy(): boolean {
    return this.#members.some((member) => isWhole(member) && (member.info?.unackedSegments ?? 0) > 0);
  }
}

function isIdle(connection: Connection): boolean {
  return isWhole(connection) && connection.info?.unackedSegments === 0;
}

/** Beside a hole in what we receive, every packet of ours is larger by the option that tells of it (RFC 2018 §3). */
function isWhole({ phase, info, owedBytes }: Connection): boolean {
  return phase === 'established' && info !== null && info.bytesReceived >= owedBytes;
}

function isUsable(connection: Connection): boolean {
  return connection.phase === 'queued' || connection.phase === 'connecting' || isWhole(connection);
}

function largestSize({ info, family }: Connection): number {
  return info === null ? 0 : segmentSize(info.sndMss, family, info);
}

function canCarry(connection: Connection, size: number): boolean {
  return isIdle(connection) && largestSize(connection) >= size;
}
