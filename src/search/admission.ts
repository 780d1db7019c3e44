/**
 * How many handshakes may be under way at once: six at first, doubling to sixteen while all come back promptly, halved
 * by a RST or a missing SYN-ACK. A server with a backlog of five, or one worker that signs with RSA-4096, is not
 * overrun; a fast one is not waited for.
 */

/** Browsers open as many per host; a backlog of 5 and one accepting worker still take them (measured). */
const FIRST_LIMIT = 6;
const HIGHEST_LIMIT = 16;
/**
 * All connections of one path, for good: 64 for a search that nothing hints at, and what tells apart ways that share the
 * load, six flows at the end of each direction.
 */
export const MOST_CONNECTIONS = 80;

export class Admission {
  #limit = FIRST_LIMIT;
  #inFlight = 0;
  #total = 0;
  #promptSince = 0;

  /** How many more handshakes may start now. */
  get room(): number {
    return Math.max(0, Math.min(this.#limit - this.#inFlight, MOST_CONNECTIONS - this.#total));
  }

  /** Connections that may still be opened on this path. */
  get left(): number {
    return MOST_CONNECTIONS - this.#total;
  }

  get total(): number {
    return this.#total;
  }

  onOpened(): void {
    this.#inFlight += 1;
    this.#total += 1;
  }

  /** A handshake came back without a retransmission. */
  onPrompt(): void {
    this.#inFlight -= 1;
    this.#promptSince += 1;
    if (this.#promptSince < this.#limit) return;
    this.#promptSince = 0;
    this.#limit = Math.min(HIGHEST_LIMIT, this.#limit * 2);
  }

  /** Nobody waits for this handshake any longer, for reasons of our own. */
  onAbandoned(): void {
    this.#inFlight -= 1;
  }

  /** A handshake was refused, needed a retransmission, or was given up. */
  onSetback(): void {
    this.#inFlight -= 1;
    this.#promptSince = 0;
    this.#limit = Math.max(1, this.#limit >> 1);
  }
}
