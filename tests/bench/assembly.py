"""Edits of assembly files: milliseconds from a keystroke to the findings that it made, LLVM's
assembler and all rules included. Nobody else speaks of such files, so the bounds are absolute."""

import statistics
import sys
import tempfile
import time
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE), str(HERE.parents[0] / "lsp")]
from client import Client  # noqa: E402

BOUNDS_MS = ((2_000, 15), (20_000, 100))
REGISTERS = ("x13", "x14", "x23", "x24", "x28")
PATIENCE_S = 60

HEAD = """\
.macro function name
    .text
    .globl "#\\name"
    .p2align 2
"#\\name":
    .weak_anti_dep \\name
\\name = "#\\name"
.endm
.macro butterfly a, b, t
    add \\t\\().8h, \\a\\().8h, \\b\\().8h
    sub \\b\\().8h, \\a\\().8h, \\b\\().8h
.endm
"""
FUNCTION = """\
function transform_{n}
    ld1 {{v0.8h, v1.8h, v2.8h, v3.8h}}, [x1], #64 // four rows
    butterfly v0, v1, v4
    butterfly v2, v3, v5
    mov w3, #16
1:  ldr x4, [x0, #8]
    add x4, x4, w3, sxtw #1
    str x4, [x0], #8
    subs w3, w3, #1
    b.ne 1b
    adrp x5, table
    add x5, x5, :lo12:table
    ldr x6, [x5, x3, lsl #3]
    cbz x6, 2f
    mul v4.8h, v4.8h, v5.8h
    st1 {{v4.8h}}, [x0]
    stp x19, x20, [x0, #16]
2:  mov {spot}, x2
    ret

"""


def text_of(n_lines, register):
    n = n_lines // FUNCTION.count("\n")
    parts = [FUNCTION.format(n=i, spot=register if i == n // 2 else "x7") for i in range(n)]
    return HEAD + "".join(parts) + "    .data\ntable:\n    .quad 0\n"


def latencies(argv, n_lines, rounds):
    with tempfile.TemporaryDirectory(prefix="bench-") as folder:
        file = Path(folder).resolve() / "main.s"
        text = text_of(n_lines, "x7")
        file.write_text(text)
        line = next(i for i, l in enumerate(text_of(n_lines, "x13").split("\n")) if "x13" in l)
        column = text.split("\n")[line].index("x7")
        times, width = [], 2
        with Client(argv, cwd=folder) as client:
            client.initialize(Path(folder).resolve(), capabilities={})
            client.open(file.as_uri(), text, language="asm")
            client.call("$/arm64ecd/sync", {}, PATIENCE_S)
            for number in range(rounds):
                name = REGISTERS[number % len(REGISTERS)]
                span = {"start": {"line": line, "character": column},
                        "end": {"line": line, "character": column + width}}  # fmt: skip
                time.sleep(0.15)
                started = time.perf_counter()
                client.change(file.as_uri(), number + 2, [{"range": span, "text": name}])
                client.diagnostics(file.as_uri(), lambda ds: any(f"register {name} " in d["message"] for d in ds), PATIENCE_S)
                times.append((time.perf_counter() - started) * 1000)
                width = len(name)
            client.finish()
    return times


def rows(argv, rounds):
    """Prints a line a size; how many bounds are missed."""
    missed = 0
    for n_lines, bound in BOUNDS_MS:
        median = statistics.median(latencies(argv, n_lines, rounds))
        is_missed = median > bound
        missed += is_missed
        print(f"assembly, {n_lines} lines: edit -> findings {median:.1f} ms   <= {bound} ms   {'FAIL' if is_missed else 'pass'}")
    return missed
