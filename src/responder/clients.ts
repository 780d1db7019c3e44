/** What is remembered of clients that have proved their address: little, of a bounded number, until the cookie is old. */

import type { OwnEnd } from '../net/sys/datagram-socket.ts';
import type { WavePacket } from '../wire/responder-request.ts';
import { COOKIE_LIFETIME_S } from './cookies.ts';
import { Lru } from './lru.ts';
import { conversationKey, type Sender } from './sender.ts';
import { UsedIds } from './used-ids.ts';

export interface Client {
  readonly sender: Sender;
  readonly session: Uint8Array;
  readonly used: UsedIds;
  /** Where it was last heard. */
  own: OwnEnd;
  lastHeard: number;
  lastWave: readonly WavePacket[];
  probes: number;
  sent: number;
  withheld: number;
}

export class Clients {
  readonly #clients: Lru<Client>;

  constructor(most: number) {
    this.#clients = new Lru(most);
  }

  get size(): number {
    return this.#clients.size;
  }

  /** For whoever has shown a good cookie. */
  heard(sender: Sender, session: Uint8Array, own: OwnEnd, now: number): Client {
    this.forgetOld(now);
    const key = conversationKey(sender, session);
    const known = this.#clients.get(key);
    if (known !== undefined) {
      known.own = own;
      known.lastHeard = now;
      return known;
    }
    const counts = { probes: 0, sent: 0, withheld: 0 };
    const client = { sender, session, own, used: new UsedIds(), lastHeard: now, lastWave: [], ...counts };
    this.#clients.set(key, client);
    return client;
  }

  /** @param session `null` for the latest one of this address and port. */
  find(sender: Sender, session: Uint8Array | null): Client | null {
    if (session !== null) return this.#clients.get(conversationKey(sender, session)) ?? null;
    return [...this.#clients.values()].findLast((client) => isSameSender(client.sender, sender)) ?? null;
  }

  forgetOld(now: number): void {
    this.#clients.forget(({ lastHeard }) => now - lastHeard > COOKIE_LIFETIME_S * 1000);
  }
}

function isSameSender(one: Sender, other: Sender): boolean {
  return one.port === other.port && Buffer.compare(one.address, other.address) === 0;
}
