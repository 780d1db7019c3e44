/** A map of bounded size: where it is full, what was used longest ago makes room. */
export class Lru<Value> {
  readonly #most: number;
  /** In the order of their last use. */
  readonly #entries = new Map<string, Value>();

  constructor(most: number) {
    this.#most = most;
  }

  get size(): number {
    return this.#entries.size;
  }

  /** Counts as a use. */
  get(key: string): Value | undefined {
    const value = this.#entries.get(key);
    if (value !== undefined) this.set(key, value);
    return value;
  }

  set(key: string, value: Value): void {
    this.#entries.delete(key);
    this.#entries.set(key, value);
    if (this.#entries.size <= this.#most) return;
    for (const oldest of this.#entries.keys()) {
      this.#entries.delete(oldest);
      return;
    }
  }

  /** Takes out those at the old end, up to the first that is to stay. */
  forget(isOld: (value: Value) => boolean): void {
    for (const [key, value] of this.#entries) {
      if (!isOld(value)) return;
      this.#entries.delete(key);
    }
  }

  /** In the order of their last use, the latest at the end. */
  values(): IterableIterator<Value> {
    return this.#entries.values();
  }
}
