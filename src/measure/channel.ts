/**
 * The narrow waist between deciding and doing: orders go in with `send`, what the network did comes out of `receive`.
 *
 * `measure` drives these interfaces and never learns whether real sockets or a simulated path stand behind them.
 * What the network does (loss, refusal, EMSGSIZE) is an event; only the operator's or programmer's mistake throws.
 */

import type { Egress, Family, FarEnd, Method } from '../contract.ts';
import type { TcpInfo } from '../wire/tcp-info.ts';

/** Monotonic time. The only source of time in a measurement. */
export interface Clock {
  /** Milliseconds since some fixed instant; fractions allowed. */
  now(): number;
  /** Resolves `ms` later, or at once with an abort of `signal` (it never rejects). */
  sleep(ms: number, signal?: AbortSignal): Promise<void>;
}

/** One address of one target, ready to be measured. */
export interface PathTarget {
  /** As the user wrote it. */
  readonly target: string;
  /** Name for SNI and the Host header. */
  readonly host: string;
  readonly url: string;
  /** `mtu` is a responder of our own. */
  readonly scheme: 'https' | 'http' | 'mtu' | 'any';
  /** What is to be measured: unset is TCP, and what else helps to understand it. */
  readonly transport?: 'udp';
  readonly address: string;
  readonly family: Family;
  /** Ports to try, in order of preference. A bare host has two: 443, then 80. */
  readonly ports: readonly number[];
  /** Server name for TLS; `null` sends none (an address literal, RFC 6066 §3). */
  readonly serverName: string | null;
  /** Path of the HTTP request. */
  readonly path: string;
  readonly egress: Egress;
  /** MTU set on the route itself, below the interface's; `null` when there is none. */
  readonly routeMtu: number | null;
  /** Packet size that this host's own SYN stands for: the interface's MTU, or what a route of our own makes it. */
  readonly offers: number;
  /** The proxy, host and port, that a job here would go through to this target; unset where it would not. */
  readonly proxy?: string;
  /** What it sends depends on what it is asked for, and it is asked for nothing. */
  readonly forwardOnly?: boolean;
  /**
   * A black hole on the way back is known from before: nothing larger than `above` goes forward, unless this measurement
   * proves it gone, and no other one of this address says otherwise (`firm`). Unset where none is known.
   */
  readonly hold?: { readonly above: number; readonly firm: boolean };
  /** The address is our own or loopback: nothing leaves this host. */
  readonly local: boolean;
}

export type ConnectionId = number;

/**
 * What is asked of the server, shortest first.
 * - `client-hello`: one prebuilt TLS ClientHello; the reply is the certificate flight.
 * - `http-get`: GET with a Range of two full segments and a bit, over plain TCP.
 * - `https-get-root`, `https-get-path`: TLS finished with ALPN http/1.1, then GET `/` or the URL's path.
 * - `responder`: asks a responder for so many bytes.
 */
export type Exchange = 'client-hello' | 'http-get' | 'https-get-root' | 'https-get-path' | 'responder';

export type TcpOrder =
  /**
   * Connect. `mss` is advertised in the SYN; `null` leaves it to the kernel, as it does the port to leave from. One that
   * is named was an aborted connection's: the new one goes the same way, or where the port cannot be had, no way at all.
   */
  | {
      readonly kind: 'open';
      readonly id: ConnectionId;
      readonly port: number;
      readonly mss: number | null;
      readonly localPort: number | null;
    }
  /**
   * Send the request of an exchange; `replyBytes` is how much reply is wanted where the exchange can say so. The
   * server is asked to end the connection behind its reply, or with `keepOpen` not to.
   */
  | {
      readonly kind: 'request';
      readonly id: ConnectionId;
      readonly exchange: Exchange;
      readonly replyBytes: number;
      readonly keepOpen: boolean;
    }
  /** One write of exactly `bytes` bytes that begin (or go on with) something legal, a request or a record, and never finish it. */
  | { readonly kind: 'write'; readonly id: ConnectionId; readonly bytes: number; readonly tls: boolean }
  /** Close and forget. Never answered. Closing twice is harmless. With `abort` the port may be used again at once. */
  | { readonly kind: 'close'; readonly id: ConnectionId; readonly abort: boolean };

/** Why a connection is of no further use. `refused` and `reset` are a RST; `unreachable` is an ICMP error or no route. */
export type ConnectionFailure = 'refused' | 'reset' | 'unreachable' | 'no-route' | 'other';

export interface TcpState {
  readonly id: ConnectionId;
  readonly phase: 'connecting' | 'established' | 'closed';
  /** The kernel's latest word; `null` when it gave none. After `closed`, the last word before it. */
  readonly info: TcpInfo | null;
  readonly failure: ConnectionFailure | null;
  /** For `failure: 'other'`: the errno's name. */
  readonly errno: string | null;
  /** Our port, to match a quoted packet; `null` until connecting. */
  readonly localPort: number | null;
}

