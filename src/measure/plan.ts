/** What one path's measurement will try: sizes, exchanges and numbers of connections. Pure. */

import type { MeasureOptions } from '../config/options.ts';
import { RCV_MSS_START } from '../search/reverse-rule.ts';
import { mssOfSize, sizeOfMss, TCP_TIMESTAMPS_SIZE } from '../wire/header-size.ts';
import type { Exchange, PathTarget } from './channel.ts';

export interface Plan {
  readonly ceiling: number;
  /** Largest size that the target is asked for. */
  readonly reverseCeiling: number;
  readonly floor: number;
  /** Smallest size that a reply can prove, whatever is searched: the kernel's estimate of segments starts below it. */
  readonly controlSize: number;
  /** Smallest size searched in the reverse direction. */
  readonly reverseFloor: number;
  readonly tcp: boolean;
  readonly datagrams: boolean;
  /** Datagrams are questions to a service, not pings. */
  readonly udp: boolean;
  readonly forward: boolean;
  readonly reverse: boolean;
  /** Connections that try the ceiling: each has a source port of its own, and may take another way. */
  readonly flows: number;
  readonly gentle: boolean;
}

/** RFC 791 §3.1: every host takes 576. */
const IPV4_FLOOR = 576;
/** RFC 8200 §5: every link carries 1280. */
const IPV6_FLOOR = 1280;
/**
 * One bad way out of two is met by at least one of six flows in 63 of 64 runs. It is also as many as a browser opens per
 * host, and leaves enough for a second wave: a size and, twice, its successor.
 */
const FLOWS = 6;

export function planPath(path: PathTarget, options: MeasureOptions): Plan {
  const ceiling = Math.min(options.maxMtu ?? path.egress.mtu, path.egress.mtu);
  const floor = Math.min(ceiling, options.minMtu ?? (path.family === 4 ? IPV4_FLOOR : IPV6_FLOOR));
  const controlSize = sizeOfMss(RCV_MSS_START + 1 + TCP_TIMESTAMPS_SIZE, path.family);
  const forward = options.directions.includes('forward');
  return {
    ceiling,
    reverseCeiling: options.advertiseMtu ?? ceiling,
    floor,
    controlSize,
    reverseFloor: Math.min(ceiling, Math.max(floor, controlSize)),
    tcp: (options.method === 'auto' || options.method === 'tcp') && path.ports.length > 0,
    udp: options.method === 'udp',
    datagrams: options.method !== 'tcp' && forward,
    forward,
    reverse: options.directions.includes('reverse'),
    flows: FLOWS,
    gentle: options.gentle,
  };
}

/**
 * What to ask of a port, in order: each next one is longer, and costs more.
 *
 * A port that is neither 443 nor 80 and came without a scheme is asked in TLS first: a server that does not speak it
 * answers a ClientHello with something short or nothing at all, and is then asked in HTTP.
 */
export function exchangesFor(path: PathTarget, port: number): readonly Exchange[] {
  const https: Exchange[] = ['client-hello', 'https-get-root'];
  if (path.path !== '/') https.push('https-get-path');
  if (path.scheme === 'mtu') return ['responder'];
  if (path.scheme === 'http' || (path.scheme === 'any' && port === 80)) return ['http-get'];
  if (path.scheme === 'https' || port === 443) return https;
  return [...https, 'http-get'];
}

/** The bytes that begin a connection for forward probes: of a ClientHello, or of an HTTP request. */
export function speaksTls(path: PathTarget, port: number): boolean {
  return exchangesFor(path, port)[0] === 'client-hello';
}

/** Application data comes in the application's own pieces and at its own pace, a handshake flight comes in one. */
export function writesInPieces(exchange: Exchange): boolean {
  return exchange !== 'client-hello' && exchange !== 'responder';
}

/** Two full segments and a short tail; the tail is what shows a hole. */
export function replyBytesFor(ceiling: number, family: 4 | 6): number {
  return 2 * mssOfSize(ceiling, family) + 80;
}

/** The MSS to set before connecting; `null` where the kernel's own choice is the same. TCP_MAXSEG ends at 32767. */
export function mssToSet(size: number, path: PathTarget): number | null {
  return size >= path.offers ? null : mssOfSize(size, path.family);
}
