import { aborted } from '../../aborts.ts';

/**
 * Two targets may lead to one address. What this host learns of it while it looks forward would hide the reverse
 * direction from the other run, so that one goes after the other.
 */
export class AddressTurns {
  readonly #last = new Map<string, Promise<void>>();

  /** @returns what ends the turn. With an abort nobody waits: what is aborted measures nothing any more. */
  async take(address: string, signal: AbortSignal): Promise<() => void> {
    const before = this.#last.get(address) ?? Promise.resolve();
    let end: () => void = () => undefined;
    const over = new Promise<void>((resolve) => {
      end = resolve;
    });
    const mine = before.then(() => over);
    this.#last.set(address, mine);
    void mine.then(() => {
      if (this.#last.get(address) === mine) this.#last.delete(address);
    });
    await Promise.race([before, aborted(signal)]);
    return end;
  }
}
