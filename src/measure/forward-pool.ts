/**
 * Idle connections for forward probes, opened before any large packet moved.
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

export class ForwardPool {
  readonly #context: PathContext;
  readonly #connections: Connections;
  readonly #port: number;
  #members: Connection[];
  /** New connections carry less than old ones did. */
  #scarce = false;

  constructor(context: PathContext, connections: Connections, port: number, members: readonly Connection[]) {
    this.#context = context;
    this.#connections = connections;
    this.#port = port;
    this.#members = [...members];
  }

  /** The largest packet that a connection can send in one piece; `null` while none is open. Waits for the handshakes. */
  async largest(): Promise<number | null> {
    const { clock, limits } = this.#context;
    while (this.#isWaiting() && !limits.reached) {
      if (this.#members.some(({ phase }) => phase === 'established')) break;
      await this.#connections.step(limits.clip(clock.now() + STEP_MS));
    }
    return this.#largestIdle();
  }

  /**
   * Opens what is lacking for a wave and waits for it.
   *
   * @returns how many probes of `size` can go out at once.
   */
  async prepare(probes: number, size: number): Promise<number> {
    const { clock, limits } = this.#context;
    const usable = this.#members.filter(({ phase }) => phase !== 'closed').length;
    const lacking = this.#scarce ? 0 : Math.min(probes - usable, this.#connections.left);
    for (let count = 0; count < lacking; count += 1) this.#members.push(this.#connections.open(this.#port, null));
    const until = clock.now() + HANDSHAKE_MS;
    while ((this.#isWaiting() || this.#isBusy()) && clock.now() < until && !limits.reached) {
      await this.#connections.step(limits.clip(Math.min(until, clock.now() + STEP_MS)));
    }
    const able = this.#members.filter((connection) => canCarry(connection, size)).length;
    this.#scarce ||= this.#members.some((connection) => isIdle(connection) && !canCarry(connection, size));
    return able;
  }

  /** Takes a connection that sends this size in one piece; `null` when none is left. */
  take(size: number): Connection | null {
    const connection = this.#members.find((member) => canCarry(member, size)) ?? null;
    this.#members = this.#members.filter((member) => member !== connection);
    return connection;
  }

  giveBack(connection: Connection): void {
    this.#members.push(connection);
  }

  /** A peer without SACK shows no hole. */
  get isBlind(): boolean {
    return this.#members.some((connection) => isIdle(connection) && connection.info?.sack === false);
  }

  /** The kernel's path MTU for these connections fell below a size: they were told. */
  isTold(size: number): boolean {
    return this.#members.some((connection) => isIdle(connection) && (connection.info?.pathMtu ?? size) < size);
  }

  #largestIdle(): number | null {
    const sizes = this.#members.filter(isIdle).map(largestSize);
    return sizes.length === 0 ? null : Math.max(...sizes);
  }

  #isWaiting(): boolean {
    return this.#members.some(({ phase }) => phase === 'queued' || phase === 'connecting');
  }

  #isBusy(): boolean {
    return this.#members.some(({ phase, info }) => phase === 'established' && (info?.unackedSegments ?? 0) > 0);
  }
}

function isIdle({ phase, info }: Connection): boolean {
  return phase === 'established' && info !== null && info.unackedSegments === 0;
}

function largestSize({ info, family }: Connection): number {
  return info === null ? 0 : segmentSize(info.sndMss, family, info);
}

function canCarry(connection: Connection, size: number): boolean {
  return isIdle(connection) && largestSize(connection) >= size;
}
