/** Agents whose addresses one name has: those of a headless service. */

import type { Family } from '../../contract.ts';
import { type Agent, agentAt, type Ports } from './agents.ts';
import { type Address, canonical, type OwnAddresses } from './own-addresses.ts';

/** All addresses of a name. Rejects when it has none. */
export type Lookup = (name: string) => Promise<readonly { readonly address: string }[]>;

export interface Found {
  /** `null` when this agent is not among them. */
  readonly self: string | null;
  /** The others; `null` when nothing could be found out. */
  readonly agents: readonly Agent[] | null;
  readonly problem: string | null;
}

/**
 * Of an agent with both families DNS does not say which addresses belong together, so that all agents are known by one
 * family: the first asked for that the name has. It is settled by the first answer; else an agent whose AAAA records
 * come while its A records fail would take everybody for somebody new.
 */
export class Named {
  readonly #name: string;
  readonly #ports: Ports;
  readonly #families: readonly Family[];
  readonly #lookup: Lookup;
  #family: Family | null = null;

  constructor(name: string, ports: Ports, families: readonly Family[], lookup: Lookup) {
    this.#name = name;
    this.#ports = ports;
    this.#families = families;
    this.#lookup = lookup;
  }

  async find(own: OwnAddresses): Promise<Found> {
    const answer = await addressesOf(this.#name, this.#lookup);
    if (typeof answer === 'string') return unknown(`peers: ${answer}; those known before stay`);
    const has = (wanted: Family): boolean => answer.some(({ family }) => family === wanted);
    const family = this.#family ?? this.#families.find(has) ?? null;
    if (family === null || !has(family)) {
      const wanted = family === null ? this.#families : [family];
      const words = wanted.map((each) => `IPv${each}`).join(' or ');
      return unknown(`peers: ${this.#name} has no ${words} address of an agent; those known before stay`);
    }
    this.#family = family;
    const addresses = answer.filter((address) => address.family === family).map(({ address }) => address);
    const others = addresses.filter((address) => !own.has(address));
    return {
      self: addresses.find((address) => own.has(address)) ?? null,
      agents: others.map((address) => agentAt({ name: address, host: address, port: null }, this.#ports)),
      problem: null,
    };
  }
}

function unknown(problem: string): Found {
  return { self: null, agents: null, problem };
}

/** @returns a line that says why there are none. */
export async function addressesOf(name: string, lookup: Lookup): Promise<readonly Address[] | string> {
  try {
    const answer = await lookup(name);
    return answer.map(({ address }) => canonical(address)).filter((address) => address !== null);
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? ` (${String(error.code)})` : '';
    return `${name} cannot be resolved here${code}`;
  }
}
