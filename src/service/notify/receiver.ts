/** One receiver of notifications: events in order, one at a time, each until it is taken or refused for good. */

import { createHash } from 'node:crypto';
import type { Log } from '../../measure/log.ts';
import type { ServiceEvent } from '../contract.ts';
import { Backlog, type Cursors } from './backlog.ts';
import type { WallClock } from './clock.ts';
import { backoffMs, type Decision, decide } from './decide.ts';
import { bodyOf, deliveryId, headersOf, type Sender } from './message.ts';
import { post } from './post.ts';

export interface Webhook {
  readonly url: string;
  /** Key of the signature; `null` sends unsigned. */
  readonly secret: Uint8Array | null;
}

/** What all receivers share. */
export interface Surroundings {
  readonly history: Cursors;
  readonly clock: WallClock;
  /** From 0 up to 1. */
  readonly random: () => number;
  readonly log: Log;
  readonly sender: Sender;
  /** For one try. */
  readonly timeoutMs: number;
}

/** Addresses of webhooks hold secrets: only this stands in the history. */
export function nameOf(url: string): string {
  return createHash('sha256').update(url).digest('hex').slice(0, 16);
}

export class Receiver {
  readonly #url: URL;
  readonly #name: string;
  readonly #secret: Uint8Array | null;
  readonly #around: Surroundings;
  readonly #backlog: Backlog;
  /** No more waiting: what is pending is tried once. */
  readonly #closing = new AbortController();
  /** No more trying. */
  readonly #cut = new AbortController();
  readonly #ended: Promise<void>;
  #hasNews = false;
  #rouse: () => void = () => undefined;
  #delivered = 0;
  #failed = 0;
  #refused = 0;
  #toldSkipped = 0;

  constructor({ url, secret }: Webhook, around: Surroundings) {
    this.#url = new URL(url);
    this.#name = nameOf(url);
    this.#secret = secret;
    this.#around = around;
    this.#backlog = new Backlog(around.history, this.#name);
    this.#ended = this.#run();
  }

  get counters(): Counters {
    const { length, skipped } = this.#backlog;
    return { delivered: this.#delivered, failed: this.#failed, givenUp: this.#refused + skipped, pending: length };
  }

  /** There may be something new. Costs nothing: whoever measures does not wait for it. */
  wake(): void {
    this.#hasNews = true;
    this.#rouse();
  }

  /** Tries what is pending once more, until one fails or the time is over. The rest is for the next start. */
  async close(graceMs: number): Promise<void> {
    this.#closing.abort();
    this.wake();
    const ended = new AbortController();
    const over = this.#around.clock.sleep(graceMs, ended.signal).then(() => this.#cut.abort());
    await this.#ended;
    ended.abort();
    await over;
  }

  async #run(): Promise<void> {
    let tries = 0;
    for (let goesOn = true; goesOn; ) {
      tries += 1;
      const step = await this.#step(tries);
      if (step.kind === 'retry') goesOn = await this.#wait(step.afterMs);
      else {
        tries = 0;
        if (step.kind === 'idle') goesOn = await this.#idle();
      }
      goesOn &&= !this.#cut.signal.aborted;
    }
  }

  async #step(tries: number): Promise<Decision | { readonly kind: 'idle' }> {
    const { clock, random, log } = this.#around;
    try {
      this.#hasNews = false;
      await this.#backlog.look();
      const event = this.#backlog.head(clock.now());
      this.#tellSkipped();
      return event === null ? { kind: 'idle' } : await this.#deliver(event, tries);
    } catch (error) {
      // The history cannot be read or written, mostly: a disk that is full for a while ends neither the service nor this.
      const fields = { receiver: this.#name, host: this.#url.host, error };
      log.warn(
        fields,
        `notifications for ${this.#url.host} stand still: ${error instanceof Error ? error.message : error}`,
      );
      return { kind: 'retry', afterMs: backoffMs(tries, random()), reason: 'an error here' };
    }
  }

  async #deliver(event: ServiceEvent, tries: number): Promise<Decision> {
    const { clock, random, log, sender, timeoutMs } = this.#around;
    const body = bodyOf(event, sender);
    const delivery = deliveryId(event, sender, this.#name);
    const timestamp = Math.floor(clock.now().getTime() / 1000);
    const headers = headersOf(event.kind, delivery, sender.version, { timestamp, body, secret: this.#secret });
    const outcome = await post(this.#url, headers, body, timeoutMs, this.#cut.signal);
    const decision = decide(outcome, tries, clock.now(), random());
    const fields = { receiver: this.#name, host: this.#url.host, event: event.id, tries };
    if (decision.kind === 'delivered') {
      this.#delivered += 1;
      log.debug(fields, 'notified');
    } else {
      this.#failed += 1;
      const refused = decision.kind === 'give-up';
      if (refused) this.#refused += 1;
      log.warn(
        fields,
        `${this.#url.host} did not take a notification: ${decision.reason}${refused ? '; given up' : ''}`,
      );
    }
    if (decision.kind !== 'retry') this.#backlog.settle();
    return decision;
  }

  #tellSkipped(): void {
    const count = this.#backlog.skipped - this.#toldSkipped;
    if (count === 0) return;
    this.#toldSkipped = this.#backlog.skipped;
    const fields = { receiver: this.#name, host: this.#url.host, count };
    this.#around.log.warn(fields, `${count} notifications for ${this.#url.host} skipped: it was away for too long`);
  }

  /** @returns whether to go on: who closes waits for nothing, and one failure is enough. */
  async #wait(ms: number): Promise<boolean> {
    if (this.#closing.signal.aborted) return false;
    await this.#around.clock.sleep(ms, this.#closing.signal);
    return true;
  }

  async #idle(): Promise<boolean> {
    if (this.#closing.signal.aborted) return false;
    if (!this.#hasNews) {
      await new Promise<void>((resolve) => {
        this.#rouse = resolve;
      });
    }
    return true;
  }
}

/** Of one receiver, or of all. */
export interface Counters {
  /** Events that were taken. */
  readonly delivered: number;
  /** Tries that came to nothing, the last one of an event that is given up as well. */
  readonly failed: number;
  /** Events that are lost to the receiver: it refused them, or was away for too long. */
  readonly givenUp: number;
  /** Events that wait, as of the last try. */
  readonly pending: number;
}
