/** What sends through one socket and hears the answers through a raw ICMP socket, where those of the whole host come. */

import type { Clock, DatagramChannel, DatagramEvent, DatagramOrder, PathTarget, ProbeId } from '../measure/channel.ts';
import { ipHeaderSize } from '../wire/header-size.ts';
import { FAR_ENOUGH } from '../wire/ip.ts';
import { MalformedPacketError } from '../wire/malformed.ts';
import { TOKEN_SIZE } from '../wire/token.ts';
import type { Binding } from './binding.ts';
import { Mailbox } from './mailbox.ts';
import { openRawIcmpListener, type RawIcmpListener, type Refusal } from './raw-icmp-listener.ts';
import { SentProbes } from './sent-probes.ts';
import { errno } from './sys/errno.ts';
import { closeSocket } from './sys/socket.ts';

export type DatagramOpening = { readonly kind: 'open'; readonly channel: DatagramChannel } | Refusal;

export interface ListeningSetup {
  /** The socket to send through; the channel owns it from here on. */
  readonly fd: number;
  readonly path: PathTarget;
  readonly clock: Clock;
  /** Ports of our TCP connections on the path: a Packet Too Big that quotes one is passed on. */
  readonly localPorts: ReadonlySet<number>;
}

export interface Transmission {
  readonly id: ProbeId;
  readonly hops: number;
  readonly payload: Uint8Array;
}

export abstract class ListeningChannel implements DatagramChannel {
  abstract readonly method: DatagramChannel['method'];
  abstract readonly traceless: boolean;
  readonly limitsHops = true;
  readonly smallestSize: number;
  protected readonly path: PathTarget;
  protected readonly headerSize: number;
  protected readonly probes: SentProbes;
  readonly #mailbox: Mailbox<DatagramEvent>;
  #fd: number | null;
  #listener: RawIcmpListener | null = null;
  #dropped = 0;

  /** @param upperHeaderSize bytes between the IP header and the payload. */
  constructor({ fd, path, clock, localPorts }: ListeningSetup, upperHeaderSize: number) {
    this.#fd = fd;
    this.path = path;
    this.headerSize = ipHeaderSize(path.family) + upperHeaderSize;
    this.smallestSize = this.headerSize + TOKEN_SIZE;
    this.probes = new SentProbes(path, localPorts);
    this.#mailbox = new Mailbox(clock);
  }

  /** Begins to listen; a channel that may not is closed. */
  async listen(binding: Binding): Promise<DatagramOpening> {
    try {
      const opening = await openRawIcmpListener(this.path.family, deviceFor(this.path, binding), (packet, source) =>
        this.#onPacket(packet, source),
      );
      if (opening.kind === 'refused') {
        this.close();
        return opening;
      }
      this.#listener = opening.listener;
      return { kind: 'open', channel: this };
    } catch (error) {
      this.close();
      throw error;
    }
  }

  send({ id, size, hops = FAR_ENOUGH }: DatagramOrder): void {
    if (this.#fd === null) return;
    const { egress } = this.path;
    const result = this.transmit(this.#fd, { id, hops, payload: this.probes.payload(id, size, this.headerSize) });
    // These packets are measured against the interface alone (`raw_send_hdrinc`, net/ipv4/raw.c; IP_PMTUDISC_INTERFACE).
    if (result === -errno.EMSGSIZE) this.#mailbox.put({ kind: 'local-limit', id, mtu: egress.mtu });
    else if (result < 0) this.#mailbox.put({ kind: 'unreachable', id, from: egress.address });
  }

  receive(until: number): Promise<readonly DatagramEvent[]> {
    return this.#mailbox.take(until);
  }

  dropped(): number {
    return this.#dropped;
  }

  close(): void {
    if (this.#fd !== null) closeSocket(this.#fd);
    this.#fd = null;
    this.#listener?.close();
    this.#listener = null;
  }

  /** @returns the bytes taken, or the negative error number. */
  protected abstract transmit(fd: number, probe: Transmission): number;

  /** What a packet says of this channel's probes; `null` when nothing. @throws MalformedPacketError */
  protected abstract interpret(packet: Uint8Array, source: string): DatagramEvent | null;

  #onPacket(packet: Uint8Array, source: string): void {
    this.#mailbox.noteRead();
    const event = this.#read(packet, source);
    if (event === null) this.#dropped += 1;
    else this.#mailbox.put(event);
  }

  #read(packet: Uint8Array, source: string): DatagramEvent | null {
    try {
      return this.interpret(packet, source);
    } catch (error) {
      if (error instanceof MalformedPacketError) return null;
      throw error;
    }
  }
}

/** The listener cannot be bound to a source address; the interface that the address leads to has the same effect. */
function deviceFor(path: PathTarget, binding: Binding): string | null {
  return binding.interface === null && binding.source === null ? null : path.egress.interface;
}
