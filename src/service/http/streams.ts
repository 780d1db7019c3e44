/** The event streams that are open: so many at most, and all of them end with the server. */

import type { ServiceView } from '../view.ts';
import { EventStream } from './event-stream.ts';
import { MOST_STREAMS, MOST_STREAMS_PER_ADDRESS } from './limits.ts';

export class Streams {
  readonly #heartbeatMs: number;
  readonly #open = new Map<EventStream, string>();
  #isClosed = false;

  constructor(heartbeatMs: number) {
    this.#heartbeatMs = heartbeatMs;
  }

  /** @param reader its address. @returns `null` where there are too many. */
  open(view: ServiceView, reader: string, after: number): EventStream | null {
    const ofReader = [...this.#open.values()].filter((address) => address === reader).length;
    if (this.#isClosed || this.#open.size >= MOST_STREAMS || ofReader >= MOST_STREAMS_PER_ADDRESS) return null;
    const stream = new EventStream(view, after, this.#heartbeatMs);
    this.#open.set(stream, reader);
    stream.once('close', () => this.#open.delete(stream));
    return stream;
  }

  /** Each ends as if all had been said; no more are opened. */
  close(): void {
    this.#isClosed = true;
    for (const stream of this.#open.keys()) stream.push(null);
  }
}
