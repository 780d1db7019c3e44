/** Completion for bash: one function, which needs nothing but bash 4. */

import type { CommandModel, OptionModel } from './command-model.ts';
import { childrenOf } from './tree.ts';
import type { Values } from './values.ts';

export function bashCompletion(models: readonly CommandModel[]): string {
  return `# bash completion for mtu-probe
#
#   source <(mtu-probe completion bash)
#
# Made of the definitions of the commands: npm run manual

# What can stand behind a command: sets commands, switches, valued (options that take a value) and argument.
_mtu_probe_command() {
  commands='' switches='' valued='' argument=''
  case "$1" in
${models.map((model) => commandCase(model, models)).join('\n')}
  esac
}

# Completes the value of an option: COMMAND OPTION CURRENT.
_mtu_probe_value() {
  case "$1 $2" in
${valueCases(models).join('\n')}
  esac
}

_mtu_probe_words() { mapfile -t COMPREPLY < <(compgen -W "$1" -- "$2"); }

_mtu_probe_files() {
  mapfile -t COMPREPLY < <(compgen -f -- "$1")
  compopt -o filenames 2>/dev/null
}

# Words and "=", which no space follows, then a file: WORDS CURRENT.
_mtu_probe_word_and_file() {
  if [[ $2 == *=* ]]; then
    _mtu_probe_files "\${2#*=}"
  else
    _mtu_probe_words "$1" "$2"
    COMPREPLY=("\${COMPREPLY[@]/%/=}")
    compopt -o nospace 2>/dev/null
  fi
}

_mtu_probe() {
  local commands switches valued argument
  local words=() command='' option='' word glued='' cur i
  COMPREPLY=()
  # Bash takes a word apart at "=" and ":".
  for ((i = 1; i <= COMP_CWORD; i++)); do
    word=\${COMP_WORDS[i]}
    if [[ $word == [=:] && \${#words[@]} -gt 0 ]]; then
      words[-1]+=$word glued=1
    elif [[ $glued ]]; then
      words[-1]+=$word glued=''
    else
      words+=("$word")
    fi
  done
  cur=\${words[-1]-}
  unset 'words[-1]'

  _mtu_probe_command ''
  for word in "\${words[@]}"; do
    if [[ $option ]]; then
      option=''
    elif [[ " $valued " == *" $word "* ]]; then
      option=$word
    elif [[ " $commands " == *" $word "* ]]; then
      command="\${command:+$command }$word"
      _mtu_probe_command "$command"
    fi
  done

  if [[ $option ]]; then
    _mtu_probe_value "$command" "$option" "$cur"
  elif [[ $cur == --*=* && " $valued " == *" \${cur%%=*} "* ]]; then
    _mtu_probe_value "$command" "\${cur%%=*}" "\${cur#*=}"
    # What is replaced is what stands behind the last "=", unless that is no end of a word.
    [[ $COMP_WORDBREAKS == *=* ]] || COMPREPLY=("\${COMPREPLY[@]/#/\${cur%%=*}=}")
  elif [[ $cur == -* ]]; then
    _mtu_probe_words "$switches $valued" "$cur"
  else
    _mtu_probe_words "$commands $argument" "$cur"
  fi
}

complete -F _mtu_probe mtu-probe
`;
}

function commandCase(model: CommandModel, models: readonly CommandModel[]): string {
  const { name, options, argument } = model;
  const wordsOf = (wanted: (option: OptionModel) => boolean): string =>
    options
      .filter(wanted)
      .flatMap(({ words }) => words)
      .join(' ');
  const parts = [
    [
      'commands',
      childrenOf(model, models)
        .map(({ word }) => word)
        .join(' '),
    ],
    ['switches', wordsOf(({ values }) => values === null)],
    ['valued', wordsOf(({ values }) => values !== null)],
    ['argument', argument?.values.kind === 'words' ? argument.values.words.join(' ') : ''],
  ];
  const lines = parts.filter(([, words]) => words !== '').map(([variable, words]) => `      ${variable}='${words}'`);
  return [`    '${name}')`, ...lines, '      ;;'].join('\n');
}

/** Options that take the same values share one line. */
function valueCases(models: readonly CommandModel[]): string[] {
  const patterns = new Map<string, string[]>();
  for (const { name, options } of models) {
    for (const { words, values } of options) {
      const action = values === null ? null : actionOf(values);
      if (action === null) continue;
      patterns.set(action, [...(patterns.get(action) ?? []), ...words.map((word) => `'${name} ${word}'`)]);
    }
  }
  return [...patterns].map(([action, cases]) => `    ${cases.join(' | ')})\n      ${action}\n      ;;`);
}

function actionOf(values: Values): string | null {
  switch (values.kind) {
    case 'free':
      return null;
    case 'words':
      return `_mtu_probe_words '${values.words.join(' ')}' "$3"`;
    case 'file':
      return '_mtu_probe_files "$3"';
    case 'interface':
      return `_mtu_probe_words "$(ls /sys/class/net 2>/dev/null)" "$3"`;
    case 'word-and-file':
      return `_mtu_probe_word_and_file '${values.words.join(' ')}' "$3"`;
  }
}
