#!/usr/bin/env python3
"""Executes thunks in an emulator; README.md beside it.

    run.py [--update] [--random N] [--mutants N] [--seed N] [-O LEVEL] [--only TEXT] [-v]

Compiles both sides of each signature, one signature an image, and compares what execution
shows with truth-LLVM.txt. Random signatures follow, whose verdicts must be those that the
truth about their types foretells; then thunks with an instruction taken out, which must be
found wrong.
"""

import argparse
import os
import random
import shutil
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

sys.dont_write_bytecode = True
import mutants  # noqa: E402
import shapes  # noqa: E402

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]
OUT = ROOT / os.environ.get("OUT", "out")
DRIVER = OUT / "verify-driver"
LLVM = os.environ.get("LLVM", "22")
TRUTH = HERE / f"truth-{LLVM}.txt"
FOLDER = OUT / "verify"
PATIENCE_S = 60
ROUNDS = 3
LIBRARY_ABSENT = 3
NOTICED_MIN = 0.95  # of mutants; an instruction may be one that happens not to matter
WAYS = ("entry", "exit", "exit-pointer")
TARGETS = {"ec": "arm64ec-pc-windows-msvc", "x64": "x86_64-pc-windows-msvc"}


def compile_one(number, side, level):
    """True: there is an object. What a compiler said stays beside it."""
    base = FOLDER / f"{number}.{side}"
    command = [
        f"clang-{LLVM}", f"--target={TARGETS[side]}", f"-O{level}", "-w", "-fno-builtin",
        "-mno-stack-arg-probe", "-fno-crash-diagnostics", "-c", f"{base}.c", "-o", f"{base}.obj",
    ]  # fmt: skip
    try:
        done = subprocess.run(
            command, capture_output=True, stdin=subprocess.DEVNULL, timeout=PATIENCE_S
        )
    except subprocess.TimeoutExpired:
        return False
    if done.returncode:
        Path(f"{base}.obj").unlink(missing_ok=True)
        Path(f"{base}.err").write_bytes(done.stderr)
    return done.returncode == 0


def driver(*arguments):
    return subprocess.run(
        [DRIVER, *map(str, arguments)], capture_output=True, text=True,
        stdin=subprocess.DEVNULL, timeout=10 * PATIENCE_S,
    )  # fmt: skip


def letter(outcome, note):
    return {"ok": "n" if note else ".", "wrong": "W", "no-object": "C", "not-run": "?"}[outcome]


def execute(signatures, level, seed):
    """[(three letters, [what is said of each way])], one a signature; or why none was run."""
    shutil.rmtree(FOLDER, ignore_errors=True)
    FOLDER.mkdir(parents=True)
    listing = FOLDER / "signatures"
    listing.write_text("".join(line + "\n" for sig in signatures for line in sig.lines()))
    done = driver("sources", listing, FOLDER)
    if done.returncode:
        raise SystemExit(f"driver: {done.stderr}")
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        pairs = [(number, side) for number in range(len(signatures)) for side in TARGETS]
        fine = list(pool.map(lambda pair: compile_one(*pair, level), pairs))
    for (number, side), is_fine in zip(pairs, fine):
        if not is_fine and side == "x64":
            raise SystemExit(f"{FOLDER}/{number}.x64.c does not compile: the test is wrong")
    return run_objects(signatures, listing, seed)


def run_objects(signatures, listing, seed):
    done = driver("run", listing, listing.parent, seed, ROUNDS)
    if done.returncode == LIBRARY_ABSENT:
        return done.stdout.strip()
    found = []
    for line in done.stdout.splitlines():
        _, *fields = line.split("\t")
        ways = [fields[i : i + 3] for i in range(0, 9, 3)]
        found.append(
            ("".join(letter(way[0], way[2]) for way in ways), [way[1] or way[2] for way in ways])
        )
    if done.returncode or len(found) != len(signatures):
        raise SystemExit(f"driver: status {done.returncode} after {len(found)}: {done.stderr}")
    return found


