/** `mtu-probe run`: options in, report out, exit code. */

import type { WriteStream } from 'node:tty';
import pc from 'picocolors';
import { parseRun } from '../config/parse.ts';
import { createChannels } from '../net/channels.ts';
import { createClock } from '../net/clock.ts';
import { resolveTarget } from '../net/resolve.ts';
import { formatReport } from '../report/index.ts';
import { type Palette, PLAIN } from '../report/palette.ts';
import { run } from '../run.ts';
import { exitCodeOf } from './exit-code.ts';
import { createLog } from './log.ts';
import { progressLine } from './progress.ts';
import { version } from './version.ts';
import { requireWritable, writeFile, writeStdout } from './write-report.ts';

/** @param given what the command line said. @returns the exit code. @throws MtuProbeError before anything is sent. */
export async function runCommand(given: unknown): Promise<number> {
  const { run: options, output } = parseRun(given);
  if (output.output !== null) requireWritable(output.output);
  const clock = createClock();
  const log = createLog(output.logLevel, process.stderr.isTTY);
  const progress = output.quiet || !process.stderr.isTTY ? null : progressLine(process.stderr as WriteStream, clock.now);
  const interruption = interruptible();
  const deps = {
    resolve: resolveTarget,
    channels: createChannels(options.resolve),
    clock,
    wallClock: () => new Date(),
    version: version(),
    onProgress: progress?.onProgress ?? null,
    log,
  };
  try {
    const report = await run(options, deps, interruption.signal);
    progress?.clear();
    const colours = output.output === null && process.stdout.isTTY && pc.isColorSupported;
    const text = formatReport(report, output.format, colours ? coloured() : PLAIN);
    if (output.output === null) await writeStdout(text);
    else writeFile(output.output, text);
    await log.flush();
    return exitCodeOf(report, options);
  } finally {
    progress?.clear();
    interruption.end();
  }
}

/** The first Ctrl-C or SIGTERM ends the measurement and prints what is proved; a second one ends the process. */
function interruptible(): { readonly signal: AbortSignal; end(): void } {
  const controller = new AbortController();
  const interrupt = (): void => {
    controller.abort();
    end();
  };
  const end = (): void => {
    process.off('SIGINT', interrupt);
    process.off('SIGTERM', interrupt);
  };
  process.on('SIGINT', interrupt);
  process.on('SIGTERM', interrupt);
  return { signal: controller.signal, end };
}

function coloured(): Palette {
  const { bold, dim, red, yellow, green } = pc.createColors(true);
  return { bold, dim, red, yellow, green };
}
