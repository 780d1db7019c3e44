/** `mtu-probe completion SHELL`: what makes a shell complete this program, as it is shipped. */

import { UsageError } from '../errors.ts';
import { shippedText, type TextName } from '../shipped.ts';
import { SHELLS } from './program.ts';
import { writeStdout } from './write-report.ts';

const FILES: Readonly<Record<(typeof SHELLS)[number], TextName>> = {
  bash: 'completions/mtu-probe.bash',
  zsh: 'completions/_mtu-probe',
  fish: 'completions/mtu-probe.fish',
};

/** @throws UsageError for a shell that there is nothing for. */
export async function completionCommand(word: string): Promise<number> {
  const shell = SHELLS.find((candidate) => candidate === word);
  if (shell === undefined) {
    throw new UsageError(`completion ${JSON.stringify(word)}: there is one for ${SHELLS.join(', ')}`);
  }
  await writeStdout(shippedText(FILES[shell]));
  return 0;
}
