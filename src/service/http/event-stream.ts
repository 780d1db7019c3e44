/**
 * News for one reader, at its own pace:
 *
 *   history ──eventsAfter(last id)──▶ one batch ──▶ the reader, when it has room
 *   news ──▶ "there is more"   ▲
 *                              └── again, until there is nothing after the last id
 *
 * Events are not queued: the history has them, so that a slow reader costs no more than one batch, and one that comes
 * back goes on where it was, without gap or double. Of runs only the last one of each target waits.
 */

import { Readable } from 'node:stream';
import type { News, ServiceEvent } from '../contract.ts';
import type { ServiceView } from '../view.ts';
import { eventText, HEARTBEAT, retryText, runText } from './event-text.ts';

/** Each holds two reports, of some 50 kB. */
const BATCH = 10;
const COME_BACK_MS = 3000; // what browsers do by themselves, said aloud
/** So many heartbeats without having taken anything, and it is cut off: it comes back, or is gone. */
const MOST_SKIPPED = 2;

export class EventStream extends Readable {
  readonly #view: ServiceView;
  readonly #unsubscribe: () => void;
  readonly #heartbeat: NodeJS.Timeout;
  readonly #runs = new Map<string, Extract<News, { kind: 'run' }>>();
  #batch: ServiceEvent[] = [];
  #lastId: number;
  #hasMore = true;
  #hasRoom = false;
  #skipped = 0;

  /** @param after the number of the last event that its reader has. */
  constructor(view: ServiceView, after: number, heartbeatMs: number) {
    super();
    this.#view = view;
    this.#lastId = after;
    this.#unsubscribe = view.subscribe((news) => {
      if (news.kind === 'event') this.#hasMore = true;
      else this.#runs.set(news.target, news);
      this.#pump();
    });
    this.#heartbeat = setInterval(() => this.#beat(), heartbeatMs).unref();
    this.push(retryText(COME_BACK_MS));
  }

  override _read(): void {
    this.#hasRoom = true;
    this.#pump();
  }

  override _destroy(error: Error | null, done: (error?: Error | null) => void): void {
    this.#unsubscribe();
    clearInterval(this.#heartbeat);
    done(error);
  }

  #pump(): void {
    while (this.#hasRoom && !this.destroyed) {
      const text = this.#next();
      if (text === null) return;
      this.#hasRoom = this.push(text);
    }
  }

  #next(): string | null {
    if (this.#batch.length === 0 && this.#hasMore) {
      this.#batch = [...this.#view.eventsAfter(this.#lastId, BATCH)];
      this.#hasMore = this.#batch.length > 0;
    }
    const event = this.#batch.shift();
    if (event !== undefined) {
      this.#lastId = event.id;
      return eventText(event);
    }
    for (const [target, run] of this.#runs) {
      this.#runs.delete(target);
      return runText(run);
    }
    return null;
  }

  #beat(): void {
    this.#skipped = this.#hasRoom ? 0 : this.#skipped + 1;
    if (this.#skipped >= MOST_SKIPPED) this.destroy();
    else if (this.#hasRoom) this.#hasRoom = this.push(HEARTBEAT);
  }
}

/**
 * Where a reader goes on that has an event of this number, or none. Without a history file the numbers begin anew with
 * each start: who has a higher one than there is has seen none of these.
 */
export function resumeAfter(view: ServiceView, seen: number | null): number {
  const newest = view.latestEvents(1, null)[0]?.id ?? 0;
  if (seen === null) return newest;
  return seen > newest ? 0 : seen;
}
