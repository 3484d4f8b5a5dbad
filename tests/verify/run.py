#!/usr/bin/env python3
"""Executes thunks in an emulator; README.md beside it.

    run.py [--update] [--random N] [--mutants N] [--seed N] [-O LEVEL] [--only TEXT]
           [--slice N] [-v]
    run.py --abi SIGNATURE...      what execution and the product say of these

Compiles both sides of each signature, one signature an image, and compares what execution
shows with truth-LLVM.txt. What the product says of each, named or random, must be the same:
codes of the catalogue where it is wrong, none where it is right. Then come thunks with an
instruction taken out, which must be found wrong.
"""

import argparse
import hashlib
import json
import os
import random
import shutil
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

sys.dont_write_bytecode = True
import mutants  # noqa: E402
import shapes  # noqa: E402
import shrink  # noqa: E402

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]
OUT = ROOT / os.environ.get("OUT", "out")
DRIVER = OUT / "verify-driver"
LLVM = os.environ.get("LLVM", "22")
TRUTH = HERE / f"truth-{LLVM}.txt"
FOLDER = OUT / "verify"
OBJECTS = OUT / "verify-objects"  # by what went into them
PATIENCE_S = 60
ROUNDS = 3
OBJECTS_MAX = 20000
SHRUNK_MAX = 5
FILES_MAX = 200  # on one command line
LIBRARY_ABSENT = 3
NO_EXIT = "the objects lack the functions to call"
LOOPS = 5  # thunks that jump to themselves, of the mutants
NOTICED_MIN = 0.95  # of mutants; an instruction may be one that happens not to matter
WAYS = ("entry", "exit", "exit-pointer")
TARGETS = {"ec": "arm64ec-pc-windows-msvc", "x64": "x86_64-pc-windows-msvc"}


def version_of_compiler():
    command = [f"clang-{LLVM}", "--version"]
    return subprocess.run(command, capture_output=True, check=True).stdout


def compile_to(source, side, flags, target):
    """True: there is an object. What a compiler said stays beside it."""
    command = [
        f"clang-{LLVM}", f"--target={TARGETS[side]}", *flags, "-w", "-fno-builtin",
        "-mno-stack-arg-probe", "-fno-crash-diagnostics", "-c", "-x", "c", "-", "-o", "-",
    ]  # fmt: skip
    try:
        done = subprocess.run(command, input=source, capture_output=True, timeout=PATIENCE_S)
    except subprocess.TimeoutExpired:
        return False
    scratch = target.with_suffix(f".{os.getpid()}")
    scratch.write_bytes(done.stderr if done.returncode else done.stdout)
    scratch.rename(target.with_suffix(".err") if done.returncode else target)
    return done.returncode == 0


def compile_one(folder, number, side, flags, version):
    """Puts NUMBER.SIDE.obj there, made now or before. False: there is none."""
    source = (folder / f"{number}.{side}.c").read_bytes()
    key = hashlib.sha256(b"\0".join([version, side.encode(), " ".join(flags).encode(), source])).hexdigest()
    kept = OBJECTS / f"{key}.obj"
    if not kept.exists() and (
        kept.with_suffix(".err").exists() or not compile_to(source, side, flags, kept)
    ):
        return False
    kept.touch()
    shutil.copyfile(kept, folder / f"{number}.{side}.obj")
    return True


def compile_side(folder, number, side, level, version):
    """A call that kills the compiler leaves the definition to be executed."""
    return compile_one(folder, number, side, [f"-O{level}"], version) or (
        side == "ec" and compile_one(folder, number, side, [f"-O{level}", "-DVERIFY_NO_EXIT"], version)
    )


def forget_old_objects():
    """Those of other generators and compilers, when they are many."""
    kept = sorted(OBJECTS.iterdir(), key=lambda path: path.stat().st_mtime, reverse=True)
    for path in kept[OBJECTS_MAX:]:
        path.unlink()


