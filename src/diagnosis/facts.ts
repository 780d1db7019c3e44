/** What is certain about one direction, whoever found it out: the only thing the rules of behaviour look at. */

import type { Method } from '../contract.ts';

export interface DirectionFacts {
  readonly ceiling: number;
  /** Largest size proved to arrive. */
  readonly pathMtu: number | null;
  /** `pathMtu` is the ceiling, or its successor is proved not to arrive. */
  readonly exact: boolean;
  readonly provedBy: readonly Method[];
  /** Methods by which some size is proved to vanish untold; none that the MSS in force keeps TCP from sending. */
  readonly silentBy: readonly Method[];
  /** Methods whose larger sizes were all told. */
  readonly toldBy: readonly Method[];
  /** The MSS in force keeps TCP at this packet size, below the ceiling. */
  readonly heldAt: number | null;
  /** A route on this host holds packets below the interface's MTU. */
  readonly routeLimit: boolean;
  /** A path MTU that this host remembers kept larger sizes from being tried, and nothing else tried them. */
  readonly masked: boolean;
  /** False when no reply was long enough to fill a packet. */
  readonly exercised: boolean;
  readonly recoveredAfterMs: number | null;
}

export const NOTHING_KNOWN: Omit<DirectionFacts, 'ceiling'> = {
  pathMtu: null,
  exact: false,
  provedBy: [],
  silentBy: [],
  toldBy: [],
  heldAt: null,
  routeLimit: false,
  masked: false,
  exercised: true,
  recoveredAfterMs: null,
};

const TCP_METHODS: readonly Method[] = ['tcp-mss', 'tcp-segment'];

const SERVICE_METHODS: readonly Method[] = ['udp-dns', 'udp-quic'];
const UDP_METHODS: readonly Method[] = [...SERVICE_METHODS, 'udp-responder'];

/** UDP itself is what is asked of the path, and no ping beside it. */
export function isUdp(method: Method): boolean {
  return UDP_METHODS.includes(method);
}

/** Somebody's service over UDP: it may have limits of its own, and no answers. A responder says what it has seen. */
export function isUdpService(method: Method): boolean {
  return SERVICE_METHODS.includes(method);
}

export function isTcp(method: Method): boolean {
  return TCP_METHODS.includes(method);
}
