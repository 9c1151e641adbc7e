# bash completion for laseros
_laseros() {
    local -a found
    mapfile -t found < <(laseros complete -- "${COMP_WORDS[@]:1:COMP_CWORD}" 2>/dev/null)
    if [[ ${found[0]} == '<files>' ]]; then
        COMPREPLY=()
        compopt -o default
    else
        COMPREPLY=("${found[@]%%$'\t'*}")
    fi
}
complete -F _laseros laseros
