"""Fixes of assembly files, applied: what was told is gone, the file assembles, ARM64's build
stays what it was, and a function that was made callable from x64 code is called by x64 code in
the emulator."""

import json
import os
import shutil
import subprocess
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
OUT = ROOT / os.environ.get("OUT", "out")
SERVER = (OUT / "arm64ecd").resolve()
LLVM = os.environ.get("LLVM", "22")
CLANG = shutil.which(f"clang-{LLVM}")
LLD = shutil.which(f"lld-link-{LLVM}") or shutil.which("lld-link", path=f"/usr/lib/llvm-{LLVM}/bin")
PATIENCE_S = 120
EC, ARM64, X64 = (f"{m}-pc-windows-msvc" for m in ("arm64ec", "aarch64", "x86_64"))


def findings(path, *flags):
    argv = [SERVER, "check", "--format=json", "--no-cache", "--headers=builtin", path, *flags]
    done = subprocess.run(argv, stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=PATIENCE_S)
    return json.loads(done.stdout)["findings"]


def offset(lines, place):
    return sum(len(line) for line in lines[: place["line"] - 1]) + place["column"] - 1


def apply(path, fixes):
    """Puts the edits of all fixes in; one that meets an earlier one waits for the next round."""
    data = path.read_bytes()
    lines = data.splitlines(keepends=True)
    taken, n = [], 0
    for fix in fixes:
        edits = [(offset(lines, e["range"]["start"]), offset(lines, e["range"]["end"]), e["text"].encode())
                 for e in fix["edits"]]  # fmt: skip
        if any(b < d and c < e or (b, e) == (c, d) for b, e, _ in edits for c, d, _ in taken):
            continue
        taken += edits
        n += 1
    for begin, end, text in sorted(taken, key=lambda e: (e[0], e[1]), reverse=True):
        data = data[:begin] + text + data[end:]
    path.write_bytes(data)
    return n


def fix_all(path, *flags, codes=None, rounds=12):
    """Applies what is preferred until nothing is; how many fixes that were."""
    total = 0
    for _ in range(rounds):
        found = findings(path, *flags)
        fixes = [f["fixes"][0] for f in found if f["fixes"] and (codes is None or f["code"] in codes)]
        n = apply(path, fixes)
        total += n
        if not n:
            break
    return total


def assemble(path, target, out):
    return subprocess.run([CLANG, f"--target={target}", "-c", path, "-o", out], capture_output=True, text=True)


def code_of(obj):
    """The bytes of code sections of a COFF object."""
    data = obj.read_bytes()
    n, code = int.from_bytes(data[2:4], "little"), []
    for i in range(n):
        at = 20 + 40 * i
        size, begin = (int.from_bytes(data[at + k : at + k + 4], "little") for k in (16, 20))
        if int.from_bytes(data[at + 36 : at + 40], "little") & 0x20:
            code.append(data[begin : begin + size])
    return b"".join(code)


SHARED = """\
    .text
    .globl shared
    .p2align 2
shared:
    stp x29, x30, [sp, #-16]!
    mov x15, #512
    bl __chkstk
    ldr x8, [x0]
    blr x8
    ldp x29, x30, [sp], #16
    ret
    .globl scratch
    .p2align 2
scratch:
    mov x13, x0
    movi v16.4s, #1
    add v16.4s, v16.4s, v16.4s
    add w0, w13, #1
    ret
"""

KEPT = """\
    .p2align 2
    .globl "#kept"
"#kept":
    .weak_anti_dep kept
kept = "#kept"
    str x23, [sp, #-16]!
    mov x23, x0
    add x0, x23, #1
    ldr x23, [sp], #16
    ret
"""


