# Sourced by an interactive zsh: offering.zsh COMPLETION_FILE OFFERS. Tab writes what is offered into OFFERS, and ends it.
offers=$2
PROMPT=
autoload -U compinit
compinit -D -u
source $1
zstyle ':completion:*' insert-tab false
bindkey '^I' complete-word
# No line is ever run.
bindkey '^M' undefined-key
bindkey '^J' undefined-key
compadd() {
  # Whoever only asks which words would match offers none.
  if [[ ${@[1,(i)(-|--)]} == *-(O|A|D)\ * ]]; then
    builtin compadd "$@"
    return
  fi
  local -a matches
  builtin compadd -O matches "$@"
  (( ! $#matches )) || print -rl -- $matches >> $offers
  builtin compadd "$@"
}
comppostfuncs=(exit)
echo ready
