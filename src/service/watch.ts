/** The whole service: history, runs, responder, webhooks and HTTP, started in this order and stopped in the other. */

import type { Server } from 'node:net';
import type { WatchOptions } from '../config/watch/options.ts';
import { UsageError } from '../errors.ts';
import type { Log } from '../measure/log.ts';
import { Responder } from '../responder/responder.ts';
import { plainEvent } from './chronicle.ts';
import { openHistory } from './history/open.ts';
import { type Http, openHttp } from './http/open-http.ts';
import { WALL_CLOCK } from './notify/clock.ts';
import { type Notifier, openNotifier, requireDistinct } from './notify/notifier.ts';
import type { Webhook } from './notify/receiver.ts';
import type { Surroundings } from './peers/discover.ts';
import type { Measure } from './runs/runner.ts';
import { Service } from './service.ts';
import { viewOf } from './view-of.ts';

/** What the files that options name have in them. */
export interface Secrets {
  readonly token: string | null;
  /** What responders know their own probers by. */
  readonly secret: Uint8Array | null;
  readonly webhooks: readonly Webhook[];
}

/** Everything that the service needs of this host. */
export interface World extends Surroundings {
  readonly measure: Measure;
  readonly log: Log;
  readonly version: string;
  /** Name of this host, as receivers of webhooks are to know it. */
  readonly host: string;
  /** From 0 up to 1. */
  readonly random: () => number;
  /** What HTTP says of a black hole must not be lost in it. */
  readonly prepareServer: (server: Server) => void;
}

/** Runs under way may end by themselves for so long: with what is cut after it, and all that is closed, within 5 s. */
const GRACE_MS = 2000;
const LAST_DELIVERY_MS = 500;
/** One call takes some 800 runs away in its 50 ms; a hundred targets every 5 s bring 200 meanwhile. */
const PRUNE_EVERY_MS = 10_000;

export class Watch {
  readonly service: Service;
  readonly #world: World;
  #options: WatchOptions;
  #secrets: Secrets;
  #http: Http | null = null;
  #notifier: Notifier | null = null;
  #responder: Responder | null = null;
  readonly #reloads = { accepted: 0, refused: 0 };
  readonly #pruning: NodeJS.Timeout;
  #isStopped = false;

  private constructor(service: Service, options: WatchOptions, secrets: Secrets, world: World) {
    this.service = service;
    this.#options = options;
    this.#secrets = secrets;
    this.#world = world;
    this.#pruning = setInterval(() => this.#prune(), PRUNE_EVERY_MS).unref();
  }

  /** @throws MtuProbeError before anything is sent; nothing is left open then. */
  static async start(options: WatchOptions, secrets: Secrets, world: World): Promise<Watch> {
    const { measure, log, random } = world;
    const history = await openHistory(options.history);
    const { concurrency } = options;
    const watch = new Watch(new Service({ measure, history, log, random, concurrency }), options, secrets, world);
    try {
      await watch.#open();
    } catch (error) {
      await watch.stop();
      throw error;
    }
    return watch;
  }

  /** Where HTTP listens. */
  get address(): string {
    return this.#http?.address ?? '';
  }

