/** One TCP connection: a socket of our own, asked about itself instead of waited for. */

import { randomBytes } from 'node:crypto';
import type { ConnectionFailure, PathTarget, TcpOrder, TcpState } from '../measure/channel.ts';
import { clientHello, HELLO_RANDOM_SIZE } from '../wire/client-hello.ts';
import { ipHeaderSize, TCP_HEADER_SIZE, TCP_TIMESTAMPS_SIZE } from '../wire/header-size.ts';
import { httpRequest } from '../wire/http.ts';
import { partialRequest } from '../wire/partial-request.ts';
import type { TcpInfo } from '../wire/tcp-info.ts';
import { applyBinding, type Binding, bindPort } from './binding.ts';
import { failureAtOnce, failureOf } from './connection-failure.ts';
import type { ResponderRequests } from './responder-requests.ts';
import { MSG_TRUNC } from './sys/constants.ts';
import { errno, errnoName } from './sys/errno.ts';
import { closeSocket, connect, localEndpoint, receive, send, setAbortOnClose } from './sys/socket.ts';
import { openTcpSocket, readTcpInfo, TCP_STATE, takeError } from './sys/tcp-socket.ts';
import { sendOverTls, type TlsRequest } from './tls-request.ts';

type Order<Kind extends TcpOrder['kind']> = Extract<TcpOrder, { kind: Kind }>;

export interface Sent {
  readonly packets: number;
  readonly bytes: number;
}

const HTTPS_PORT = 443; // RFC 9110 §4.2.2
const HTTP_PORT = 80; // RFC 9110 §4.2.1
/** A certificate flight is read to its end; of a body without end no more than this, or twice what was asked for. */
const LEAST_READ = 65536;
/** Received bytes are thrown away by the kernel (tcp(7), MSG_TRUNC), so one buffer serves all. */
const discarded = new Uint8Array(65536);

export class TcpConnection {
  readonly #path: PathTarget;
  readonly #responder: ResponderRequests;
  readonly #port: number;
  readonly #random = randomBytes(HELLO_RANDOM_SIZE);
  #fd: number | null = null;
  #tls: TlsRequest | null = null;
  #state: TcpState;
  #changed = true;
  #sent: Sent = { packets: 0, bytes: 0 };
  #payload = 0;
  #partial = 0;
  #greeted = false;
  #toRead = LEAST_READ;

  /** Starts to connect; what comes of it shows in `poll`. @throws SyscallError when the MSS is out of range. */
  constructor(order: Order<'open'>, path: PathTarget, binding: Binding, responder: ResponderRequests) {
    this.#path = path;
    this.#responder = responder;
    this.#port = order.port;
    this.#state = { id: order.id, phase: 'connecting', info: null, failure: null, errno: null, localPort: null };
    const fd = openTcpSocket(path.family, order.mss);
    if (fd < 0) this.#fail('other', -fd);
    else this.#connect(fd, binding, order.localPort);
  }

  get localPort(): number | null {
    return this.#state.localPort;
  }

  /** Packets and bytes as the kernel counts them; headers are added, those of RST and FIN at the end are not seen. */
  get sent(): Sent {
    return this.#sent;
  }

