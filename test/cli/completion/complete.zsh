# Prints what zsh offers: complete.zsh COMPLETION_FILE WORDS_OF_A_LINE
# A zsh in a terminal of its own, where Tab is typed; what it offers goes through compadd, and is written down there.
zmodload zsh/zpty
here=${0:A:h}
offers=$(mktemp)
zpty shell "zsh -f -i"
zpty -w shell "source ${(q)here}/offering.zsh ${(q)1} ${(q)offers}"
# What the terminal says is of no interest, but has to be read, else the shell waits.
until [[ $said == *ready* ]]; do zpty -r shell said || exit 2; done
zpty -w shell "$2"$'\t'
while zpty -r shell said; do :; done
sort -u $offers
rm $offers
