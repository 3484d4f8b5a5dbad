#!/usr/bin/env python3
"""Writes builtins-NN.def: what clang NN makes of each library function that it knows.

Every function of clang's own tables is declared, called in a function of its own and
compiled at -O0 for both Arm64EC environments, with and without errno for mathematics; the
calls left in the IR are the answer.

  builtins.py [--llvm=22] [--check]     --check: say whether the file at hand is current
"""
import argparse
import pathlib
import re
import subprocess
import sys
import tempfile

HERE = pathlib.Path(__file__).parent
TARGETS = {"MSVC": "arm64ec-pc-windows-msvc", "GNU": "arm64ec-w64-mingw32"}
BASE = {
    "v": "void", "c": "char", "s": "short", "i": "int", "h": "__fp16", "x": "_Float16",
    "f": "float", "d": "double", "z": "__SIZE_TYPE__", "w": "__WCHAR_TYPE__",
    "b": "_Bool", "Y": "__PTRDIFF_TYPE__", "a": "__builtin_va_list", "P": "FILE",
    "J": "jmp_buf", "n": "int", "y": "__bf16",
}  # fmt: skip
PRELUDE = (
    "typedef struct _iobuf FILE;\n"
    "typedef struct { long long parts[40]; } jmp_buf[1];\n"
)
LANGUAGES = {
    "ALL_LANGUAGES", "ALL_GNU_LANGUAGES", "ALL_MS_LANGUAGES", "C_LANG", "GNU_LANG",
    "MS_LANG",
}  # fmt: skip
IR_LETTERS = {"void": "v", "i1": "b", "i32": "i", "i64": "l", "ptr": "p", "float": "f",
              "double": "d", "half": "h"}  # fmt: skip


def decode(signature):
    """clang's letters (Builtins.def) -> C types, result first; None if not in C."""
    out, i = [], 0
    while i < len(signature):
        if signature[i] == ".":
            out.append("...")
            i += 1
            continue
        longs, sign, is_complex = 0, "", False
        while i < len(signature) and signature[i] in "LUSIXWNZO":
            c = signature[i]
            i += 1
            longs += c == "L"
            longs = 2 if c in "WO" else longs
            longs = -1 if c == "N" else longs
            sign = {"U": "unsigned ", "S": "signed "}.get(c, sign)
            is_complex |= c == "X"
        if i >= len(signature) or signature[i] not in BASE:
            return None
        letter, kind = signature[i], BASE[signature[i]]
        i += 1
        if letter == "d" and longs == 2:
            return None
        if letter == "d" and longs == 1:
            kind = "long double"
        if letter == "i" and longs:
            kind = "long long" if longs == 2 else "long"
        kind = ("_Complex " if is_complex else "") + sign + kind
        while i < len(signature) and signature[i] in "*CDRA&0123456789":
            if signature[i] in "A&":
                return None
            kind += {"*": "*", "C": " const", "D": " volatile"}.get(signature[i], "")
            i += 1
        out.append(kind)
    return out


def table(llvm):
    """[(name, types, has_header)] of the generic and the AArch64 tables."""
    folder = pathlib.Path(f"/usr/lib/llvm-{llvm}/include/clang/Basic")
    text = (folder / "Builtins.inc").read_text()
    rows = re.findall(
        r"StrOffsets\{\d+ /\* (\S+) \*/, \d+ /\* (.*?) \*/, \d+ /\* .*? \*/, "
        r"\d+(?: /\* .*? \*/)?\}, HeaderDesc::(\w+), (\w+)\}",
        text,
    )
    rows += macro_rows(text)  # how LLVM 19 writes the table
    target = (folder / "BuiltinsAArch64.def").read_text()
    rows += re.findall(
        r'^TARGET_HEADER_BUILTIN\((\w+),\s*"([^"]*)",\s*"[^"]*",\s*(\w+),\s*(\w+),',
        target,
        re.M,
    )
    out = {}
    for name, signature, header, language in rows:
        types = decode(signature)
        if types and language in LANGUAGES:
            out[name] = (types, header != "NO_HEADER")
    if not out:
        sys.exit(f"builtins.py: no table is recognised in {folder}")
    return out


def macro_rows(text):
    """(name, signature, header, language) of the lines KIND(name, "types", "attributes", ...)."""
    pattern = r'^(?:(LIB|LANG|ATOMIC_)?BUILTIN)\((\w+), "([^"]*)", "[^"]*"(.*?)\)$'
    for kind, name, signature, rest in re.findall(pattern, text, re.M):
        rest = [part.strip() for part in rest.split(",")[1:]]
        header = rest[0] if kind == "LIB" else "NO_HEADER"
        language = rest[-1] if rest else "ALL_LANGUAGES"
        yield name, signature, header, language


def source(functions, constants):
    lines, names = [PRELUDE.rstrip("\n")], []
    for name, (types, has_header) in functions.items():
        fixed = [t for t in types[1:] if t != "..."]
        k = len(names)
        names.append(name)
        declare = has_header and not name.startswith("__builtin_")
        declaration = f'{types[0]} {name}({", ".join(types[1:]) or "void"}); '
        if name in constants:
            arguments = ", ".join("0" if "*" in t else "1" for t in fixed)
        else:
            arguments = ", ".join(f"p{i}" for i in range(len(fixed)))
        parameters = ", ".join(f"{t} p{i}" for i, t in enumerate(fixed)) or "void"
        lines.append(
            (declaration if declare else "")
            + f"void t{k}_({parameters}) {{ (void){name}({arguments}); }}"
        )
    return lines, names


