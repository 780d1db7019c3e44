import type { VirtualClock } from './virtual-clock.ts';

/** What came in since somebody looked, and somebody who waits for it. */
export class Mailbox<Item> {
  readonly #clock: VirtualClock;
  #items: Item[] = [];
  #wake: (() => void) | null = null;

  constructor(clock: VirtualClock) {
    this.#clock = clock;
  }

  put(item: Item): void {
    this.#items.push(item);
    this.#wake?.();
  }

  /** At the first item, or empty at `until`. */
  take(until: number): Promise<Item[]> {
    return new Promise((resolve) => {
      const finish = (): void => {
        if (this.#wake !== finish) return;
        this.#wake = null;
        resolve(this.#items.splice(0));
      };
      this.#wake = finish;
      if (this.#items.length > 0) finish();
      else this.#clock.at(until, finish);
    });
  }
}
