/** What stands below the options in the help of a command, and in the manual: examples and exit codes. */

import type { Command } from 'commander';

export interface Epilog {
  /** Lines that can be typed as they are, `#` begins a comment. */
  readonly examples: readonly string[];
  /** What each code says, where it says more than "it worked" and "it was typed wrong". */
  readonly exitCodes: readonly (readonly [code: number, meaning: string])[];
}

const EPILOGS = new WeakMap<Command, Epilog>();

/** @param exitCodes of a command that has others than 0 and 2. */
export function addEpilog(
  command: Command,
  examples: Epilog['examples'],
  exitCodes: Epilog['exitCodes'] = [],
): Command {
  EPILOGS.set(command, { examples, exitCodes });
  const codes = exitCodes.map(([code, meaning]) => `  ${code}  ${meaning}`);
  return command.addHelpText(
    'after',
    [
      ...titled(
        'Examples:',
        examples.map((line) => `  ${line}`),
      ),
      ...titled('Exit codes:', codes),
    ].join('\n'),
  );
}

/** Of a command without any: none. */
export function epilogOf(command: Command): Epilog {
  return EPILOGS.get(command) ?? { examples: [], exitCodes: [] };
}

function titled(title: string, lines: readonly string[]): string[] {
  return lines.length === 0 ? [] : ['', title, ...lines];
}
