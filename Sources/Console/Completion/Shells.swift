import Values

/// The shells with completion scripts.
package enum Shell: String, Choice { case bash, zsh, fish }

extension Program {
    /// The completion script of a shell: `source <(laseros completion bash)`.
    package func script(_ shell: Shell) -> String {
        switch shell {
        case .bash: bash
        case .zsh: zsh
        case .fish: fish
        }
    }

    private var bash: String {
        """
        # bash completion for \(name)
        _\(name)() {
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
            mapfile -d '' -t found < <(\(name) complete --bash "$kept" -- "${words[@]}" 2>/dev/null)
            if [[ ${found[0]} == '\(Candidate.files.word)' ]]; then
                COMPREPLY=()
                compopt -o default
            else
                COMPREPLY=("${found[@]}")
            fi
        }
        complete -F _\(name) \(name)

        """
    }

    private var zsh: String {
        """
        #compdef \(name)
        _\(name)() {
            local -a answer found
            local word help
            answer=("${(@0)$(\(name) complete --null -- "${(@Q)words[2,CURRENT-1]}" "${(Q)PREFIX}" 2>/dev/null)}")
            if [[ ${answer[1]} == '\(Candidate.files.word)' ]]; then
                compset -P '--*='
                _files
                return
            fi
            # A colon parts a word from what it means, unless a backslash stands before it.
            for word help in "${(@)answer[1,-2]}"; do
                found+=("${${word//\\\\/\\\\\\\\}//:/\\\\:}${help:+:${${help//\\\\/\\\\\\\\}//:/\\\\:}}")
            done
            _describe -V '\(name)' found
        }
        if [[ $funcstack[1] == _\(name) ]]; then
            _\(name) "$@"
        else
            compdef _\(name) \(name)
        fi

        """
    }

    private var fish: String {
        """
        # fish completion for \(name)
        function __\(name)_complete
            set -l token (commandline -ct)
            set -l plain (string unescape -- $token); or set plain $token
            set -l words (commandline -opc) $plain
            set -l found (\(name) complete --null -- $words[2..-1] 2>/dev/null | string split0)
            if test "$found[1]" = '\(Candidate.files.word)'
                __fish_complete_path $token | string join0
            else if set -q found[1]
                for i in (seq 1 2 (count $found))
                    printf '%s\\t%s\\0' $found[$i] $found[(math $i + 1)]
                end
            end
        end
        complete -c \(name) -f -k -a '(__\(name)_complete | string split0)'

        """
    }
}
