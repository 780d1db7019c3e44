# Prints what bash offers: complete.bash COMPLETION_FILE WORDS_OF_A_LINE, whose last word is completed.
source "$1"
# As the line editor of bash takes it apart: at blanks, and at "=" and ":".
read -r -a COMP_WORDS <<<"$(sed 's/[=:]/ & /g' <<<"$2")"
[[ $2 == *[\ =:] ]] && COMP_WORDS+=('')
COMP_CWORD=$((${#COMP_WORDS[@]} - 1))
"$(complete -p mtu-probe | sed 's/.*-F \(\S*\) .*/\1/')"
[[ ${#COMPREPLY[@]} -eq 0 ]] || printf '%s\n' "${COMPREPLY[@]}" | sort -u
