/** The channels of a simulated path: what `createChannels` is for real sockets. */

import type {
  Channels,
  DatagramChannel,
  DatagramEvent,
  DatagramOrder,
  PathTarget,
  TcpChannel,
  TcpOrder,
  TcpState,
} from '../../../src/measure/channel.ts';
import { Mailbox } from './mailbox.ts';
import { Carrier, type Network } from './network.ts';
import { SimulatedConnection } from './tcp-connection.ts';
import type { VirtualClock } from './virtual-clock.ts';

class SimulatedTcp implements TcpChannel {
  readonly #carrier: Carrier;
  readonly #changed: Mailbox<number>;
  readonly #connections = new Map<number, SimulatedConnection>();
  readonly opened: TcpOrder[] = [];

  constructor(carrier: Carrier) {
    this.#carrier = carrier;
    this.#changed = new Mailbox(carrier.clock);
  }

  send(order: TcpOrder): void {
    if (order.kind === 'open') {
      this.opened.push(order);
      const changed = (): void => this.#changed.put(order.id);
      this.#connections.set(order.id, new SimulatedConnection(this.#carrier, order, changed));
      return;
    }
    const connection = this.#connections.get(order.id);
    if (order.kind === 'request') connection?.request(order.exchange, order.replyBytes);
    if (order.kind === 'write') connection?.write(order.bytes);
    if (order.kind === 'close') {
      connection?.close();
      this.#connections.delete(order.id);
    }
  }

