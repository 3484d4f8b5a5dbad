#!/usr/bin/env python3
"""Thunks of random Rust signatures against those in rustc's own assembly.

    thunks.py [--seed N] [--count N]      default: 1, 240

Each function has C's convention and takes what a file shows whole: primitives, pointers,
structs and unions of repr(C), nested and with arrays, transparent ones, enums of repr(u8).
Half of them are defined, half declared and called. The crate is `no_core`, so that no
standard library for the target is needed.
"""

import argparse
import json
import os
import random
import re
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
OUT = ROOT / os.environ.get("OUT", "out")
RUSTC = Path("/usr/bin/rustc")
TARGET = "arm64ec-pc-windows-msvc"
SCALARS = ["u8", "i8", "u16", "i16", "u32", "i32", "u64", "i64", "usize", "isize", "bool", "f32", "f64",
           "*const u8", "*mut u32", "i128", "u128"]  # fmt: skip
HEAD = """#![feature(no_core, lang_items, auto_traits)]
#![no_core]
#![allow(internal_features, dead_code, unused_variables, improper_ctypes, improper_ctypes_definitions)]
#[lang = "pointee_sized"] pub trait PointeeSized {}
#[lang = "meta_sized"] pub trait MetaSized: PointeeSized {}
#[lang = "sized"] pub trait Sized: MetaSized {}
#[lang = "copy"] pub trait Copy {}
#[lang = "freeze"] unsafe auto trait Freeze {}
"""


class Generator:
    def __init__(self, seed):
        self.random = random.Random(seed)
        self.text, self.types = HEAD, []

    def field(self):
        pick = self.random.random()
        if pick < 0.15 and self.types:
            return self.random.choice(self.types)
        if pick < 0.35:
            return f"[{self.random.choice(SCALARS[:13])}; {self.random.randint(1, 5)}]"
        return self.random.choice(SCALARS[:15])

    def record(self):
        name, pick = f"T{len(self.types)}", self.random.random()
        if pick < 0.1:
            self.text += f"#[repr(u8)] pub enum {name} {{ A, B }}\n"
        elif pick < 0.2:
            self.text += f"#[repr(transparent)] pub struct {name}({self.random.choice(SCALARS[:15])});\n"
        else:
            packed = ", packed" if self.random.random() < 0.1 else ""
            fields = [self.field() for _ in range(self.random.randint(1, 5))]
            if self.random.random() < 0.3:
                fields = [self.random.choice(["f32", "f64"])] * self.random.randint(1, 5)
            body = ", ".join(f"m{i}: {field}" for i, field in enumerate(fields))
            self.text += f"#[repr(C{packed})] pub struct {name} {{ {body} }}\n"
        self.types.append(name)

    def value(self):
        return self.random.choice(self.types) if self.random.random() < 0.5 else self.random.choice(SCALARS)

    def function(self, number):
        values = [self.value() for _ in range(self.random.randint(0, 5))]
        result = f" -> {self.value()}" if self.random.random() < 0.8 else ""
        parameters = ", ".join(f"p{i}: {value}" for i, value in enumerate(values))
        arguments = ", ".join(f"p{i}" for i in range(len(values)))
        if number % 2:
            self.text += f"extern \"C\" {{ fn d{number}({parameters}){result}; }}\n"
            self.text += f"#[no_mangle] pub unsafe extern \"C\" fn f{number}({parameters}){result} {{ d{number}({arguments}) }}\n"
        else:
            self.text += f"#[no_mangle] pub extern \"C\" fn f{number}({parameters}){result} {{ loop {{}} }}\n"


def theirs(source, folder):
    """{(function, kind): thunk} of rustc's assembly."""
    assembly = folder / "a.s"
    done = subprocess.run(
        [RUSTC, "--edition", "2021", "--target", TARGET, "--crate-type", "lib", "-C", "panic=abort",
         "--emit=asm", source, "-o", assembly], env={**os.environ, "RUSTC_BOOTSTRAP": "1"},
        capture_output=True, text=True, timeout=120)
    if done.returncode:
        sys.exit(f"rustc: {done.stderr[-3000:]}")
    section = assembly.read_text().split(".hybmp$x", 1)[-1]
    rows = re.findall(r'\.symidx\s+"?#?([^"\s]+)"?\s+\.symidx\s+(\S+)\s+\.word\s+(\d)', section)
    kinds = {"1": "entry", "4": "exit"}
    return {(name, kinds[kind]): thunk for name, thunk, kind in rows if kind in kinds}


def ours(source):
    done = subprocess.run([OUT / "arm64ecd", "thunks", "--format=json", source], capture_output=True, text=True,
                          timeout=120, check=True)
    return {(function["name"], thunk["kind"]): thunk["name"]
            for function in json.loads(done.stdout)["functions"] for thunk in function["thunks"]}  # fmt: skip


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--count", type=int, default=240)
    arguments = parser.parse_args()
    if not RUSTC.exists():
        print("SKIP  thunks: rustc-web is not installed\n0 passed, 0 failed, 1 skipped")
        return 0
    generator = Generator(arguments.seed)
    for _ in range(40):
        generator.record()
    for number in range(arguments.count):
        generator.function(number)
    with tempfile.TemporaryDirectory() as name:
        source = Path(name) / "lib.rs"
        source.write_text(generator.text)
        expected, found = theirs(source, Path(name)), ours(source)
    wrong = [key for key, thunk in expected.items() if found.get(key) != thunk]
    for function, kind in wrong[:20]:
        line = next(line for line in generator.text.split("\n") if f" {function}(" in line)
        print(f"FAIL  {kind} thunk of {function}: {found.get((function, kind))}, rustc has "
              f"{expected[function, kind]}\n      {line}")
    print(f"thunks: {len(expected)} of rustc's, {len(wrong)} differ")
    passed = len(expected) >= 200 and not wrong
    print(f"{int(passed)} passed, {int(not passed)} failed, 0 skipped")
    return 0 if passed else 1


if __name__ == "__main__":
    sys.exit(main())
