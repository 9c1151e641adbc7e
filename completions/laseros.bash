# bash completion for laseros
_laseros() {
    local -a found words=()
    local word rest=${COMP_LINE#*"${COMP_WORDS[0]}"} kept
    # Colons, equals signs and at signs are words of their own here: what stands together in the line is one word.
    for word in "${COMP_WORDS[@]:1:COMP_CWORD}"; do
        if [[ -n $word && $rest == "$word"* && ($word == [:=@]* || ${words[-1]} == *[:=@]) ]]; then
            words[-1]+=$word
        else
            words+=("$word")
        fi
        rest=${rest#*"$word"}
    done
    # What stands before the last of them stays as it is, and an at sign is no part of that.
    kept=${words[-1]}
    [[ $word == *[!:=]* ]] && kept=${kept%"$word"}
    kept=${kept%@}
    mapfile -d '' -t found < <(laseros complete --bash "$kept" -- "${words[@]}" 2>/dev/null)
    if [[ ${found[0]} == '<files>' ]]; then
        COMPREPLY=()
        compopt -o default
    else
        COMPREPLY=("${found[@]}")
    fi
}
complete -F _laseros laseros
