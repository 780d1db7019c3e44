/**
 * Which flow fared how. A flow is what routers that share a load keep on one way: addresses, protocol and ports.
 *
 *   port 40001   1500 arrived
 *   port 40002   1500 lost          a chance, or a way of its own
 *   port 40002   1500 lost again    a way of its own: the flows disagree
 */

/** Most flows that are looked at again. */
const MOST_SUSPECTS = 6;

interface Tried {
  readonly size: number;
  readonly localPort: number;
  readonly arrived: boolean;
}

export class FlowLog {
  #tried: Tried[] = [];
  readonly #cleared = new Set<number>();

  note(size: number, localPort: number | null, outcome: 'arrived' | 'missing'): void {
    if (localPort !== null) this.#tried.push({ size, localPort, arrived: outcome === 'arrived' });
  }

  /** Ports of flows that lost a packet no larger than one that arrived by another flow. */
  suspects(arrived: number | null): readonly number[] {
    const lost = this.#tried.filter((flow) => !flow.arrived && flow.size <= (arrived ?? 0));
    const ports = lost
      .filter(({ localPort, size }) => this.#isSuspect(localPort, size))
      .map(({ localPort }) => localPort);
    return [...new Set(ports)].slice(0, MOST_SUSPECTS);
  }

  /** The largest size that arrived with no suspect that lost one as small; `null` where there is none. */
  get undisputed(): number | null {
    const disputed = this.#tried.filter(({ arrived, size, localPort }) => !arrived && this.#isSuspect(localPort, size));
    const limit = Math.min(...disputed.map(({ size }) => size));
    const sizes = this.#tried.filter(({ arrived, size }) => arrived && size < limit).map(({ size }) => size);
    return sizes.length === 0 ? null : Math.max(...sizes);
  }

  /** It was by chance. */
  clear(localPort: number): void {
    this.#cleared.add(localPort);
  }

  /** Flows that carried a packet of this size or more, and flows that lost one no larger than it. */
  shares(size: number): { readonly carried: number; readonly lost: number } {
    const ports = (arrived: boolean, fits: (tried: number) => boolean): number =>
      new Set(this.#tried.filter((flow) => flow.arrived === arrived && fits(flow.size)).map((flow) => flow.localPort))
        .size;
    return { carried: ports(true, (tried) => tried >= size), lost: ports(false, (tried) => tried <= size) };
  }

  #isSuspect(localPort: number, size: number): boolean {
    return !this.#cleared.has(localPort) && !this.#carried(localPort, size);
  }

  #carried(localPort: number, size: number): boolean {
    return this.#tried.some((flow) => flow.arrived && flow.localPort === localPort && flow.size >= size);
  }
}
