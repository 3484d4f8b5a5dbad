#!/usr/bin/env python3
"""The commits that rustc's page of the target names: the code before, our fix, the code after.

    commits.py

Before is Debian 12's rust-src 1.63, of 2022; after is rust-web-src, where the same files
stand as these commits left them:
  backtrace-rs ef39a7d7    CONTEXT and what goes with it are x64's
  portable-simd ca4033f4   NEON's vectors
  stdarch 166ef7ba         core::arch::aarch64
On the code before there must be a finding, whose preferred fix makes the predicate that the
code after has. On the code after there must be none.
"""

import json
import os
import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
OUT = ROOT / os.environ.get("OUT", "out")
BEFORE = ROOT / "out/corpora/rust-1.63"
OLD = BEFORE / "usr/src/rustc-1.63.0/library"
NEW = Path("/usr/lib/rustlib/src/rust/library")

# commit, file before, a line of what the condition governs, files after
ROWS = [
    ("ef39a7d7", "backtrace/src/backtrace/dbghelp.rs", "fn init_frame(frame: &mut Frame, ctx: &CONTEXT) -> WORD {",
     ["backtrace/src/backtrace/dbghelp64.rs", "backtrace/src/windows_sys.rs", "backtrace/src/backtrace/win64.rs"]),
    ("ef39a7d7", "backtrace/src/windows.rs", "ffi! {",
     ["backtrace/src/backtrace/dbghelp64.rs", "backtrace/src/windows_sys.rs", "backtrace/src/backtrace/win64.rs"]),
    ("ca4033f4", "portable-simd/crates/core_simd/src/vendor.rs", "mod arm;",
     ["portable-simd/crates/core_simd/src/vendor.rs"]),
    ("166ef7ba", "stdarch/crates/core_arch/src/mod.rs", "mod arm_shared;", ["stdarch/crates/core_arch/src/mod.rs"]),
    ("166ef7ba", "stdarch/crates/core_arch/src/mod.rs", "pub mod aarch64 {", ["stdarch/crates/core_arch/src/mod.rs"]),
    ("166ef7ba", "stdarch/crates/core_arch/src/mod.rs", "mod aarch64;", ["stdarch/crates/core_arch/src/mod.rs"]),
]  # fmt: skip


def fetch():
    if OLD.is_dir():
        return True
    BEFORE.mkdir(parents=True, exist_ok=True)
    subprocess.run(["apt-get", "download", "rust-src"], cwd=BEFORE, capture_output=True)
    for package in BEFORE.glob("*.deb"):
        subprocess.run(["dpkg-deb", "-x", package, BEFORE], check=True)
        package.unlink()
    return OLD.is_dir()


def findings(path):
    done = subprocess.run([OUT / "arm64ecd", "check", "--no-cache", "--format=json", path], capture_output=True,
                          text=True, timeout=60)
    return [f for f in json.loads(done.stdout)["findings"] if f["code"] in ("EC401", "EC402")]


def plain(text):
    return re.sub(r"\s+", "", text).replace(",)", ")")


def offset(lines, place):
    return sum(len(line) + 1 for line in lines[: place["line"] - 1]) + place["column"] - 1


def fixed_predicate(text, finding):
    """The condition of a finding with the preferred fix in it."""
    lines = text.split("\n")
    begin, end = (offset(lines, finding["range"][side]) for side in ("start", "end"))
    edits = [(offset(lines, e["range"]["start"]), offset(lines, e["range"]["end"]), e["text"])
             for e in finding["fixes"][0]["edits"]]
    for at, to, with_text in sorted(edits, reverse=True):
        if begin <= at and to <= end:
            text = text[:at] + with_text + text[to:]
            end += len(with_text) - (to - at)
    return text[begin:end]


def governs(text, finding, what):
    """Whether `what` stands within a few lines behind the condition."""
    last = finding["range"]["end"]["line"]
    return any(line.strip() == what for line in text.split("\n")[last - 1 : last + 8])


def check(commit, old, what, new):
    text = (OLD / old).read_text()
    found = [f for f in findings(OLD / old) if governs(text, f, what) and f["fixes"]]
    if not found:
        return f"{old}: nothing is told of '{what}'"
    after = [NEW / file for file in new if (NEW / file).exists()]
    if not after:
        return f"{old}: none of {new} is there"
    predicate = plain(fixed_predicate(text, found[0]))
    if not any(predicate in plain(file.read_text()) for file in after):
        return f"{old}: the fix makes {predicate}, which the code after has not"
    noisy = [str(file) for file in after if findings(file)]
    return f"{noisy}: told of the code after" if noisy else ""


def main():
    if not NEW.is_dir() or not fetch():
        print("SKIP  commits: rust-src 1.63 or rust-web-src cannot be had\n0 passed, 0 failed, 1 skipped")
        return 0
    faults = [(row, check(*row)) for row in ROWS]
    for row, fault in faults:
        if fault:
            print(f"FAIL  {row[0]}: {fault}")
    failed = sum(bool(fault) for _, fault in faults)
    print(f"{len(ROWS) - failed} passed, {failed} failed, 0 skipped")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