  async receive(until: number): Promise<readonly TcpState[]> {
    const ids = new Set(await this.#changed.take(until));
    return [...ids].flatMap((id) => this.#connections.get(id)?.state ?? []);
  }

  cost(): { readonly packets: number; readonly bytes: number } {
    return { packets: this.opened.length, bytes: 0 };
  }

  close(): void {
    for (const connection of this.#connections.values()) connection.close();
    this.#connections.clear();
  }
}

class SimulatedDatagrams implements DatagramChannel {
  readonly method: DatagramChannel['method'];
  readonly traceless: boolean;
  readonly smallestSize = 64;
  readonly limitsHops: boolean;
  readonly #carrier: Carrier;
  readonly #events: Mailbox<DatagramEvent>;

  constructor(carrier: Carrier, method: DatagramChannel['method'], traceless: boolean) {
    this.#carrier = carrier;
    this.method = method;
    this.traceless = traceless;
    this.limitsHops = method === 'icmp-raw' || method === 'udp-raw';
    this.#events = new Mailbox(carrier.clock);
  }

  send({ id, size, hops }: DatagramOrder): void {
    const { clock, network } = this.#carrier;
    const own = network.interface ?? 1500;
    const limit = this.traceless ? own : Math.min(own, network.routeMtu ?? own, this.#carrier.learnt.client ?? own);
    if (size > limit) {
      this.#events.put({ kind: 'local-limit', id, mtu: limit });
      return;
    }
    if (this.#isDroppedNearby()) return;
    const fate = this.#carrier.carry('forward', size, hops);
    if (fate.kind === 'expired')
      clock.at(fate.at, () => this.#events.put({ kind: 'time-exceeded', id, from: fate.from }));
    if (fate.kind === 'told') {
      clock.at(fate.at, () => {
        if (!this.traceless) this.#carrier.learn('client', fate.nextHopMtu);
        this.#events.put({ kind: 'packet-too-big', quoted: { id }, from: fate.from, nextHopMtu: fate.nextHopMtu });
      });
    }
    const answers = network.server?.port !== 'silent' && size <= this.#answeredUpTo();
    // The reply may be fragmented (Linux answers with DF clear), so its size does not matter.
    if (fate.kind !== 'arrives' || !answers || this.#carrier.carry('reverse', 1).kind !== 'arrives') return;
    clock.at(clock.now() + this.#carrier.rttMs, () =>
      this.#events.put({ kind: 'reply', id, hopsLeft: 64 - (network.reverse?.length ?? 0) }),
    );
  }

  #answeredUpTo(): number {
    const { echoLimit, udpLimit } = this.#carrier.network;
    if (this.method === 'udp-raw' || this.method === 'udp-responder') return Infinity;
    return (this.method.startsWith('udp-') ? udpLimit : echoLimit) ?? Infinity;
  }

  #isDroppedNearby(): boolean {
    const { dropsNearby } = this.#carrier.network;
    return dropsNearby === 'both' || dropsNearby === (this.method.startsWith('udp-') ? 'udp' : 'echo');
  }

  receive(until: number): Promise<readonly DatagramEvent[]> {
    return this.#events.take(until);
  }

  dropped(): number {
    return 0;
  }

  close(): void {
    // Nothing to give back.
  }
}

/** What a responder sends when it is asked to: the request is small, and the answer is the probe. */
class SimulatedReverse implements DatagramChannel {
  readonly method = 'udp-responder';
  readonly direction = 'reverse';
  readonly traceless = false;
  readonly smallestSize = 96;
  readonly limitsHops = false;
  readonly #carrier: Carrier;
  readonly #events: Mailbox<DatagramEvent>;

  constructor(carrier: Carrier) {
    this.#carrier = carrier;
    this.#events = new Mailbox(carrier.clock);
  }

  send({ id, size }: DatagramOrder): void {
    const { clock, network } = this.#carrier;
    const asked = this.#carrier.carry('forward', 1);
    if (asked.kind !== 'arrives') return;
    const limit = network.server?.mtu ?? size;
    clock.at(asked.at, () => {
      const fate = size > limit ? null : this.#carrier.carry('reverse', size);
      const say = (event: DatagramEvent, at: number): void => clock.at(at, () => this.#events.put(event));
      const back = clock.now() + this.#carrier.rttMs / 2;
      if (fate === null) say({ kind: 'local-limit', id, mtu: limit }, back);
      else if (fate.kind === 'arrives') say({ kind: 'reply', id, hopsLeft: null }, fate.at);
      else if (fate.kind === 'told') {
        const { nextHopMtu, from } = fate;
        this.#carrier.learn('server', nextHopMtu);
        say({ kind: 'packet-too-big', quoted: { id }, from, nextHopMtu }, fate.at + this.#carrier.rttMs / 2);
      }
    });
  }

  receive(until: number): Promise<readonly DatagramEvent[]> {
    return this.#events.take(until);
  }

  dropped(): number {
    return 0;
  }

  close(): void {
    // Nothing to give back.
  }
}

export interface SimulatedWorld {
  readonly channels: Channels;
  readonly target: PathTarget;
  readonly carrier: Carrier;
  /** Every connection that was opened, in order. */
  readonly tcp: SimulatedTcp;
}

export function simulate(network: Network, clock: VirtualClock): SimulatedWorld {
  const carrier = new Carrier(network, clock);
  const tcp = new SimulatedTcp(carrier);
  const { engine = 'icmp-raw' } = network;
  const traceless = engine === 'icmp-raw' && carrier.family === 4;
  const scouts = engine === 'icmp-raw';
  return {
    carrier,
    tcp,
    target: targetOf(network, carrier),
    channels: {
      tcp: () => tcp,
      datagram: async () => ({
        channel: engine === null ? null : new SimulatedDatagrams(carrier, engine, traceless),
        refused: engine === null ? ['raw sockets need CAP_NET_RAW'] : [],
      }),
      udpService: async () => ({ channel: new SimulatedDatagrams(carrier, 'udp-quic', traceless), refused: [] }),
      farEnd: async () => null,
      responder: async () => {
        if (network.server?.port === 'silent') return { kind: 'refused', reason: 'no answer', answered: false };
        const forward = new SimulatedDatagrams(carrier, 'udp-responder', engine === 'icmp-raw');
        return { kind: 'open', forward, reverse: new SimulatedReverse(carrier) };
      },
      scout: async () => (scouts ? new SimulatedDatagrams(carrier, 'udp-raw', true) : null),
    },
  };
}

function targetOf(network: Network, carrier: Carrier): PathTarget {
  const ports = network.server?.ports;
  const address = carrier.family === 4 ? '198.51.100.70' : '2001:db8::70';
  return {
    target: 'example.org',
    host: 'example.org',
    url: 'https://example.org/',
    scheme: ports === undefined ? 'https' : 'any',
    address,
    family: carrier.family,
    ports: ports === undefined ? [443] : Object.keys(ports).map(Number).reverse(),
    serverName: 'example.org',
    path: '/',
    egress: {
      interface: 'eth0',
      address: carrier.family === 4 ? '172.17.0.2' : '2001:db8::2',
      mtu: network.interface ?? 1500,
      cachedPathMtu: network.cachedPathMtu ?? null,
    },
    routeMtu: network.routeMtu ?? null,
    offers: network.interface ?? 1500,
    local: false,
    ...(network.responder === true ? { scheme: 'mtu', transport: 'udp', ports: [4821] } : {}),
  };
}
