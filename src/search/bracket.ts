/**
 * What is known of one direction's sizes: the largest that arrived, the smallest above it that did not.
 *
 *      floor        arrived                failing                    ceiling
 *        |─────────────●·····················✗──────────────────────────|
 *        proved to arrive      unknown        not known to arrive
 *
 * Losses are evidence, not proof: a size counts as failing from its first loss, but is only settled when as many
 * independent probes as `required` vanished and none of that size ever arrived. Being told (Packet Too Big, smaller
 * segments, EMSGSIZE) settles a size at once. An arrival at a larger size overrules every loss below it.
 */

export type Outcome =
  /** A packet of this size reached the far end. */
  | { readonly kind: 'arrived' }
  /** It vanished and nobody said so, by the loss rule of its method. */
  | { readonly kind: 'missing' }
  /** Its sender was told to use `nextHopMtu` (0: no number given); `carried` when packets of that size then arrived. */
  | { readonly kind: 'told'; readonly nextHopMtu: number; readonly carried: boolean }
  /** It could not be sent: the MSS in force or a local limit keeps packets at `limit` (`null`: not said) or below. */
  | { readonly kind: 'limited'; readonly limit: number | null; readonly carried: boolean }
  /** Nothing came back that says anything about this size. */
  | { readonly kind: 'none' };

export interface Failing {
  readonly size: number;
  /** Independent probes of this size that vanished untold. */
  readonly losses: number;
  /** Its sender was told, or could not send it: no more proof is needed. `null` when it was only lost. */
  readonly settledBy: 'told' | 'limited' | null;
}

export class Bracket {
  readonly ceiling: number;
  /** Largest size proved to arrive; `null` before the first. */
  arrived: number | null = null;
  readonly #losses = new Map<number, number>();
  readonly #settled = new Map<number, 'told' | 'limited'>();
  /** Losses that a larger arrival overruled: what the path does to any packet, whatever its size. */
  overruled = 0;

  constructor(ceiling: number) {
    this.ceiling = ceiling;
  }

  onOutcome(size: number, outcome: Outcome): void {
    switch (outcome.kind) {
      case 'arrived':
        this.#arrive(size);
        return;
      case 'missing':
        if (this.arrived !== null && size <= this.arrived) this.overruled += 1;
        else this.#losses.set(size, (this.#losses.get(size) ?? 0) + 1);
        return;
      case 'told':
        this.#settle(size, 'told', outcome.nextHopMtu, outcome.carried);
        return;
      case 'limited':
        this.#settle(size, 'limited', outcome.limit ?? 0, outcome.carried);
        return;
      case 'none':
        return;
    }
  }

  /** The smallest size above `arrived` that failed so far; `null` while none did. */
  get failing(): Failing | null {
    const sizes = [...this.#losses.keys(), ...this.#settled.keys()].filter((size) => size > (this.arrived ?? 0));
    if (sizes.length === 0) return null;
    const size = Math.min(...sizes);
    return { size, losses: this.#losses.get(size) ?? 0, settledBy: this.#settled.get(size) ?? null };
  }

  /**
   * Whether `required` independent probes vanished untold, of one size or of several, and none as large ever arrived.
   * One size that vanished twice and two that vanished once are the same evidence of a hole; only where it begins is
   * proved by the former alone.
   */
  provesSilence(required: number): boolean {
    return this.#untold().reduce((sum, [, losses]) => sum + losses, 0) >= required;
  }

  /** The smallest size whose sender was told; `null` when none was. */
  get smallestTold(): number | null {
    const told = this.#toldSizes();
    return told.length === 0 ? null : Math.min(...told);
  }

  /** The largest one; `null` when none was. */
  get largestTold(): number | null {
    const told = this.#toldSizes();
    return told.length === 0 ? null : Math.max(...told);
  }

  /** Sizes above `arrived` that vanished untold. */
  get lost(): readonly number[] {
    return this.#untold().map(([size]) => size);
  }

  /** The size that vanished untold most often; `null` when none did. */
  get oftenestLost(): { readonly size: number; readonly losses: number } | null {
    const [most] = this.#untold().sort(([, a], [, b]) => b - a);
    return most === undefined ? null : { size: most[0], losses: most[1] };
  }

  isTold(size: number): boolean {
    return this.#settled.get(size) === 'told';
  }

  #toldSizes(): number[] {
    return [...this.#settled].filter(([, by]) => by === 'told').map(([size]) => size);
  }

  #untold(): [size: number, losses: number][] {
    return [...this.#losses].filter(([size]) => !this.#settled.has(size));
  }

  #arrive(size: number): void {
    if (this.arrived === null || size > this.arrived) this.arrived = size;
    for (const [lost, losses] of this.#losses) {
      if (lost > size) continue;
      this.overruled += losses;
      this.#losses.delete(lost);
    }
    for (const settled of this.#settled.keys()) if (settled <= size) this.#settled.delete(settled);
  }

  #settle(size: number, by: 'told' | 'limited', limit: number, carried: boolean): void {
    if (this.arrived !== null && size <= this.arrived) return;
    this.#settled.set(size, by);
    if (!carried || limit <= 0 || limit >= size) return;
    this.#arrive(limit);
    this.#settled.set(limit + 1, by);
  }
}