export interface TcpChannel {
  /** Carries out an order at once, without waiting for the network. */
  send(order: TcpOrder): void;
  /** Resolves with the connections whose state changed since the last call: at the first change, or empty at `until`. */
  receive(until: number): Promise<readonly TcpState[]>;
  /** Packets and bytes sent so far by all connections, closed ones included. */
  cost(): { readonly packets: number; readonly bytes: number };
  /** Closes every connection. */
  close(): void;
}

export type ProbeId = number;

export type DatagramEvent =
  /** The far end answered this probe: it arrived, whatever the answer's length. `hopsLeft` is the answer's TTL. */
  | {
      readonly kind: 'reply';
      readonly id: ProbeId;
      readonly hopsLeft: number | null;
      /** It came in pieces, the largest of this size; unset where it did not, or nobody can say. */
      readonly largestFragment?: number;
    }
  /** A router would have had to forward this probe once more than it may be. */
  | { readonly kind: 'time-exceeded'; readonly id: ProbeId; readonly from: string }
  /** A Packet Too Big whose quote matches a probe of this channel (`id`) or one of our TCP connections (`localPort`). */
  | {
      readonly kind: 'packet-too-big';
      readonly quoted: { readonly id: ProbeId } | { readonly localPort: number };
      readonly from: string;
      readonly nextHopMtu: number;
    }
  /** This host refused to send it; `mtu` is the limit where the kernel names one. */
  | { readonly kind: 'local-limit'; readonly id: ProbeId; readonly mtu: number | null }
  /** Some other ICMP error for this probe (host unreachable, administratively prohibited). */
  | { readonly kind: 'unreachable'; readonly id: ProbeId; readonly from: string };

export interface DatagramOrder {
  readonly id: ProbeId;
  readonly size: number;
  readonly hops?: number;
}

export interface DatagramChannel {
  readonly method: Exclude<Method, 'tcp-mss' | 'tcp-segment'>;
  /** `reverse`: what it sends comes from the far end, which is asked for it. */
  readonly direction?: 'reverse';
  /** True when a Packet Too Big to this channel leaves nothing in the route cache. */
  readonly traceless: boolean;
  /** Smallest size that carries the probe's identity. */
  readonly smallestSize: number;
  /** The longest that an answer takes beyond its way, in ms; unset where it is heard at once. */
  readonly answersWithinMs?: number;
  /** How often a probe may be forwarded can be limited, and is heard of. */
  readonly limitsHops: boolean;
  /** @param probe `hops` is the TTL; unset is far enough for any path. */
  send(probe: DatagramOrder): void;
  /** Resolves with what came in since the last call: at the first event, or empty at `until`. */
  receive(until: number): Promise<readonly DatagramEvent[]>;
  /** Why the far end left probes unanswered, a phrase, where it said so; unset where none can. */
  refusal?(): string | null;
  /** Malformed or foreign packets dropped so far. */
  dropped(): number;
  close(): void;
}

/** What sends datagrams, if anything may, and why a better one may not: a phrase each. */
export interface Engine {
  readonly channel: DatagramChannel | null;
  readonly refused: readonly string[];
}

/** Both directions of UDP, with a responder at the other end. */
export type ResponderOpening =
  | { readonly kind: 'open'; readonly forward: DatagramChannel; readonly reverse: DatagramChannel }
  /** `reason` is a phrase; `answered`: something at the port said so itself. */
  | { readonly kind: 'refused'; readonly reason: string; readonly answered: boolean };

/** How long somebody waits, and whether they still do. */
export interface Patience {
  readonly until: number;
  /** Asked often: a person may not want to wait any more. */
  isOver(): boolean;
}

export interface FarEndQuestion {
  readonly port: number;
  readonly patience: Patience;
  /** Connections on the path carry timestamps, which a kernel takes off the MSS that it tells of. */
  readonly timestamps: boolean;
  /** Largest MSS of an upload; `null` leaves it to the kernel. */
  readonly uploadMss: number | null;
}

/** The doors to the world that a path is measured through. */
export interface Channels {
  tcp(path: PathTarget): TcpChannel;
  /** The best datagram engine this process may use for the path, and why a better one was refused. */
  datagram(path: PathTarget): Promise<Engine>;
  /** What a responder says of connections of ours; `null` where none answers. */
  farEnd(path: PathTarget, question: FarEndQuestion): Promise<FarEnd | null>;
  /** Asks whether a responder is there. */
  responder(path: PathTarget, patience: Patience): Promise<ResponderOpening>;
  /** Questions to the target's UDP service. */
  udpService(path: PathTarget): Promise<Engine>;
  /**
   * An engine that only listens for Packet Too Big and leaves no trace: for IPv6, where an echo always leaves one, and
   * where nobody answers an echo. `null` without the privilege.
   */
  scout(path: PathTarget): Promise<DatagramChannel | null>;
}
