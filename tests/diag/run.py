#!/usr/bin/env python3
"""Runs the diagnostic tests; README.md beside it says how they read.

    run.py [--update] [FILE...]      default: tests/diag/*.*, tests/diag/arch/*.*, codegen/explain/EC*.*

Files with the same command line go through one `arm64ecd check --format=json`. A finding
without an expectation fails, and an expectation without a finding. An example of the
catalogue must bring its own code; where it says no more, every finding must be that code.
"""

import argparse
import json
import os
import re
import shlex
import subprocess
import sys
from collections import defaultdict
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
import versions  # noqa: E402

ROOT = Path(__file__).resolve().parents[2]
SERVER = (ROOT / os.environ.get("OUT", "out") / "arm64ecd").resolve()
PATIENCE_S = 120
SUFFIXES = {".c", ".cpp", ".cc", ".h", ".hpp", ".rs", ".s", ".S", ".asm", ".ll"}
DEFAULT_FLAGS = "clang --target=arm64ec-pc-windows-msvc"

EXPECTATION = re.compile(
    r"expect-(error|warning|info|hint|note)(?:\[(!?\w+)\])?(@[+-]?\d+)?"
    r"(?:[ \t]+(EC\d+|clang|-W[\w+=#-]+))?(?:[ \t]*\{\{(.*?)\}\})?"
)
COMMENT = re.compile(r"[ \t]*(?://|;)[ \t]*expect-(?:error|warning|info|hint|note)[^\n]*")
CARETS = re.compile(r"[ \t]*(?://|;)[ \t]*(\^+)[ \t]*$|[ \t]*(\^+)[ \t]*$")
HEAD = re.compile(r"(?://|;)[ \t]*(flags|builder|needs|expect-nothing)\b:?[ \t]*(.*)")
HEAD_LINES = 12


@dataclass
class Expected:
    written: int  # the line it stands on
    line: int  # the line it speaks of
    severity: str
    code: object  # None: clang's own, without a code
    text: str
    span: tuple  # of the comment in its line
    row: str  # of the version table, which it hangs on
    is_met: bool = False

    def fits(self, found):
        return (
            self.line == found["line"]
            and self.severity == found["severity"]
            and (self.severity == "note" or self.code == found["code"])
            and self.text in found["message"]
        )

    def __str__(self):
        code = f" {self.code}" if self.code else ""
        return f"expect-{self.severity}{code} {{{{{self.text}}}}}"


@dataclass
class Test:
    path: str  # relative to the top folder
    flags: str = DEFAULT_FLAGS
    builder: str = ""
    skip: str = ""
    expects_nothing: bool = False
    lines: list = field(default_factory=list)
    expected: list = field(default_factory=list)
    carets: list = field(default_factory=list)  # (written, line, first column, end column)
    own_code: object = None  # of an example of the catalogue
    faults: list = field(default_factory=list)
    left_out: list = field(default_factory=list)  # expectations of other versions

    def fault(self, line, text):
        self.faults.append(f"{self.path}:{line}: {text}")


def read(path):
    test = Test(path.relative_to(ROOT).as_posix() if path.is_relative_to(ROOT) else str(path))
    test.lines = path.read_bytes().decode("utf-8", "surrogateescape").split("\n")
    if path.parent.name == "explain":
        test.own_code = path.name.split(".")[0]
    for line in test.lines[:HEAD_LINES]:
        if match := HEAD.match(line):
            key, value = match.group(1), match.group(2).strip()
            if key == "expect-nothing":
                test.expects_nothing = True
            elif key == "needs":
                test.skip = "" if versions.has(value) else versions.why(value)
            else:
                setattr(test, key, value)
    code_line = 0
    for number, line in enumerate(test.lines, 1):
        pin = CARETS.match(line)
        if pin:
            group = 1 if pin.group(1) else 2
            first, end = (len(line[:at].encode("utf-8", "surrogateescape")) + 1 for at in pin.span(group))
            test.carets.append((number, code_line, first, end))
        elif not re.match(r"[ \t]*(?://|;)[ \t]*expect-", line):
            code_line = number
        test.expected += expectations(line, number)
    if not test.expected and not test.expects_nothing and not test.own_code:
        test.fault(1, "expects nothing and does not say '// expect-nothing'")
    if test.expected and test.expects_nothing:
        test.fault(1, "'// expect-nothing', and yet expectations")
    test.left_out = [e for e in test.expected if e.row and not versions.has(e.row)]
    test.expected = [e for e in test.expected if e not in test.left_out]
    return test