  /** @returns the state when it is another than at the last call. */
  poll(): TcpState | null {
    if (this.#fd !== null) this.#read(this.#fd);
    if (!this.#changed) return null;
    this.#changed = false;
    return this.#state;
  }

  request({ exchange, replyBytes, keepOpen }: Order<'request'>): void {
    if (this.#fd === null) return;
    const { serverName, path } = this.#path;
    this.#toRead = Math.max(LEAST_READ, 2 * replyBytes);
    switch (exchange) {
      case 'client-hello':
        this.#greeted = true;
        this.#send(clientHello({ serverName, random: this.#random }));
        break;
      case 'http-get':
        this.#send(httpRequest({ host: this.#hostHeader(HTTP_PORT), path, replyBytes, close: !keepOpen }));
        break;
      case 'responder':
        this.#send(this.#responder('reply', replyBytes));
        break;
      case 'https-get-root':
      case 'https-get-path': {
        const asked = exchange === 'https-get-root' ? '/' : path;
        const request = httpRequest({ host: this.#hostHeader(HTTPS_PORT), path: asked, replyBytes, close: true });
        this.#tls = sendOverTls(this.#fd, serverName, request, this.#toRead);
      }
    }
  }

  write({ bytes, tls }: Order<'write'>): void {
    const host = this.#hostHeader(tls ? HTTPS_PORT : HTTP_PORT);
    const request = { tls, greeted: this.#greeted, host, random: this.#random };
    this.#send(this.#path.scheme === 'mtu' ? this.#sink(bytes) : partialRequest(request, this.#partial, bytes));
    this.#partial += bytes;
  }

  /** What a responder is to throw away: it waits for the rest of it. */
  #sink(length: number): Uint8Array {
    const bytes = new Uint8Array(length);
    bytes.set(this.#responder('sink', 0).subarray(this.#partial, this.#partial + length));
    return bytes;
  }

  /** Gives everything back. What the far end has not acknowledged is forgotten, not sent again for minutes. */
  close(abort = false): void {
    const fd = this.#fd;
    if (fd === null) return;
    this.#fd = null;
    this.#tls?.end();
    this.#tls = null;
    this.#count(fd);
    if (abort || (this.#state.info?.unackedSegments ?? 0) > 0) setAbortOnClose(fd);
    closeSocket(fd);
  }

  #connect(fd: number, binding: Binding, localPort: number | null): void {
    const { family, address } = this.#path;
    this.#fd = fd;
    try {
      if (localPort === null) applyBinding(fd, family, binding);
      const bound = localPort === null ? 0 : bindPort(fd, family, binding, localPort);
      const result = bound < 0 ? bound : connect(fd, { address, port: this.#port });
      if (result < 0 && result !== -errno.EINPROGRESS) this.#fail(failureAtOnce(-result), -result);
      else this.#state = { ...this.#state, localPort: localEndpoint(fd).port };
    } catch (error) {
      this.close();
      throw error;
    }
  }

  #read(fd: number): void {
    const error = this.#tls === null && this.#state.phase === 'established' ? this.#drain(fd) : 0;
    const { state, info } = this.#count(fd);
    if (state === TCP_STATE.synSent || state === TCP_STATE.synReceived) return;
    if (state === TCP_STATE.established) this.#become({ phase: 'established', info });
    else {
      // Reset, or a FIN that came in order, so that nothing before it is missing.
      if (state === TCP_STATE.close) this.#end(error === 0 ? takeError(fd) : error, info);
      else this.#become({ phase: 'closed', info });
      this.close();
    }
  }

  /** Keeps the receive window open, so that the far end sends all that it was asked for. */
  #drain(fd: number): number {
    while (this.#toRead > 0) {
      const result = receive(fd, discarded, MSG_TRUNC);
      if (result === 0 || result === -errno.EAGAIN) return 0;
      if (result < 0) return -result;
      this.#toRead -= result;
    }
    return 0;
  }

  #count(fd: number): ReturnType<typeof readTcpInfo> {
    const reading = readTcpInfo(fd);
    const { info, bytesSent } = reading;
    if (info !== null) {
      const headers = ipHeaderSize(this.#path.family) + TCP_HEADER_SIZE + (info.timestamps ? TCP_TIMESTAMPS_SIZE : 0);
      const packets = info.segmentsOut;
      this.#sent = { packets, bytes: packets * headers + (bytesSent ?? this.#payload) };
    }
    return reading;
  }

  #send(bytes: Uint8Array): void {
    if (this.#fd === null) return;
    const result = send(this.#fd, bytes);
    // A Packet Too Big that has just come in; the kernel sends the bytes in smaller segments.
    if (result === -errno.EMSGSIZE) return;
    // Half a probe is none: it left with another size than the one asked for.
    const error = result < 0 ? -result : result < bytes.byteLength ? errno.EAGAIN : 0;
    if (error === 0) this.#payload += result;
    else this.#fail(failureOf(error), error);
  }

  /** After a RST the kernel has emptied its queue of sent segments; what was in flight then is worth keeping. */
  #end(error: number, info: TcpInfo | null): void {
    const { phase, info: before } = this.#state;
    const last =
      phase === 'connecting' || info === null || before === null
        ? before
        : { ...info, unackedSegments: before.unackedSegments, sackedSegments: before.sackedSegments };
    this.#become({ phase: 'closed', info: last, ...(error === 0 ? {} : this.#failure(failureOf(error), error)) });
  }

  #fail(failure: ConnectionFailure, error: number): void {
    this.#become({ phase: 'closed', info: this.#state.info, ...this.#failure(failure, error) });
    this.close();
  }

  #failure(failure: ConnectionFailure, error: number): Pick<TcpState, 'failure' | 'errno'> {
    return { failure, errno: failure === 'other' ? errnoName(error) : null };
  }

  #become(next: Pick<TcpState, 'phase' | 'info'> & Partial<TcpState>): void {
    const same = next.phase === this.#state.phase && isSame(next.info, this.#state.info);
    this.#changed ||= !same;
    this.#state = { ...this.#state, ...next };
  }

  #hostHeader(usualPort: number): string {
    const host = this.#path.serverName ?? this.#path.host;
    return `${host.includes(':') ? `[${host}]` : host}${this.#port === usualPort ? '' : `:${this.#port}`}`;
  }
}

function isSame(one: TcpInfo | null, other: TcpInfo | null): boolean {
  if (one === null || other === null) return one === other;
  return (Object.keys(one) as (keyof TcpInfo)[]).every((key) => one[key] === other[key]);
}