class Table:
    """What is known by label: for a shape the five uses of each way, else a letter a way."""

    def __init__(self):
        self.rows = {}

    def add(self, label, letters):
        shape, _, use = label.partition(" | ")
        row = self.rows.setdefault(shape, ["", "", ""])
        for way in range(3):
            row[way] += letters[way]
        assert not use or shapes.USES[len(row[0]) - 1] == use

    def text(self):
        width = max(map(len, self.rows))
        lines = [
            f"# Executed with clang {LLVM}: .  right   n  right, with a note   W  wrong   C  no object",
            f"# {'shape: arguments 1, 3, 5; result; both':{width - 2}}  entry  exit   pointer",
        ]
        for label, row in self.rows.items():
            lines.append(f"{label:{width}}  {row[0]:5}  {row[1]:5}  {row[2]}")
        return "\n".join(lines) + "\n"

    @staticmethod
    def read(path):
        table = Table()
        for line in path.read_text().splitlines():
            if not line.startswith("#"):
                *label, entry, exit_, pointer = line.split()
                table.rows[" ".join(label)] = [entry, exit_, pointer]
        return table


def compare(found, known, n_signatures, only):
    """Prints each difference; (passed, failed) in signatures' ways."""
    failed = 0
    for label in {**known.rows, **found.rows}:
        if only and label not in found.rows:
            continue
        mine, theirs = found.rows.get(label), known.rows.get(label)
        if mine == theirs:
            continue
        if not mine or not theirs:
            print(f"FAIL  {label}: {'not in ' + TRUTH.name if mine else 'not executed'}")
            failed += 1
            continue
        for way, one, other in zip(WAYS, mine, theirs):
            if one != other:
                print(f"FAIL  {label}: {way}: executed {one}, {TRUTH.name} has {other}")
                failed += sum(a != b for a, b in zip(one, other)) or 1
    return max(3 * n_signatures - failed, 0), failed


def foretell(signature):
    """Each way's letters that are allowed, from what the table says of each type alone."""
    entry = exit_ = False
    misaligned = False
    for i, type_ in enumerate(signature.fixed):
        # An empty struct takes an x64 slot and no Arm64EC one: it harms those behind it.
        if type_ is shapes.EMPTY:
            entry = exit_ = entry or any(t is not shapes.EMPTY for t in signature.fixed[i:])
        elif type_.members and type_.size in (3, 5, 6, 7) or type_.place == "?":
            entry = exit_ = True
        misaligned |= type_.align >= 16 and type_.place == "p"
    result = signature.result
    if result and (
        result.members and result.size in (3, 5, 6, 7) or result.result in "v?" and result is not shapes.EMPTY
    ):
        entry = exit_ = True
    if result and result.members and 8 < result.size < 16 and not is_homogeneous(result):
        entry = True
    outward = "W" if exit_ else ".nW" if misaligned else ".n"
    return ("W" if entry else ".n", outward, outward)


def is_homogeneous(type_):
    """One to four floats or doubles and nothing else."""
    kinds = {(kind, size) for _, kind, size in type_.leaves}
    # A union whose widest member is all floats may have one that is not.
    if type_.decl.startswith("typedef union"):
        flat = [member for member, _ in type_.members]
        if any(member.leaves[0][1] not in "fd" for member in flat if member.leaves):
            return False
    return (
        len(kinds) == 1
        and next(iter(kinds))[0] in "fd"
        and len(type_.leaves) <= 4
        and type_.size == sum(size for _, _, size in type_.leaves)
    )


def judge_random(signatures, verdicts):
    passed = failed = 0
    for signature, (letters, words) in zip(signatures, verdicts):
        for way, got, allowed, why in zip(WAYS, letters, foretell(signature), words):
            if got in allowed:
                passed += 1
                continue
            failed += 1
            print(f"FAIL  {signature.label}: {way} is {got}, foretold {allowed}: {why}")
    return passed, failed


def choose_random(make, pool, seed, n):
    chosen, dice = [], random.Random(seed)
    while len(chosen) < n:
        signature = shapes.random_signature(dice, make, pool, len(chosen))
        # What kills the compiler, or has no row of its own, is not foretold.
        if not any(type_.label in ("half x3", "half x4", "{empty;int} 8") for type_ in signature.types()):
            chosen.append(signature)
    return chosen


