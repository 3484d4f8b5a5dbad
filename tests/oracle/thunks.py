"""Two answers to one question, which entry and exit thunks does this C file need: the hybrid
map of the object that `clang -O0 -c` makes of it, and `arm64ecd thunks` on its source. At
another level of optimisation, which the live stage does not know: of its full stage."""

import json
import os
import re
import struct
import subprocess
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SERVER = (ROOT / os.environ.get("OUT", "out") / "arm64ecd").resolve()
LLVM = os.environ.get("LLVM", "22")
PATIENCE_S = 400
TRIPLES = {"msvc": "arm64ec-pc-windows-msvc", "gnu": "arm64ec-w64-windows-gnu"}
KINDS = {1: "entry", 4: "exit"}  # domain.md 2.3
RECORD_BYTES, SYMBOL_BYTES, SECTION_BYTES = 12, 18, 40


class Refused(Exception):
    """clang does not compile it: there is no truth to compare with."""


class Silent(Exception):
    """arm64ecd gives no answer."""


def headers(environment):
    """Our own declarations: the same for both sides."""
    own = ROOT / "codegen/include"
    folders = [own / "gnu"] if environment == "gnu" else []
    return [a for f in [*folders, own, own / "spelled"] for a in ("-isystem", str(f))]


def text_at(data, offset):
    return data[offset : data.index(b"\0", offset)].decode()


def hybrid_map(data):
    """[(kind, source, target)] of the sections .hybmp$x of a COFF object."""
    _, n_sections, _, symbols, n_symbols, optional, _ = struct.unpack_from("<HHIIIHH", data)
    strings = symbols + n_symbols * SYMBOL_BYTES

    def symbol(index):
        raw = data[symbols + index * SYMBOL_BYTES :][:8]
        if raw[:4] == b"\0\0\0\0":
            return text_at(data, strings + struct.unpack_from("<I", raw, 4)[0])
        return raw.rstrip(b"\0").decode()

    for i in range(n_sections):
        at = 20 + optional + i * SECTION_BYTES
        name = data[at : at + 8].rstrip(b"\0").decode()
        if name.startswith("/"):
            name = text_at(data, strings + int(name[1:]))
        if not name.startswith(".hybmp"):
            continue
        size, start = struct.unpack_from("<II", data, at + 16)
        for k in range(start, start + size, RECORD_BYTES):
            source, target, kind = struct.unpack_from("<III", data, k)
            if kind in KINDS:
                yield KINDS[kind], symbol(source), symbol(target)


def plain(symbol):
    """The undecorated name (domain.md 2.5)."""
    symbol = re.sub(r"^__imp_(aux_)?|\$hp_target$", "", symbol)  # of a hybrid_patchable function
    if symbol.startswith("?"):
        return symbol.replace("$$h", "", 1)
    return symbol.removeprefix("#")


def wanted(file, flags, environment, level="-O0"):
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / "x.o"
        done = subprocess.run(
            [f"clang-{LLVM}", f"--target={TRIPLES[environment]}", "-w", level, "-c",
             "-nostdlibinc", "-fno-crash-diagnostics", *flags, *headers(environment),
             "-o", str(out), str(file)],
            capture_output=True, text=True, timeout=PATIENCE_S,
        )  # fmt: skip
        if done.returncode:
            raise Refused("clang refuses it:\n" + done.stderr[:2000])
        return {(k, plain(a), b) for k, a, b in hybrid_map(out.read_bytes())}


def answer(file, flags, environment, level=None):
    """What `arm64ecd thunks` says, as it says it."""
    # Several compiles at once are slow: a deadline is no difference.
    stage = ["--stage=full", "--deadline=90"] if level else []
    command = [str(SERVER), "thunks", "--format=json", *stage, str(file), "--", "clang",
               f"--target={TRIPLES[environment]}", "-w", "-nostdlibinc", *flags,
               *([level] if level else []), *headers(environment)]  # fmt: skip
    done = subprocess.run(command, capture_output=True, text=True, timeout=PATIENCE_S)
    if not done.stdout.strip():
        raise Silent("arm64ecd thunks says nothing:\n" + done.stderr[:2000])
    answer = json.loads(done.stdout)
    if level and answer["stage"] != "full":
        raise Silent("the full stage made no object:\n" + done.stderr[:2000])
    return json.loads(done.stdout)


def said(file, flags, environment, level=None):
    return {
        (thunk["kind"], plain(function["symbol"]), thunk["name"])
        for function in answer(file, flags, environment, level)["functions"]
        for thunk in function["thunks"]
        if thunk["kind"] in KINDS.values()
    }


def through_pointers(file, flags, environment, level=None):
    """Of calls through pointers, which no hybrid map lists. The full stage has them from the
    object's relocations: what a function takes the address of before __os_arm64x_check_icall."""
    return {
        (thunk["kind"], plain(function["symbol"]), thunk["name"])
        for function in answer(file, flags, environment, level)["functions"]
        for thunk in function["thunks"]
        if thunk["kind"] == "indirect"
    }


def differences(want, have, limit=1000):
    """Lines that tell the rows of only one side."""
    rows = [("clang has, we miss:  ", *row) for row in sorted(want - have)]
    rows += [("we say, clang has not:", *row) for row in sorted(have - want)]
    lines = ["      " + " ".join(row) for row in rows[:limit]]
    return lines + [f"      ... {len(rows) - limit} more"] * (len(rows) > limit)
