#!/usr/bin/env python3
"""Are the thunks that are told of LLVM IR those that LLVM makes? Each .ll is compared with
the hybrid map of the object that `llc -O0` makes of it for Arm64EC, whatever target the file
itself names, and with the names in its CHECK lines.

    oracle.py [FILE or FOLDER...]   default: the files in cases/
    oracle.py --llvm                LLVM's own tests of AArch64 (197 MB to fetch): `make oracle`
"""

import json
import os
import re
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent / "oracle"))
from thunks import KINDS, LLVM, SERVER, hybrid_map, plain  # noqa: E402

TRIPLE = "arm64ec-pc-windows-msvc"
BATCH, PATIENCE_S = 40, 90
NAME = re.compile(r"\$i(?:entry|exit)_thunk\$cdecl\$[A-Za-z0-9_]+\$[A-Za-z0-9_]+")
# The closed list of files that differ, and why.
EXCEPTIONS = {
    "call-rv-marker.ll": "intrinsics llvm.objc.* become calls of functions before LLVM's pass",
}
WORKERS = max(2, (os.cpu_count() or 2) - 1)


def bare(symbol):
    """Without what the pass adds to names: of patchable functions, of hashed ones."""
    symbol = symbol.removesuffix("$hp_target")
    hashed = symbol.startswith("??@") and symbol.endswith("@$$h@")
    return symbol[: -len("$$h@")] if hashed else plain(symbol)


def wanted(file):
    """{(kind, symbol, thunk)} by llc; None: it refuses the file, or dies of it."""
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / "x.obj"
        command = [f"llc-{LLVM}", f"-mtriple={TRIPLE}", "-O0", "-filetype=obj", "-o", str(out)]
        try:
            done = subprocess.run([*command, str(file)], capture_output=True, timeout=PATIENCE_S)
        except subprocess.TimeoutExpired:
            return None
        if done.returncode:
            return None
        return {(k, bare(a), b) for k, a, b in hybrid_map(out.read_bytes())}


def answers(files):
    """What `arm64ecd thunks` says of each."""
    command = [str(SERVER), "thunks", "--format=json", *map(str, files), "--", "clang",
               f"--target={TRIPLE}"]
    done = subprocess.run(command, capture_output=True, text=True)
    try:
        said = json.loads(done.stdout)
    except ValueError:
        raise SystemExit(f"arm64ecd thunks: {done.returncode} {done.stderr[:2000]}")
    said = said if isinstance(said, list) else [said]
    return {Path(answer["file"]): answer for answer in said}


def rows(answer):
    return {
        (thunk["kind"], bare(function["symbol"]), thunk["name"])
        for function in answer.get("functions", [])
        for thunk in function["thunks"]
        if thunk["kind"] in KINDS.values()
    }


def all_names(answer):
    return {t["name"] for f in answer.get("functions", []) for t in f["thunks"]}


def checked_names(file):
    lines = file.read_text(errors="replace").splitlines()
    return {n for line in lines if re.match(r";\s*CHECK(?!.*-NOT:)", line) for n in NAME.findall(line)}


def llvm_tests():
    done = subprocess.run([HERE.parent / "setup/corpus.sh", "llvm-tests"],
                          capture_output=True, text=True)  # fmt: skip
    if done.returncode:
        raise SystemExit(done.stderr.strip())
    return Path(done.stdout.strip())


def files_in(places):
    for place in map(Path, places):
        yield from sorted(place.rglob("*.ll")) if place.is_dir() else [place]


def compare(files):
    same = n = failed = refused = 0
    checked = named = 0
    have = answers(files)
    for file in files:
        want, answer = wanted(file), have.get(file)
        if answer is None or answer.get("error"):
            print(f"FAIL  {file}: no answer: {answer}")
            failed += 1
            continue
        names = checked_names(file)
        checked += len(names)
        named += len(names & all_names(answer))
        for name in sorted(names - all_names(answer)):
            print(f"FAIL  {file}: its CHECK lines name {name}")
        failed += bool(names - all_names(answer))
        if want is None:
            refused += 1
            continue
        got = rows(answer)
        n += len(want | got)
        same += len(want & got)
        if want == got or file.name in EXCEPTIONS:
            continue
        failed += 1
        print(f"FAIL  {file}")
        for row in sorted(want - got):
            print("      llc has, we miss: ", *row)
        for row in sorted(got - want):
            print("      we say, llc has not:", *row)
    return same, n, failed, refused, len(files), named, checked


def compare_all(files):
    """The sums of compare() over all of them."""
    batches = [files[i : i + BATCH] for i in range(0, len(files), BATCH)]
    with ThreadPoolExecutor(WORKERS) as pool:
        return list(map(sum, zip(*pool.map(compare, batches))))


def main():
    places = [llvm_tests()] if "--llvm" in sys.argv else sys.argv[1:] or [HERE / "cases"]
    files = [f.resolve() for f in files_in(places)]
    same, n, failed, refused, total, named, checked = compare_all(files)
    print(f"{total} files, {refused} of which llc makes no object; {same} of {n} rows equal; "
          f"{named} of {checked} names in CHECK lines")
    print(f"{total - failed} passed, {failed} failed, 0 skipped")
    return failed != 0


if __name__ == "__main__":
    sys.exit(main())
