#!/usr/bin/env python3
"""Mutation testing: changes the program as Tests/mutants.txt says, and counts how many mutants the tests detect.

    Tests/mutants.py [NUMBER ...]

All mutants are built at once, in a copy of the tree: each text becomes `mutant(N) ? other : text`, and MUTANT=N selects one at run time. A
mutant is detected if one of the suites named for it fails; the first failure ends its run. Fails below 95 %.
"""
import concurrent.futures
import os
import pathlib
import re
import shutil
import signal
import subprocess
import sys
import threading
import time

ROOT = pathlib.Path(__file__).resolve().parent.parent
SCRATCH = ROOT / ".build-mutants"
COPY = SCRATCH / "tree"
LEAST = 95
SECONDS = 300
# Suites that compare with a generated file. They detect any change, not only a fault, so they do not count.
SNAPSHOTS = ("TranscriptTests", "ReadmeTests", "FailureTests", "GoldenTests", "DocsTests", "AnswerNamesTests")
SWITCH = """import Glibc

private let chosen = getenv("MUTANT").flatMap { Int(String(cString: $0)) } ?? 0

/// Whether a mutant was asked for.
func mutant(_ number: Int) -> Bool { number == chosen }
"""


class Edit:
    """A replacement of a text. The text must be unique in its file, or in the part of the file that `in:` gives."""

    def __init__(self, file, line):
        self.file, self.line, self.around, self.text, self.other = file, line, None, None, None


class Mutant:
    def __init__(self, number, title, line):
        self.number, self.line, self.edits, self.tests = number, line, [], []
        self.file, _, self.why = (part.strip() for part in title.partition(":"))

    def __str__(self):
        return f"{self.number:2} {self.file}: {self.why}"


def stop(message):
    sys.exit(f"Tests/mutants.txt: {message}")


def read():
    mutants = []
    for line, words in enumerate((ROOT / "Tests/mutants.txt").read_text().splitlines(), 1):
        if not words.strip() or words.startswith("#"):
            continue
        if not words[0].isspace():
            mutants.append(Mutant(len(mutants) + 1, words, line))
            file, around = mutants[-1].file, None
            continue
        key, _, value = words.strip().partition(":")
        value = value.strip()
        if not mutants or key not in ("file", "in", "text", "other", "tests"):
            stop(f"line {line}: neither 'File.swift: why' nor 'in:', 'text:', 'other:', 'tests:' or 'file:' below one")
        edits = mutants[-1].edits
        match key:
            case "file": file = value
            case "in": around = value
            case "text":
                edits.append(Edit(file, line))
                (edits[-1].around, edits[-1].text, around) = (around, value, None)
            case "other" if edits: edits[-1].other = value
            case "tests": mutants[-1].tests += value.split()
    for mutant in mutants:
        if not mutant.why or not mutant.edits or not mutant.tests or any(None in (e.text, e.other) for e in mutant.edits):
            stop(f"line {mutant.line}: a mutant has a reason, a text, another text and tests")
        for test in mutant.tests:
            if test.split("/")[0] in SNAPSHOTS:
                stop(f"line {mutant.line}: {test} compares with what was stored: it is no test of a mutant")
    return mutants


def source(edit):
    found = [path for path in (ROOT / "Sources").rglob(edit.file.split("/")[-1]) if f"/{path}".endswith("/" + edit.file)]
    if len(found) != 1:
        stop(f"line {edit.line}: {len(found)} files below Sources are called {edit.file}; the folder before it tells two apart")
    return found[0]


def place(edit, whole):
    """The position of the text in its file."""
    around = edit.around or edit.text
    if whole.count(around) != 1 or around.count(edit.text) != 1:
        stop(f"line {edit.line}: '{around}' is {whole.count(around)} times in {edit.file}, not once: 'in:' gives what is around it")
    start = whole.index(around) + around.index(edit.text)
    return start, start + len(edit.text)


def switch(choices, text):
    """The expression that selects a mutant at run time. Several mutants may replace the same text."""
    number, other = choices[0]
    if not other:
        return f"if !mutant({number}) {{ {text} }}"
    for number, other in choices:
        text = f"(mutant({number}) ? ({other}) : ({text}))"
    return text


def mutate(mutants):
    """Returns the text of each file that has mutants, with all its mutants."""
    wholes, choices = {}, {}
    for mutant in mutants:
        for edit in mutant.edits:
            path = source(edit)
            whole = wholes.setdefault(path, path.read_text())
            choices.setdefault(path, {}).setdefault(place(edit, whole), []).append((mutant.number, edit.other))
    done = {}
    for path, whole in wholes.items():
        places = sorted(choices[path])
        for one, other in zip(places, places[1:]):
            if other[0] < one[1]:
                stop(f"'{whole[slice(*one)]}' and '{whole[slice(*other)]}' overlap in {path.name}")
        for start, end in reversed(places):
            whole = whole[:start] + switch(choices[path][start, end], whole[start:end]) + whole[end:]
        done[path.relative_to(ROOT)] = whole
    return done


