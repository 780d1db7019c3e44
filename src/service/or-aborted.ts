/** Waits no longer than to an abort: what hangs in the system (a name that is looked up, say) cannot be stopped. */

/** @returns `null` with an abort; what comes of `waited` later is nobody's. */
export function orAborted<Result>(waited: Promise<Result>, signal: AbortSignal): Promise<Result | null> {
  return new Promise((resolve, reject) => {
    const giveUp = (): void => resolve(null);
    signal.addEventListener('abort', giveUp, { once: true });
    waited.then(resolve, reject).finally(() => signal.removeEventListener('abort', giveUp));
    if (signal.aborted) giveUp();
  });
}
