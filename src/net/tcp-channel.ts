/** TCP over real sockets: many connections, polled together. */

import type { Clock, ConnectionId, PathTarget, TcpChannel, TcpOrder, TcpState } from '../measure/channel.ts';
import type { Binding } from './binding.ts';
import { pollUntil } from './poll-until.ts';
import type { ResponderRequests } from './responder-requests.ts';
import { type Sent, TcpConnection } from './tcp-connection.ts';

/**
 * @param onLocalPort is told of every port that a connection of this channel leaves from.
 * @param responder what is said where the target is one.
 */
export function createTcpChannel(
  path: PathTarget,
  binding: Binding,
  clock: Clock,
  onLocalPort: (port: number) => void,
  responder: ResponderRequests,
): TcpChannel {
  return new SocketTcpChannel(path, binding, clock, onLocalPort, responder);
}

class SocketTcpChannel implements TcpChannel {
  readonly #path: PathTarget;
  readonly #binding: Binding;
  readonly #clock: Clock;
  readonly #onLocalPort: (port: number) => void;
  readonly #responder: ResponderRequests;
  readonly #connections = new Map<ConnectionId, TcpConnection>();
  #closed: Sent = { packets: 0, bytes: 0 };
  #quietSince: number;

  constructor(
    path: PathTarget,
    binding: Binding,
    clock: Clock,
    onLocalPort: (port: number) => void,
    responder: ResponderRequests,
  ) {
    this.#responder = responder;
    this.#path = path;
    this.#binding = binding;
    this.#clock = clock;
    this.#onLocalPort = onLocalPort;
    this.#quietSince = clock.now();
  }

  send(order: TcpOrder): void {
    this.#quietSince = this.#clock.now();
    const connection = this.#connections.get(order.id);
    switch (order.kind) {
      case 'open':
        this.#open(order);
        break;
      case 'request':
        connection?.request(order);
        break;
      case 'write':
        connection?.write(order);
        break;
      case 'close':
        if (connection !== undefined) this.#forget(order.id, connection, order.abort);
    }
  }

  async receive(until: number): Promise<readonly TcpState[]> {
    const states = await pollUntil(
      this.#clock,
      until,
      () => this.#quietSince,
      () => this.#poll(),
    );
    if (states.length > 0) this.#quietSince = this.#clock.now();
    return states;
  }

  cost(): Sent {
    return [...this.#connections.values()].reduce((sum, { sent }) => add(sum, sent), this.#closed);
  }

  close(): void {
    // A far end that still repeats what gets lost would keep our half of a connection for a minute.
    for (const [id, connection] of this.#connections) this.#forget(id, connection, true);
  }

  #open(order: Extract<TcpOrder, { kind: 'open' }>): void {
    const connection = new TcpConnection(order, this.#path, this.#binding, this.#responder);
    this.#connections.set(order.id, connection);
    if (connection.localPort !== null) this.#onLocalPort(connection.localPort);
  }

  #forget(id: ConnectionId, connection: TcpConnection, abort = false): void {
    connection.close(abort);
    this.#closed = add(this.#closed, connection.sent);
    this.#connections.delete(id);
  }

  #poll(): TcpState[] {
    return [...this.#connections.values()].flatMap((connection) => connection.poll() ?? []);
  }
}

function add(one: Sent, other: Sent): Sent {
  return { packets: one.packets + other.packets, bytes: one.bytes + other.bytes };
}