def write(path, content, mode=None):
    """Writes a file only if it has changed, so that only changed files are built again."""
    if not path.is_file() or path.read_bytes() != content:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    if mode is not None:
        path.chmod(mode)


def copy(mutants):
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"], cwd=ROOT, check=True, capture_output=True)
    names = {pathlib.Path(name) for name in listed.stdout.decode().split("\0") if name and (ROOT / name).is_file()}
    texts = mutate(mutants)
    targets = {path.relative_to(ROOT).parts[1] for path in (ROOT / "Sources").rglob("*.swift")}
    switches = {pathlib.Path("Sources", target, "MutantSwitch.swift") for target in targets}
    for name in names - switches:
        write(COPY / name, texts[name].encode() if name in texts else (ROOT / name).read_bytes(), (ROOT / name).stat().st_mode)
    for name in switches:
        write(COPY / name, SWITCH.encode())
    for path in COPY.rglob("*"):
        if path.is_file() and ".build" not in path.parts[len(COPY.parts):] and path.relative_to(COPY) not in names | switches:
            path.unlink()
    # Some suites look for drawings next to the project.
    shared, link = ROOT.parent / "shared", SCRATCH / "shared"
    if shared.is_dir() and not link.is_symlink():
        link.symlink_to(shared)


def build():
    built = subprocess.run(["swift", "build", "--build-tests"], cwd=COPY, capture_output=True, text=True)
    if built.returncode:
        print(*[line for line in (built.stdout + built.stderr).splitlines() if "error" in line][:40], sep="\n")
        sys.exit("the mutants do not build: a text and its other have to be expressions of one type")
    return next((COPY / ".build/debug").glob("*.xctest"))


class Run:
    """A run of test suites, with one mutant or none."""

    def __init__(self, binary, number, tests, goes_on=False):
        self.failure, self.passed = None, set()
        words = [binary, "--testing-library", "swift-testing", "--filter", "[./](" + "|".join(tests) + r")(/|\(|$)"]
        temporary = SCRATCH / f"run-{number}"
        shutil.rmtree(temporary, ignore_errors=True)
        temporary.mkdir(parents=True)
        # A crashed test must end, not start a debugger.
        environment = dict(os.environ, MUTANT=str(number), TMPDIR=str(temporary), SWIFT_BACKTRACE="enable=no", NO_COLOR="1")
        process = subprocess.Popen(
            words, cwd=COPY, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, errors="replace",
            start_new_session=True)
        seconds = SECONDS * (10 if goes_on else 1)
        timer = threading.Timer(seconds, self.end, (process, f"no end within {seconds} s"))
        timer.start()
        self.log = []
        for line in process.stdout:
            self.log.append(line)
            if named := re.match(r"\S+ +(?:Suite|Test) \"?(\w+).* passed after", line):
                self.passed.add(named[1])
            if re.match(r"\S+ +(Test|Suite) .*(recorded an issue|failed after)", line):
                self.failure = self.failure or line.strip()
                if not goes_on:
                    break
        if not self.failure or goes_on:
            code = process.wait()
            self.failure = self.failure or (f"the tests ended with {code}" if code else None)
        timer.cancel()
        # Kills the child processes, too.
        self.end(process, self.failure)
        process.wait()
        shutil.rmtree(temporary, ignore_errors=True)

    def end(self, process, why):
        self.failure = self.failure or why
        try:
            os.killpg(process.pid, signal.SIGKILL)
        except ProcessLookupError:
            pass


def baseline(binary, mutants):
    """Checks that without a mutant all tests pass, and that every named suite exists."""
    tests = sorted({test for mutant in mutants for test in mutant.tests})
    run = Run(binary, 0, tests, goes_on=True)
    if run.failure:
        print(*[line for line in run.log if "recorded an issue" in line] or run.log[-20:], sep="")
        sys.exit("without a mutant a test fails: " + run.failure)
    for test in tests:
        if test.split("/")[-1].removesuffix("()") not in run.passed:
            stop(f"there is no test {test}")


def main():
    mutants = read()
    wanted = {int(word) for word in sys.argv[1:] if word.isdigit()}
    start = time.monotonic()
    copy(mutants)
    binary = build()
    chosen = [mutant for mutant in mutants if not wanted or mutant.number in wanted]
    baseline(binary, chosen)
    print(f"built and tried without a mutant in {time.monotonic() - start:.0f} s", flush=True)
    missed = []
    with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
        runs = pool.map(lambda mutant: (mutant, Run(binary, mutant.number, mutant.tests)), chosen)
        for mutant, run in runs:
            print(f"{mutant}\n   " + (run.failure or f"NOT NOTICED by {' '.join(mutant.tests)}"), flush=True)
            if not run.failure:
                missed.append(mutant)
    print(f"\n{len(chosen) - len(missed)} of {len(chosen)} mutants noticed in {time.monotonic() - start:.0f} s")
    for mutant in missed:
        print(f"not noticed: {mutant}")
    sys.exit(100 * len(missed) > (100 - LEAST) * len(chosen))


main()
