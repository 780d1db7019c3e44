/** One simulated connection: our end as the kernel shows it, and the server behind it. */

import type { Exchange, TcpOrder, TcpState } from '../../../src/measure/channel.ts';
import { segmentPayload, sizeOfMss } from '../../../src/wire/header-size.ts';
import type { TcpInfo } from '../../../src/wire/tcp-info.ts';
import type { Carrier } from './network.ts';
import { TcpReceiver } from './tcp-receiver.ts';
import { TcpSender } from './tcp-sender.ts';

const REQUEST_BYTES = 300;
const HTTP_HEADERS = 250;
/** Small packets of the handshake and of acknowledgements. */
const SMALL = 60;

interface Ends {
  readonly up: TcpSender;
  readonly down: TcpSender;
  readonly serverReceiver: TcpReceiver;
  readonly clientReceiver: TcpReceiver;
  readonly advMss: number;
}

export class SimulatedConnection {
  readonly #carrier: Carrier;
  readonly #id: number;
  readonly #port: number;
  readonly #mss: number | null;
  readonly #localPort: number;
  /** What routers choose its way by. */
  readonly #flow: number;
  readonly #onChange: () => void;
  #phase: TcpState['phase'] = 'connecting';
  #failure: TcpState['failure'] = null;
  #ends: Ends | null = null;
  #asked: { readonly exchange: Exchange; readonly replyBytes: number } | null = null;
  #replied = false;
  #attempts = 0;

  constructor(
    carrier: Carrier,
    { id, port, mss, localPort }: Extract<TcpOrder, { kind: 'open' }>,
    onChange: () => void,
  ) {
    this.#carrier = carrier;
    this.#id = id;
    this.#port = port;
    this.#mss = mss;
    this.#localPort = localPort ?? 40000 + id;
    this.#flow = carrier.network.waysByChance === true ? 50000 + id : this.#localPort;
    this.#onChange = onChange;
    this.#sendSyn();
  }

  get state(): TcpState {
    const info = this.#info();
    return { id: this.#id, phase: this.#phase, info, failure: this.#failure, errno: null, localPort: this.#localPort };
  }

  request(exchange: Exchange, replyBytes: number): void {
    this.#asked = { exchange, replyBytes };
    this.write(REQUEST_BYTES);
  }

  write(bytes: number): void {
    if (this.#phase === 'established') this.#ends?.up.write(bytes);
  }

  close(): void {
    this.#phase = 'closed';
    this.#ends?.up.close();
    this.#ends?.down.close();
  }

  #sendSyn(): void {
    const { clock, network } = this.#carrier;
    if (this.#phase !== 'connecting') return;
    const retryMs = 1000 * 2 ** this.#attempts;
    this.#attempts += 1;
    const port = network.server?.ports?.[this.#port] ?? network.server?.port ?? 'open';
    const there = this.#carrier.carry('forward', SMALL, undefined, this.#flow);
    const back = this.#carrier.carry('reverse', SMALL, undefined, this.#flow);
    const dropped = there.kind !== 'arrives' || back.kind !== 'arrives';
    if (port === 'silent' || dropped || (port === 'open' && !this.#carrier.admit())) {
      if (this.#attempts < 6) clock.at(clock.now() + retryMs, () => this.#sendSyn());
      return;
    }
    clock.at(clock.now() + this.#carrier.rttMs, () => {
      if (this.#phase !== 'connecting') return;
      if (port === 'closed') this.#fail('refused');
      else this.#establish();
    });
  }

  #fail(failure: 'refused' | 'reset'): void {
    this.#phase = 'closed';
    this.#failure = failure;
    this.#onChange();
  }

  #establish(): void {
    const { network, family, learnt } = this.#carrier;
    const server = network.server ?? {};
    const own = Math.min(network.interface ?? 1500, network.routeMtu ?? Infinity, learnt.client ?? Infinity);
    const offered = Math.min(own, this.#mss === null ? Infinity : sizeOfMss(this.#mss, family));
    const serverMtu = Math.min(server.mtu ?? Math.max(1500, network.interface ?? 1500), learnt.server ?? Infinity);
    const clamp = network.clamp ?? Infinity;
    const advMss = segmentPayload(offered, family, { timestamps: true });
    const sack = server.sack ?? true;
    const clientReceiver = new TcpReceiver(advMss);
    const serverReceiver = new TcpReceiver(segmentPayload(serverMtu, family, { timestamps: true }));
    // A small MSS of our own also bounds what we send (`tcp_mss_clamp`, TCP_MAXSEG).
    const upSize = Math.min(serverMtu, clamp, offered);
    const up: TcpSender = new TcpSender(
      this.#carrier,
      'forward',
      this.#flow,
      { size: upSize, pathMtu: own, sack, discoversItself: false },
      (from, to) =>
        this.#acknowledge(
          'reverse',
          () => serverReceiver.onData(from, to),
          up,
          () => this.#onServerData(),
        ),
    );
    const down: TcpSender = new TcpSender(
      this.#carrier,
      'reverse',
      this.#flow,
      {
        size: Math.min(offered, clamp),
        pathMtu: serverMtu,
        sack,
        discoversItself: server.discoversItself ?? false,
      },
      (from, to) => this.#acknowledge('forward', () => clientReceiver.onData(from, to), down, this.#onChange),
    );
    up.onChange = this.#onChange;
    this.#ends = { up, down, serverReceiver, clientReceiver, advMss };
    this.#phase = 'established';
    this.#onChange();
  }

  #acknowledge(
    back: 'forward' | 'reverse',
    take: () => ReturnType<TcpReceiver['onData']>,
    sender: TcpSender,
    then: () => void,
  ): void {
    const ack = take();
    then();
    const fate = this.#carrier.carry(back, SMALL, undefined, this.#flow);
    if (fate.kind === 'arrives') this.#carrier.clock.at(fate.at, () => sender.onAck(ack));
  }

  #onServerData(): void {
    const ends = this.#ends;
    if (ends === null || this.#asked === null || this.#replied || ends.serverReceiver.upTo < REQUEST_BYTES) return;
    this.#replied = true;
    const { clock, network, rttMs } = this.#carrier;
    const { flight = 3500, page = 262144 } = network.server ?? {};
    const thinkMs = (network.server?.thinkMs ?? 0) + this.#carrier.queueMs;
    const { exchange, replyBytes } = this.#asked;
    const reply = Math.min(page, replyBytes) + HTTP_HEADERS;
    const first = exchange === 'http-get' ? reply : flight;
    clock.at(clock.now() + thinkMs, () => ends.down.write(first));
    const second = exchange === 'https-get-root' || exchange === 'https-get-path';
    if (second) clock.at(clock.now() + thinkMs + rttMs, () => ends.down.write(reply));
  }

  #info(): TcpInfo | null {
    if (this.#ends === null) return null;
    const { up, clientReceiver, advMss } = this.#ends;
    return {
      state: this.#phase === 'established' ? 1 : 7,
      timestamps: true,
      sack: this.#carrier.network.server?.sack ?? true,
      sndMss: up.mss,
      rcvMss: clientReceiver.rcvMss,
      advMss,
      pathMtu: up.pathMtu,
      unackedSegments: up.unacked,
      sackedSegments: up.sacked,
      totalRetransmits: up.retransmits,
      rttUs: this.#carrier.rttMs * 1000,
      bytesAcked: up.acked,
      bytesReceived: clientReceiver.upTo,
      segmentsOut: up.sent,
      dataSegmentsIn: clientReceiver.segments,
      outOfOrderSegments: clientReceiver.outOfOrder,
    };
  }
}