def driver(*arguments):
    return subprocess.run(
        [DRIVER, *map(str, arguments)], capture_output=True, text=True,
        stdin=subprocess.DEVNULL, timeout=10 * PATIENCE_S,
    )  # fmt: skip


def letter(outcome, why, note):
    if outcome == "not-run" and why == NO_EXIT:
        return "C"  # the call killed the compiler, see compile_side()
    return {"ok": "n" if note else ".", "wrong": "W", "no-object": "C", "not-run": "?"}[outcome]


@dataclass(frozen=True)
class Verdict:
    letters: str  # executed, one a way
    words: tuple  # what is said of each way
    told: tuple  # what the product says of each way: codes


def execute(signatures, level, seed, n_printed=0, folder=FOLDER, is_strict=True):
    """[Verdict], one a signature; or why none was run. The product writes the last ones.
    Not strict: None for what is no C."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    OBJECTS.mkdir(exist_ok=True)
    listing = folder / "signatures"
    n_own = len(signatures) - n_printed
    lines = [line for i, sig in enumerate(signatures) for line in sig.lines(i >= n_own)]
    listing.write_text("".join(line + "\n" for line in lines))
    done = driver("sources", listing, folder)
    if done.returncode and is_strict:
        raise SystemExit(f"driver: {done.stderr}")
    if done.returncode and len(signatures) > 1:
        return [verdict for one in signatures for verdict in execute([one], level, seed, n_printed, folder, False)]
    if done.returncode:
        return [None]
    version = version_of_compiler()
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        pairs = [(number, side) for number in range(len(signatures)) for side in TARGETS]
        fine = list(pool.map(lambda pair: compile_side(folder, *pair, level, version), pairs))
    wrong = [number for (number, side), is_fine in zip(pairs, fine) if not is_fine and side == "x64"]
    if wrong and is_strict:
        raise SystemExit(f"{folder}/{wrong[0]}.x64.c does not compile: the test is wrong")
    forget_old_objects()
    verdicts = run_objects(signatures, listing, seed)
    return [None if i in wrong else verdict for i, verdict in enumerate(verdicts)] if wrong else verdicts


def run_objects(signatures, listing, seed):
    done = driver("run", listing, listing.parent, seed, ROUNDS, LLVM)
    if done.returncode == LIBRARY_ABSENT:
        return done.stdout.strip()
    found = []
    for line in done.stdout.splitlines():
        _, *fields = line.split("\t")
        ways = [fields[i : i + 3] for i in range(0, 9, 3)]
        entry, exit_ = (tuple(field.split()[1:]) for field in fields[9:])
        letters = "".join(letter(*way) for way in ways)
        found.append(Verdict(letters, tuple(way[1] or way[2] for way in ways), (entry, exit_, exit_)))
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


def compare(found, known, n_signatures, is_part):
    """Prints each difference; (passed, failed) in signatures' ways."""
    failed = 0
    for label in {**known.rows, **found.rows}:
        if is_part and label not in found.rows:
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


def is_caller_broken(verdict, way):
    """Before LLVM 22 a caller through a pointer with many arguments may overwrite x9, the
    callee's address, while it stores the last ones (thunk-truth.md 2.5): no thunk's fault."""
    return int(LLVM) < 22 and WAYS[way] == "exit-pointer" and "which is not the x64 callee" in verdict.words[way]


def differs(verdict, way):
    # Of what calls pass to variadic functions, whoever is called.
    is_told = any(code not in ("EC105", "EC106") for code in verdict.told[way])
    if verdict.letters[way] in ".n":
        return is_told
    return not verdict.told[way] and not is_caller_broken(verdict, way)


def make_small(text, way, options):
    """The smallest signature in which that way of execution and the product differ."""

    def is_interesting(texts):
        signatures = [shapes.Words(less) for less in texts]
        folder = FOLDER / "smaller"
        verdicts = execute(signatures, options.level, options.seed, len(texts), folder, is_strict=False)
        return [verdict is not None and differs(verdict, way) for verdict in verdicts]

    return shrink.shrink(text, is_interesting)


