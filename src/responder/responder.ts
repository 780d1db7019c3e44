/** The far end: UDP and TCP on the same addresses, one loop that waits for both. */

import { randomBytes } from 'node:crypto';
import { performance } from 'node:perf_hooks';
import { setImmediate } from 'node:timers/promises';
import type { Endpoint } from '../endpoint.ts';
import { openWaker, untilReadable, wake } from '../net/sys/poll.ts';
import { closeSocket } from '../net/sys/socket.ts';
import { macWith } from '../secret.ts';
import { Clients } from './clients.ts';
import { Cookies } from './cookies.ts';
import { type Counters, newCounters } from './counters.ts';
import { egressLookup } from './egress.ts';
import { openSockets } from './listening.ts';
import { Rates } from './rates.ts';
import { type ReplyParts, ReplyRule } from './reply.ts';
import { Connections, TcpServer } from './tcp-server.ts';
import { UdpServer } from './udp-server.ts';

export interface ResponderOptions {
  /** `null` listens on all IPv4 and IPv6 addresses. */
  readonly listen: readonly Endpoint[] | null;
  /** Bytes per second of all that is sent. */
  readonly maxRate: number;
  /** TCP connections at once; as many clients of UDP are remembered. */
  readonly maxClients: number;
  readonly secret: Uint8Array | null;
}

/** How long a wait lasts at most: whatever ends the process otherwise, its thread holds it up no longer. */
const WAIT_MS = 1000;
/** While the kernel has not taken what is to be sent, or no descriptors are left. */
const SHORT_WAIT_MS = 2;

export class Responder {
  readonly counters: Counters = newCounters();
  readonly addresses: readonly Endpoint[];
  readonly #udp: readonly UdpServer[];
  readonly #tcp: readonly TcpServer[];
  readonly #connections: Connections;
  readonly #waker = openWaker();
  #ended = false;

  /** Listens from here on. @throws UsageError when an address cannot be used. */
  constructor({ listen, maxRate, maxClients, secret }: ResponderOptions) {
    const now = (): number => performance.now();
    const rates = new Rates(maxRate, maxClients, now());
    const mac = secret === null ? null : macWith(secret);
    const { counters } = this;
    const parts: ReplyParts = {
      cookies: new Cookies(randomBytes),
      rates,
      clients: new Clients(maxClients),
      counters,
      mac,
      egress: egressLookup(maxClients),
    };
    const rule = new ReplyRule(parts);
    const sockets = openSockets(listen);
    this.addresses = sockets.map(({ endpoint }) => endpoint);
    this.#connections = new Connections(maxClients, rates, { counters, mac, now });
    this.#udp = sockets.map(({ udp, family }) => new UdpServer(udp, family, rule, parts));
    this.#tcp = sockets.map(({ tcp, family }) => new TcpServer(tcp, family, this.#connections));
  }

  /** Serves until `end` is called. */
  async run(): Promise<void> {
    while (!this.#ended) {
      const now = performance.now();
      const listening = this.#tcp.filter((server) => server.isOpen(now));
      const servers = [...this.#udp, ...listening];
      const isHeldUp = listening.length < this.#tcp.length || this.#udp.some((server) => server.isWaiting);
      const fds = [this.#waker, ...servers.map(({ fd }) => fd)];
      const ready = await untilReadable(fds, isHeldUp ? SHORT_WAIT_MS : WAIT_MS);
      const then = performance.now();
      for (const server of servers) {
        if (ready.includes(server.fd) || (server instanceof UdpServer && server.isWaiting)) server.turn(then);
      }
      // Connections, timers and signals have their turn, however much comes in.
      await setImmediate();
    }
    this.#connections.close();
    for (const { fd } of [...this.#udp, ...this.#tcp]) closeSocket(fd);
    closeSocket(this.#waker);
  }

  end(): void {
    this.#ended = true;
    wake(this.#waker);
  }
}
