"""What depends on LLVM's version, for the runners: the rows of codegen/toolchain/llvm_versions.h.

LLVM in the environment says which one the build in OUT has; else OUT's name does, else it
is 22. A test names a row: `needs ASM_CURSORS`, or an expectation `[ASM_CURSORS]`, which
holds from that version on, and `[!ASM_CURSORS]`, which holds before.
"""

import os
import re
from pathlib import Path

TABLE = {
    name: int(version)
    for name, version in re.findall(
        r"^#define LLVM_(\w+) +(\d+)",
        (Path(__file__).resolve().parents[1] / "codegen/toolchain/llvm_versions.h").read_text(), re.M)
}  # fmt: skip


def in_use():
    named = re.search(r"llvm-(\d+)", os.environ.get("OUT", ""))
    return os.environ.get("LLVM") or (named.group(1) if named else "22")


LLVM = in_use()


def has(row):
    """`!ROW`: the other way round. An unknown row is a KeyError, not a silent no."""
    return (int(LLVM) >= TABLE[row.lstrip("!")]) != row.startswith("!")


def why(row):
    name = row.lstrip("!")
    side = "before" if row.startswith("!") else "since"
    return f"{name}, {side} LLVM {TABLE[name]}"
