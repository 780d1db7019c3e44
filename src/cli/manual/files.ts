/** What is made of the commands: the manual page and the completions, by the files that they are in. */

import { version } from '../version.ts';
import { bashCompletion } from './bash.ts';
import { commandModels } from './command-model.ts';
import { fishCompletion } from './fish.ts';
import { manPage } from './man.ts';
import { zshCompletion } from './zsh.ts';

/** By the name below the root of the project. */
export async function manualFiles(): Promise<Readonly<Record<string, string>>> {
  const models = await commandModels();
  return {
    'docs/mtu-probe.1': manPage(models, version()),
    'completions/mtu-probe.bash': bashCompletion(models),
    'completions/_mtu-probe': zshCompletion(models),
    'completions/mtu-probe.fish': fishCompletion(models),
  };
}
