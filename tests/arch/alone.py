#!/usr/bin/env python3
"""Is a header's wrong line told where nobody but the editor opens it? README.md beside it.

    alone.py [PROGRAM...]    each row of roots.tsv whose line lies in a header: the header by
                             itself, with the row's flags and first builder. Several programs,
                             say one of an older build, are compared. Default: ours
    -v                       prints each row with what was said

No unit is at hand then: what the header sets is judged by the files around it.
"""

import argparse
import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from judge import is_near, told
from table import BUILDERS, PATIENCE_S, SERVER, Stale, Unfetched, Unit, check_text, findings_of
from table import place_of, rows, unit_flags

HEADERS = (".h", ".hpp", ".hh", ".hxx", ".inl", ".ipp")


def own_rows():
    """Rows with a header's line that are to be told, each line once."""
    seen = set()
    for row in rows():
        name = row.place.rpartition(":")[0]
        if row.expect == "silent" or not name.endswith(HEADERS) or (row.package, row.place) in seen:
            continue
        seen.add((row.package, row.place))
        try:
            check_text(row)
        except (Unfetched, Stale) as error:
            print(f"skip  {row.name}: {error}")
            continue
        yield row


def findings(program, row):
    unit = Unit(row.package, row.unit, row.flags, row.builders[0])
    builder, triple, _ = BUILDERS[unit.builder]
    done = subprocess.run(
        [str(program), "check", "--no-cache", "--format=json", f"--builder={builder}",
         str(place_of(row).file), "--", "clang", f"--target={triple}", *unit_flags(unit)],
        capture_output=True, check=False, timeout=PATIENCE_S)  # fmt: skip
    return findings_of(done.stdout)


def is_hit(found, row):
    return any(is_near(finding, row) for finding in found)


def main():
    parser = argparse.ArgumentParser(usage=__doc__)
    parser.add_argument("programs", nargs="*", type=Path, default=[SERVER])
    parser.add_argument("-v", action="store_true", dest="is_verbose")
    options = parser.parse_args()
    judged = list(own_rows())
    for program in options.programs:
        with ThreadPoolExecutor(max(1, (os.cpu_count() or 2) // 2)) as pool:
            said = list(pool.map(lambda row, p=program: findings(p, row), judged))
        for row, found in zip(judged, said, strict=True):
            if options.is_verbose:
                mark = "hit " if is_hit(found, row) else "miss"
                print(f"{mark}  {row.expect}  {row.name} {row.place} ({row.builders[0]}): {told(found)}")
        for expect in ("root", "hint"):
            of_kind = [(row, found) for row, found in zip(judged, said, strict=True) if row.expect == expect]
            n = sum(is_hit(found, row) for row, found in of_kind)
            print(f"{program}: {expect} lines of headers opened alone: {n} of {len(of_kind)}"
                  f" = {100 * n / max(1, len(of_kind)):.0f} %")  # fmt: skip
    return 0


if __name__ == "__main__":
    sys.exit(main())
