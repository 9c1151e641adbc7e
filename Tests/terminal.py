"""Runs a shell command at a terminal of the given size, types keys once it is quiet, and prints the output of the terminal.

usage: terminal.py LINES COLUMNS KEYS LINE
"""
import fcntl, os, pty, select, struct, sys, termios, time

lines, columns, keys, line = int(sys.argv[1]), int(sys.argv[2]), sys.argv[3], sys.argv[4]
child, terminal = pty.fork()
if child == 0:
    fcntl.ioctl(0, termios.TIOCSWINSZ, struct.pack("HHHH", lines, columns, 0, 0))
    os.execvp("sh", ["sh", "-c", line])
seen, ends = b"", time.monotonic() + 60
while time.monotonic() < ends:
    ready, _, _ = select.select([terminal], [], [], 0.5)
    if not ready:
        if seen and keys:
            os.write(terminal, keys.encode())
            keys = ""
        continue
    try:
        more = os.read(terminal, 65536)
    except OSError:
        break
    if not more:
        break
    seen += more
_, status = os.waitpid(child, 0)
sys.stdout.write(seen.decode().replace("\r\n", "\n"))
sys.exit(os.waitstatus_to_exitcode(status))