  /** @throws UsageError when the new options cannot be used: those before stay in force. */
  async reload(options: WatchOptions, secrets: Secrets): Promise<void> {
    requireSame(this.#options, options);
    requireDistinct(secrets.webhooks);
    const isOther = (before: unknown, after: unknown): boolean => JSON.stringify(before) !== JSON.stringify(after);
    if (isOther(this.#options.peers, options.peers)) await this.#meet(options, secrets);
    if (isOther(this.#secrets.webhooks, secrets.webhooks)) {
      // One after the other: two would deliver the same events.
      await this.#notifier?.close(LAST_DELIVERY_MS);
      if (!this.#isStopped) this.#notifier = this.#openNotifier(secrets);
    }
    if (this.#isStopped) return;
    this.#options = options;
    this.#secrets = secrets;
    await this.service.watch(options);
    if (this.#isStopped) return;
    this.#reloads.accepted += 1;
    this.#say('reloaded', `watches ${count(options)} by the new configuration`);
  }

  /** Tells that a new configuration cannot be used. @param reason a line. */
  refuse(reason: string): void {
    if (this.#isStopped) return;
    this.#reloads.refused += 1;
    this.#say('reload-refused', `the configuration before stays in force: ${reason}`);
  }

  /** Within five seconds. What is known stays readable, for a last summary. */
  async stop(): Promise<void> {
    this.#isStopped = true;
    clearInterval(this.#pruning);
    await this.service.stop(GRACE_MS);
    if (this.#http !== null) this.#say('stopped', 'the service was stopped');
    await this.#notifier?.close(LAST_DELIVERY_MS);
    await this.#http?.close();
    this.#responder?.end();
    try {
      this.service.chronicle.history.close();
    } catch (error) {
      // A full disk: what was kept is in its log, and the last summary needs none of it.
      this.#world.log.warn({}, `the history could not be closed: ${(error as Error).message}`);
    }
  }

  async #open(): Promise<void> {
    const { service } = this;
    const { log, version, prepareServer: prepare } = this.#world;
    const { responder, listen } = this.#options;
    if (responder !== null) this.#responder = this.#serve(responder);
    this.#notifier = this.#openNotifier(this.#secrets);
    service.chronicle.subscribe(({ kind }) => {
      if (kind === 'event') this.#notifier?.wake();
    });
    const view = viewOf(service, {
      version,
      allowed: (target) => this.#allowed(target),
      webhooks: () => this.#notifier?.counters() ?? NO_DELIVERIES,
      configReloads: () => ({ ...this.#reloads }),
    });
    this.#http = await openHttp(view, { listen, token: this.#secrets.token, log, prepare });
    this.#say('started', `mtu-probe ${version} watches ${count(this.#options)}`);
    await this.#meet(this.#options, this.#secrets);
    await service.watch(this.#options);
  }

  #serve(settings: NonNullable<WatchOptions['responder']>): Responder {
    const responder = new Responder({ ...settings, secret: this.#secrets.secret });
    const { log } = this.#world;
    // Without it peers see an agent that does not answer, which is the truth.
    responder.run().catch((error: Error) => log.warn({}, `the responder ended: ${error.message}`));
    return responder;
  }

  #meet({ peers }: WatchOptions, { token }: Secrets): Promise<void> {
    const { lookup, interfaces, version } = this.#world;
    return this.service.meet(peers, { lookup, interfaces, version, token });
  }

  #openNotifier({ webhooks }: Secrets): Notifier {
    const { random, log, version, host } = this.#world;
    const { history } = this.service.chronicle;
    return openNotifier({ webhooks, history, clock: WALL_CLOCK, random, log, version, host });
  }

  /** As the first target is measured, or a peer: whoever is allowed has no settings of its own. */
  #allowed(
    target: string,
  ): { readonly run: WatchOptions['targets'][number]['run']; readonly timeoutMs: number } | null {
    const { allow, targets, peers } = this.#options;
    return allow.includes(target) ? (targets[0] ?? peers) : null;
  }

  #say(kind: 'started' | 'stopped' | 'reloaded' | 'reload-refused', summary: string): void {
    this.service.chronicle.append([plainEvent(kind, new Date().toISOString(), summary)]);
  }

  #prune(): void {
    try {
      this.service.chronicle.history.prune(new Date());
    } catch (error) {
      this.#world.log.warn({}, `the history could not be shortened: ${(error as Error).message}`);
    }
  }
}

function count({ targets }: WatchOptions): string {
  return `${targets.length} ${targets.length === 1 ? 'target' : 'targets'}`;
}

const NO_DELIVERIES = { delivered: 0, failed: 0, givenUp: 0, pending: 0 };

/** What is opened once. */
const FIXED = ['listen', 'tokenFile', 'secretFile', 'responder', 'history', 'logLevel'] as const;

/** @throws UsageError */
function requireSame(before: WatchOptions, after: WatchOptions): void {
  const changed = FIXED.filter((key) => JSON.stringify(before[key]) !== JSON.stringify(after[key]));
  if (changed.length > 0)
    throw new UsageError(
      `${changed.join(', ')} cannot change while it runs, and nothing else of this was taken: restart it, or put that back`,
    );
}
