"""Types lines into a real shell at a pseudo-terminal, with completion loaded, and prints the arguments that a command received.

usage: complete.py SHELL FOLDER LINE...      FOLDER contains the completion as `script`; <TAB> in a line is the key
Each word ends with the character 1F, the words of each line with 1E.
"""
import os, pty, select, sys, time

shell, folder, lines = sys.argv[1], os.path.abspath(sys.argv[2]), sys.argv[3:]
with open(f"{folder}/args", "w") as file:
    file.write(
        f"#!{sys.executable}\nimport sys\n"
        f"open({folder!r} + '/got', 'a', newline='').write(''.join(word + chr(31) for word in sys.argv[1:]) + chr(30))\n"
        "print('do' + 'ne')\n"
    )
os.chmod(f"{folder}/args", 0o700)
setup, words = {
    "bash": ("source ./script; complete -F _laseros args", ["bash", "--norc", "--noprofile", "-i"]),
    "zsh": ("autoload -U compinit; compinit -D -u; source ./script; compdef _laseros args", ["zsh", "-f", "-i"]),
    "fish": ("source ./script; complete -c args -w laseros", ["fish", "-N", "-i"]),
}[shell]
child, terminal = pty.fork()
if child == 0:
    os.environ.update(TERM="dumb", HOME=folder, PATH=f"{folder}:{os.environ['PATH']}")
    os.chdir(folder)
    os.execvp(shell, words)


def wait(text):
    seen, ends = b"", time.monotonic() + 20
    while text not in seen:
        if time.monotonic() > ends:
            sys.exit(f"no {text!r} in {seen!r}")
        if select.select([terminal], [], [], 0.1)[0]:
            seen += os.read(terminal, 65536)


os.write(terminal, f"{setup}; echo rea''dy\r".encode())
wait(b"ready\r\n")
for line in lines:
    os.write(terminal, line.replace("<TAB>", "\t").encode() + b"\r")
    wait(b"done")
os.write(terminal, b"exit\r")
sys.stdout.write(open(f"{folder}/got", newline="").read())
