# fish completion for laseros
function __laseros_complete
    set -l words (commandline -opc) (commandline -ct)
    set -l found (laseros complete -- $words[2..-1] 2>/dev/null)
    if test "$found[1]" = '<files>'
        __fish_complete_path (commandline -ct)
    else
        printf '%s\n' $found
    end
end
complete -c laseros -f -k -a '(__laseros_complete)'