def judge_product(signatures, verdicts, options):
    """The product has to say of each way what execution shows; there are no exceptions."""
    passed = failed = 0
    for signature, verdict in zip(signatures, verdicts):
        different = [way for way in range(len(WAYS)) if differs(verdict, way)]
        passed += len(WAYS) - len(different)
        failed += len(different)
        for way in different:
            says = f"the product says {', '.join(verdict.told[way]) or 'nothing'}"
            print(f"FAIL  {signature.label}: {WAYS[way]} is {verdict.letters[way]}, {says}: {verdict.words[way]}")
        if different and failed <= SHRUNK_MAX:
            small = make_small(signature.abi(), different[0], options)
            print(f"      {WAYS[different[0]]} as small as it can be: run.py --abi '{small}'", flush=True)
    n_wrong = sum(sum(map(bool, verdict.told)) for verdict in verdicts)
    print(f"{passed} of {passed + failed} verdicts of the product are those of execution, {n_wrong} of them 'wrong'")
    return passed, failed


def judge_frontend(signatures, verdicts):
    """`arm64ecd abi` reads the C text itself: it has to call the same things wrong."""
    passed = failed = 0
    for begin in range(0, len(signatures), FILES_MAX):
        numbers = range(begin, min(begin + FILES_MAX, len(signatures)))
        command = [OUT / "arm64ecd", "abi", "--format=json", "--no-cache", "--fail-on=never", f"--builder=clang-{LLVM}"]
        command += [FOLDER / f"{number}.ec.c" for number in numbers]
        command += ["--", "--target=" + TARGETS["ec"], "-w"]
        done = subprocess.run(command, capture_output=True, text=True, timeout=10 * PATIENCE_S, check=False)
        listed = json.loads(done.stdout) if done.stdout else []
        files = {Path(each["file"]).name: each["functions"] for each in listed}
        for number in numbers:
            signature = signatures[number]
            if "..." in signature.abi():
                continue  # the table of a call knows more than that of a function
            found = [f for f in files.get(f"{number}.ec.c", []) if f["name"] == "verify_ec_callee"]
            rows = found[0]["rows"] if found else []
            mine = {code for row in rows for code in row["faults"]}
            told = {code for codes in verdicts[number].told for code in codes}
            if rows and mine == told:
                passed += 1
                continue
            failed += 1
            print(f"FAIL  {signature.label}: of its C text 'abi' says {sorted(mine)}, of its types {sorted(told)}")
    print(f"{passed} of {passed + failed} C texts have the same faults as their types")
    return passed, failed


def choose_random(make, pool, seed, n):
    chosen, dice = [], random.Random(seed)
    while len(chosen) < n:
        is_plain = len(chosen) % 2 == 0
        chosen.append(
            shapes.random_signature(dice, make, pool, len(chosen))
            if is_plain
            else shapes.random_words_signature(dice)
        )
    return chosen


def judge_mutants(signatures, verdicts, seed, n):
    """Breaks `n` thunks of signatures that are right in all ways; some never end."""
    dice, chosen = random.Random(seed), []
    right = [i for i, verdict in enumerate(verdicts) if verdict.letters == "..."]
    folder = FOLDER / "mutants"
    folder.mkdir()
    while right and len(chosen) < n:
        number = dice.choice(right)
        data = (FOLDER / f"{number}.ec.obj").read_bytes()
        word = mutants.LOOP if len(chosen) < LOOPS else mutants.NOP
        broken = mutants.mutant(data, dice.choice(list(mutants.sites(data))), word)
        (folder / f"{len(chosen)}.ec.obj").write_bytes(broken)
        (folder / f"{len(chosen)}.x64.obj").write_bytes((FOLDER / f"{number}.x64.obj").read_bytes())
        chosen.append(signatures[number])
    if not chosen:
        return 0, 0
    listing = folder / "signatures"
    listing.write_text("".join(line + "\n" for sig in chosen for line in sig.lines(True)))
    found = run_objects(chosen, listing, seed)
    n_noticed = sum("W" in verdict.letters for verdict in found)
    print(f"{n_noticed} of {len(chosen)} broken thunks noticed")
    endless = [verdict for verdict in found[:LOOPS] if any("does not end" in word for word in verdict.words)]
    if len(endless) != len(found[:LOOPS]):
        print(f"FAIL  mutants: {len(found[:LOOPS]) - len(endless)} thunks without end are not told as such")
        return 0, 1
    if n_noticed >= NOTICED_MIN * len(chosen):
        return 1, 0
    print(f"FAIL  mutants: fewer than {NOTICED_MIN:.0%} of broken thunks are found wrong")
    return 0, 1


