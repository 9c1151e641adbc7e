#compdef laseros
_laseros() {
    local -a found
    local line
    for line in "${(@f)$(laseros complete -- "${(@Q)words[2,CURRENT]}" 2>/dev/null)}"; do
        [[ -n $line ]] && found+=("${${line%%$'\t'*}//:/\\:}:${${line#*$'\t'}//:/\\:}")
    done
    if [[ ${found[1]} == '<files>:'* ]]; then
        compset -P '--*='
        _files
    else
        _describe -V 'laseros' found
    fi
}
if [[ $funcstack[1] == _laseros ]]; then
    _laseros "$@"
else
    compdef _laseros laseros
fi
