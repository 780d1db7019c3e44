/** Completion for fish. */

import type { CommandModel, OptionModel } from './command-model.ts';
import { childrenOf } from './tree.ts';
import type { Values } from './values.ts';

export function fishCompletion(models: readonly CommandModel[]): string {
  return `# fish completion for mtu-probe
#
#   mtu-probe completion fish > ~/.config/fish/completions/mtu-probe.fish
#
# Made of the definitions of the commands: npm run manual

# Whether what was typed begins with these commands.
function __mtu_probe_in
    set -l words (commandline -opc)
    set -l last (math (count $argv) + 1)
    test (count $words) -ge $last; and test "$words[2..$last]" = "$argv"
end

# Whether no command was typed yet.
function __mtu_probe_without_command
    test (count (commandline -opc)) -eq 1
end

# One of the words, "=", and a file.
function __mtu_probe_word_and_file
    set -l parts (string match --regex '^((?:--[a-z-]+=)?[a-z]+=)(.*)$' -- (commandline -ct))
    if test (count $parts) -eq 3
        for file in (__fish_complete_path $parts[3])
            echo $parts[2]$file
        end
    else
        string replace --regex '$' '=' -- $argv
    end
end

complete -c mtu-probe -f
${models.flatMap((model) => linesOf(model, models)).join('\n')}
`;
}

function linesOf(model: CommandModel, models: readonly CommandModel[]): string[] {
  const { name, options, argument } = model;
  const complete = `complete -c mtu-probe -n ${name === '' ? '__mtu_probe_without_command' : `'__mtu_probe_in ${name}'`}`;
  const children = childrenOf(model, models);
  // Below a command of commands, the condition above would hold for each of them as well.
  const onlyHere =
    name === '' || children.length === 0
      ? complete
      : complete.replace(/'$/, "; and test (count (commandline -opc)) -eq 2'");
  return [
    ...children.map(({ word, help }) => `${onlyHere} -a ${word} -d ${quoted(help)}`),
    ...(argument?.values.kind === 'words' ? [`${complete} -a '${argument.values.words.join(' ')}'`] : []),
    ...options.map((option) => `${onlyHere} ${optionWords(option)} -d ${quoted(option.help)}`),
  ];
}

function optionWords({ words, values }: OptionModel): string {
  const names = words.map((word) => (word.startsWith('--') ? `-l ${word.slice(2)}` : `-s ${word.slice(1)}`));
  return [...names, ...(values === null ? [] : [actionOf(values)])].join(' ');
}

function actionOf(values: Values): string {
  switch (values.kind) {
    case 'free':
      return '-x';
    case 'words':
      return `-x -a '${values.words.join(' ')}'`;
    case 'file':
      return '-r -F';
    case 'interface':
      return "-x -a '(__fish_print_interfaces)'";
    case 'word-and-file':
      return `-x -a '(__mtu_probe_word_and_file ${values.words.join(' ')})'`;
  }
}

function quoted(text: string): string {
  return `'${text.replace(/['\\]/g, '\\$&')}'`;
}
