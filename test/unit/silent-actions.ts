import type { Actions } from '../../src/cli/program.ts';

const nothing = async (): Promise<number> => 0;

/** A command line that only reads. */
export const SILENT: Actions = {
  run: nothing,
  layers: nothing,
  inspect: nothing,
  serve: nothing,
  watch: nothing,
  configCheck: nothing,
  configPrint: nothing,
  health: nothing,
  demo: nothing,
  explain: nothing,
  completion: nothing,
};
