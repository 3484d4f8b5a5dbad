"""How soon the condition that went wrong is told in a file behind a large C++ template library:
against `clang -fsyntax-only` of that file, which ends with the errors that follow from it."""

import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tests" / "lsp"))
from client import Client  # noqa: E402

PATIENCE_S = 120
LIMIT = 1.2
INCLUDES = ("algorithm", "chrono", "functional", "map", "random", "ranges", "regex", "unordered_map",
            "variant", "vector")  # fmt: skip
CONDITION = "#if defined(_M_X64)\n#include <emmintrin.h>\n#endif\n"


def flags_of(library, own):
    return ["--target=arm64ec-pc-windows-msvc", "-std=c++20", "-nostdinc++", "-isystem",
            str(library / "usr/lib/llvm-22/include/c++/v1"), "-D_LIBCPP_NO_VCRUNTIME",
            "-isystem", str(own)]  # fmt: skip


def write(root, name, flags, in_header):
    includes = "".join(f"#include <{header}>\n" for header in INCLUDES)
    (root / "simd.h").write_text("#pragma once\n" + CONDITION)
    text = includes + ('#include "simd.h"\n' if in_header else CONDITION) + "int last;\n"
    file = root / name
    file.write_text(text)
    entry = {"directory": str(root), "file": name, "arguments": ["clang++", *flags, "-c", name]}
    (root / "compile_commands.json").write_text(json.dumps([entry]))
    return file, text


def told(diagnostics):
    return any(str(d.get("code", "")).startswith("EC301") for d in diagnostics)


def first_finding_ms(server, file, text):
    """From the open file to the publish that tells the condition, in a fresh server."""
    with Client(server, cwd=file.parent) as client:
        client.initialize(file.parent, capabilities={})
        started = time.perf_counter()
        client.open(file.as_uri(), text, "cpp")
        client.diagnostics(file.as_uri(), told, PATIENCE_S)
        taken = (time.perf_counter() - started) * 1000
        client.finish()
    return taken


def syntax_ms(clang, file, flags):
    started = time.perf_counter()
    subprocess.run([clang, *flags, "-w", "-fsyntax-only", str(file)], capture_output=True, check=False)
    return (time.perf_counter() - started) * 1000


def rows(server, clang, library, own, rounds, row):
    """Prints a row where the condition stands in the file, and one where it stands in a header of
    the project; how many targets are missed."""
    missed = 0
    flags = flags_of(library, own)
    for name, in_header in (("condition in the file", False), ("condition in a header", True)):
        with tempfile.TemporaryDirectory(prefix="bench-") as folder:
            root = Path(os.path.realpath(folder))
            file, text = write(root, "main.cpp", flags, in_header)
            ours, theirs = [], []
            for _ in range(rounds):
                ours.append(first_finding_ms(server, file, text))
                theirs.append(syntax_ms(clang, file, flags))
        both = statistics.median(ours), statistics.median(theirs)
        missed += row(f"C++: {name} (clang -fsyntax-only)", *both, "ms", LIMIT)
    return missed