def compile_to_ir(llvm, triple, flags, lines, first):
    """IR, and the indexes of lines that clang refused (replaced by nothing)."""
    refused = set()
    with tempfile.TemporaryDirectory() as folder:
        c, ll = pathlib.Path(folder) / "b.c", pathlib.Path(folder) / "b.ll"
        while True:
            c.write_text("\n".join(lines) + "\n")
            done = subprocess.run(
                [f"clang-{llvm}", f"--target={triple}", "-ferror-limit=0", "-w", "-O0",
                 "-fno-crash-diagnostics", *flags, "-S", "-emit-llvm", "-o", str(ll), str(c)],
                capture_output=True, text=True, timeout=120,
            )  # fmt: skip
            bad = {int(n) for n in re.findall(r":(\d+):\d+: error", done.stderr)}
            died = re.findall(r"declaration 't(\d+)_'", done.stderr)  # clang's own bugs
            bad |= {first + int(died[0]) + 1} if died and not bad else set()
            if not bad:
                if done.returncode:
                    sys.exit(done.stderr[-2000:])
                return ll.read_text(), refused
            for line in bad:
                refused.add(line - 1 - first)
                lines[line - 1] = ""


def answers(llvm, triple, functions, *flags):
    """{name: (callee or "", letters or "")} where it is no plain call of the name."""
    out = {}
    first = PRELUDE.count("\n")
    constants = set()
    todo = dict(functions)
    for _ in range(2):
        lines, names = source(todo, constants)
        lines = "\n".join(lines).split("\n")
        ir, refused = compile_to_ir(llvm, triple, flags, lines, first)
        for m in re.finditer(r"define[^\n]* @t(\d+)_\((.*?)\n\}", ir, re.S):
            name = names[int(m[1])]
            calls = [
                c for c in re.findall(r'call [^\n@]*@"?([\w.$?@]+)"?\(', m[0])
                if not c.startswith("llvm.")
            ]  # fmt: skip
            if not calls:
                out[name] = ("", "")
            elif calls[0] != name:
                out[name] = (calls[0], letters(ir, calls[0], functions[name][0]))
        todo = {names[k]: functions[names[k]] for k in refused if 0 <= k < len(names)}
        constants = set(todo)
    return out


def letters(ir, callee, types):
    """The callee's own parameters if there are more or fewer than the builtin's."""
    m = re.search(r'declare ([^\n@]*)@"?' + re.escape(callee) + r'"?\(([^\n]*?)\)', ir)
    if not m or "..." in types:
        return ""
    parameters = [p.split()[0] for p in m[2].split(",") if p.strip()]
    if len(parameters) == len(types) - 1:
        return ""
    kinds = [m[1].split()[-1]] + parameters
    return "".join(IR_LETTERS.get(k, "?") for k in kinds)


def quiet_rows(llvm, functions, by_target):
    """Rows of what is a call, but none without errno."""
    calls = {e: {n for n, a in functions.items() if by_target[e].get(n, n)[0]} for e in TARGETS}
    quiet = {e: answers(llvm, t, functions, "-fno-math-errno") for e, t in TARGETS.items()}
    gone = {e: {n for n, a in quiet[e].items() if not a[0] and n in calls[e]} for e in TARGETS}
    for e in TARGETS:
        others = {n for n in functions if quiet[e].get(n) != by_target[e].get(n)} - gone[e]
        if others:
            sys.exit(f"builtins.py: without errno these become other calls: {sorted(others)}")
    if gone["MSVC"] != gone["GNU"]:
        sys.exit(f"builtins.py: environments differ: {sorted(gone['MSVC'] ^ gone['GNU'])}")
    return [f'BUILTIN("{name}", QUIET, "", "")' for name in gone["MSVC"]]


def text(llvm):
    functions = table(llvm)
    by_target = {e: answers(llvm, t, functions) for e, t in TARGETS.items()}
    rows = quiet_rows(llvm, functions, by_target)
    for name in set().union(*by_target.values()):
        reserved = name.startswith("__builtin_")
        here = {e: by_target[e].get(name) for e in TARGETS}
        if reserved:  # without a row they make no call
            here = {e: a if a and a[0] else None for e, a in here.items()}
        kinds = {a for a in here.values() if a}
        for answer in kinds:
            where = [e for e in TARGETS if here[e] == answer]
            which = "BOTH" if len(where) == 2 else where[0]
            rows.append(f'BUILTIN("{name}", {which}, "{answer[0]}", "{answer[1]}")')
    rows.sort(key=lambda r: (r.split('"')[1].encode(), "QUIET" not in r))
    return (
        "// Generated by builtins.py from clang " + llvm + ": library functions of which a\n"
        "// call is no plain call at -O0. Name, environments, the symbol that is called\n"
        "// (none: no call), its parameters where they are not the builtin's own. QUIET: with\n"
        "// -fno-math-errno.\n"
        "// clang-format off\n" + "\n".join(rows) + "\n"
    )


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--llvm", default="22")
    parser.add_argument("--check", action="store_true")
    options = parser.parse_args()
    file = HERE / f"builtins-{options.llvm}.def"
    made = text(options.llvm)
    if options.check:
        if file.read_text() != made:
            sys.exit(f"{file.name} is not what clang-{options.llvm} does: run builtins.py")
    else:
        file.write_text(made)


if __name__ == "__main__":
    main()
