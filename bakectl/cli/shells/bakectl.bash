# Completion of bakectl for bash: source <(bakectl completion bash)
_bakectl() {
    local line
    COMPREPLY=()
    compopt -o nospace 2>/dev/null
    while IFS= read -r line; do
        if [[ $line == :files ]]; then
            compopt -o default +o nospace 2>/dev/null
        else
            case $line in
                *[=.]) ;;
                *) line="$line " ;;
            esac
            COMPREPLY+=("$line")
        fi
    done < <(command bakectl __complete bash-line "$COMP_LINE" "$COMP_POINT" 2>/dev/null)
}
complete -F _bakectl bakectl
