/**
 * Where large packets vanish: small and large ones that may be forwarded once, twice, three times …, all at once.
 *
 *   hops     1      2      3      4      5
 *   small    R1     R2     R3     R4     target        who says "time exceeded" had the packet in hand
 *   large    R1     R2     –      –      –             => large ones reach R2, and vanish before R3
 *
 * A router answers few such messages a second (RFC 1812 §4.3.2.8), so a single silence says nothing: large ones go out
 * three times, and only a hop that answers the small one is named as the one that they do not reach.
 */

import { guardMs, type Timing } from './timing.ts';

/** Between which sizes a direction ends. */
export interface Ends {
  /** A size that arrives. */
  readonly passing: number;
  /** The smallest one above all that arrive of which something else is known than that. */
  readonly failing: number;
}

export interface HopProbe {
  readonly id: number;
  readonly hops: number;
  readonly size: number;
}

export interface Hop {
  /** 0 is this host, 1 the first router. */
  readonly ttl: number;
  /** `null` where it did not say. */
  readonly address: string | null;
}

/** A hop that answered, and what it had in hand. */
export interface TracedHop extends Hop {
  readonly large: boolean;
  readonly small: boolean;
}

/** From the nearest on; hops that said nothing are missing. The target is the last one, where it answered. */
export type HopTrace = readonly TracedHop[];

export type HopAnswer =
  /** A router that many hops away had it in hand. */
  | { readonly kind: 'time-exceeded'; readonly from: string }
  /** The target had it in hand. */
  | { readonly kind: 'arrived' };

/** Large ones per hop. */
const COPIES = 3;
/** Routers make these messages beside their real work; slower ones are not waited for. */
const SLOW_ROUTER_MS = 60;
/** When nothing is known of the path (RFC 6298 §2.1: initial RTO). */
const UNKNOWN_RTT_MS = 1000;

/** The probes of a search, large ones first. @param most the largest number of hops that is tried. */
export function hopProbes(sizes: Ends, most: number): HopProbe[] {
  const hops = Array.from({ length: most }, (_, index) => index + 1);
  const large = hops.flatMap((count) => Array.from({ length: COPIES }, () => ({ hops: count, size: sizes.failing })));
  const small = hops.map((count) => ({ hops: count, size: sizes.passing }));
  return [...large, ...small].map((probe, index) => ({ id: index, ...probe }));
}

export class HopWave {
  readonly #probes: ReadonlyMap<number, HopProbe>;
  readonly #large: number;
  readonly #sentAt: number;
  readonly #answers = new Map<number, HopAnswer>();
  #lastAnswerAt: number;

  /** @param large the size of the larger ones. */
  constructor(probes: readonly HopProbe[], large: number, now: number) {
    this.#probes = new Map(probes.map((probe) => [probe.id, probe]));
    this.#large = large;
    this.#sentAt = now;
    this.#lastAnswerAt = now;
  }

  onAnswer(id: number, answer: HopAnswer, now: number): void {
    if (!this.#probes.has(id) || this.#answers.has(id)) return;
    this.#answers.set(id, answer);
    this.#lastAnswerAt = now;
  }

  /** When nothing more is waited for. */
  deadline(timing: Timing | null): number {
    const rttMs = timing?.rttMs ?? UNKNOWN_RTT_MS;
    const guard = guardMs(timing ?? { rttMs, jitterMs: 0 });
    return Math.max(this.#sentAt + rttMs, this.#lastAnswerAt) + Math.max(SLOW_ROUTER_MS, rttMs / 2, guard);
  }

  get trace(): HopTrace {
    const reached = [...this.#answers].filter(([, { kind }]) => kind === 'arrived');
    const distance = Math.min(...reached.map(([id]) => this.#hopsOf(id)));
    const byHops = new Map<number, TracedHop>();
    for (const [id, answer] of this.#answers) {
      const ttl = this.#hopsOf(id);
      if (ttl > distance) continue;
      const isLarge = this.#probes.get(id)?.size === this.#large;
      const known = byHops.get(ttl) ?? { ttl, address: null, large: false, small: false };
      const address = answer.kind === 'time-exceeded' ? answer.from : known.address;
      byHops.set(ttl, { ttl, address, large: known.large || isLarge, small: known.small || !isLarge });
    }
    return [...byHops.values()].sort((a, b) => a.ttl - b.ttl);
  }

  #hopsOf(id: number): number {
    return this.#probes.get(id)?.hops ?? Number.POSITIVE_INFINITY;
  }
}

/** What hosts send with: Linux and macOS, Windows, network devices. */
const INITIAL_TTLS = [64, 128, 255];

/** How many routers a packet came through that arrived with this TTL. */
export function routersPassed(hopsLeft: number): number {
  return (INITIAL_TTLS.find((ttl) => ttl >= hopsLeft) ?? hopsLeft) - hopsLeft;
}

/** The last hop that large packets reach, and the first that small ones reach beyond it. */
export interface Place {
  readonly last: Hop;
  readonly next: Hop;
}

/**
 * Between which hops large packets end; `null` where they do not, or nobody beyond answered.
 *
 * @param target address of the far end, which answers without saying who it is.
 * @param own address of this host.
 */
export function placeOf(trace: HopTrace, own: string, target: string): Place | null {
  const large = trace.filter((hop) => hop.large);
  const last = large.at(-1) ?? { ttl: 0, address: own };
  const next = trace.find(({ ttl, small }) => ttl > last.ttl && small);
  if (next === undefined) return null;
  return {
    last: { ttl: last.ttl, address: last.address },
    next: { ttl: next.ttl, address: next.address ?? target },
  };
}
