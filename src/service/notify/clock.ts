/** Time of this host, and waiting that keeps no process alive. */

export interface WallClock {
  now(): Date;
  /** Resolves after `ms`, or as soon as the signal says so. */
  sleep(ms: number, signal: AbortSignal): Promise<void>;
}

export const WALL_CLOCK: WallClock = {
  now: () => new Date(),
  sleep: (ms, signal) =>
    new Promise((resolve) => {
      if (signal.aborted) return resolve();
      const wake = (): void => {
        clearTimeout(timer);
        signal.removeEventListener('abort', wake);
        resolve();
      };
      const timer = setTimeout(wake, ms).unref();
      signal.addEventListener('abort', wake, { once: true });
    }),
};
