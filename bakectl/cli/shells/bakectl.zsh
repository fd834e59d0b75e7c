#compdef bakectl
# Completion of bakectl for zsh: source <(bakectl completion zsh), after compinit
_bakectl() {
    local line word about
    local -a open_words open_about done_words done_about
    while IFS= read -r line; do
        if [[ $line == :files ]]; then
            _files
            continue
        fi
        word=${line%%$'\t'*}
        about=$word
        [[ $line == *$'\t'* ]] && about="$word  -- ${line#*$'\t'}"
        if [[ $word == *[=.] ]]; then
            open_words+=("$word")
            open_about+=("$about")
        else
            done_words+=("$word")
            done_about+=("$about")
        fi
    done < <(command bakectl __complete zsh "${(@)words[2,CURRENT]}" 2>/dev/null)
    (( $#done_words )) && compadd -l -d done_about -a done_words
    (( $#open_words )) && compadd -l -S '' -d open_about -a open_words
}
compdef _bakectl bakectl
