#!/usr/bin/env python3
"""Are the fixes of EC3xx findings right? README.md beside it.

    fixes.py                 every unit of roots.tsv that clang can compile
    fixes.py --package NAME  units of these packages

All fixes of a unit's findings go into a copy of its package, and again until there are none. Then
x64 and AArch64 must have as many errors as before, Arm64EC no more than they have, and no line
may have changed but those that are told.
"""

import argparse
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections import Counter
from concurrent.futures import ProcessPoolExecutor
from functools import lru_cache
from pathlib import Path

from judge import units_of, usable
from table import (MOVED, OUT, PATIENCE_S, ROOT, Unfetched, check, lines_of,
                   package_folder, rows, unit_file, unit_flags)  # fmt: skip
from thunks import headers  # of tests/oracle

CLANG = shutil.which("clang-22")
JOBS = max(1, (os.cpu_count() or 2))
ENVIRONMENTS = {"clang": "pc-windows-msvc", "mingw": "w64-mingw32"}
TARGETS = ("x86_64", "aarch64", "arm64ec")
OWN = ROOT / "codegen/include"
ROUNDS_MAX = 3  # one fix may let Arm64EC into the next branch, which has a fault of its own
SOLVED_MIN = 0.85  # of the units that only Arm64EC cannot compile
DIRECTIVE = re.compile(r"\s*#\s*(if|ifdef|ifndef|elif|elifdef|elifndef)\b")


def system_headers(unit, target):
    """For Arm64EC our own declarations, for the others wine's and mingw-w64's: nobody's headers
    are right for all three."""
    if target == "arm64ec":
        return headers("gnu" if unit.builder == "mingw" else "msvc")
    folders = [Path(resource_folder()) / "include"]
    if unit.builder == "mingw":
        folders.append(package_folder("mingw-w64-common") / "usr/share/mingw-w64/include")
    else:
        wine = package_folder("libwine-dev") / "usr/include/wine/wine"
        folders += [wine / "msvcrt", wine / "windows"]
    return [word for folder in folders for word in ("-isystem", str(folder))]


@lru_cache(maxsize=None)
def resource_folder():
    done = subprocess.run([CLANG, "-print-resource-dir"], capture_output=True, text=True, check=True)
    return done.stdout.strip()


def errors(unit, target):
    """How many errors clang has outside of our declarations and libc++, or None: it takes too
    long."""
    command = [CLANG, f"--target={target}-{ENVIRONMENTS[unit.builder]}", "-fsyntax-only",
               "-ferror-limit=0", "-Wno-everything", "-fno-caret-diagnostics",
               *unit_flags(unit), *system_headers(unit, target)]  # fmt: skip
    try:
        done = subprocess.run([*command, str(unit_file(unit))], capture_output=True, text=True,
                              errors="replace", timeout=PATIENCE_S, check=False)  # fmt: skip
    except subprocess.TimeoutExpired:
        return None
    found = re.findall(r"^(.*?):\d+:\d+: (?:fatal )?error: ", done.stderr, re.MULTILINE)
    return sum("/c++/v1/" not in path and str(OWN) not in path for path in found)


def fixes_by_file(unit):
    """{file: [finding whose fix is in it]}, as far as the package has the file."""
    folder, out = package_folder(unit.package).resolve(), {}
    for finding in check(unit) or []:
        for file in {Path(edit["file"]).resolve() for fix in finding.fixes[:1]
                     for edit in fix["edits"]}:  # fmt: skip
            if folder in file.parents:
                out.setdefault(file, []).append(finding)
    return out


def offset(lines, place):
    return sum(len(line) for line in lines[: place["line"] - 1]) + place["column"] - 1


def edits_in(file, findings):
    return [edit for finding in findings for edit in finding.fixes[0]["edits"]
            if Path(edit["file"]).resolve() == file]  # fmt: skip


def apply(file, findings):
    """The text with the first fix of each finding."""
    data = file.read_bytes()
    lines = data.splitlines(keepends=True)
    edits = {}
    for edit in edits_in(file, findings):
        span = edit["range"]
        edits[offset(lines, span["start"]), offset(lines, span["end"])] = edit["text"]
    for (start, end), text in sorted(edits.items(), reverse=True):
        data = data[:start] + text.encode() + data[end:]
    return data


def logical(lines, line):
    """The lines of a directive with its continuations."""
    last = line
    while last < len(lines) and lines[last - 1].rstrip("\r").endswith("\\"):
        last += 1
    return set(range(line, last + 1))


def first_line(lines, line):
    """Where the directive begins that a line continues."""
    while line > 1 and lines[line - 2].rstrip("\r").endswith("\\"):
        line -= 1
    return line