def parse():
    parser = argparse.ArgumentParser()
    parser.add_argument("--update", action="store_true", help=f"rewrite {TRUTH.name}")
    parser.add_argument("--random", type=int, default=500, metavar="N")
    parser.add_argument("--mutants", type=int, default=200, metavar="N")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("-O", dest="level", default="1")
    parser.add_argument("--only", default="", metavar="TEXT", help="part of a label")
    parser.add_argument("--slice", type=int, default=1, metavar="N", help="every Nth shape alone")
    parser.add_argument("--printed", action="store_true", help="the product writes all C texts")
    parser.add_argument("--abi", nargs="+", metavar="SIGNATURE", help="words of tests/unit/abi_text.h")
    parser.add_argument("-v", action="store_true", help="print what is wrong")
    return parser.parse_args()


def show(texts, options):
    signatures = [shapes.Words(text) for text in texts]
    verdicts = execute(signatures, options.level, options.seed, len(signatures))
    if isinstance(verdicts, str):
        raise SystemExit(verdicts)
    for text, verdict in zip(texts, verdicts):
        print(text)
        for way, got, why, codes in zip(WAYS, verdict.letters, verdict.words, verdict.told):
            print(f"    {way:13} {got} {' '.join(codes):12} {why}")
    return 0


def main():
    options = parse()
    if not DRIVER.exists():
        print(f"SKIP  {DRIVER} is not built: make verify")
        print("0 passed, 0 failed, 1 skipped")
        return 0
    if options.abi:
        return show(options.abi, options)
    started = time.monotonic()
    make = shapes.Maker()
    pool = list(shapes.all_shapes(make))
    named = [sig for shape in pool[:: options.slice] for sig in shapes.uses_of(shape)]
    named += [*shapes.variadics(make)][:: options.slice]
    named = [sig for sig in named if options.only in sig.label]
    if not named:
        raise SystemExit(f"no label has {options.only!r}")
    chance = choose_random(make, pool, options.seed, options.random)
    n_printed = len(named) + len(chance) if options.printed else len(chance)
    verdicts = execute(named + chance, options.level, options.seed, n_printed)
    if isinstance(verdicts, str):  # no libunicorn
        print(f"SKIP  {verdicts}")
        print("0 passed, 0 failed, 1 skipped")
        return 0
    table = Table()
    for signature, verdict in zip(named, verdicts):
        table.add(signature.label, verdict.letters)
        if options.v:
            for way, got, why in zip(WAYS, verdict.letters, verdict.words):
                if got != ".":
                    print(f"{signature.label}: {way}: {got} {why}")
    (OUT / f"verify-{LLVM}.txt").write_text(table.text())
    passed = failed = 0
    if options.update:
        TRUTH.write_text(table.text())
    elif TRUTH.exists():
        passed, failed = compare(table, Table.read(TRUTH), len(named), options.only or options.slice > 1)
    else:
        print(f"SKIP  no {TRUTH.name}; see {OUT}/verify-{LLVM}.txt")
    for more in (
        judge_product(named + chance, verdicts, options),
        judge_frontend(named + chance, verdicts),
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