def judge_mutants(signatures, verdicts, seed, n):
    """Breaks `n` thunks of signatures that are right in all ways."""
    dice, chosen = random.Random(seed), []
    right = [i for i, (letters, _) in enumerate(verdicts) if letters == "..."]
    folder = FOLDER / "mutants"
    folder.mkdir()
    while right and len(chosen) < n:
        number = dice.choice(right)
        data = (FOLDER / f"{number}.ec.obj").read_bytes()
        broken = mutants.mutant(data, dice.choice(list(mutants.sites(data))))
        (folder / f"{len(chosen)}.ec.obj").write_bytes(broken)
        (folder / f"{len(chosen)}.x64.obj").write_bytes((FOLDER / f"{number}.x64.obj").read_bytes())
        chosen.append(signatures[number])
    if not chosen:
        return 0, 0
    listing = folder / "signatures"
    listing.write_text("".join(line + "\n" for sig in chosen for line in sig.lines()))
    n_noticed = sum("W" in letters for letters, _ in run_objects(chosen, listing, seed))
    print(f"{n_noticed} of {len(chosen)} broken thunks noticed")
    if n_noticed >= NOTICED_MIN * len(chosen):
        return 1, 0
    print(f"FAIL  mutants: fewer than {NOTICED_MIN:.0%} of broken thunks are found wrong")
    return 0, 1


def parse():
    parser = argparse.ArgumentParser()
    parser.add_argument("--update", action="store_true", help=f"rewrite {TRUTH.name}")
    parser.add_argument("--random", type=int, default=40, metavar="N")
    parser.add_argument("--mutants", type=int, default=200, metavar="N")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("-O", dest="level", default="1")
    parser.add_argument("--only", default="", metavar="TEXT", help="part of a label")
    parser.add_argument("-v", action="store_true", help="print what is wrong")
    return parser.parse_args()


def main():
    options = parse()
    if not DRIVER.exists():
        print(f"SKIP  {DRIVER} is not built: make verify")
        print("0 passed, 0 failed, 1 skipped")
        return 0
    started = time.monotonic()
    make = shapes.Maker()
    pool = list(shapes.all_shapes(make))
    named = [sig for shape in pool for sig in shapes.uses_of(shape)] + [*shapes.variadics(make)]
    named = [sig for sig in named if options.only in sig.label]
    if not named:
        raise SystemExit(f"no label has {options.only!r}")
    chance = choose_random(make, pool, options.seed, options.random)
    verdicts = execute(named + chance, options.level, options.seed)
    if isinstance(verdicts, str):  # no libunicorn
        print(f"SKIP  {verdicts}")
        print("0 passed, 0 failed, 1 skipped")
        return 0
    table = Table()
    for signature, (letters, words) in zip(named, verdicts):
        table.add(signature.label, letters)
        if options.v:
            for way, got, why in zip(WAYS, letters, words):
                if got != ".":
                    print(f"{signature.label}: {way}: {got} {why}")
    (OUT / f"verify-{LLVM}.txt").write_text(table.text())
    passed = failed = 0
    if options.update:
        TRUTH.write_text(table.text())
    elif TRUTH.exists():
        passed, failed = compare(table, Table.read(TRUTH), len(named), options.only)
    else:
        print(f"SKIP  no {TRUTH.name}; see {OUT}/verify-{LLVM}.txt")
    for more in (
        judge_random(chance, verdicts[len(named) :]),
        judge_mutants(named + chance, verdicts, options.seed, options.mutants),
    ):
        passed, failed = passed + more[0], failed + more[1]
    print(
        f"{len(named)} signatures of {len(table.rows)} shapes, {len(chance)} random ones "
        f"(seed {options.seed}), clang {LLVM} -O{options.level}: {time.monotonic() - started:.0f} s"
    )
    print(f"{passed} passed, {failed} failed, {0 if TRUTH.exists() else 1} skipped")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
