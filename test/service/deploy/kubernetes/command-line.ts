/** What containers and documents type, read by the real command line. */

import { createProgram } from '../../../../src/cli/program.ts';
import { parseHealthOptions } from '../../../../src/config/health.ts';
import { parseRunOptions } from '../../../../src/config/parse.ts';
import { parseServeOptions } from '../../../../src/config/serve.ts';
import { parseEnding } from '../../../../src/config/watch/ending.ts';
import { type LoadedWatchOptions, loadWatchOptions } from '../../../../src/config/watch/load.ts';
import { outside } from '../../../unit/config/watch/outside.ts';
import { SILENT } from '../../../unit/silent-actions.ts';

interface Surroundings {
  readonly environment: Readonly<Record<string, string>>;
  /** By name. */
  readonly files: Readonly<Record<string, string>>;
}

const NOTHING: Surroundings = { environment: {}, files: {} };

/**
 * @param words behind the name of the program.
 * @returns what `watch` would do with them, and `null` of any other command. Rejects with what is wrong with them.
 */
export async function understood(
  words: readonly string[],
  { environment, files }: Surroundings = NOTHING,
): Promise<LoadedWatchOptions | null> {
  let watched: LoadedWatchOptions | null = null;
  const judged = (judge: (values: unknown) => unknown) => async (values: unknown) => {
    await judge(values);
    return 0;
  };
  const load = async (values: unknown): Promise<void> => {
    const { settings } = parseEnding(values as Readonly<Record<string, unknown>>);
    watched = await loadWatchOptions(settings, environment, outside(files));
  };
  const program = createProgram({
    ...SILENT,
    run: judged((values) => parseRunOptions(values)),
    serve: judged(parseServeOptions),
    health: judged((values) => parseHealthOptions(values, environment)),
    watch: judged(load),
  });
  program.configureOutput({ writeErr: () => {}, writeOut: () => {} });
  await program.parseAsync([...words], { from: 'user' });
  return watched;
}
