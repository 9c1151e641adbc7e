# fish completion for laseros
function __laseros_complete
    set -l token (commandline -ct)
    set -l plain (string unescape -- $token); or set plain $token
    set -l words (commandline -opc) $plain
    set -l found (laseros complete --null -- $words[2..-1] 2>/dev/null | string split0)
    if test "$found[1]" = '<files>'
        __fish_complete_path $token | string join0
    else if set -q found[1]
        for i in (seq 1 2 (count $found))
            printf '%s\t%s\0' $found[$i] $found[(math $i + 1)]
        end
    end
end
complete -c laseros -f -k -a '(__laseros_complete | string split0)'
