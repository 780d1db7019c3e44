import { setMaxListeners } from 'node:events';

export interface Interruption {
  readonly signal: AbortSignal;
  /** From here on signals do what they always do. */
  end(): void;
}

const SIGNALS = ['SIGINT', 'SIGTERM'] as const;

/** The first Ctrl-C or SIGTERM ends the measurement and prints what is proved; a second one ends the process. */
export function interruptible(): Interruption {
  const controller = new AbortController();
  // Every target that is looked up listens; Node would warn from the eleventh on.
  setMaxListeners(0, controller.signal);
  const interrupt = (): void => {
    controller.abort();
    end();
  };
  const end = (): void => {
    for (const signal of SIGNALS) process.off(signal, interrupt);
  };
  for (const signal of SIGNALS) process.on(signal, interrupt);
  return { signal: controller.signal, end };
}
