/** A part of the page that is made anew only when what it shows has changed: focus, selection and scrolling survive. */

export class Section {
  readonly #root: HTMLElement;
  #shown: string | null = null;

  constructor(root: HTMLElement) {
    this.#root = root;
  }

  get root(): HTMLElement {
    return this.#root;
  }

  /** @param value all that `make` depends on, as far as JSON tells it */
  show(value: unknown, make: () => readonly Node[]): void {
    const text = JSON.stringify(value);
    if (text === this.#shown) return;
    this.#shown = text;
    const focused = this.#focusedKey();
    this.#root.replaceChildren(...make());
    if (focused !== null) this.#root.querySelector<HTMLElement>(`[data-focus="${CSS.escape(focused)}"]`)?.focus();
  }

  /** What had the focus gets it back under its new self, where it has a `data-focus`. */
  #focusedKey(): string | null {
    const active = document.activeElement;
    return active instanceof HTMLElement && this.#root.contains(active) ? (active.dataset['focus'] ?? null) : null;
  }
}
