import { Clients } from '../../../src/responder/clients.ts';
import { Cookies } from '../../../src/responder/cookies.ts';
import { newCounters } from '../../../src/responder/counters.ts';
import { Rates } from '../../../src/responder/rates.ts';
import type { Arrival, Egress, ReplyParts } from '../../../src/responder/reply.ts';
import type { Mac } from '../../../src/wire/responder-header.ts';

export const SENDER = { address: Uint8Array.of(10, 0, 1, 2), port: 40000 };
export const SENDER6 = { address: Uint8Array.of(0xfd, 0, 0, 1, ...new Array(11).fill(0), 2), port: 40000 };
export const SESSION = new Uint8Array(8).fill(5);
const OWN = { to: Uint8Array.of(10, 0, 3, 2), interfaceIndex: 2 };

export interface Given {
  readonly maxRate?: number;
  readonly maxClients?: number;
  readonly mac?: Mac | null;
  readonly egress?: Egress | null;
}

export function parts({ maxRate = 10_000_000, maxClients = 4, mac = null, egress = ETHERNET }: Given = {}): ReplyParts {
  return {
    cookies: new Cookies((length) => new Uint8Array(length).fill(1)),
    rates: new Rates(maxRate, 100, 0),
    clients: new Clients(maxClients),
    counters: newCounters(),
    mac,
    egress: () => egress,
  };
}

const ETHERNET: Egress = { interfaceMtu: 1500, cachedPathMtu: null };

export function arrival(datagram: Uint8Array, more: Partial<Arrival> = {}): Arrival {
  return { datagram, sender: SENDER, own: OWN, hops: 61, largestFragment: null, ...more };
}
