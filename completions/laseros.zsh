#compdef laseros
_laseros() {
    local -a answer found
    local word help
    answer=("${(@0)$(laseros complete --null -- "${(@Q)words[2,CURRENT-1]}" "${(Q)PREFIX}" 2>/dev/null)}")
    if [[ ${answer[1]} == '<files>' ]]; then
        compset -P '--*='
        _files
        return
    fi
    # A colon parts a word from what it means, unless a backslash stands before it.
    for word help in "${(@)answer[1,-2]}"; do
        found+=("${${word//\\/\\\\}//:/\\:}${help:+:${${help//\\/\\\\}//:/\\:}}")
    done
    _describe -V 'laseros' found
}
if [[ $funcstack[1] == _laseros ]]; then
    _laseros "$@"
else
    compdef _laseros laseros
fi
