"""Documents for chaos: pieces of C and C++ that mean something, and ways to tear them.

A document is a list of pieces; each stands for itself, so any mixture is a whole text. A torn
text is one with a random edit in it; it is whole again when the pieces are written anew.
"""

from pathlib import Path

INPUTS = Path(__file__).resolve().parents[1] / "crash" / "inputs"

# %(n)d is a number that no other piece has. What needs C alone, or C++ alone, says so.
PIECES = [
    "int plain%(n)d(int a) { return a + %(n)d; }\n",
    "int wrong%(n)d(void) { return absent_%(n)d; }\n",
    "long register%(n)d(long v) { __asm__(\"mov x13, %%0\" ::\"r\"(v)); return v; }\n",
    "struct odd%(n)d { char c[3]; };\nint take%(n)d(struct odd%(n)d o) { return o.c[0]; }\n",
    "int call%(n)d(struct odd_shared o);\n",
    "__bf16 half%(n)d(__bf16 x) { return x; }\n",
    "int many%(n)d(const char *f, ...) { return f[0]; }\n",
    "int (*pointer%(n)d)(int, double);\nint through%(n)d(void) { return pointer%(n)d(1, 2.0); }\n",
    "/* \U0001f600 \u00e4\u00f6\u00fc \u4e2d */ int umlaut%(n)d = absent_\u00e4%(n)d;\n",
    "int shared%(n)d(void) { return shared_value + shared_other; }\n",
    "// arm64ecd: allow(EC501) known\nvoid allowed%(n)d(void) { __asm__(\"mov x13, #1\"); }\n",
    "#if defined(_M_ARM64EC)\nint here%(n)d;\n#else\nint there%(n)d = nowhere;\n#endif\n",
    "#ifdef CHAOS\nint configured%(n)d = absent_%(n)d;\n#endif\n",
    "static int unused%(n)d(float f) { return (int)f; }\r\n",
    "void used%(n)d(void)\n{\n    for (int i = 0; i < %(n)d; i++)\n        if (i == 3)\n            break;\n}\n",
]
HEADER_PIECES = [
    "extern int shared_value;\n",
    "extern int shared_valve;\n",  # of the same size, and not the same
    "extern int shared_other;\n",
    "struct odd_shared { char c[5]; };\n",
    "struct odd_shared { char c[8]; };\n",
    "static inline int inline%(n)d(int a) { return a; }\n",
    "#define MACRO%(n)d %(n)d\n",
    "static inline void asm%(n)d(void) { __asm__(\"mov x14, #1\"); }\n",
]
INCLUDES = ['#include "shared0.h"\n', '#include "shared1.h"\n', "#include <stdio.h>\n",
            "#include <windows.h>\n", '#include "unborn.h"\n']  # fmt: skip
GARBAGE = ["{", "}", "(", ")", ";", '"', "/*", "*/", "\\\n", "#if 1\n", "#endif\n", "\U0001f600",
           "\u00e9", "int", "return ", "\t", "\n", "%:%:", "template<", "R\"(", "#include \"shared0.h\"\n"]  # fmt: skip


def piece(chance, number, is_header):
    if is_header:
        return chance.choice(HEADER_PIECES) % {"n": number}
    return chance.choice(PIECES) % {"n": number}


def beginning(chance, is_header):
    """What stands at the top: never a header of itself."""
    if is_header:
        return chance.choice(["#pragma once\n", "", "// no guard\n"])
    return "".join(chance.sample(INCLUDES, chance.randrange(3)))


def deadly(chance):
    """A text that LLVM does not survive, or does not end with."""
    if chance.random() < 0.3:
        doubling = "".join(f"#define A{i + 1} A{i} A{i}\n" for i in range(60))
        return "#define A0\n" + doubling + "A60\nint end;\n"
    if chance.random() < 0.2:
        return "int deep(int a) { return " + "-~" * 200_000 + "a; }\n"
    return chance.choice(sorted(INPUTS.iterdir())).read_text()
