/** Agents that the configuration lists, each by a name or an address. */

import pLimit from 'p-limit';
import { agentAt, type Place, type Ports, parsePlace } from './agents.ts';
import { addressesOf, type Found, type Lookup } from './named.ts';
import type { OwnAddresses } from './own-addresses.ts';

/** Node resolves names on four threads (UV_THREADPOOL_SIZE), which others need as well. */
const LOOKUPS_AT_ONCE = 4;

type Whose = 'own' | 'other' | { readonly problem: string };

/** The list is the same for everybody: only which entry is this agent has to be found out. */
export class Listed {
  readonly #places: readonly Place[];
  readonly #ports: Ports;
  readonly #lookup: Lookup;
  /** Entries once known to be this agent stay so when DNS fails. */
  readonly #own = new Set<string>();

  /** @throws UsageError for an entry that is no place. */
  constructor(hosts: readonly string[], ports: Ports, lookup: Lookup) {
    this.#places = hosts.map(parsePlace);
    this.#ports = ports;
    this.#lookup = lookup;
  }

  async find(own: OwnAddresses): Promise<Found> {
    const problems = this.#own.size > 0 ? [] : await this.#recognise(own);
    const [self = null] = this.#own;
    const others = this.#places.filter(({ name }) => !this.#own.has(name));
    const [problem = null] = problems;
    const more = problems.length > 1 ? `, and ${problems.length - 1} more` : '';
    return {
      self,
      agents: others.map((place) => agentAt(place, this.#ports)),
      problem: problem === null ? null : `peers: ${problem}${more}`,
    };
  }

  /** An entry that does not resolve is taken for another agent: a run says that it has no address. */
  async #recognise(own: OwnAddresses): Promise<string[]> {
    const limit = pLimit(LOOKUPS_AT_ONCE);
    const found = await limit.map([...this.#places], async (place) => ({ place, whose: await this.#ask(place, own) }));
    for (const { place, whose } of found) if (whose === 'own') this.#own.add(place.name);
    return found.flatMap(({ whose }) => (typeof whose === 'object' ? [whose.problem] : []));
  }

  async #ask({ host }: Place, own: OwnAddresses): Promise<Whose> {
    const addresses = await addressesOf(host, this.#lookup);
    if (typeof addresses === 'string') return { problem: addresses };
    return addresses.some(({ address }) => own.has(address)) ? 'own' : 'other';
  }
}
