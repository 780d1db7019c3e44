/** Asks single flows for one size, whatever the search of the whole path has come to. */

import type { Method } from '../contract.ts';
import type { Order } from '../search/order.ts';
import type { Search } from '../search/search.ts';
import type { PathContext } from './context.ts';
import { newMemberSearch } from './searching.ts';

/** Sends by the flows of those ports, and by no others. */
export interface FlowProber {
  readonly method: Method;
  /** One probe of this size per port. */
  again(size: number, ports: readonly number[]): Promise<Again>;
  /** Probes of this size by so many new flows. @returns how many were lost, and how many arrived. */
  sample(size: number, flows: number): Promise<{ readonly lost: number; readonly arrived: number }>;
  /** Goes on with a search that has lost something. @returns whether it settled. */
  search(search: Search, ports: readonly number[]): Promise<boolean>;
}

/** Ports whose probe was lost, and ports whose probe arrived; of the rest nothing is known. */
export interface Again {
  readonly lost: readonly number[];
  readonly carried: readonly number[];
}

/** A probe whose flow is known; no judgement where nothing was heard of it. */
export interface FlowProbe {
  readonly connection: { readonly localPort: number | null };
  readonly judgement: { readonly kind: string } | null;
}

/** How a direction sends. */
export interface FlowSender {
  readonly method: Method;
  readonly floor: number;
  /** One wave. @param ports where to leave from; new flows where it is `null`. */
  wave(search: Search, order: Order, ports: readonly number[] | null): Promise<readonly FlowProbe[]>;
  search: FlowProber['search'];
}

export function flowProber({ plan }: PathContext, { method, floor, wave, search }: FlowSender): FlowProber {
  // What is asked of single flows is no word on the whole path: it goes into a search of its own.
  const ask = (size: number, copies: number, ports: readonly number[] | null): Promise<readonly FlowProbe[]> =>
    wave(newMemberSearch(plan, floor, size), { size, copies }, ports);
  return {
    method,
    again: async (size, ports) => {
      const probes = await ask(size, ports.length, ports);
      return { lost: portsOf(judged(probes, 'missing')), carried: portsOf(judged(probes, 'arrived')) };
    },
    sample: async (size, flows) => {
      const probes = await ask(size, flows, null);
      return { lost: judged(probes, 'missing').length, arrived: judged(probes, 'arrived').length };
    },
    search,
  };
}

function judged(probes: readonly FlowProbe[], fate: 'arrived' | 'missing'): readonly FlowProbe[] {
  return probes.filter(({ judgement }) => judgement?.kind === fate);
}

function portsOf(probes: readonly FlowProbe[]): number[] {
  return probes.map(({ connection }) => connection.localPort).filter((port) => port !== null);
}
