#!/usr/bin/env python3
"""Does the live analysis say what clang emits, on real and on random C? README.md beside it.

    run.py                     a slice that takes seconds: the fixed seed, for `make test`
    run.py --full              every corpus and 10 000 random signatures: `make oracle`
    run.py --corpus NAME...    these code bases
    run.py --seed N --count N  random signatures of one seed; --flows: functions of control flow
"""

import argparse
import os
import random
import subprocess
import sys
import tempfile
import time
import zlib
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import exceptions
import flows
import generate
import shrink
from corpora import CORPORA, files_of
from thunks import TRIPLES, Refused, Silent, differences, said, wanted

FIXED_SEED = 3
SLICE_SIGNATURES, FULL_SIGNATURES, BATCH = 300, 10_000, 100
SLICE_FLOWS, FULL_FLOWS = 200, 10_000
SHOWN_MAX = 12
LEVELS = ["-O1", "-O2", "-O3", "-Os", "-Oz", "-Og"]
WORKERS = max(2, (os.cpu_count() or 2) - 1)


class Tally:
    def __init__(self):
        self.files = self.refused = self.same = self.rows = self.forgiven = self.failed = 0

    def add(self, other):
        for name, value in vars(other).items():
            setattr(self, name, getattr(self, name) + value)

    def ratio(self):
        return self.same / self.rows if self.rows else 0.0


def compare(file, flags, environments):
    """[(environment, want, have, trouble)] of the environments in which clang compiles it: the
    live stage against -O0, and the full stage at a level that the file's name chooses."""
    out = []
    level = LEVELS[zlib.crc32(file.name.encode()) % len(LEVELS)]
    for environment in environments:
        for at in (None, level):
            name = f"{environment} {at}" if at else environment
            try:
                want = wanted(file, flags, environment, at or "-O0")
            except Refused:
                break
            except subprocess.TimeoutExpired:
                out.append((name, set(), set(), "clang takes too long"))
                continue
            try:
                out.append((name, want, said(file, flags, environment, at), None))
            except (Silent, ValueError, subprocess.TimeoutExpired) as error:
                out.append((name, want, set(), str(error)))
    return out


def judge(tally, corpus, name, outcome):
    """Counts one file's outcome and prints what differs."""
    environment, want, have, trouble = outcome
    forgiven, unforgiven = exceptions.split(corpus, name, want ^ have)
    tally.rows += len(want | have)
    tally.same += len(want & have)
    tally.forgiven += len(forgiven)
    if trouble or unforgiven:
        tally.failed += 1
        print(f"FAIL  {corpus}/{name} [{environment}]: {len(want & have)} of {len(want | have)}"
              f" equal{': ' + trouble if trouble else ''}")  # fmt: skip
        print(*differences(want, have, SHOWN_MAX), sep="\n")


def run_corpus(corpus):
    tally = Tally()
    jobs = files_of(corpus)
    with ThreadPoolExecutor(WORKERS) as pool:
        outcomes = pool.map(lambda job: compare(*job, TRIPLES), jobs)
        for (file, _), found in zip(jobs, outcomes):
            tally.files += bool(found)
            tally.refused += not found
            for outcome in found:
                judge(tally, corpus.name, file.name, outcome)
    if tally.files < corpus.least:
        print(f"FAIL  {corpus.name}: {tally.files} files compared, at least {corpus.least} wanted")
        tally.failed += 1
    report(corpus.name, tally)
    return tally


def report(name, tally):
    print(f"{name:<14} {tally.files:>4} files {tally.refused:>4} refused {tally.rows:>6} rows"
          f"   ratio {tally.ratio():.6f}", flush=True)  # fmt: skip


def run_batch(kind, folder, seed, count, environment):
    """One random file: its outcomes, its program, and how many pieces are in it."""
    program = kind.Program(random.Random(seed), environment)
    program.add(count)
    file = folder / f"random-{seed}.c"
    accepted = shrink.accepted(program, file, environment)
    found = compare(file, program.flags, [environment])
    return found, program, file, accepted


def run_random(kind, seed, count):
    """`count` signatures or functions; every other file is for the other environment."""
    tally, made = Tally(), 0
    folder = Path(tempfile.mkdtemp(prefix="oracle-"))
    environments = list(TRIPLES)
    jobs = [(kind, folder, seed * 100_000 + k, min(BATCH, count - at), environments[k % 2])
            for k, at in enumerate(range(0, count, BATCH))]  # fmt: skip
    with ThreadPoolExecutor(WORKERS) as pool:
        for job, (found, program, file, n) in zip(jobs, pool.map(lambda j: run_batch(*j), jobs)):
            made += n
            tally.files += 1
            if not found:
                tally.failed += 1
                print(f"FAIL  random seed {job[2]}: clang refuses what is left of it")
            for outcome in found:
                before = tally.failed
                judge(tally, "random", f"{job[2]}", outcome)
                if tally.failed > before and outcome is found[0]:
                    print(shrink.shrunk(program, file, outcome[0]))
            file.unlink(missing_ok=True)
    what = "signatures" if kind is generate else "flows"
    report(f"{what} {seed}", tally)
    print(f"{'':<14} {made} of {count} that clang accepts")
    return tally


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--full", action="store_true")
    parser.add_argument("--corpus", nargs="*", default=[])
    parser.add_argument("--seed", type=int)
    parser.add_argument("--count", type=int)
    parser.add_argument("--flows", action="store_true")
    options = parser.parse_args()
    total, n_runs, n_bad = Tally(), 0, 0
    runs = []
    for corpus in CORPORA:
        if options.full or corpus.name in options.corpus:
            runs.append(lambda corpus=corpus: run_corpus(corpus))
    if options.seed is not None:
        kind = flows if options.flows else generate
        runs.append(lambda: run_random(kind, options.seed, options.count or SLICE_SIGNATURES))
    elif options.full:
        fresh = int(time.time()) % 1_000_000
        for kind, count in ((generate, FULL_SIGNATURES), (flows, FULL_FLOWS)):
            half = (options.count or count) // 2
            for seed in (FIXED_SEED, fresh):
                runs.append(lambda k=kind, s=seed, n=half: run_random(k, s, n))
    elif not options.corpus:
        for kind, count in ((generate, SLICE_SIGNATURES), (flows, SLICE_FLOWS)):
            runs.append(lambda k=kind, n=options.count or count: run_random(k, FIXED_SEED, n))
    for run in runs:
        n_runs += 1
        try:
            tally = run()
        except RuntimeError as error:
            print(f"FAIL  {error}")
            n_bad += 1
            continue
        n_bad += tally.failed > 0
        total.add(tally)
    if total.forgiven > exceptions.SHARE_MAX * total.rows:
        print(f"FAIL  {total.forgiven} exceptions are more than {exceptions.SHARE_MAX:.1%}")
        n_bad += 1
    if options.full or options.corpus or options.seed is not None:
        print(f"oracle: {total.rows} rows, ratio {total.ratio():.6f}, exceptions {total.forgiven}")
    else:
        print(f"{n_runs - n_bad} passed, {n_bad} failed, 0 skipped")
    return 1 if n_bad or not total.rows else 0


if __name__ == "__main__":
    sys.exit(main())