def test_shared(check, folder):
    """One source of both: Arm64EC gets its fixes, ARM64 the same bytes as before."""
    for name in ("shared.S", "shared.s"):
        path = folder / name
        path.write_text(SHARED)
        assert CLANG
        before = folder / f"{name}.before.obj"
        assemble(path, ARM64, before)
        codes = ("EC201", "EC501", "EC502", "EC504", "EC505", "EC506", "EC213")
        n = fix_all(path, codes=codes)
        left = sorted({f["code"] for f in findings(path) if f["code"] in codes})
        check(f"{name}: all fixed", n >= 6 and not left, (n, left))
        done = assemble(path, EC, folder / f"{name}.obj")
        check(f"{name}: assembles for Arm64EC", done.returncode == 0, done.stderr[:400])
        if name.endswith(".S"):
            after = folder / f"{name}.after.obj"
            done = assemble(path, ARM64, after)
            check(f"{name}: assembles for ARM64", done.returncode == 0, done.stderr[:400])
            # but for what was renamed, which is as free there
            check(f"{name}: as much code for ARM64", len(code_of(after)) == len(code_of(before)))
    text = (folder / "shared.S").read_text()
    check("registers are renamed", "x13" not in text and "v16" not in text, text)


def test_rename_not(check, folder):
    """Where nobody can prove that a register is free, no edit is offered."""
    cases = {
        "local": '.p2align 2\n"#l":\n mov x13, x0\n ret\n.globl "#f"\n"#f":\n b "#l"\n',
        "tail": '.globl "#f"\n"#f":\n mov x13, x0\n b elsewhere\n',
        "own call": '.globl "#f"\n"#f":\n mov x13, x0\n bl near\n ret\nnear:\n ret\n',
        "entered": '.globl "#f"\n"#f":\n mov x13, x0\nin:\n ret\n.globl "#g"\n"#g":\n b in\n',
        "list": '.globl "#f"\n"#f":\n ld1 {v16.4s, v17.4s}, [x0]\n add v16.4s, v16.4s, v17.4s\n ret\n',
        "saved only": '.globl "#f"\n"#f":\n stp x23, x24, [sp, #-16]!\n ldp x23, x24, [sp], #16\n ret\n',
        "unwind code": '.globl "#f"\n"#f":\n.seh_proc "#f"\n str x23, [sp, #-16]!\n.seh_save_reg_x x23, 16\n'
        ".seh_endprologue\n mov x23, x0\n ldr x23, [sp], #16\n ret\n.seh_endproc\n",
        "all taken": '.globl "#f"\n"#f":\n' + "".join(f" mov x{r}, x0\n" for r in (9, 10, 11, 12, 13, 15, 16, 17)) + " ret\n",
        "none over a call": '.globl "#f"\n"#f":\n' + "".join(f" mov x{r}, x0\n" for r in (9, 10, 11, 12, 13)) + ' bl "#g"\n ret\n',
        "unknown macro": '.globl "#f"\n"#f":\n mov x13, x0\n SOMETHING x0\n ret\n',
        "computed": '.globl "#f"\n"#f":\n mov x13, x0\n br x1\n',
    }  # fmt: skip
    for name, text in cases.items():
        path = folder / "not.s"
        path.write_text(text)
        fixes = [x["title"] for f in findings(path) if f["code"] in ("EC501", "EC502") for x in f["fixes"]]
        check(f"no rename: {name}", not fixes, fixes)
    path.write_text(KEPT)
    n = fix_all(path, codes=("EC501",))
    check("a register is renamed with its saves", n == 1 and "x19, [sp, #-16]!" in path.read_text(), path.read_text())


CALLEE = """\
    .text
// long long verify_ec_callee(long long count, const void *from, float by);
    .globl verify_ec_callee
    .p2align 2
verify_ec_callee:
    adrp x13, verify_record
    add x13, x13, :lo12:verify_record
    str x0, [x13]
    str x1, [x13, #32]
    fmov s16, s0
    str s16, [x13, #64]
    adrp x14, verify_result
    ldr x0, [x14, :lo12:verify_result]
    ret
"""
RUNTIME = """\
    .data
    .globl verify_record
verify_record:
    .zero 128
    .globl verify_result
verify_result:
    .quad 1
    .globl __os_arm64x_dispatch_ret
__os_arm64x_dispatch_ret:
    .quad 0
"""


