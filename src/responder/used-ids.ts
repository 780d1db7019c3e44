/** The numbers that a client has used: each does once, so that nobody makes the responder send by repeating others. */

const WINDOW = 1024; // sixteen waves; what is that far behind comes from a repetition, not from the network

export class UsedIds {
  readonly #used = new Uint8Array(WINDOW);
  #highest = -1;

  /** @returns whether the number is new; it is used then. The window of RFC 4303 §3.4.3. */
  use(id: number): boolean {
    if (id > this.#highest) {
      const passed = Math.min(WINDOW, id - this.#highest);
      for (let step = 1; step <= passed; step += 1) this.#used[(id - passed + step) % WINDOW] = 0;
      this.#highest = id;
    } else if (id <= this.#highest - WINDOW || this.#used[id % WINDOW] === 1) return false;
    this.#used[id % WINDOW] = 1;
    return true;
  }
}
