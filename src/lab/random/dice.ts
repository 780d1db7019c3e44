import { mulberry32 } from '../chance.ts';

/** Chance that can be repeated: the same seed gives the same throws. */
export class Dice {
  readonly #throw: () => number;

  constructor(seed: number) {
    this.#throw = mulberry32(seed);
  }

  /** True in this share of throws, 0 to 1. */
  chance(share: number): boolean {
    return this.#throw() < share;
  }

  /** A whole number, both ends included. */
  between(least: number, most: number): number {
    return least + Math.floor(this.#throw() * (most - least + 1));
  }

  pick<Item>(items: readonly Item[]): Item {
    return items[this.between(0, items.length - 1)] as Item;
  }
}