def expectations(line, number):
    for match in EXPECTATION.finditer(line):
        severity, row, at, code, text = match.groups()
        target = number
        if at:
            target = number + int(at[1:]) if at[1] in "+-" else int(at[1:])
        yield Expected(number, target, severity, None if code == "clang" else code, text or "",
                       match.span(), row or "")  # fmt: skip


# --- running ---


def check(flags, builder, paths):
    """The findings of `arm64ecd check`, and a sentence if it could not do its work."""
    argv = [str(SERVER), "check", "--format=json", "--headers=builtin", "-v"]
    argv += [f"--builder={builder}"] if builder else []
    argv += [*paths, "--", *shlex.split(flags)]
    try:
        done = subprocess.run(
            argv, cwd=ROOT, stdin=subprocess.DEVNULL, capture_output=True, timeout=PATIENCE_S)
    except subprocess.TimeoutExpired:
        return [], f"no answer within {PATIENCE_S} s: {shlex.join(argv)}"
    if done.returncode not in (0, 1):
        said = done.stderr.decode("utf-8", "replace").strip()[-1500:]
        return [], f"exit status {done.returncode} of {shlex.join(argv)}: {said}"
    try:
        answer = json.loads(done.stdout)
    except ValueError as error:
        return [], f"no JSON from {shlex.join(argv)}: {error}"
    return answer["findings"], None


def flat(finding):
    """A finding and its related places, in the words of the expectations."""
    start, end = finding["range"]["start"], finding["range"]["end"]
    yield {
        "file": finding["file"], "severity": finding["severity"], "code": finding["code"],
        "message": finding["message"], "line": start["line"], "folded": finding.get("folded", False),
        "columns": (start["column"], end["column"] if end["line"] == start["line"] else None),
    }  # fmt: skip
    for place in finding.get("related") or []:
        yield {
            "file": place["file"], "severity": "note", "code": None,
            "message": place["message"], "line": place["range"]["start"]["line"],
            "columns": (0, 0), "folded": False,
        }  # fmt: skip


def compare(test, findings):
    """Notes and folded errors that nobody expects are fine: they belong to a finding that was."""
    unexpected = []
    for found in findings:
        match = next((e for e in test.expected if not e.is_met and e.fits(found)), None)
        if match:
            match.is_met = True
        elif found["severity"] != "note" and not found["folded"] and not is_own(test, found):
            unexpected.append(found)
    for found in unexpected:
        test.fault(found["line"], f"unexpected {found['severity']} {found['code'] or 'clang'}: "
                   f"{found['message']}")  # fmt: skip
    for expected in test.expected:
        if not expected.is_met:
            test.fault(expected.written, f"missing on line {expected.line}: {expected}")
    for written, line, first, end in test.carets:
        columns = [f["columns"] for f in findings if f["line"] == line and f["severity"] != "note"]
        if (first, end) not in columns:
            test.fault(written, f"no finding on line {line} has columns {first}-{end}; found "
                       + (", ".join(f"{a}-{b}" for a, b in columns) or "none"))  # fmt: skip
    if test.own_code and all(found["code"] != test.own_code for found in findings):
        test.fault(1, f"the example of {test.own_code} does not bring {test.own_code}")
    return unexpected


def is_own(test, found):
    return not test.expected and not test.expects_nothing and found["code"] == test.own_code


