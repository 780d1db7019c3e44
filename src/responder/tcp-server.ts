/** One listening socket of the responder: who may connect, and how many at once. */

import type { Socket } from 'node:net';
import ipaddr from 'ipaddr.js';
import type { Family } from '../contract.ts';
import { errno } from '../net/sys/errno.ts';
import { type Accepted, acceptConnection } from '../net/sys/listener.ts';
import { closeSocket } from '../net/sys/socket.ts';
import { type ConnectionParts, refuseConnection, serveConnection } from './connection.ts';
import type { Rates } from './rates.ts';
import { limitKey } from './sender.ts';

/** Of one turn of the event loop. */
const MOST_ACCEPTED = 16;
/** So many are told that there is no room; more are only closed. */
const MOST_REFUSED = 64;
/** No address gets more than this part of the connections. */
const ADDRESS_SHARE = 1 / 4;
/** Until a connection ends and gives its descriptor back. */
const PAUSE_MS = 100;
/** The connection ended while it waited, or a packet of it was wrong (accept(2)): the next one may be well. */
const OF_ONE_CONNECTION: readonly number[] = [errno.ECONNABORTED, errno.EINTR, errno.EPROTO, errno.EPERM];

/** The connections of all listening sockets. */
export class Connections {
  readonly #most: number;
  readonly #mostEach: number;
  readonly #parts: Omit<ConnectionParts, 'mayTake'>;
  readonly #rates: Rates;
  readonly #open = new Set<Socket>();
  readonly #refused = new Set<Socket>();
  readonly #ofAddress = new Map<string, number>();

  constructor(most: number, rates: Rates, parts: Omit<ConnectionParts, 'mayTake'>) {
    this.#most = most;
    this.#mostEach = Math.max(1, Math.floor(most * ADDRESS_SHARE));
    this.#rates = rates;
    this.#parts = parts;
  }

  add({ fd, peer }: Accepted, family: Family): void {
    const { counters, mac } = this.#parts;
    const key = limitKey(Uint8Array.from(ipaddr.parse(peer.address).toByteArray()));
    const held = this.#ofAddress.get(key) ?? 0;
    counters.connections += 1;
    if (this.#open.size >= this.#most || held >= this.#mostEach) {
      counters.busy += 1;
      if (this.#refused.size >= MOST_REFUSED) {
        closeSocket(fd);
        return;
      }
      const refused: Socket = refuseConnection(fd, mac, () => this.#refused.delete(refused));
      this.#refused.add(refused);
      return;
    }
    this.#ofAddress.set(key, held + 1);
    const mayTake = (bytes: number, now: number): boolean => this.#rates.take(key, bytes, 1, now);
    const socket: Socket = serveConnection(fd, family, { ...this.#parts, mayTake }, () => {
      this.#open.delete(socket);
      const left = (this.#ofAddress.get(key) ?? 1) - 1;
      if (left > 0) this.#ofAddress.set(key, left);
      else this.#ofAddress.delete(key);
    });
    this.#open.add(socket);
  }

  close(): void {
    for (const socket of [...this.#open, ...this.#refused]) socket.destroy();
  }
}

export class TcpServer {
  readonly fd: number;
  readonly #family: Family;
  readonly #connections: Connections;
  #pausedUntil = 0;

  constructor(fd: number, family: Family, connections: Connections) {
    this.fd = fd;
    this.#family = family;
    this.#connections = connections;
  }

  /** Whether it is of any use to wait for connections. */
  isOpen(now: number): boolean {
    return now >= this.#pausedUntil;
  }

  /** One turn. */
  turn(now: number): void {
    for (let accepts = 0; accepts < MOST_ACCEPTED; accepts += 1) {
      const accepted = acceptConnection(this.fd);
      if (typeof accepted !== 'number') this.#connections.add(accepted, this.#family);
      else if (accepted === -errno.EAGAIN) return;
      else if (!OF_ONE_CONNECTION.includes(-accepted)) {
        // No descriptor or no memory is left. The connection goes on waiting, and asking again at once would spin.
        this.#pausedUntil = now + PAUSE_MS;
        return;
      }
    }
  }
}
