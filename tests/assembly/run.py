#!/usr/bin/env python3
"""Assembly files as documents: what a file is taken for, commands of assemblers, and many
findings of a kind. README.md beside it.

    run.py [--full] [-v]     --full: the judged table whole (make oracle), else a slice
"""

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

sys.dont_write_bytecode = True
sys.path.append(str(Path(__file__).resolve().parents[1] / "lsp"))
import fixes  # noqa: E402
import judge  # noqa: E402
from client import Client  # noqa: E402

ROOT = Path(__file__).resolve().parents[2]
SERVER = (ROOT / os.environ.get("OUT", "out") / "arm64ecd").resolve()
PATIENCE_S = 120

passed, failed, skipped = 0, 0, 0


def check(what, is_good, said=""):
    global passed, failed
    if is_good:
        passed += 1
    else:
        failed += 1
        print(f"FAIL  {what}: {said}")


def skip(why):
    global skipped
    skipped += 1
    print(f"SKIP  {why}")


def run(*argv, cwd):
    return subprocess.run(
        [str(SERVER), *argv], cwd=cwd, stdin=subprocess.DEVNULL, capture_output=True, text=True,
        errors="replace", timeout=PATIENCE_S)  # fmt: skip


def findings(folder, *argv):
    done = run("check", "--format=json", "--no-cache", "--headers=builtin", *argv, cwd=folder)
    try:
        return json.loads(done.stdout)["findings"]
    except ValueError:
        return [{"code": "no answer", "message": done.stderr, "severity": "error"}]


def taken_for(folder, name, *flags):
    """What `check -v` says a file was taken for."""
    done = run("check", "-v", "--no-cache", "--headers=builtin", name, *flags, cwd=folder)
    head = done.stdout.splitlines()[0] if done.stdout else done.stderr
    return head.partition("built by ")[2].partition("; ")[2]


A64 = "    stp x29, x30, [sp, #-16]!\n    adrp x0, there\n    ret\n"
DIALECTS = (
    ("gnu.s", ".globl f\nf:\n" + A64, "GNU assembly for AArch64;"),
    ("gnu.asm", ".globl f\nf:\n" + A64, "GNU assembly for AArch64;"),
    ("arm.asm", "    AREA |.text|, CODE\n    EXPORT f\nf PROC\n" + A64 + "    ENDP\n    END\n", "armasm64 assembly;"),
    ("masm.asm", ".code\nf PROC\n    mov rax, rcx\n    lea rcx, [rax+8]\n    ret\nf ENDP\nEND\n", "x86 assembly (MASM), left alone"),
    ("nasm.asm", "%macro x 1\n%endmacro\nbits 64\nsection .text\nglobal f\nf:\n    mov rax, rcx\n    ret\n", "x86 assembly (NASM), left alone"),
    ("att.s", ".globl f\nf:\n    movq %rcx, %rax\n    leaq 8(%rax), %rcx\n    ret\n", "x86 assembly (AT&T syntax), left alone"),
    ("arm32.s", ".syntax unified\n.arm\n.fpu neon\nf:\n    push {r4, lr}\n    ldr r0, [r1]\n    bx lr\n", "GNU assembly for 32-bit Arm, left alone"),
    ("riscv.s", "f:\n    addi sp, sp, -16\n    sd ra, 8(sp)\n    ld ra, 8(sp)\n    jr ra\n", "assembly for another processor, left alone"),
    ("go.s", "TEXT \xb7f(SB),4,$0\n    MOVD a+0(FP), R0\n    RET\n", "Go's assembly, left alone"),
    ("elf.s", ".globl f\n.type f, %function\nf:\n" + A64 + ".size f, .-f\n", "GNU assembly for ELF, left alone"),
    ("macho.s", ".section __TEXT,__text\n.globl _f\n_f:\n" + A64 + ".subsections_via_symbols\n", "GNU assembly for Mach-O, left alone"),
    ("both.S", "#ifdef __x86_64__\nf: movq %rcx, %rax\n leaq 8(%rax), %rcx\n#else\nf:\n" + A64 + "#endif\n", "x86 assembly (AT&T syntax) for Arm64EC, left alone"),
    ("arm.S", "#ifdef __aarch64__\nf:\n" + A64 + "#endif\n", "GNU assembly for AArch64, whose conditions leave nothing for Arm64EC;"),
    ("empty.s", "", "GNU assembly;"),
)  # fmt: skip


def dialects(folder):
    for name, text, words in DIALECTS:
        (folder / name).write_text(text)
        said = taken_for(folder, name)
        check(f"{name} is taken for {words}", said.startswith(words), said)
        if words.endswith("left alone"):
            found = [f for f in findings(folder, name) if f["code"] != "EC630"]
            check(f"{name} is left alone", not found, found[:2])
    # A command of its own says that it is built for Arm64EC: then it is judged.
    said = taken_for(folder, "elf.s", "--", "clang", "--target=arm64ec-pc-windows-msvc")
    check("elf.s with a command", said.startswith("GNU assembly for AArch64;"), said)


def command(folder, name, arguments):
    entry = {"directory": str(folder), "file": name, "arguments": [*arguments, name]}
    (folder / "compile_commands.json").write_text(json.dumps([entry]))


def codes(found):
    return sorted({f["code"] for f in found if f["code"]})


