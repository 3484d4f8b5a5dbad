#!/usr/bin/env python3
"""Does the live analysis say what clang emits, and the full stage at each level of
optimisation? README.md beside it.

    run.py [FILE...]      default: inputs/*.c, in both environments

Compares {(entry|exit, symbol, thunk)} of `arm64ecd thunks` with the hybrid map of the
object that `clang -O0 -c` makes of the same file; the full stage's with that of `-O0`,
`-O2` and `-Os`; and the thunks of calls through pointers, which stand in no map, live with
what the full stage reads from the object of `-O0`.
"""

import argparse
import os
import re
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE.parent), str(HERE.parent / "oracle")]
import versions  # noqa: E402
from thunks import (  # noqa: E402
    TRIPLES, Refused, Silent, answer, differences, said, through_pointers, wanted,
)  # fmt: skip


LEVELS = [None, "-O0", "-O2", "-Os"]  # None: live
POINTERS = "calls through pointers"


def compare(file, flags, environment, level):
    name = f"{file.name} [{environment}, {level or 'live'}]"
    try:
        if level == POINTERS:
            want = through_pointers(file, flags, environment, "-O0")
            have = through_pointers(file, flags, environment)
        else:
            want = wanted(file, flags, environment, level or "-O0")
            have = said(file, flags, environment, level)
        if not level and head(file, "places"):
            once(file, flags, environment)
    except (Refused, Silent, ValueError, subprocess.TimeoutExpired) as error:
        print(f"FAIL  {name}: {error}")
        return False
    if want == have and (want or level == POINTERS):
        return True
    print(f"FAIL  {name}: {len(want & have)} of {len(want | have)} equal")
    print(*differences(want, have), sep="\n")
    return False


def once(file, flags, environment):
    """No place stands twice with one thunk. (Calls out of one macro share theirs.)"""
    for function in answer(file, flags, environment)["functions"]:
        for thunk in function["thunks"]:
            places = [str(place) for place in thunk.get("at", [])]
            if len(places) != len(set(places)):
                raise ValueError(f"{thunk['kind']} {function['name']}: a place stands twice")


def head(file, word):
    m = re.search(rf"^// {word}: (.*)$", file.read_text()[:400], re.M)
    return m[1].split() if m else []


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("files", nargs="*", type=Path)
    options = parser.parse_args()
    jobs = []
    files = options.files or sorted(HERE.glob("inputs/*.c"))
    left_out = {file: row for file in files for row in head(file, "needs") if not versions.has(row)}
    for file, row in left_out.items():
        print(f"SKIP  {file.name}: {versions.why(row)}")
    for file in files:
        if file in left_out:
            continue
        for environment in head(file, "only") or TRIPLES:
            for level in [*LEVELS, POINTERS]:
                jobs.append((file.resolve(), head(file, "flags"), environment, level))
    with ThreadPoolExecutor(os.cpu_count() or 2) as pool:
        results = list(pool.map(lambda job: compare(*job), jobs))
    failed = results.count(False)
    print(f"{results.count(True)} passed, {failed} failed, {len(left_out)} skipped")
    return 1 if failed or not results else 0


if __name__ == "__main__":
    sys.exit(main())
