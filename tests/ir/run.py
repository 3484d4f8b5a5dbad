#!/usr/bin/env python3
"""LLVM IR in `make test`: the cases' thunks against llc's (oracle.py), a slice of what kills
(killers.py), and files that are no module, or not a whole one."""

import json
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import killers
import oracle

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent))
import versions  # noqa: E402

GOOD = 'target triple = "arm64ec-pc-windows-msvc"\ndefine i32 @f(i32 %x) {\n  ret i32 %x\n}\n'
PATCHABLE = GOOD.replace("(i32 %x) {", "(i32 %x) hybrid_patchable {")


def bitcode(text):
    command = [f"llvm-as-{oracle.LLVM}", "-o", "-", "-"]
    return subprocess.run(command, input=text.encode(), capture_output=True, check=True).stdout


def inputs():
    """(name, bytes, code of the finding that is wanted, words in it): None, no finding."""
    whole = bitcode(GOOD)
    yield "good.bc", whole, None, ""
    yield "cut.bc", whole[: len(whole) // 2], "error", ""
    yield "patchable.bc", bitcode(PATCHABLE), "EC206", "hybrid_patchable"
    yield "noise.bc", b"BC\xc0\xde" + bytes(range(256)) * 20, "error", ""
    yield "empty.bc", b"", None, ""
    yield "text.bc", GOOD.encode(), None, ""  # LLVM reads both by their first bytes
    yield "good.ll", GOOD.encode(), None, ""
    yield "empty.ll", b"", None, ""
    yield "newer.ll", GOOD.replace("i32 %x)", "i32 newer_attribute %x)", 1).encode(), "error", ""
    yield "half.ll", GOOD[: GOOD.index("ret")].encode(), "error", ""
    yield "crlf.ll", GOOD.replace("\n", "\r\n").encode(), None, ""
    yield "prose.ll", b"This is no module.\n", "error", "expected top-level entity"
    yield "brackets.ll", ("%a = type " + "{" * 3000 + "i8" + "}" * 3000 + "\n").encode(), None, ""
    types = "".join(f"%t{i} = type {{ %t{i - 1}, %t{i - 1} }}\n" for i in range(1, 40))
    doubled = "%t0 = type { i8, i8 }\n" + types + "declare void @f(%t39)\n"
    yield "doubled.ll", doubled.encode(), None, ""


def findings(file):
    command = [str(oracle.SERVER), "check", "--format=json", str(file)]
    done = subprocess.run(command, capture_output=True, timeout=oracle.PATIENCE_S)
    if done.returncode not in (0, 1):
        return f"exit status {done.returncode}: {done.stderr.decode()[:300]}"
    return json.loads(done.stdout)["findings"]


def is_right(found, code, words):
    if isinstance(found, str):
        return False
    if code is None:
        return not found
    return any((f["code"] == code or (code == "error" and f["severity"] == "error"))
               and words in f["message"] for f in found)  # fmt: skip


def fits(file):
    """Whether this LLVM has what the case needs; says so if not."""
    needed = re.match(r"; needs: (\w+)", file.read_text())
    if not needed or versions.has(needed[1]):
        return True
    print(f"SKIP  {file.name}: {versions.why(needed[1])}")
    return False


def main():
    if not shutil.which(f"llc-{oracle.LLVM}") or not shutil.which(f"llvm-as-{oracle.LLVM}"):
        print("SKIP  llc or llvm-as is not installed")
        print("0 passed, 0 failed, 1 skipped")
        return 0
    files = [f for f in sorted((HERE / "cases").glob("*.ll")) if fits(f)]
    same, n, failed, refused, total, _, _ = oracle.compare_all(files) if files else (0,) * 7
    print(f"{total} cases, {same} of {n} rows of thunks equal")
    if refused or (files and not n):
        print("FAIL  llc makes no object of a case")
        failed += 1
    passed = total - failed
    every = list(killers.texts())
    killed = killers.judge(every[:: len(every) // killers.SLICE])
    passed, failed = passed + killed[0], failed + killed[1]
    with tempfile.TemporaryDirectory() as folder:
        for name, data, code, words in inputs():
            file = Path(folder) / name
            file.write_bytes(data)
            found = findings(file)
            if is_right(found, code, words):
                passed += 1
                continue
            failed += 1
            print(f"FAIL  {name}: expected {code or 'nothing'} {words}, got {found}")
    print(f"{passed} passed, {failed} failed, 0 skipped")
    return failed != 0


if __name__ == "__main__":
    sys.exit(main())
