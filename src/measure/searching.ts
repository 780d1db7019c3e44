/** What every search by every method shares: how it is made, what it learns from the others, and how it is summed up. */

import type { DirectionName, Method } from '../contract.ts';
import type { SearchResult } from '../search/measurement.ts';
import { Search } from '../search/search.ts';
import type { Plan } from './plan.ts';
import type { OnProgress } from './progress.ts';

/**
 * Sizes at which some search has seen the path end. Bottlenecks are mostly the same both ways, so what one direction
 * or method found is tried first by the next one: two probes, and often the whole search.
 */
export class Hints {
  readonly #sizes = new Set<number>();
  #source: () => Promise<void> = () => Promise.resolve();
  #foreseen = false;

  /** Names a search that runs beside the others, or begins when it is first asked; settled when it has said its word. */
  from(source: () => Promise<void>): void {
    this.#source = source;
  }

  /** Something fails: whoever may be asked for a hint soon begins now. */
  foresee(): void {
    if (this.#foreseen) return;
    this.#foreseen = true;
    // Whoever waits for it hears of its failure.
    this.#source().catch(() => undefined);
  }

  /** A second wave by guesses costs dozens of connections; waiting for a hint costs a few datagrams. */
  ready(): Promise<void> {
    return this.#source();
  }

  add(size: number | null): void {
    if (size !== null) this.#sizes.add(size);
  }

  /** Some search has seen a packet of this size arrive. */
  has(size: number): boolean {
    return this.#sizes.has(size);
  }

  tell(search: Search): void {
    for (const size of this.#sizes) search.hint(size);
  }
}

/** Most probes in one wave: what a polite number of connections carries at once (see admission.ts). */
const WIDTH = 16;

/** A search over TCP, whose sender learns; by as many flows as the plan has. */
export function newTcpSearch({ gentle, flows }: Plan, floor: number, ceiling: number): Search {
  return new Search({ floor: Math.min(floor, ceiling), ceiling, width: WIDTH, flows, gentle, learns: true });
}

/** A search by flows that are known to lose packets of the ceiling. */
export function newMemberSearch({ gentle }: Plan, floor: number, ceiling: number): Search {
  return new Search({ floor: Math.min(floor, ceiling), ceiling, width: WIDTH, flows: 1, gentle, learns: true });
}

/**
 * Datagrams that nobody repeats, and that nobody limits: on a path that loses 3 % each way, six of one size are lost by
 * chance once in 20 million times (0.06 to the sixth).
 */
const LOSSES_OF_DATAGRAMS = 6;
/** A responder answers as fast as packets come: twice what connections may be. */
const RESPONDER_WIDTH = 2 * WIDTH;
/** A quarter of what a socket takes in before it is read (net.core.rmem_default): more would be lost here, unsaid. */
const WAVE_BYTES = 53_248;
const LEAST_WIDTH = 8;

/** @param method that the probes go out by. */
export function newDatagramSearch({ gentle, floor }: Plan, ceiling: number, method: Method): Search {
  const shared = { floor: Math.min(floor, ceiling), ceiling, flows: 1, gentle, learns: false };
  if (method !== 'udp-responder') return new Search({ ...shared, width: WIDTH });
  const width = Math.max(LEAST_WIDTH, Math.min(RESPONDER_WIDTH, Math.floor(WAVE_BYTES / ceiling)));
  return new Search({ ...shared, width, required: LOSSES_OF_DATAGRAMS });
}

export function summarize(search: Search, method: Method, ceiling: number, settled: boolean): SearchResult {
  const { arrived, failing, overruled } = search.bracket;
  const silence = search.bracket.provesSilence(search.required);
  return {
    method,
    pathMtu: arrived,
    ceiling,
    settledBy: settledBy(search, ceiling, settled),
    silence,
    smallestTold: search.bracket.smallestTold,
    largestTold: search.bracket.largestTold,
    lost: search.bracket.lost,
    answered: arrived !== null || failing !== null,
    strayLosses: overruled,
    members: [],
    waves: search.waves,
  };
}

function settledBy(search: Search, ceiling: number, settled: boolean): SearchResult['settledBy'] {
  const { arrived, failing } = search.bracket;
  if (arrived !== null && arrived >= ceiling) return 'ceiling';
  if (!settled || failing === null) return null;
  return failing.settledBy ?? 'loss';
}

export function reportProgress(
  onProgress: OnProgress | null,
  where: { readonly address: string; readonly direction: DirectionName; readonly method: Method },
  search: Search,
  sizes: readonly number[],
): void {
  const { arrived, failing } = search.bracket;
  onProgress?.({ ...where, wave: search.waves, sizes, arrived, failing: failing?.size ?? null });
}