def strange_changes(file, fixed, findings):
    """Lines that changed though nothing was told of them: they and their directive."""
    before, after = (text.decode(errors="replace").split("\n")
                     for text in (file.read_bytes(), fixed))  # fmt: skip
    told = set()
    for finding in findings:
        if finding.place.file == file:
            told |= logical(before, finding.place.line)
    for edit in edits_in(file, findings):
        line = first_line(before, edit["range"]["start"]["line"])
        if DIRECTIVE.match(before[line - 1]):
            told |= logical(before, line)
    if len(before) != len(after):
        return [f"{len(after) - len(before)} lines more"]
    return [str(n) for n, (a, b) in enumerate(zip(before, after), 1) if a != b and n not in told]


class Result:
    def __init__(self, unit, before=None, after=None, faults=(), n_fixes=0):
        self.unit, self.before, self.after = unit, before, after
        self.faults, self.n_fixes = list(faults), n_fixes

    def fails_only_on_arm64ec(self):
        return self.before[2] > max(self.before[:2])

    def is_solved(self):
        return self.after[2] <= max(self.before[:2])


def moved(unit, folder):
    """The unit in a copy of its package, made of hard links: files are replaced, not written."""
    copy = Path(folder) / "package"
    subprocess.run(["cp", "-al", str(package_folder(unit.package)), str(copy)], check=True)
    MOVED[unit.package] = copy.resolve()


def fix_round(unit):
    """Applies what the findings offer: (how many fixes, faults)."""
    n_fixes, faults = 0, []
    for file, findings in fixes_by_file(unit).items():
        fixed = apply(file, findings)
        faults += [f"{file.name}:{n} changed, too"
                   for n in strange_changes(file, fixed, findings)]  # fmt: skip
        scratch = file.with_suffix(".fixed")
        scratch.write_bytes(fixed)
        scratch.rename(file)
        n_fixes += len(findings)
    lines_of.cache_clear()
    return n_fixes, faults


def try_unit(unit):
    before = [errors(unit, target) for target in TARGETS]
    with tempfile.TemporaryDirectory(dir=OUT) as folder:
        moved(unit, folder)
        try:
            n_fixes, faults = 0, []
            for _ in range(ROUNDS_MAX):
                n_more, more_faults = fix_round(unit)
                n_fixes, faults = n_fixes + n_more, faults + more_faults
                if not n_more:
                    break
            after = [errors(unit, target) for target in TARGETS]
        finally:
            del MOVED[unit.package]
    if None in before + after or not n_fixes:
        return Result(unit)
    for k, target in enumerate(TARGETS[:2]):
        if before[k] != after[k]:
            faults.append(f"{target}: {before[k]} errors became {after[k]}")
    return Result(unit, before, after, faults, n_fixes)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--package", nargs="*", default=[])
    options = parser.parse_args()
    if not CLANG:
        print("SKIP  clang-22 is not here\n0 passed, 0 failed, 1 skipped")
        return 0
    table = [row for row in rows() if row.expect == "root"
             and (not options.package or row.package in options.package)]  # fmt: skip
    skipped, stale = Counter(), []
    units = [unit for unit in units_of(usable(table, skipped, stale))
             if unit.builder in ENVIRONMENTS]  # fmt: skip
    try:
        for package in ("mingw-w64-common", "libwine-dev"):
            package_folder(package)
    except Unfetched as error:
        print(f"SKIP  {error}\n0 passed, 0 failed, {len(units)} skipped")
        return 0
    good = bad = without = failing = solved = 0
    with ProcessPoolExecutor(JOBS) as pool:
        for result in pool.map(try_unit, units):
            unit = result.unit
            if result.before is None:
                without += 1
                continue
            name = f"{unit.package} {unit.unit[:60]} [{unit.builder}]"
            counts = " ".join(f"{b}->{a}" for b, a in zip(result.before, result.after))
            good, bad = good + (not result.faults), bad + bool(result.faults)
            state = "same"
            if result.fails_only_on_arm64ec():
                failing += 1
                solved += result.is_solved()
                state = "solved" if result.is_solved() else "NOT SOLVED"
            print(f"{'FAIL  ' if result.faults else ''}{name}: {result.n_fixes} fixes,"
                  f" {counts}, {state}{''.join('; ' + f for f in result.faults)}", flush=True)
    share = solved / failing if failing else 0.0
    print(f"{without} units have no finding with a fix; Arm64EC compiles again in"
          f" {solved} of {failing}: {share:.2f}")  # fmt: skip
    if share < SOLVED_MIN:
        print(f"FAIL  fewer than {SOLVED_MIN}")
        bad += 1
    print(f"{good} passed, {bad} failed, {sum(skipped.values())} skipped")
    return 1 if bad or not good else 0


if __name__ == "__main__":
    sys.exit(main())