def commands(folder):
    (folder / "arm.asm").write_text(DIALECTS[2][1].replace("EXPORT f", "EXPORT |f|"))
    command(folder, "arm.asm", ["C:\\VS\\armasm64.exe", "-o", "a.obj"])
    check("armasm64 without a machine", "EC515" in codes(findings(folder, "arm.asm")))
    command(folder, "arm.asm", ["armasm64", "-machine", "ARM64EC", "-o", "a.obj"])
    check("armasm64 with its machine", "EC515" not in codes(findings(folder, "arm.asm")))
    (folder / "masm.asm").write_text(DIALECTS[3][1])
    command(folder, "masm.asm", ["ml64", "/c"])
    found = findings(folder, "masm.asm")
    check("x64 assembly in a project for Arm64EC",
          [f["severity"] for f in found if f["code"] == "EC508"] == ["info"], found)  # fmt: skip
    (folder / "seh.s").write_text(
        '.p2align 2\n"#f":\n.seh_proc "#f"\nsub sp, sp, #16\n.seh_save_any_reg q6, 0\n'
        ".seh_endprologue\nret\n.seh_endproc\n")  # fmt: skip
    command(folder, "seh.s", ["clang-17", "--target=arm64ec-pc-windows-msvc", "-c"])
    old = findings(folder, "seh.s")
    check("a directive that LLVM 17 lacks", "EC516" in codes(old), codes(old))
    command(folder, "seh.s", ["clang-19", "--target=arm64ec-pc-windows-msvc", "-c"])
    new = findings(folder, "seh.s")
    check("a directive that LLVM 18 has", "EC516" not in codes(new), codes(new))


def many(folder):
    """Thirty thousand of a kind are one with a count, and all are in JSON."""
    lines = ["    add v16.4s, v17.4s, v0.4s"] * 1000
    (folder / "many.s").write_text('.p2align 2\n"#f":\n' + "\n".join(lines) + "\n    ret\n")
    found = [f for f in findings(folder, "many.s") if f["code"] == "EC502"]
    spoken = [f for f in found if not f.get("folded")]
    check("one with a count", len(spoken) == 1 and "1999 more" in spoken[0]["message"], spoken[:2])
    check("the list in JSON", len(found) == 2000, len(found))
    text = run("check", "--no-cache", "many.s", cwd=folder).stdout
    check("one error in the text", text.count("[EC502]") == 1, text[:400])


def suppressed(folder):
    (folder / "allow.s").write_text(
        '.p2align 2\n"#f":\n    mov x13, x0 // arm64ecd: allow(EC501) never in a signal\n'
        "    // arm64ecd: allow(EC501) the next line\n    mov x14, x0\n    ret\n")  # fmt: skip
    check("a suppression in //", not [f for f in findings(folder, "allow.s") if f["code"] != "EC630"])
    (folder / "allow.asm").write_text(
        "    AREA |.text|, CODE\n|#f| PROC\n    mov x13, x0 ; arm64ecd: allow(EC501) so\n"
        "    ret ; arm64ecd: allow(EC502) nothing\n    ENDP\n    END\n")  # fmt: skip
    found = codes(findings(folder, "allow.asm"))
    check("a suppression behind ;", found == ["EC630", "EC906"], found)


def live(folder):
    """In a large file what the assembler says of other lines stays while it works, and what it
    says last is what counts."""
    lines = [f"f{i}:\n    add x0, x0, #{i % 100}" for i in range(3000)]
    text = "\n".join([*lines, "    bogus x1"]) + "\n"
    file = folder / "live.s"
    file.write_text(text)

    def edit(client, version, line, length, new):
        span = {"start": {"line": line, "character": 0}, "end": {"line": line, "character": length}}
        client.change(file.as_uri(), version, [{"range": span, "text": new}])
        client.call("$/arm64ecd/sync", {}, PATIENCE_S)
        return [d["message"] for d in client.diagnostics(file.as_uri(), lambda ds: True, PATIENCE_S)]

    for argv in ([SERVER], [SERVER, "--workers=0"]):
        with Client([str(a) for a in argv], cwd=folder) as client:
            client.initialize(folder, capabilities={})
            client.open(file.as_uri(), text, language="asm")
            client.call("$/arm64ecd/sync", {}, PATIENCE_S)
            said = edit(client, 2, 1, 0, "    mov x13, x0\n")
            check("its own error and the assembler's", any("x13" in m for m in said) and any("mnemonic" in m for m in said), said[:5])
            said = edit(client, 3, 3, 0, "    nonsense x1\n")
            check("a new error of the assembler's", sum("mnemonic" in m for m in said) == 2, said[:5])
            said = edit(client, 4, 3, 15, "    nop        ")
            check("an error that is gone", sum("mnemonic" in m for m in said) == 1, said[:5])
            said = edit(client, 5, 6002, 12, "    nop     ")
            check("the last error is gone", not any("mnemonic" in m for m in said) and any("x13" in m for m in said), said[:5])
            client.finish()


def main():
    with tempfile.TemporaryDirectory() as name:
        for test in (dialects, commands, many, suppressed, live):
            folder = Path(name) / test.__name__
            folder.mkdir()
            test(folder)
        (Path(name) / "fixes").mkdir()
        fixes.run(check, skip, Path(name) / "fixes")
        judge.run(SERVER, os.environ.get("LLVM", "22"), check, skip, Path(name), "--full" in sys.argv, "-v" in sys.argv)
    print(f"{passed} passed, {failed} failed, {skipped} skipped")
    sys.exit(failed != 0)


main()
