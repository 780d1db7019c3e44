/**
 * Tells webhooks what changed. Each has a worker of its own, which reads from the history what comes after its cursor:
 * neither a restart nor an outage of the receiver loses anything, within bounds.
 */

import { UsageError } from '../../errors.ts';
import type { Log } from '../../measure/log.ts';
import type { Cursors } from './backlog.ts';
import type { WallClock } from './clock.ts';
import { type Counters, nameOf, Receiver, type Webhook } from './receiver.ts';

export interface NotifierOptions {
  readonly webhooks: readonly Webhook[];
  readonly history: Cursors;
  readonly clock: WallClock;
  /** From 0 up to 1. */
  readonly random: () => number;
  readonly log: Log;
  readonly version: string;
  /** Name of this host, as receivers are to know it. */
  readonly host: string;
  /** For one try. */
  readonly timeoutMs?: number;
}

export interface Notifier {
  /** There are new events. Returns at once. */
  wake(): void;
  counters(): Counters;
  /** Tries once what is pending, and returns after `graceMs` at the latest. The history may be closed then. */
  close(graceMs: number): Promise<void>;
}

/** As long as GitHub waits for the receivers of its webhooks. */
const TIMEOUT_MS = 10_000;

/** Begins at once with what was left over. @throws UsageError when an address is there twice. */
export function openNotifier(options: NotifierOptions): Notifier {
  const { webhooks, version, host, timeoutMs = TIMEOUT_MS, ...around } = options;
  requireDistinct(webhooks);
  const receivers = webhooks.map(
    (webhook) => new Receiver(webhook, { ...around, timeoutMs, sender: { version, host } }),
  );
  return {
    wake: () => {
      for (const receiver of receivers) receiver.wake();
    },
    counters: () => receivers.map(({ counters }) => counters).reduce(sum, NONE),
    close: async (graceMs) => {
      await Promise.all(receivers.map((receiver) => receiver.close(graceMs)));
    },
  };
}

/** Each has one cursor. @throws UsageError when an address is there twice, however it is written. */
export function requireDistinct(webhooks: readonly Webhook[]): void {
  const names = webhooks.map(({ url }) => nameOf(url));
  const twice = webhooks.find(({ url }, index) => names.indexOf(nameOf(url)) < index);
  if (twice === undefined) return;
  throw new UsageError(`two webhooks have the same address at ${new URL(twice.url).host}: leave one of them out`);
}

const NONE: Counters = { delivered: 0, failed: 0, givenUp: 0, pending: 0 };

function sum(one: Counters, other: Counters): Counters {
  return {
    delivered: one.delivered + other.delivered,
    failed: one.failed + other.failed,
    givenUp: one.givenUp + other.givenUp,
    pending: one.pending + other.pending,
  };
}
