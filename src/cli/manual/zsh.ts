/** Completion for zsh, by its own _arguments. */

import type { CommandModel, OptionModel } from './command-model.ts';
import { childrenOf } from './tree.ts';
import type { Values } from './values.ts';

export function zshCompletion(models: readonly CommandModel[]): string {
  return `#compdef mtu-probe
#
#   mtu-probe completion zsh > "$fpath[1]/_mtu-probe"
#
# Made of the definitions of the commands: npm run manual

# One of the words, "=", and a file.
_mtu-probe_word_and_file() {
  if compset -P '*='; then
    _files
  else
    compadd -S = -q "$@"
  fi
}

${models.map((model) => functionOf(model, models)).join('\n')}
if [[ $zsh_eval_context[-1] == loadautofunc ]]; then
  _mtu-probe "$@"
else
  compdef _mtu-probe mtu-probe
fi
`;
}

function functionOf(model: CommandModel, models: readonly CommandModel[]): string {
  const children = childrenOf(model, models);
  const specs = [
    ...model.options.map(specOf),
    ...(children.length === 0 ? argumentSpecs(model) : ["': :->command'", "'*:: :->rest'"]),
  ];
  // A command of commands leaves what follows to them.
  const call = `_arguments -s${children.length === 0 ? '' : ' -C'} : \\\n    ${specs.join(' \\\n    ')}`;
  const name = functionName(model.name);
  if (children.length === 0) return `${name}() {\n  ${call}\n}\n`;
  return `${name}() {
  local context state state_descr line
  typeset -A opt_args
  ${call}
  case $state in
    command)
      local -a commands=(
${children.map(({ word, help }) => `        ${quoted(`${word}:${help.replaceAll(':', '\\:')}`)}`).join('\n')}
      )
      _describe -t commands command commands
      ;;
    rest)
      # The dash in the name keeps a word from being taken for a pattern.
      (( $+functions[${name}-$words[1]] )) && ${name}-$words[1]
      ;;
  esac
}
`;
}

function functionName(name: string): string {
  return ['_mtu-probe', ...(name === '' ? [] : name.split(' '))].join('-');
}

function specOf({ words, help, isRepeatable, values }: OptionModel): string {
  const ends = words.includes('--help') || words.includes('--version');
  const excluded = ends ? '(- *)' : isRepeatable || words.length === 1 ? '' : `(${words.join(' ')})`;
  const repeated = isRepeatable ? '*' : '';
  const names = words.map((word) => (values !== null && word.startsWith('--') ? `${word}=` : word));
  const text = `[${help.replace(/[[\]\\:]/g, '\\$&')}]${values === null ? '' : `:${actionOf(values)}`}`;
  if (names.length === 1) return quoted(`${excluded}${repeated}${names[0]}${text}`);
  return `${quoted(`${excluded}${repeated}`)}{${names.join(',')}}${quoted(text)}`;
}

function argumentSpecs({ argument }: CommandModel): string[] {
  if (argument?.values.kind !== 'words') return [];
  return [quoted(`1:${argument.shape}:(${argument.values.words.join(' ')})`)];
}

/** What it is called, a colon, and how to complete it. */
function actionOf(values: Values): string {
  switch (values.kind) {
    case 'free':
      return 'value: ';
    case 'words':
      return `word:(${values.words.join(' ')})`;
    case 'file':
      return 'file:_files';
    case 'interface':
      return 'interface:_net_interfaces';
    case 'word-and-file':
      return `format=file:_mtu-probe_word_and_file ${values.words.join(' ')}`;
  }
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}
