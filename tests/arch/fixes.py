#!/usr/bin/env python3
"""Are the fixes of EC3xx findings right? README.md beside it.

    fixes.py                 every unit of roots.tsv that clang can compile
    fixes.py --package NAME  units of these packages

All fixes of a unit's findings go into copies, which clang sees through an overlay. Then x64 and
AArch64 must have as many errors as before, Arm64EC no more than they have, and no line may have
changed but those that are told.
"""

import argparse
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from judge import units_of, usable
from table import (PATIENCE_S, Unfetched, Unit, check, lines_of, package_folder, rows, unit_file,
                   unit_flags)  # fmt: skip

CLANG = shutil.which("clang-22")
JOBS = max(1, (os.cpu_count() or 2))
ENVIRONMENTS = {"clang": "pc-windows-msvc", "mingw": "w64-mingw32"}
TARGETS = ("x86_64", "aarch64", "arm64ec")
SOLVED_MIN = 0.85  # of the units that only Arm64EC cannot compile
DIRECTIVE = re.compile(r"\s*#\s*(if|ifdef|ifndef|elif|elifdef|elifndef)\b")


def system_headers(builder):
    """Headers that are right for all three targets: clang's, then those of wine or mingw-w64."""
    done = subprocess.run([CLANG, "-print-resource-dir"], capture_output=True, text=True, check=True)
    folders = [Path(done.stdout.strip()) / "include"]
    if builder == "mingw":
        folders.append(package_folder("mingw-w64-common") / "usr/share/mingw-w64/include")
    else:
        wine = package_folder("libwine-dev") / "usr/include/wine/wine"
        folders += [wine / "msvcrt", wine / "windows"]
    return [word for folder in folders for word in ("-isystem", str(folder))]


def errors(unit, target, overlay=None):
    """How many errors clang has, or None: it takes too long."""
    command = [CLANG, f"--target={target}-{ENVIRONMENTS[unit.builder]}", "-fsyntax-only",
               "-ferror-limit=0", "-Wno-everything", "-fno-caret-diagnostics",
               *unit_flags(unit), *system_headers(unit.builder)]  # fmt: skip
    if overlay:
        command += ["-ivfsoverlay", str(overlay)]
    try:
        done = subprocess.run([*command, str(unit_file(unit))], capture_output=True, text=True,
                              errors="replace", timeout=PATIENCE_S, check=False)  # fmt: skip
    except subprocess.TimeoutExpired:
        return None
    return len(re.findall(r": (?:fatal )?error: ", done.stderr))


def fixes_by_file(unit):
    """{file: [finding with a fix]}: a header's fixes come when it is the document."""
    found = check(unit) or []
    folder = package_folder(unit.package).resolve()
    files = {f.place.file for f in found if folder in f.place.file.parents}
    document = unit_file(unit).resolve()
    out = {}
    for file in sorted(files):
        lines = {f.place.line for f in found if f.place.file == file}
        inside = found
        if file != document:
            inside = check(Unit(unit.package, str(file.relative_to(folder)), unit.flags,
                                unit.builder)) or []  # fmt: skip
        fixed = [f for f in inside if f.fixes and f.place.file == file and f.place.line in lines]
        if fixed:
            out[file] = fixed
    return out


def offset(lines, place):
    return sum(len(line) for line in lines[: place["line"] - 1]) + place["column"] - 1


def apply(data, findings):
    """The text with the first fix of each finding."""
    lines = data.splitlines(keepends=True)
    edits = {}
    for finding in findings:
        for edit in finding.fixes[0]["edits"]:
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


def strange_changes(file, fixed, findings):
    """Lines that changed though nothing was told of them: they and their directive."""
    before, after = lines_of(file), fixed.decode(errors="replace").split("\n")
    told = set()
    for finding in findings:
        told |= logical(before, finding.place.line)
        for edit in finding.fixes[0]["edits"]:
            line = edit["range"]["start"]["line"]
            if DIRECTIVE.match(before[line - 1]):
                told |= logical(before, line)
    if len(before) != len(after):
        return [f"{len(after) - len(before)} lines more"]
    return [str(n) for n, (a, b) in enumerate(zip(before, after), 1) if a != b and n not in told]


def write_overlay(folder, texts):
    roots = []
    for number, (file, text) in enumerate(texts.items()):
        copy = folder / f"{number}{file.suffix}"
        copy.write_bytes(text)
        roots.append({"type": "file", "name": str(file), "external-contents": str(copy)})
    overlay = folder / "overlay.json"
    overlay.write_text(json.dumps({"version": 0, "use-external-names": False, "roots": roots}))
    return overlay


class Result:
    def __init__(self, unit, before=None, after=None, faults=(), n_fixes=0):
        self.unit, self.before, self.after = unit, before, after
        self.faults, self.n_fixes = list(faults), n_fixes

    def fails_only_on_arm64ec(self):
        return self.before[2] > max(self.before[:2])

    def is_solved(self):
        return self.after[2] <= max(self.before[:2])


def try_unit(unit):
    found = fixes_by_file(unit)
    if not found:
        return Result(unit)
    before = [errors(unit, target) for target in TARGETS]
    if None in before:
        return Result(unit)
    faults, texts = [], {}
    for file, findings in found.items():
        texts[file] = apply(file.read_bytes(), findings)
        faults += [f"{file.name}:{n} changed, too"
                   for n in strange_changes(file, texts[file], findings)]  # fmt: skip
    with tempfile.TemporaryDirectory() as folder:
        overlay = write_overlay(Path(folder), texts)
        after = [errors(unit, target, overlay) for target in TARGETS]
    if None in after:
        return Result(unit)
    for k, target in enumerate(TARGETS[:2]):
        if before[k] != after[k]:
            faults.append(f"{target}: {before[k]} errors became {after[k]}")
    if after[2] > before[2]:
        faults.append(f"arm64ec: {before[2]} errors became {after[2]}")
    return Result(unit, before, after, faults, sum(map(len, found.values())))


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
        for builder in ENVIRONMENTS:
            system_headers(builder)
    except Unfetched as error:
        print(f"SKIP  {error}\n0 passed, 0 failed, {len(units)} skipped")
        return 0
    good = bad = without = failing = solved = 0
    with ThreadPoolExecutor(JOBS) as pool:
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
