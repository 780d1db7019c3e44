/** Agents that measure each other, round by round: who they are, whose turn it is, and what came of it. */

import { orAborted } from '../aborts.ts';
import type { PeersOptions, WatchedTarget } from '../config/watch/options.ts';
import type { Mesh, MeshRow, PathState } from './contract.ts';
import type { Agent } from './peers/agents.ts';
import { roundsFor } from './peers/choose.ts';
import { Discovery, type Surroundings } from './peers/discover.ts';
import { Gatherer } from './peers/gather.ts';
import { Rota } from './peers/rota.ts';
import { rowOf } from './peers/row.ts';
import { targetOf } from './peers/targets.ts';
import { Agenda, type Outcome } from './schedule/agenda.ts';
import { type Slots, slotsOf } from './schedule/slots.ts';
import { Target } from './targets/target.ts';
import type { Duties } from './targets/targets.ts';

export interface PeerRoundsParts extends Surroundings {
  readonly duties: Duties & {
    /** It is no peer any more. */
    forget(target: Target): void;
    /** What is wrong with the list of peers, a line; `null` when nothing is. */
    problem(text: string | null): void;
    /** The targets of all peers: any other was one once, before a restart perhaps. */
    known(targets: ReadonlySet<string>): void;
  };
  readonly paths: () => readonly PathState[];
  readonly random: () => number;
  readonly token: string | null;
  readonly version: string;
}

/** Peers are due when a round says so, and never by themselves. */
const NEVER: Slots = { after: () => null };

export class PeerRounds {
  readonly #options: PeersOptions;
  readonly #parts: PeerRoundsParts;
  readonly #discovery: Discovery;
  readonly #gatherer: Gatherer;
  readonly #targets = new Map<string, Target>();
  #rota: Rota | null = null;
  #agenda: Agenda | null = null;
  #rounds = 0;
  readonly #stopping = new AbortController();

  /** @throws UsageError for a peer that is no place. */
  constructor(options: PeersOptions, parts: PeerRoundsParts) {
    this.#options = options;
    this.#parts = parts;
    this.#discovery = new Discovery({ ...options, families: options.run.resolve.families }, parts);
    this.#gatherer = new Gatherer({ token: parts.token, now: () => performance.now() });
  }

  async start(): Promise<void> {
    const now = Date.now();
    const { schedule, jitterMs } = this.#options;
    const slots = await slotsOf(schedule, now);
    if (this.#stopping.signal.aborted) return;
    this.#agenda = new Agenda({ slots, jitterMs }, this.#parts.random, {
      run: (started) => {
        started();
        return this.#round();
      },
      missed: () => undefined,
    });
    this.#agenda.start(now);
  }

  /** Those whose turn has come at least once. */
  get targets(): readonly Target[] {
    return [...this.#targets.values()].filter(({ agenda }) => agenda.counts.due > 0);
  }

  /** They decide over readiness, and no round is over yet. */
  get isPending(): boolean {
    return this.#options.gating && this.#rounds === 0;
  }

  row(): MeshRow {
    const { self, peers } = this.#discovery.membership;
    const { version, paths } = this.#parts;
    return rowOf({ self, version, rounds: roundsFor(peers.length, this.#options), peers, paths: paths() });
  }

  mesh(): Promise<Mesh> {
    return this.#gatherer.gather(this.row(), this.#discovery.membership.peers);
  }

  /** @returns when nothing is under way any more. */
  async stop(): Promise<void> {
    this.#stopping.abort();
    await Promise.all([this.#agenda?.stop(), ...[...this.#targets.values()].map(({ agenda }) => agenda.stop())]);
  }

  async #round(): Promise<Outcome> {
    const change = await orAborted(this.#discovery.refresh(), this.#stopping.signal);
    if (change === null || this.#stopping.signal.aborted) return 'failed';
    const { self, peers, left, problem } = change;
    this.#parts.duties.problem(problem);
    for (const name of left) this.#leave(name);
    if (problem === null) this.#parts.duties.known(new Set(peers.map(targetOf)));
    for (const peer of peers) if (!this.#targets.has(peer.name)) this.#targets.set(peer.name, this.#newTarget(peer));
    this.#rota ??= new Rota(self, this.#options, this.#ages(peers));
    const chosen = this.#rota.next(peers.map(({ name }) => name));
    await Promise.all(chosen.map((name) => this.#measure(name)));
    // Where they are not known yet, nobody was met.
    if (problem === null || peers.length > 0) this.#rounds += 1;
    return 'completed';
  }

  async #measure(name: string): Promise<void> {
    const agenda = this.#targets.get(name)?.agenda;
    if (agenda === undefined) return;
    if (agenda.isBusy) this.#rota?.missed(name);
    await agenda.due();
  }

  #leave(name: string): void {
    const target = this.#targets.get(name);
    this.#targets.delete(name);
    if (target === undefined) return;
    void target.agenda.stop();
    this.#parts.duties.forget(target);
  }

  #newTarget(peer: Agent): Target {
    const { schedule, timeoutMs, gating, failOn, run } = this.#options;
    const name = targetOf(peer);
    const config: WatchedTarget = {
      target: name,
      labels: {},
      schedule,
      jitterMs: 0,
      timeoutMs,
      gating,
      run: { ...run, targets: [name], failOn },
    };
    const agenda: Agenda = new Agenda({ slots: NEVER, jitterMs: 0 }, this.#parts.random, {
      run: (started) => this.#parts.duties.run(target, started),
      missed: (count) => this.#parts.duties.missed(target, count),
    });
    const target: Target = new Target(config, agenda, true);
    return target;
  }

  /** How many rounds ago each one was measured, as the history says after a restart. */
  #ages(peers: readonly Agent[]): ReadonlyMap<string, number> {
    const { schedule } = this.#options;
    if (schedule.kind === 'cron') return new Map();
    const lasts = new Map(this.#parts.paths().map(({ target, last }) => [target, Date.parse(last.at)]));
    const now = Date.now();
    return new Map(
      peers.flatMap((peer): [string, number][] => {
        const last = lasts.get(targetOf(peer));
        return last === undefined ? [] : [[peer.name, (now - last) / schedule.everyMs]];
      }),
    );
  }
}
