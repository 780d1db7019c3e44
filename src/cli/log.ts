/** Logging to stderr by pino, which is only loaded when a line passes the level: most runs log nothing. */

import type { LogLevel } from '../config/options.ts';
import { LOG_LEVELS } from '../config/options.ts';
import type { Log } from '../measure/log.ts';

type Level = keyof Log;
type Fields = Readonly<Record<string, unknown>>;

export interface LazyLog extends Log {
  /** Loads it now, if anything is to be logged: for a process that may read no files later. */
  open(): Promise<void>;
  /** Resolves when every line is on stderr. */
  flush(): Promise<void>;
}

const STDERR = 2;
/** Bytes that wait while stderr takes nothing, as on a full disk; lines beyond them are lost. */
const MOST_KEPT = 1024 * 1024;

/** @param pretty for a terminal; else one JSON object per line. @param beforeLine makes room for it. */
export function createLog(level: LogLevel, pretty: boolean, beforeLine: () => void = () => undefined): LazyLog {
  let written: Promise<void> = Promise.resolve();
  let logger: ReturnType<typeof openLogger> | null = null;
  const write =
    (at: Level) =>
    (fields: Fields, message: string): void => {
      if (LOG_LEVELS.indexOf(at) < LOG_LEVELS.indexOf(level)) return;
      logger ??= openLogger(level, pretty);
      const opened = logger;
      written = written.then(async () => {
        const ready = await opened;
        beforeLine();
        ready[at](fields, message);
      });
    };
  const open = async (): Promise<void> => {
    if (level === 'silent') return;
    logger ??= openLogger(level, pretty);
    await logger;
  };
  return { debug: write('debug'), info: write('info'), warn: write('warn'), open, flush: () => written };
}

async function openLogger(level: LogLevel, pretty: boolean) {
  const { pino } = await import('pino');
  if (!pretty) {
    const destination = pino.destination({ dest: STDERR, sync: true, maxLength: MOST_KEPT });
    // There is nowhere to say so: a full disk under the log ends nothing.
    destination.on('error', () => undefined);
    return pino({ level }, destination);
  }
  const { default: prettyStream } = await import('pino-pretty');
  return pino({ level }, prettyStream({ destination: STDERR, sync: true }));
}
