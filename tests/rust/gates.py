#!/usr/bin/env python3
"""Conditions of real crates against gates.tsv, which was judged by reading them.

    gates.py [-v]      -v: names what differs

A condition counts as told if a finding or a note stands at it, or a fix edits it. Crates are
Debian 12's packages, fetched into out/corpora/rust; without a network it is left out.
"""

import json
import os
import subprocess
import sys
from collections import Counter, defaultdict
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]
OUT = ROOT / os.environ.get("OUT", "out")
CRATES = ROOT / "out/corpora/rust"
REGISTRY = CRATES / "usr/share/cargo/registry"
PRECISION_MIN, RECALL_MIN = 0.97, 0.95
PATIENCE_S = 900


def rows():
    for line in (HERE / "gates.tsv").read_text().split("\n"):
        if line and not line.startswith("#"):
            file, number, expected, _ = line.split("\t")
            yield file, int(number), expected


def package_of(folder):
    """ahash-0.7.6 -> librust-ahash-dev; Debian writes '-' for '_'."""
    return f"librust-{folder.rsplit('-', 1)[0].replace('_', '-').lower()}-dev"


def fetch(folders):
    """False: some crate is not there and cannot be had."""
    wanted = [folder for folder in folders if not (REGISTRY / folder).is_dir()]
    if not wanted:
        return True
    CRATES.mkdir(parents=True, exist_ok=True)
    for folder in wanted:
        done = subprocess.run(["apt-get", "download", package_of(folder)], cwd=CRATES, capture_output=True)
        for package in CRATES.glob("*.deb"):
            subprocess.run(["dpkg-deb", "-x", package, CRATES], check=True)
            package.unlink()
        if done.returncode or not (REGISTRY / folder).is_dir():
            print(f"SKIP  gates: {package_of(folder)} with {folder} cannot be had")
            return False
    return True


def told(files):
    """(file, line) of findings and notes; lines that fixes edit, by file."""
    places, edits = set(), defaultdict(set)
    done = subprocess.run([OUT / "arm64ecd", "check", "--no-cache", "--format=json", *files],
                          cwd=REGISTRY, capture_output=True, text=True, timeout=PATIENCE_S)
    for finding in json.loads(done.stdout)["findings"]:
        if finding["code"] not in ("EC401", "EC402"):
            continue
        for place in [finding, *finding["related"]]:
            places.add((place["file"], place["range"]["start"]["line"]))
        for fix in finding["fixes"]:
            for edit in fix["edits"]:
                edits[edit["file"]].add(edit["range"]["start"]["line"])
    return places, edits


def end_of_condition(lines, number):
    """The line behind the one where the attribute or the arm that starts here ends."""
    last = number - 1
    while last < len(lines) - 1 and last < number + 10 and not (")]" in lines[last] or "{" in lines[last]):
        last += 1
    return last + 1


def main():
    table = list(rows())
    if not fetch(sorted({file.split("/")[0] for file, _, _ in table})):
        print("0 passed, 0 failed, 1 skipped")
        return 0
    places, edits = told(sorted({file for file, _, _ in table}))
    counts = Counter()
    for file, number, expected in table:
        lines = (REGISTRY / file).read_text(errors="replace").split("\n")
        span = range(number, end_of_condition(lines, number) + 1)
        is_told = (file, number) in places or any(line in edits[file] for line in span)
        counts[expected, is_told] += 1
        wrong = is_told if expected == "quiet" else not is_told if expected == "missed" else False
        if wrong and "-v" in sys.argv:
            print(f"{file}:{number}: {expected}, and {'told' if is_told else 'not told'}")
    right, false, lost = counts["missed", True], counts["quiet", True], counts["missed", False]
    precision, recall = right / max(1, right + false), right / max(1, right + lost)
    print(f"gates: {len(table)} judged, {right} told rightly, {false} wrongly, {lost} lost: "
          f"precision {precision:.3f}, recall {recall:.3f}")
    passed = precision >= PRECISION_MIN and recall >= RECALL_MIN
    print(f"{int(passed)} passed, {int(not passed)} failed, 0 skipped")
    return 0 if passed else 1


if __name__ == "__main__":
    sys.exit(main())
