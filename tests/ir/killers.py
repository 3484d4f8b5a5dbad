#!/usr/bin/env python3
"""What dies in LLVM is foretold, and nothing else is: every type as parameter and result of a
definition, of a called declaration and of a call through a pointer, every calling convention.
The oracle is llc: it ends well, or with a signal or an error.

    killers.py            a slice for `make test`
    killers.py --full     all types and conventions
"""

import json
import os
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SERVER = (ROOT / os.environ.get("OUT", "out") / "arm64ecd").resolve()
LLVM = os.environ.get("LLVM", "22")
PATIENCE_S = 120
SLICE = 60
HEAD = 'target triple = "arm64ec-pc-windows-msvc"\n'
TYPES = """i1 i24 i56 i72 i96 i127 i128 i129 i256
[3 x i8];[5 x i8];[7 x i8];[3 x i16];[6 x i8];[8 x i8];[9 x i8];[15 x i8];[17 x i8];[64 x i8]
{i8,i8,i8};{i32,i8,i8};<{i16,i8}>;<{i32,i16}>;{i8,i16};{i64,double};{float,i32};{i8,double};{ptr,i64}
<3 x i8>;<3 x i16>;<4 x i1>;<2 x i1>;<8 x i1>;<3 x i32>;<4 x i8>;<2 x i8>;<3 x half>;<5 x i8>;<3 x float>
[3 x half];{half,half,half};<8 x float>;<16 x i8>;<32 x i8>;<128 x i8>;<256 x i8>;<1 x i128>
[2 x i64];[8 x i64];[9 x i64];[10 x i64];[4 x double];[5 x double];[8 x double];[9 x double]
[2 x i128];[4 x i128];[5 x i128];[2 x <4 x float>];[8 x <4 x float>];[9 x <4 x float>]
{};[0 x i32];{i32,{}};{[0 x i32]};[0 x {}];[2 x ptr];{i32,i1}
fp128;x86_fp80;ppc_fp128;[2 x fp128];{fp128};bfloat;half;[2 x bfloat];<4 x bfloat>;<vscale x 4 x i32>"""
CONVENTIONS = """ccc fastcc coldcc ghccc anyregcc preserve_mostcc preserve_allcc swiftcc cxx_fast_tlscc tailcc
swifttailcc preserve_nonecc x86_stdcallcc x86_fastcallcc arm_apcscc arm_aapcscc arm_aapcs_vfpcc
x86_thiscallcc spir_func intel_ocl_bicc x86_64_sysvcc win64cc x86_vectorcallcc x86_regcallcc
aarch64_vector_pcs aarch64_sve_vector_pcs graalcc cc;11 cc;12 cc;99 cc;102 cc;103 cc;111"""


def types():
    for line in TYPES.split("\n"):
        yield from line.split(";") if ";" in line else line.split()


def of_type(t):
    yield f"define void @f({t} %x) {{\n ret void\n}}\n"
    yield f"define {t} @f() {{\n ret {t} poison\n}}\n"
    yield f"declare void @f({t})\ndefine void @g() {{\n call void @f({t} poison)\n ret void\n}}\n"
    yield f"declare {t} @f()\ndefine void @g() {{\n call {t} @f()\n ret void\n}}\n"
    yield f"define void @g(ptr %f) {{\n call void %f({t} poison)\n ret void\n}}\n"
    yield f"define void @g(ptr %f) {{\n call {t} %f()\n ret void\n}}\n"
    if "vscale" not in t:  # without SVE it dies of that
        yield f"define internal {t} @f({t} %x) {{\n ret {t} %x\n}}\n"


def of_convention(c):
    yield f"define {c} i32 @d(i32 %a, ptr %p) {{\n ret i32 %a\n}}\n"
    yield f"declare {c} i32 @e(i32, ptr)\ndefine void @g() {{\n %x = call {c} i32 @e(i32 1, ptr null)\n ret void\n}}\n"
    yield f"define void @g(ptr %f) {{\n %x = call {c} i32 %f(i32 1, ptr null)\n ret void\n}}\n"


def texts():
    for t in types():
        yield from of_type(t)
    for c in CONVENTIONS.split():
        yield from of_convention(c.replace(";", " "))


def dies(file):
    command = [f"llc-{LLVM}", "-O0", "-filetype=obj", "-o", str(file.with_suffix(".obj")), str(file)]
    return subprocess.run(command, capture_output=True, timeout=PATIENCE_S).returncode != 0


def main():
    every = list(texts())
    if "--full" not in sys.argv:
        every = every[:: len(every) // SLICE]
    passed, failed = judge(every)
    print(f"{passed} passed, {failed} failed, 0 skipped")
    return failed != 0


def judge(every):
    failed = 0
    with tempfile.TemporaryDirectory() as name:
        files = []
        for number, text in enumerate(every):
            files.append(Path(name) / f"{number:04}.ll")
            files[-1].write_text(HEAD + text)
        with ThreadPoolExecutor(2) as pool:
            dead = list(pool.map(dies, files))
        done = subprocess.run([str(SERVER), "check", "--format=json", name], capture_output=True, text=True)
        found = json.loads(done.stdout)["findings"]
        for file, text, is_dead in zip(files, every, dead):
            own = [f for f in found if Path(f["file"]).name == file.name]
            told = [f for f in own if f["severity"] == "error" and f["code"]]
            surprised = [f for f in own if f["code"] in ("EC901", None)]
            if bool(told) == is_dead and not surprised:
                continue
            failed += 1
            print(f"FAIL  {'dies' if is_dead else 'lives'}, told {[f['code'] for f in told + surprised]}:")
            print(text)
    return len(every) - failed, failed


if __name__ == "__main__":
    sys.exit(main())