def execute(folder, source):
    """What the emulator says of x64 code that calls the assembly's function."""
    driver = OUT / "verify-driver"
    (folder / "signatures").write_text("abi\ti64(i64,p,f)\ti64(i64,p,f)\n")
    subprocess.run([driver, "sources", folder / "signatures", folder], check=True)
    subprocess.run([CLANG, f"--target={X64}", "-O1", "-w", "-fno-builtin", "-c", folder / "0.x64.c", "-o", folder / "0.x64.obj"], check=True)
    subprocess.run([CLANG, f"--target={EC}", "-c", source, "-o", folder / "0.ec.obj"], check=True)
    done = subprocess.run([driver, "run", folder / "signatures", folder, "1", "3", LLVM], capture_output=True, text=True)
    if done.returncode == 3:
        return None
    return done.stdout.split("\t")[1:3]


def test_callable(check, skip, folder):
    """Named, renamed and given its thunk by fixes alone; then x64 code calls it."""
    path = folder / "callee.s"
    path.write_text(CALLEE)
    fix_all(path, codes=("EC504", "EC501", "EC502"))
    named = path.read_text()
    check("named", '"#verify_ec_callee":' in named and "x13" not in named, named)
    n = fix_all(path, codes=("EC201",))
    check("one thunk", n == 1 and "$ientry_thunk$cdecl$i8$i8i8f" in path.read_text(), n)
    left = [f for f in findings(path) if f["severity"] in ("error", "warning")]
    check("nothing is left", not left, left[:2])
    if not (OUT / "verify-driver").exists():
        skip("out/verify-driver is not built")
        return
    verdict = execute(folder, path)
    if verdict is None:
        skip("libunicorn2 is not installed")
        return
    check("x64 code calls it", verdict[0] == "ok", verdict)
    # Without the thunk it cannot: the test would see it.
    (folder / "plain.s").write_text(named)
    check("without its thunk it is wrong", execute(folder, folder / "plain.s")[0] != "ok")


def test_linked(check, skip, folder):
    if not LLD:
        skip(f"lld-link-{LLVM} is not installed")
        return
    path = folder / "callee.s"
    path.write_text(CALLEE)
    fix_all(path, codes=("EC504", "EC501", "EC502", "EC201"))
    (folder / "runtime.s").write_text(RUNTIME)
    objects = []
    for source in (path, folder / "runtime.s"):
        objects.append(source.with_suffix(".obj"))
        assemble(source, EC, objects[-1])
    (folder / "x64.c").write_text(
        "long long verify_ec_callee(long long, const void *, float);\n"
        "int _fltused; long long use(void) { return verify_ec_callee(1, 0, 2); }\n")  # fmt: skip
    objects.append(folder / "x64.obj")
    subprocess.run([CLANG, f"--target={X64}", "-O1", "-c", folder / "x64.c", "-o", objects[-1]], check=True)
    done = subprocess.run(
        [LLD, "/machine:arm64ec", "/dll", "/noentry", "/nodefaultlib", "/export:use", f"/out:{folder / 'a.dll'}", *objects],
        capture_output=True, text=True)  # fmt: skip
    check("lld links it", done.returncode == 0 and (folder / "a.dll").exists(), done.stderr[:600])


ARMASM = """\
    AREA |.text|, CODE, READONLY
    EXPORT twice
twice PROC
    mov x13, x0
    bl __chkstk
    add x0, x13, x13
    ret
    ENDP
    EXPORT |once|
|once| PROC
    mov x14, x0
    mov x0, x14
    ret
    ENDP
    END
"""


def test_armasm(check, folder):
    path = folder / "armasm.asm"
    path.write_text(ARMASM)
    fix_all(path, codes=("EC501", "EC504", "EC506"))
    text = path.read_text()
    left = [f["code"] for f in findings(path) if f["code"] in ("EC501", "EC504", "EC506")]
    check("armasm64: fixed", not left, left)
    check("armasm64: in its own spelling", "EXPORT |#twice|" in text and "|#once| PROC" in text and
          "bl |#__chkstk_arm64ec|" in text and '"' not in text, text)  # fmt: skip


def run(check, skip, folder):
    if not CLANG:
        skip(f"clang-{LLVM} is not installed")
        return
    for number, test in enumerate((test_shared, test_rename_not, test_armasm)):
        (folder / str(number)).mkdir()
        test(check, folder / str(number))
    for number, test in enumerate((test_callable, test_linked), 10):
        (folder / str(number)).mkdir()
        test(check, skip, folder / str(number))
