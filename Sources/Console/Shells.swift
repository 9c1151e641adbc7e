import Values

/// The shells that completion is made for.
package enum Shell: String, Choice { case bash, zsh, fish }

extension Program {
    /// What makes a shell complete the program's words: `source <(laseros completion bash)`.
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
            local -a found
            mapfile -t found < <(\(name) complete -- "${COMP_WORDS[@]:1:COMP_CWORD}" 2>/dev/null)
            if [[ ${found[0]} == '\(Candidate.files.word)' ]]; then
                COMPREPLY=()
                compopt -o default
            else
                COMPREPLY=("${found[@]%%$'\\t'*}")
            fi
        }
        complete -F _\(name) \(name)

        """
    }

    private var zsh: String {
        """
        #compdef \(name)
        _\(name)() {
            local -a found
            local line
            for line in "${(@f)$(\(name) complete -- "${(@Q)words[2,CURRENT]}" 2>/dev/null)}"; do
                [[ -n $line ]] && found+=("${${line%%$'\\t'*}//:/\\\\:}:${${line#*$'\\t'}//:/\\\\:}")
            done
            if [[ ${found[1]} == '\(Candidate.files.word):'* ]]; then
                compset -P '--*='
                _files
            else
                _describe -V '\(name)' found
            fi
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
            set -l words (commandline -opc) (commandline -ct)
            set -l found (\(name) complete -- $words[2..-1] 2>/dev/null)
            if test "$found[1]" = '\(Candidate.files.word)'
                __fish_complete_path (commandline -ct)
            else
                printf '%s\\n' $found
            end
        end
        complete -c \(name) -f -k -a '(__\(name)_complete)'

        """
    }
}
