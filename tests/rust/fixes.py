#!/usr/bin/env python3
"""Applies the first fix of each finding in fixes/*.rs, compares with NAME.expected, and compiles.

    fixes.py [--update]

The text after the fix must compile for x86_64, aarch64 and arm64ec, as a crate without core, which
needs no standard library of these targets, and nothing may be left to tell.
"""

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]
OUT = ROOT / os.environ.get("OUT", "out")
RUSTC = Path("/usr/bin/rustc")
TARGETS = ["x86_64-pc-windows-msvc", "aarch64-pc-windows-msvc", "arm64ec-pc-windows-msvc"]
HEAD = """#![feature(no_core, lang_items, auto_traits)]
#![no_core]
#![allow(internal_features, dead_code, unused_imports)]
#[lang = "pointee_sized"] pub trait PointeeSized {}
#[lang = "meta_sized"] pub trait MetaSized: PointeeSized {}
#[lang = "sized"] pub trait Sized: MetaSized {}
#[lang = "copy"] pub trait Copy {}
#[lang = "freeze"] unsafe auto trait Freeze {}
impl Copy for u32 {}
"""


def findings(path):
    done = subprocess.run([OUT / "arm64ecd", "check", "--no-cache", "--format=json", path], capture_output=True,
                          text=True, timeout=60)
    return json.loads(done.stdout)["findings"]


def offset(lines, place):
    return sum(len(line) + 1 for line in lines[: place["line"] - 1]) + place["column"] - 1


def apply(text, found):
    lines, edits = text.split("\n"), set()
    for finding in found:
        for edit in finding["fixes"][0]["edits"] if finding["fixes"] else []:
            edits.add((*(offset(lines, edit["range"][side]) for side in ("start", "end")), edit["text"]))
    for begin, end, new in sorted(edits, reverse=True):
        text = text[:begin] + new + text[end:]
    return text


def compile_errors(text, folder):
    source = folder / "lib.rs"
    source.write_text(HEAD + text)
    for target in TARGETS:
        done = subprocess.run(
            [RUSTC, "--edition", "2021", "--target", target, "--crate-type", "lib", "-C", "panic=abort",
             "--emit=metadata", source, "-o", folder / "out.rmeta"],
            env={**os.environ, "RUSTC_BOOTSTRAP": "1"}, capture_output=True, text=True, timeout=60)
        if done.returncode:
            return f"{target}: {done.stderr[:800]}"
    return ""


def check(file, folder):
    copy = folder / "main.rs"
    copy.write_text(file.read_text())
    found = findings(copy)
    text = apply(file.read_text(), found)
    expected = file.with_suffix(".expected")
    if "--update" in sys.argv:
        expected.write_text(text)
    if not found:
        return "nothing is told"
    if not expected.exists() or expected.read_text() != text:
        return f"the fixes make\n{text}"
    copy.write_text(text)
    left = [f"{f['code']} {f['message']}" for f in findings(copy)]
    return f"left behind: {left}" if left else compile_errors(text, folder) if RUSTC.exists() else ""


def main():
    files = sorted((HERE / "fixes").glob("*.rs"))
    failed = 0
    for file in files:
        with tempfile.TemporaryDirectory() as folder:
            fault = check(file, Path(folder))
        if fault:
            failed += 1
            print(f"FAIL  {file.name}: {fault}")
    print(f"{len(files) - failed} passed, {failed} failed, 0 skipped")
    return 1 if failed or not files else 0


if __name__ == "__main__":
    sys.exit(main())
