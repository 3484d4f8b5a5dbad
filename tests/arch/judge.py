#!/usr/bin/env python3
"""Is the line that went wrong first the line that is told? README.md beside it.

    judge.py                 a slice of few packages: for `make test`; skips what cannot be had
    judge.py --full          every row of roots.tsv: `make oracle`
    judge.py --package NAME  rows of these packages
    judge.py -v              prints each row, and what was found in its unit
"""

import argparse
import os
import subprocess
import sys
from collections import Counter
from concurrent.futures import ThreadPoolExecutor

from steps import is_step
from table import (ROOT, Place, Stale, Unfetched, Unit, check, check_text, package_folder,
                   place_of, rows)  # fmt: skip

SLICE = ("src:xxhash", "src:libstb", "src:lz4", "src:zlib", "rapidjson-dev", "src:snappy",
         "libsdl2-dev", "src:libb2", "npm:better-sqlite3")  # fmt: skip
JOBS = max(1, (os.cpu_count() or 2))
SPOKEN = ("error", "warning")


class Outcome:
    """What became of one row with one builder."""

    def __init__(self, row, builder, is_good, said):
        self.row, self.builder, self.is_good, self.said = row, builder, is_good, said


def short(place):
    """A place without the folders that the reader knows."""
    text = str(place)
    root = str(ROOT / "out/corpora") + "/"
    return text[len(root):].partition("/")[2] if text.startswith(root) else text


def told(findings):
    return "; ".join(f"{f.code} {f.severity} {short(f.place)}" for f in findings[:6]) or "nothing"


def is_near(finding, row):
    """Is the finding on the row's line, or one step off?"""
    true = place_of(row)
    if finding.place == true:
        return True
    if any(finding.place == place_of(row, step) for step in row.steps):
        return True
    return is_step(finding.place, true)


def judge_silent(row, builder, findings):
    loud = [f for f in findings if f.severity in SPOKEN]
    if ":" in row.place:
        loud = [f for f in loud if f.place == place_of(row)]
    else:
        file = (package_folder(row.package) / row.place).resolve()
        loud = [f for f in loud if f.place.file == file]
    return Outcome(row, builder, not loud, told(loud))


def judge_row(row, builder, findings):
    if row.expect == "silent":
        return judge_silent(row, builder, findings)
    near = [f for f in findings if is_near(f, row)]
    if row.expect == "root":
        near = [f for f in near if f.severity in SPOKEN]
    return Outcome(row, builder, bool(near), told(near or findings))


def judge_unit(unit, unit_rows, known):
    """(outcomes of the rows, first finding or None, whether the first finding is at one of the
    known lines of the package)."""
    findings = check(unit)
    if findings is None:
        return [Outcome(row, unit.builder, False, "no answer") for row in unit_rows], None, False
    outcomes = [judge_row(row, unit.builder, findings) for row in unit_rows]
    first = next((f for f in findings if f.severity in SPOKEN), None)
    is_judged = first is not None and any(is_near(first, row) for row in known)
    return outcomes, first, is_judged


def units_of(table):
    """{Unit: its rows}"""
    units = {}
    for row in table:
        for builder in row.builders:
            unit = Unit(row.package, row.unit, row.flags, builder)
            units.setdefault(unit, []).append(row)
    return units


class Rate:
    def __init__(self):
        self.good = self.all = 0

    def add(self, is_good):
        self.good += is_good
        self.all += 1

    def value(self):
        return self.good / self.all if self.all else 1.0

    def __str__(self):
        return f"{self.good:>4} of {self.all:>4}  {self.value():.3f}"


def report(outcomes, firsts):
    """Prints the rates; {name: Rate} of those the bar is for."""
    rates = {}
    for outcome in outcomes:
        kind = "silent" if outcome.row.expect == "silent" else "line told"
        for name in (f"{outcome.row.split}: {kind}", f"{outcome.row.split}: {outcome.builder}",
                     f"{outcome.row.split}: all"):  # fmt: skip
            rates.setdefault(name, Rate()).add(outcome.is_good)
    for split, is_judged in firsts:
        rates.setdefault(f"{split}: first finding", Rate()).add(is_judged)
    for name in sorted(rates):
        print(f"{name:<24} {rates[name]}")
    return {name: rates[name] for name in rates if name.endswith((": all", ": first finding"))}


def usable(table, skipped, stale):
    """The rows whose package is here and has the text that was judged."""
    for row in table:
        try:
            check_text(row)
        except Unfetched:
            skipped[row.package] += 1
        except Stale as error:
            stale.append(f"{row.name}: {error}")
        else:
            yield row


def run(table, verbose):
    outcomes, firsts = [], []
    units = units_of(table)
    known = {}
    for row in table:
        if row.expect != "silent":
            known.setdefault(row.package, []).append(row)
    with ThreadPoolExecutor(JOBS) as pool:
        judged = pool.map(lambda item: judge_unit(*item, known.get(item[0].package, [])),
                          units.items())  # fmt: skip
        for (unit, unit_rows), (found, first, is_judged) in zip(units.items(), judged):
            outcomes += found
            if any(row.expect == "root" for row in unit_rows):
                firsts.append((unit_rows[0].split, is_judged))
                if not is_judged and first:
                    print(f"FIRST {unit_rows[0].name} [{unit.builder}] {unit.unit[:60]}: "
                          f"{told([first])}")
            for outcome in found:
                row = outcome.row
                if verbose or not outcome.is_good:
                    print(f"{'ok   ' if outcome.is_good else 'FAIL '} {row.name} "
                          f"[{outcome.builder}] {row.expect} {row.place}: {outcome.said}")
    return outcomes, firsts


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--full", action="store_true")
    parser.add_argument("--package", nargs="*", default=[])
    parser.add_argument("--bar", type=float, default=0.95)
    parser.add_argument("-v", "--verbose", action="store_true")
    options = parser.parse_args()
    wanted = options.package or SLICE
    table = [row for row in rows() if options.full or row.package in wanted]
    skipped, stale = Counter(), []
    table = list(usable(table, skipped, stale))
    outcomes, firsts = run(table, options.verbose)
    for package, count in skipped.items():
        print(f"SKIP  {package}: cannot be fetched; {count} rows")
    for text in stale:
        print(f"STALE {text}")
    rates = report(outcomes, firsts)
    below = [name for name, rate in rates.items() if rate.value() < options.bar]
    for name in below:
        print(f"FAIL  {name} is below {options.bar}")
    good = sum(outcome.is_good for outcome in outcomes)
    bad = len(below) + len(stale)
    print(f"{good} passed, {bad} failed, {sum(skipped.values())} skipped")
    return 1 if bad or (options.full and not outcomes) else 0


if __name__ == "__main__":
    sys.exit(main())
