#!/usr/bin/env python3
"""Rust and Cargo's files as nobody writes them: each is answered in time, and no worker dies.

    hostile.py
"""

import json
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SERVER = ROOT / os.environ.get("OUT", "out") / "arm64ecd"
SECONDS_MAX = 12 * int(os.environ.get("TEST_PATIENCE_S", "10")) // 10

GATE = '#[cfg(target_arch = "aarch64")] '
CASES = {
    "long_literal/lib.rs": 'fn f() { let x = "' + "a" * 1_000_000 + '"; }',
    "long_line/lib.rs": GATE + "fn f() {" + "x();" * 250_000 + "}",
    "deep_brackets/lib.rs": "fn f() {" + "(" * 300_000 + ")" * 300_000 + "}",
    "deep_predicate/lib.rs": "#[cfg(" + "not(" * 100_000 + 'target_arch="x86_64"' + ")" * 100_000 + ")] fn f() {}",
    "deep_gates/lib.rs": (GATE + "mod a {") * 10_000 + "}" * 10_000,
    "many_gates/lib.rs": (GATE + "use core::arch::aarch64::*;\n") * 20_000,
    "many_twins/lib.rs": (GATE + "fn g(a: CONTEXT) {}\n" + GATE.replace("aarch64", "x86_64") + "fn g(a: CONTEXT) {}\n") * 3_000,
    "long_chain/lib.rs": "fn f() {" + 'if cfg!(target_arch="aarch64") {} else ' * 10_000 + "{}}",
    "open_literal/lib.rs": 'r##"abc\n fn /* /* */',
    "open_attribute/lib.rs": '#[cfg(any(target_arch = "x86_64", target_arch = \nfn f() { asm!("mov x13, x0"\n extern "win64',
    "ticks/lib.rs": "'" * 200_000,
    "half_generics/lib.rs": "fn a<" * 100_000,
    "half_statics/lib.rs": "const A: " * 50_000,
    "attributes/lib.rs": "#[a]" * 100_000 + "fn f() {}",
    "invalid_utf8/lib.rs": b'fn f() { "\xff\xfe" } // \xc3\x28\n#[cfg(target_arch = "\xe2\x82")] fn g() {}',
    "doubling_types/lib.rs": "".join(f"#[repr(C)] struct S{i} {{ a: S{i + 1}, b: S{i + 1} }}\n" for i in range(30))
    + '#[repr(C)] struct S30 { a: u8 }\n#[no_mangle] pub extern "C" fn f(a: S5) {}\n',
    "own_types/lib.rs": '#[repr(C)] struct A { a: A }\ntype B = B;\n#[no_mangle] pub extern "C" fn f(a: A, b: B) {}\n',
    "many_calls/lib.rs": 'extern "C" {' + "".join(f"fn f{i}(a: i32);" for i in range(5_000)) + "}\nfn g() {"
    + "".join(f"f{i}(1);" for i in range(5_000)) + "}",
    "deep_array/Cargo.toml": "a = " + "[" * 200_000,
    "half_tables/Cargo.toml": "[target.'cfg(" * 20_000,
    "long_version/Cargo.lock": '[[package]]\nname = "winapi"\nversion = "' + "9" * 100_000 + '"\n',
    "binary/Cargo.toml": bytes(range(1, 256)) * 100,
}  # fmt: skip


def check(folder, name, text):
    file = folder / name
    file.parent.mkdir()
    file.write_bytes(text if isinstance(text, bytes) else text.encode())
    started = time.monotonic()
    try:
        done = subprocess.run([SERVER, "check", "--no-cache", "--format=json", file], capture_output=True, text=True,
                              timeout=SECONDS_MAX)
    except subprocess.TimeoutExpired:
        return f"no answer within {SECONDS_MAX} s"
    if done.returncode not in (0, 1):
        return f"exit status {done.returncode}: {done.stderr[-300:]}"
    dead = [f["code"] for f in json.loads(done.stdout)["findings"] if (f["code"] or "") in ("EC901", "EC902", "EC903")]
    seconds = time.monotonic() - started
    return f"{dead} after {seconds:.1f} s" if dead else ""


def main():
    failed = 0
    with tempfile.TemporaryDirectory() as folder:
        for name, text in CASES.items():
            fault = check(Path(folder), name, text)
            if fault:
                failed += 1
                print(f"FAIL  {name}: {fault}")
    print(f"{len(CASES) - failed} passed, {failed} failed, 0 skipped")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
