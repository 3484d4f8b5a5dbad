#!/usr/bin/env python3
"""House style that can be read off the text: words, lengths, blanks.

Prints one line a fault, "file:line: fault", and exits with 1 if there is one. Comments and
string literals of C are blanked before words are looked for.
"""

import re
import sys
from pathlib import Path

FILE_LINES_MAX = 600
FUNCTION_LINES_MAX = 70
HAND_WRITTEN = {".c", ".h", ".py", ".sh", ".ts", ".js", ".lua", ".vim"}
TEXT = HAND_WRITTEN | {".def", ".md", ".map", ".lsp", ".json", ".yml"}
SKIPPED = {".git", "out", "node_modules", "__pycache__"}

# A word, and the only files of the product that may say it.
HOMES = {
    r"(v?printf|puts|putchar|stdout)": ["server/cli/out.c", "server/stdio.c"],
    r"exit": ["server/main.c"],
    r"abort": ["protocol/base/base.c"],
    r"(malloc(?!\.h)|calloc|realloc)": ["protocol/base/base.c"],
    r"(strcpy|strcat|v?sprintf|strtok|atoi|atol|strtol|strtoul|alloca|localtime|gets)": [],
    r"cJSON_\w+": ["protocol/codec.c", "protocol/rpc.c"],
    r"uv_\w+": ["server/"],
    r"LLVM[A-Z]\w*": ["codegen/"],
    r"clang_[a-z]\w*": ["codegen/"],
}
# In tests only what is dangerous anywhere.
HOMES_IN_TESTS = {r"(strcpy|strcat|v?sprintf|strtok|alloca|gets)": []}

LITERALS = re.compile(
    r"""//[^\n]*|/\*.*?\*/|"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*'""", re.DOTALL
)


def without_literals(text):
    """The C text with comments and literals blanked; lines stay where they are."""
    return LITERALS.sub(lambda match: re.sub(r"[^\n]", " ", match.group()), text)


def words(path, text, homes):
    for word, allowed in homes.items():
        if any(path == home or (home.endswith("/") and path.startswith(home)) for home in allowed):
            continue
        for match in re.finditer(rf"(?<!format\()\b{word}\b", text):
            yield text.count("\n", 0, match.start()) + 1, f"'{match.group()}' is not for this file"


def functions(lines):
    """(first line, length) of each function body: both braces stand in the first column."""
    start = None
    for number, line in enumerate(lines, 1):
        if line == "{":
            start = number
        elif line == "}" and start is not None:
            yield start, number - start + 1
            start = None


def faults_of_c(path, text):
    product = path.startswith(("protocol/", "codegen/", "server/"))
    bare = without_literals(text)
    yield from words(path, bare, HOMES if product else HOMES_IN_TESTS)
    for start, length in functions(bare.splitlines()):
        if length > FUNCTION_LINES_MAX:
            yield start, f"function of {length} lines, {FUNCTION_LINES_MAX} are allowed"
    if path.endswith(".h") and product and "#pragma once" not in text:
        yield 1, "header without '#pragma once'"


def faults_of_text(path, text):
    lines = text.split("\n")
    for number, line in enumerate(lines, 1):
        if line.endswith("\r"):
            yield number, "line ends with CR LF"
        elif line != line.rstrip():
            yield number, "trailing blanks"
        if "\t" in line and path.endswith((".c", ".h", ".py")):
            yield number, "tab"
    if text and not text.endswith("\n"):
        yield len(lines), "no newline at the end of the file"
    if Path(path).suffix in HAND_WRITTEN and len(lines) - 1 > FILE_LINES_MAX:
        yield len(lines) - 1, f"file of {len(lines) - 1} lines, {FILE_LINES_MAX} are allowed"


def is_example(path):
    """Inputs of tests and what we show to users: they may look as they must."""
    return path.startswith(
        ("codegen/explain/EC", "codegen/include/", "tests/diag/", "tests/crash/inputs/",
         "tests/emission/inputs/", "tests/lsp/")
    ) and not path.endswith((".py", ".sh", ".md"))


def main():
    root = Path(__file__).resolve().parent.parent
    n_files = n_faults = 0
    for file in sorted(root.rglob("*")):
        path = file.relative_to(root).as_posix()
        if SKIPPED & set(path.split("/")) or not file.is_file() or file.is_symlink():
            continue
        if file.suffix not in TEXT and file.name not in ("Makefile", ".ci/run"):
            continue
        if is_example(path):
            continue
        text = file.read_bytes().decode("utf-8", "replace")
        found = list(faults_of_text(path, text))
        if file.suffix in (".c", ".h"):
            found += faults_of_c(path, text)
        n_files += 1
        n_faults += len(found)
        for line, fault in sorted(found):
            print(f"{path}:{line}: {fault}")
    makefile_lines = (root / "Makefile").read_text().count("\n")
    if makefile_lines > 250:
        print(f"Makefile:{makefile_lines}: 250 lines are allowed")
        n_faults += 1
    if n_files == 0:
        print("no file was looked at")
    return 1 if n_faults or n_files == 0 else 0


if __name__ == "__main__":
    sys.exit(main())
