/** Who the other agents are, from a name or a list, again before each round. */

import type { PeersOptions } from '../../config/watch/options.ts';
import type { Family } from '../../contract.ts';
import { type Agent, MOST_AGENTS } from './agents.ts';
import { Listed } from './listed.ts';
import { type Found, type Lookup, Named } from './named.ts';
import { type Interfaces, OwnAddresses } from './own-addresses.ts';

export interface DiscoverOptions extends Pick<PeersOptions, 'source' | 'port' | 'httpPort'> {
  /** That runs may use, the preferred one first. */
  readonly families: readonly Family[];
}

/** What is known of the world from here. */
export interface Surroundings {
  /** As programs of this host see names, `/etc/hosts` included. */
  readonly lookup: Lookup;
  readonly interfaces: () => Interfaces;
}

export interface Membership {
  /** This agent's own name among the others. */
  readonly self: string;
  /** All others, by name. */
  readonly peers: readonly Agent[];
  /** What is wrong, in one line: where the name cannot be resolved, `peers` are those known before. */
  readonly problem: string | null;
}

/** Names, each in order. */
export interface Change extends Membership {
  readonly joined: readonly string[];
  readonly left: readonly string[];
}

/** Where neither a name nor an interface says who this is. */
const NAMELESS = '127.0.0.1';

export class Discovery {
  readonly #source: Named | Listed;
  readonly #families: readonly Family[];
  readonly #interfaces: () => Interfaces;
  #known: Membership = { self: NAMELESS, peers: [], problem: null };

  /** @throws UsageError for an entry of the list that is no place. */
  constructor({ source, families, ...ports }: DiscoverOptions, { lookup, interfaces }: Surroundings) {
    this.#source =
      source.kind === 'dns' ? new Named(source.name, ports, families, lookup) : new Listed(source.hosts, ports, lookup);
    this.#families = families;
    this.#interfaces = interfaces;
  }

  /** As of the last `refresh`. */
  get membership(): Membership {
    return this.#known;
  }

  /** Never rejects: what DNS does is in `problem`. */
  async refresh(): Promise<Change> {
    const own = new OwnAddresses(this.#interfaces());
    const found = await this.#source.find(own);
    const before = new Set(this.#known.peers.map(({ name }) => name));
    this.#known = this.#take(found, own);
    const peers = this.#known.peers.map(({ name }) => name);
    const now = new Set(peers);
    return {
      ...this.#known,
      joined: peers.filter((name) => !before.has(name)),
      left: [...before].filter((name) => !now.has(name)),
    };
  }

  #take({ self, agents, problem }: Found, own: OwnAddresses): Membership {
    // Who is not ready yet, or no longer, may be missing in DNS: it is who it was.
    const known = this.#known.self === NAMELESS ? null : this.#known.self;
    const name = self ?? known ?? own.first(this.#families) ?? NAMELESS;
    if (agents === null) return { ...this.#known, self: name, problem };
    // Two ways of writing the same responder are one agent.
    const unique = new Map([...agents].sort(byName).map((agent) => [agent.responder, agent]));
    const peers = [...unique.values()];
    const others = MOST_AGENTS - 1;
    const tooMany = `peers: only ${others} of ${peers.length} other agents are measured, the first by name`;
    return {
      self: name,
      peers: peers.slice(0, others),
      problem: problem ?? (peers.length > others ? tooMany : null),
    };
  }
}

function byName({ name: one }: Agent, { name: other }: Agent): number {
  return one < other ? -1 : Number(one > other);
}