def homeless(answers):
    """A finding in a file that is no test of the group fails the group's first test."""
    paths = {test.path for test, _, _ in answers}
    seen = set()
    for test, findings, _ in answers:
        for finding in findings:
            place = os.path.normpath(finding["file"])
            key = (place, finding["message"], finding["range"]["start"]["line"])
            if place not in paths and key not in seen:
                seen.add(key)
                test.fault(1, f"unexpected in {place}:{key[2]}: {finding['code']}: {key[1]}")


def run(tests):
    """Fills in the faults; test -> findings nobody expected."""
    groups = defaultdict(list)
    for test in tests:
        groups[test.flags, test.builder].append(test)

    def run_group(item):
        (flags, builder), members = item
        findings, problem = check(flags, builder, [test.path for test in members])
        if problem and len(members) > 1:  # one that spoils all: find out which
            return [(test, *check(flags, builder, [test.path])) for test in members]
        return [(test, findings, problem) for test in members]

    unexpected = {}
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        for answers in pool.map(run_group, groups.items()):
            for test, findings, problem in answers:
                if problem:
                    test.fault(1, problem)
                    continue
                places = [place for finding in findings for place in flat(finding)]
                own = [p for p in places if os.path.normpath(p["file"]) == test.path]
                unexpected[test.path] = compare(test, own)
            homeless(answers)
    return unexpected


# --- update ---


def update(test, unexpected):
    """Takes unmet expectations out and writes a comment for each unexpected finding."""
    if test.skip:
        return 0
    changes = 0
    for number in range(len(test.lines), 0, -1):
        here = [e for e in test.expected if e.written == number]
        if here and not all(e.is_met for e in here):
            line = test.lines[number - 1]
            kept = "; ".join(line[slice(*e.span)] for e in here if e.is_met)
            test.lines[number - 1] = COMMENT.sub(f" // {kept}" if kept else "", line).rstrip()
            changes += 1
    for found in unexpected:
        if test.own_code:
            continue
        code = found["code"] or "clang"
        line = test.lines[found["line"] - 1]
        joint = " " if COMMENT.search(line) else " // "
        test.lines[found["line"] - 1] = (
            f"{line.rstrip()}{joint}expect-{found['severity']} {code} {{{{{found['message']}}}}}")
        changes += 1
    if changes:
        text = "\n".join(test.lines)
        (ROOT / test.path).write_bytes(text.encode("utf-8", "surrogateescape"))
    return changes


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("files", nargs="*", type=lambda name: Path(name).resolve())
    parser.add_argument("--update", action="store_true")
    arguments = parser.parse_args()
    if not SERVER.is_file():
        print(f"diag: {SERVER} is not built\n0 passed, 1 failed, 0 skipped")
        return 1
    files = arguments.files or sorted(
        file
        for pattern in ("tests/diag/*", "tests/diag/arch/*", "tests/diag/rust/*", "codegen/explain/EC*")
        for file in ROOT.glob(pattern)
        if file.suffix in SUFFIXES
    )
    tests = [read(file) for file in files]
    unexpected = run([test for test in tests if not test.skip])
    if arguments.update:
        changes = sum(update(test, unexpected.get(test.path, [])) for test in tests)
        print(f"{changes} expectations rewritten in {len(tests)} files")
        return 0
    for test in tests:
        for fault in test.faults:
            print(f"FAIL  {fault}")
        if test.skip:
            print(f"SKIP  {test.path}: {test.skip}")
    skipped = sum(bool(test.skip) for test in tests)
    lost = [(test, e) for test in tests for e in test.left_out
            if not e.row.startswith("!") and all(o.row != "!" + e.row for o in test.expected)]
    for test, expected in lost:
        print(f"SKIP  {test.path}:{expected.written}: {expected}: {versions.why(expected.row)}")
    failed = sum(bool(test.faults) for test in tests)
    passed = len(tests) - failed - skipped
    print(f"{passed} passed, {failed} failed, {skipped + len(lost)} skipped")
    return 1 if failed or not passed else 0


if __name__ == "__main__":
    sys.exit(main())
