#!/usr/bin/env python3
"""Tests of what several files show together; README.md beside it tells how.

    run.py [NAME...]      parts of names of tests; default: all
"""

import importlib.util
import json
import os
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
SPEC = importlib.util.spec_from_file_location("cli", HERE.parent / "cli" / "run.py")
cli = importlib.util.module_from_spec(SPEC)
SPEC.loader.exec_module(cli)
same, holds = cli.same, cli.holds
LLVM = os.environ.get("LLVM", "22")

A = """\
struct rgb { unsigned char r, g, b; };
int mix(struct rgb c, int symbol) { return c.r + symbol; }
static int local(int x) { return x; }
double scale(double x, float y) { return x * y + local(2); }
__attribute__((visibility("hidden"))) int hidden(void) { return 1; }
__declspec(dllexport) void take(int file) { (void)file; }
"""

LOCKED = f"""\
schema 2
target arm64ec-pc-windows-msvc
builder clang
llvm {LLVM}
exports all

function mix
  symbol #mix
  file src/a.c
  thunk $ientry_thunk$cdecl$i8$i8i8
  result | int | 4 | rax | x0
  parameter c | struct rgb | 3 | pointer in rcx | x0
  parameter symbol | int | 4 | rdx | x1

function scale
  symbol #scale
  file src/a.c
  thunk $ientry_thunk$cdecl$d$df
  result | double | 8 | xmm0 | d0
  parameter x | double | 8 | xmm0 | d0
  parameter y | float | 4 | xmm1 | s1

function take
  symbol #take
  file src/a.c
  thunk $ientry_thunk$cdecl$v$i8
  result | void | 0 | - | -
  parameter file | int | 4 | rcx | x0

end
"""

# As arm64ecd wrote them first.
OLDER = LOCKED.replace("schema 2", "schema 1").replace(f"llvm {LLVM}\n", "").replace("\nend\n", "")


def read(folder, name):
    return (folder.path / name).read_text()


def without_comments(text):
    return "".join(l for l in text.splitlines(True) if not l.startswith("#"))


def lock(folder, text=A):
    folder.write("src/a.c", text)
    folder.run("abi", "--lock", "api.lock", "src")


def changes(folder, text, *args, status=1):
    folder.write("src/a.c", text)
    return folder.json("abi", "--check-lock", "api.lock", *(args or ["src"]), status=status)[
        "changes"
    ]


# --- the lock file ----------------------------------------------------------------------


def test_lock_text(folder):
    lock(folder)
    same("lock", without_comments(read(folder, "api.lock")), LOCKED)
    left = [p.name for p in folder.path.iterdir() if not p.name.startswith(".")]
    same("nothing is left beside it", sorted(left), ["api.lock", "src"])


def test_lock_is_stable(folder):
    folder.write("src/b.c", "int zeta(int x) { return x; }\nint alpha(int x) { return x; }\n")
    lock(folder)
    first = read(folder, "api.lock")
    folder.write("sub/x", "")
    folder.run("abi", "--lock", "sub/../api.lock", "src/b.c", "src/a.c", "-j", "2", "--no-cache")
    same("other order", read(folder, "api.lock"), first)
    folder.write("src/a.c", "\n\n// moved\n" + A)
    folder.run("abi", "--lock", "api.lock", "src")
    same("lines moved", read(folder, "api.lock"), first)
    folder.run("abi", "--lock", "sub/api.lock", str(folder.path / "src"))
    holds("relative", read(folder, "sub/api.lock"), "  file ../src/a.c\n")
    if str(folder.path) in read(folder, "sub/api.lock"):
        raise cli.Wrong("an absolute path in the lock file")


def test_lock_dllexport(folder):
    folder.write("src/a.c", A)
    folder.run("abi", "--lock", "api.lock", "--exports=dllexport", "src")
    text = read(folder, "api.lock")
    holds("lock", text, "exports dllexport\n", "function take\n")
    same("others", "function mix" in text, False)
    same("as it was", changes(folder, A, status=0), [])
    err = folder.run("abi", "--check-lock", "api.lock", "--exports=all", "src", status=2)[1]
    holds("stderr", err, "api.lock: was written with --exports=dllexport")


def test_unchanged(folder):
    lock(folder)
    renamed = A.replace("int symbol", "int k").replace("+ symbol", "+ k")
    for text in [A, "\n// text\n" + A, renamed, A.replace("int mix", "unsigned mix")]:
        same("changes", changes(folder, text, status=0), [])
    crlf = read(folder, "api.lock").replace("\n", "\r\n")
    folder.write("api.lock", "\ufeff" + crlf)
    same("CRLF", changes(folder, A, status=0), [])


def test_added(folder):
    lock(folder)
    [change] = changes(folder, A + "int fresh(long a) { return a; }\n")
    same("place", (change["file"], change["line"], change["column"]), ("src/a.c", 7, 5))
    same("kind", (change["kind"], change["function"]), ("added", "fresh"))
    holds("message", change["message"], "'fresh'", "int fresh(long a)")
    same("old", change["old"], None)


def test_removed(folder):
    lock(folder)
    line = read(folder, "api.lock").splitlines().index("function mix") + 1
    for text in [A.replace("int mix", "static int mix"), A.replace("int mix", "int blend")]:
        gone = [c for c in changes(folder, text) if c["kind"] == "removed"]
        same("gone", [c["function"] for c in gone], ["mix"])
        same("place", (gone[0]["file"], gone[0]["line"]), ("api.lock", line))
        same("new", gone[0]["new"], None)


def test_parameter_in_front(folder):
    lock(folder)
    [change] = changes(folder, A.replace("mix(struct rgb c", "mix(int k, struct rgb c"))
    same("place", (change["file"], change["line"], change["column"]), ("src/a.c", 2, 5))
    same(
        "details",
        change["details"],
        [
            "parameter 1 'k' is new: 'int', rcx on the x64 side, x0 on the Arm64EC side",
            "parameter 2 'c' moved on the x64 side from pointer in rcx to pointer in rdx",
            "parameter 2 'c' moved on the Arm64EC side from x0 to x1",
            "parameter 3 'symbol' moved on the x64 side from rdx to r8",
            "parameter 3 'symbol' moved on the Arm64EC side from x1 to x2",
            "the entry thunk is '$ientry_thunk$cdecl$i8$i8i8i8', "
            "it was '$ientry_thunk$cdecl$i8$i8i8'",
        ],
    )


def test_parameter_gone_and_changed(folder):
    lock(folder)
    [change] = changes(folder, A.replace("struct rgb c, int symbol) { return c.r +",
                                         "double symbol) { return"))
    holds("details", "\n".join(change["details"]), "parameter 1 'c' is gone",
          "parameter 1 'symbol' is 'double' of 8 bytes, it was 'int' of 4 bytes",
          "moved on the x64 side from rdx to xmm0", "moved on the Arm64EC side from x1 to d0")


def test_result_and_struct(folder):
    lock(folder)
    grown = A.replace("r, g, b;", "r, g, b, a;").replace("void take", "float take")
    got = changes(folder, grown.replace("(void)file", "return file"))
    same("changed", [c["function"] for c in got], ["mix", "take"])
    same("struct", got[0]["details"], [
        "parameter 1 'c' is 'struct rgb' of 4 bytes, it was 'struct rgb' of 3 bytes",
        "parameter 1 'c' moved on the x64 side from pointer in rcx to rcx",
    ])
    holds("result", "\n".join(got[1]["details"]), "the result is 'float' of 4 bytes",
          "from nowhere to xmm0")


def test_of_a_header(folder):
    """Its path as the command line spells paths; in the lock file from that on."""
    folder.write("src/inc/b.h", "int in_header(int x) { return x; }\n")
    text = '#include "inc/b.h"\n'
    lock(folder, text)
    holds("lock", read(folder, "api.lock"), "file src/inc/b.h\n")
    folder.write("src/inc/b.h", "\nint in_header(float x) { return (int)x; }\n")
    [change] = changes(folder, text)
    same("relative", (change["file"], change["line"]), ("src/inc/b.h", 2))
    [change] = changes(folder, text, str(folder.path / "src"))
    same("absolute", change["file"], str(folder.path / "src/inc/b.h"))


def test_formats(folder):
    lock(folder)
    folder.write("src/a.c", A.replace("float y", "double y"))
    check = ["abi", "--check-lock", "api.lock", "src"]
    out, err = folder.run(*check, status=1)
    same("head", out.splitlines()[0],
         "src/a.c:4:8: error: the boundary of 'scale' is not that of the contract")
    holds("stderr", err, "1 change to the boundary in api.lock")
    out = folder.run(*check, "--format=gcc", status=1)[0]
    same("gcc", [":".join(l.split(":")[:4]) for l in out.splitlines()][:2],
         ["src/a.c:4:8: error", "src/a.c:4:8: note"])
    out = folder.run(*check, "--format=github", status=1)[0]
    same("github", len(out.splitlines()), 1)
    holds("github", out, "::error file=src/a.c,line=4,col=8,title=boundary contract::")


def test_defined_twice(folder):
    folder.write("src/b.c", "int mix(double x) { return x; }\n")
    folder.write("src/c.c", "int take(int n);\nvoid *p;\n")
    folder.write("src/a.c", A)
    err = folder.run("abi", "--lock", "api.lock", "src")[1]
    holds("stderr", err, "src/b.c:1: 'mix' is defined in src/a.c:2, too")
    header = "__declspec(selectany) extern int n; inline int in(int x) { return x; }\n"
    folder.write("src/h.h", header)
    for name in ["x", "y"]:
        text = f'#include "h.h"\nint use_{name}(void) {{ return in(1); }}\n'
        folder.write(f"cpp/{name}.cpp", text.replace('"h.h"', '"../src/h.h"'))
    err = folder.run("abi", "--lock", "cpp.lock", "cpp")[1]
    same("inline functions are no news", "too" in err, False)


def test_compile_database(folder):
    lock(folder)
    folder.write("compile_commands.json", json.dumps([
        {"directory": str(folder.path), "file": "src/a.c", "command": "clang -c src/a.c"}]))
    folder.run("abi", "--check-lock", "api.lock", "compile_commands.json")
    folder.run("abi", "--lock", "db.lock", "compile_commands.json")
    same("the same", without_comments(read(folder, "db.lock")), LOCKED)


def test_several_commands(folder):
    """One command of each file is taken; that there are more is said, for each file once."""
    folder.write("a.c", "#ifdef B\nint b(int x) { return x; }\n#else\nint a(int x) { return x; }\n#endif\n")
    folder.write("c.c", "int c(void) { return 1; }\n")
    folder.write("compile_commands.json", json.dumps([
        {"directory": str(folder.path), "file": name, "command": f"clang {flags} -c {name}"}
        for name, flags in (("a.c", ""), ("a.c", "-DB"), ("c.c", ""), ("a.c", "-DC"))]))
    for name, shown in (("compile_commands.json", "compile_commands.json"), (".", "./compile_commands.json")):
        _, err = folder.run("abi", "--lock", "db.lock", name)
        holds("words", err, f"{shown}: 1 of its 2 files have several commands, the first is {folder.path}/a.c; "
                            "of each the first command is taken")  # fmt: skip
        same("told once", err.count("several commands"), 1)
        same("functions", [line for line in read(folder, "db.lock").splitlines() if line.startswith("function ")],
             ["function a", "function c"])  # fmt: skip


def test_broken_input(folder):
    lock(folder)
    before = read(folder, "api.lock")
    folder.write("src/a.c", A + "int broken(void) { return undeclared; }\n")
    out, err = folder.run("abi", "--check-lock", "api.lock", "src", status=1)
    holds("stderr", err, "has 1 error", "api.lock: is not compared")
    same("stdout", out, "")
    got = folder.json("abi", "--check-lock", "api.lock", "src", status=1)
    same("json", got, {"schema": 1, "lock": "api.lock", "compared": False, "changes": []})
    err = folder.run("abi", "--lock", "api.lock", "src", status=1)[1]
    holds("stderr", err, "api.lock: is not written")
    same("the file stays", read(folder, "api.lock"), before)
    folder.write("src/a.c", A)
    folder.run("abi", "--lock", "api.lock", "src", "none.c", status=2)
    folder.run("abi", "--lock", "no/such/api.lock", "src", status=2)


def test_bad_lock(folder):
    folder.write("src/a.c", A)
    err = folder.run("abi", "--check-lock", "none.lock", "src", status=2)[1]
    holds("stderr", err, "none.lock: ")
    good = LOCKED
    bad = [
        ("", 1, "header"),
        ("hello\n", 1, "no lock file"),
        (good.replace("schema 2", "schema 3"), 1, "of a newer arm64ecd"),
        (good.replace("schema 2", "schema 0"), 1, "count from 1"),
        (good.replace("schema 2", "schema two"), 1, "a number follows"),
        ("schema 1\n" + good, 2, "comes once"),
        (good.replace("exports all", "exports some"), 5, "all or dllexport"),
        (good.replace("| 3 |", "| three |"), 12, "number of bytes"),
        (good.replace(" | x1", ""), 13, "five columns"),
        (good.replace("function mix", "<<<<<<< HEAD"), 7, "is expected here"),
        (good.replace("  symbol #mix\n", ""), 7, "no symbol"),
        (good.replace("#scale", "#mix"), 15, "second time"),
        (good.replace("  result | int", "  outcome | int"), 11, "is expected here"),
        (good.replace("exports all\n", ""), None, "header is not whole"),
        (good + "function late\n", 31, "nothing follows 'end'"),
        (good.replace("  result | void | 0 | - | -\n  parameter file | int | 4 | rcx | x0\n", ""), 23,
         "no result"),
    ]
    for text, line, word in bad:
        folder.write("bad.lock", text)
        out, err = folder.run("abi", "--check-lock", "bad.lock", "src", status=2)
        holds(f"stderr for {word}", err, f"bad.lock:{line or ''}", word)
        same("stdout", out, "")
    folder.write("bad.lock", b"\x00\xff\x01" * 100)
    folder.run("abi", "--check-lock", "bad.lock", "src", status=2)


def test_lock_cut_off(folder):
    """Wherever it ends too early, it is no lock file: never a change, never silence."""
    lock(folder)
    whole = read(folder, "api.lock").rstrip("\n")
    for n in range(0, len(whole), 7):
        folder.write("cut.lock", whole[:n])
        out, err = folder.run("abi", "--check-lock", "cut.lock", "src", status=2)
        holds(f"stderr at {n}", err, "cut.lock:")
        same("stdout", out, "")
    folder.write("cut.lock", whole)
    folder.run("abi", "--check-lock", "cut.lock", "src")


def test_older_lock(folder):
    """Schema 1 knew less: no false change, and not silent about what is not compared."""
    variadic = "int log_it(const char *f, ...) { return 0; }\n"
    head = "function log_it\n  symbol #log_it\n  file src/a.c\n  thunk $ientry_thunk$cdecl$i8$varargs\n" \
           "  result | int | 4 | rax | x0\n  parameter f | const char * | 8 | rcx | x0\n"
    rest = "  parameter ... | ... | 0 | rdx, r8, r9, [rsp+40]... | x1, x2, x3, [x4]...\n"
    bare = "\nfunction bare\n  symbol #bare\n  file src/a.c\n  thunk -\n"
    for lines, more, word in ((head, "", "behind '...')"), (head + rest, "", "behind '...')"),
                              (head + bare, "int bare(int x) { return x; }\n", "1 function without rows")):
        folder.write("api.lock", OLDER + "\n" + lines)
        folder.write("src/a.c", A + variadic + more)
        out, err = folder.run("abi", "--check-lock", "api.lock", "src")
        same("stdout", out, "")
        holds("stderr", err, "api.lock: is of schema 1", word, "again with --lock")
        [change] = changes(folder, A.replace("float y", "double y") + variadic + more)
        same("a change", change["function"], "scale")
    folder.write("api.lock", OLDER + "\n" + head + rest)
    moved = changes(folder, A + variadic.replace("f, ...", "f, int k, ..."))
    holds("the rest is compared where it stands", "\n".join(moved[0]["details"]), "'...' moved")
    folder.run("abi", "--lock", "api.lock", "src")
    _, err = folder.run("abi", "--check-lock", "api.lock", "src")
    same("written again", "schema" in err, False)


LARGE = "struct t0 { char c; };\n" + "".join(
    f"struct t{i} {{ struct t{i - 1} a, b; }};\n" for i in range(1, 28)) + """\
struct t27 by_value(struct t27 x, int k) { return x; }
"""
NOTHING = "struct e0 {};\n" + "".join(
    f"struct e{i} {{ struct e{i - 1} a, b, c; }};\n" for i in range(1, 26)) + """\
struct halves { struct e25 e; _Float16 a, b, c; };
struct halves small(struct halves x, int k) { return x; }
"""


def test_large_types(folder):
    """Beyond the largest homogeneous aggregate the size decides, so places are known."""
    lock(folder, LARGE)
    holds("lock", read(folder, "api.lock"),
          "  parameter x | struct t27 | 134217728 | pointer in rdx | pointer in x0\n")
    same("unchanged", changes(folder, LARGE, status=0), [])
    [change] = changes(folder, LARGE.replace("x, int k", "x, double k"))
    holds("details", "\n".join(change["details"]), "parameter 2 'k' is 'double' of 8 bytes")
    folder.write("src/a.c", "struct many {" + "".join(f" int a{i};" for i in range(5000)) +
                 " }; int many(struct many x, float k) { return x.a1; }\n")
    folder.run("abi", "--lock", "many.lock", "src")
    holds("many members", read(folder, "many.lock"),
          "  parameter x | struct many | 20000 | pointer in rcx | pointer in x0\n"
          "  parameter k | float | 4 | xmm1 | s0\n")


def test_types_of_no_place(folder):
    """Of nothing within nothing the walk has no end, and the size decides nothing."""
    folder.write("compile_flags.txt", "--target=arm64ec-w64-windows-gnu\n")
    lock(folder, NOTHING)
    text = read(folder, "api.lock")
    holds("lock", text, "  thunk -\n  result | struct halves | 6 | ? | ?\n",
          "  parameter k | int | 4 | ? | ?\n")
    same("unchanged", changes(folder, NOTHING, status=0), [])
    [change] = changes(folder, NOTHING.replace("x, int k", "x, short n, int k"))
    same("details", change["details"], ["parameter 2 'n' is new: 'short' of 2 bytes"])
    [change] = changes(folder, NOTHING.replace("x, int k", "x, float k"))
    same("details", change["details"], ["parameter 2 'k' is 'float', it was 'int'"])
    _, err = folder.run("abi", "--check-lock", "api.lock", "src", status=1)
    holds("stderr", err, "of 1 function ('small')", "types and sizes stand for them")


def test_two_targets(folder):
    folder.write("src/a.c", A)
    folder.write("src/b.c", "int b(int x) { return x; }\n")
    folder.write("compile_commands.json", json.dumps([
        {"directory": str(folder.path), "file": f"src/{n}.c",
         "command": f"clang --target=arm64ec-{t} -c src/{n}.c"}
        for n, t in (("a", "pc-windows-msvc"), ("b", "w64-windows-gnu"))]))
    err = folder.run("abi", "--lock", "api.lock", "compile_commands.json")[1]
    holds("stderr", err, "src/b.c: is for arm64ec-w64-windows-gnu")


def test_other_llvm(folder):
    lock(folder)
    folder.write("api.lock", read(folder, "api.lock").replace(f"llvm {LLVM}\n", "llvm 18\n"))
    err = folder.run("abi", "--check-lock", "api.lock", "src")[1]
    holds("stderr", err, f"is of LLVM 18, this arm64ecd runs LLVM {LLVM}")


def test_statics_of_one_name(folder):
    folder.write("src/b.c", "static double local(double x) { return x; }\nint b(int x) { return (int)local(x); }\n")
    folder.write("src/a.c", A)
    folder.write("compile_commands.json", json.dumps([
        {"directory": str(folder.path), "file": f"src/{n}.c", "command": f"clang -c src/{n}.c"}
        for n in "ab"]))
    err = folder.run("abi", "--lock", "api.lock", "compile_commands.json")[1]
    same("no news", "too" in err, False)
    names = [l.split()[1] for l in read(folder, "api.lock").splitlines() if l.startswith("function ")]
    same("names", names, ["b", "mix", "scale", "take"])


def test_other_builder(folder):
    lock(folder)
    err = folder.run("abi", "--check-lock", "api.lock", "src", "--builder=msvc-19.40")[1]
    holds("stderr", err, "is of builder clang, this build is of msvc-19.40")


def test_usage(folder):
    lock(folder)
    for args in (["abi", "--lock", "a", "--check-lock", "b", "src"], ["abi", "--lock="],
                 ["check", "--lock", "a", "src"], ["abi", "--exports=all", "src"],
                 ["abi", "--lock", "a", "--format=json", "src"],
                 ["abi", "--lock", "a", "--exports=most", "src"]):
        folder.run(*args, status=2)


# --- findings across files --------------------------------------------------------------

TWIN_D = "struct d { double x, y; };\nstruct d point(int n) { struct d v = {n, n}; return v; }\n"
TWIN_I = "struct i { long long a, b; };\nstruct i pair(int n) { struct i v = {n, n}; return v; }\n"


def findings(folder, *args, codes=("EC103", "EC134", "EC225"), status=0):
    got = folder.json("check", *(args or ["."]), status=status)
    return [f for f in got["findings"] if f["code"] in codes]


def places(found):
    return [(f["code"], f["file"], f["range"]["start"]["line"]) for f in found]


def twins(folder, first=TWIN_D, second=TWIN_I, *args):
    folder.write("a.c", first)
    folder.write("b.c", second)
    return findings(folder, *args)


def test_twins(folder):
    [found] = twins(folder)
    same("place", places([found]), [("EC225", "./b.c", 2)])
    holds("message", found["message"], "'pair' and 'point' of ./a.c share the thunk",
          "'$ientry_thunk$cdecl$m16$i8'")
    [related] = found["related"]
    same("related", (related["file"], related["range"]["start"]), ("./a.c", {"line": 2, "column": 10}))
    same("severity and stage", (found["severity"], found["stage"]), ("warning", "live"))
    folder.run("check", "--fail-on=warning", ".", status=1)


def test_twins_called(folder):
    calls = ["struct v { %s a, b; }; struct v %s(int); void use_%s(void) { %s(1); }\n" % (t, f, f, f)
             for t, f in (("double", "point"), ("long long", "pair"))]
    same("places", places(twins(folder, *calls)), [("EC225", "./b.c", 1)])


CALLS = """\
struct d { double x, y; };
struct i { long long a, b; };
struct d point(int), outside(int);
struct i pair(int);
void use(void) { point(1); }
void use_all(void) { outside(2); pair(3); }
"""


def test_twins_called_of_the_project(folder):
    """The exit thunk of what another file defines never runs."""
    folder.write("c.c", CALLS)
    [alone] = findings(folder)
    holds("alone", alone["message"], "'point' and 'pair' share the thunk")
    entry = ("EC225", "./b.c", 2)
    [found, of_c] = twins(folder)
    same("places", places([found, of_c]), [entry, ("EC225", "./c.c", 6)])
    holds("one that is not defined", of_c["message"], "'outside' and 'pair' share the thunk",
          "return in different registers")
    [related] = of_c["related"]
    same("related", (related["file"], related["range"]["start"]), ("./c.c", {"line": 6, "column": 22}))
    same("severity", of_c["severity"], "warning")
    folder.write("c.c", CALLS.replace("outside(2); ", ""))
    same("both are defined", places(findings(folder)), [entry])
    folder.write("c.c", CALLS.replace("pair", "other"))
    [_, of_c] = findings(folder)
    same("as it was", of_c["message"], alone["message"].replace("pair", "other"))
    folder.write("c.c", "struct d { double x, y; } point(int);\nvoid use_d(void) { point(1); }\n")
    folder.write("e.c", "struct i { long long a, b; } pair(int);\nvoid use_i(void) { pair(1); }\n")
    same("in two files", places(findings(folder)), [entry])
    folder.write("e.c", "struct i { long long a, b; } other(int);\nvoid use_i(void) { other(1); }\n")
    same("one of them is not defined", places(findings(folder)), [entry, ("EC225", "./e.c", 2)])


def test_twins_not(folder):
    main = "int main(void) { return 0; }\n"
    same("two programs", twins(folder, TWIN_D + main, TWIN_I + main), [])
    same("one convention", twins(folder, TWIN_D, TWIN_D.replace("point", "other")), [])
    same("static", twins(folder, TWIN_D, TWIN_I.replace("struct i pair", "static struct i pair")), [])
    same("one function", twins(folder, TWIN_D, TWIN_I.replace("pair", "point")), [])
    same("msvc", twins(folder, TWIN_D, TWIN_I, ".", "--builder=msvc-19.40"), [])
    same("a later LLVM", twins(folder, TWIN_D, TWIN_I, ".", "--builder=clang-23"), [])
    same("files that are named", twins(folder, TWIN_D, TWIN_I, "a.c", "b.c"), [])
    same("suppressed", twins(folder, TWIN_D, TWIN_I.replace(
        "struct i pair", "// arm64ecd: allow(EC225) never linked with point\nstruct i pair")), [])
    hints = findings(folder, codes=("EC906",))
    same("and that is used", hints, [])
    folder.write(".arm64ecd.json", '{"diagnostics": {"severity": {"EC225": "off"}}}')
    same("switched off", twins(folder), [])


def test_twins_severity(folder):
    folder.write(".arm64ecd.json", '{"diagnostics": {"severity": {"EC225": "error"}}}')
    folder.write("a.c", TWIN_D)
    folder.write("b.c", TWIN_I)
    [found] = findings(folder, status=1)
    same("severity", found["severity"], "error")


def test_twins_in_one_file_are_told_once(folder):
    both = TWIN_D + TWIN_I
    found = twins(folder, both, both.replace("point", "p2").replace("pair", "q2"))
    same("places", places(found), [("EC225", "./a.c", 4), ("EC225", "./b.c", 4)])


def test_order_is_the_same(folder):
    for i in range(8):
        text = (TWIN_D if i % 3 else TWIN_I).replace("point", f"f{i}").replace("pair", f"f{i}")
        folder.write(f"s{i}.c", text + f"void own(int, ...); void u{i}(void) {{ own(1,2,3,4,5); }}\n")
    wanted = findings(folder, ".", "--no-cache", "-j", "1")
    same("number", len([f for f in wanted if f["code"] == "EC225"]), 7)
    for args in (["-j", "4", "--no-cache"], ["-j", "3"], []):
        same(f"with {args}", findings(folder, ".", *args), wanted)


VARIADIC = """\
#include "api.h"
void use(void)
{
    own("", 1, 2, 3, 4);
    third("", 1, 2, 3, 4);
    real(1.0);
    other(1.0);
    void (*through)(const char *, ...) = own;
    through("", 1, 2, 3, 4);
}
"""


def test_variadic_callee_of_the_project(folder):
    folder.write("api.h", "void own(const char *, ...);\nvoid third(const char *, ...);\n"
                          "void real(double, ...);\nvoid other(double, ...);\n")
    folder.write("a.c", VARIADIC)
    alone = findings(folder)
    same("alone", [f["range"]["start"]["line"] for f in alone if f["severity"] == "warning"],
         [4, 5, 6, 7])
    folder.write("b.c", "void own(const char *f, ...) {}\nvoid real(double f, ...) {}\n"
                        "static void third(const char *f, ...) {}\n")
    told = [f for f in findings(folder) if f["severity"] == "warning"]
    same("with its file", places(told), [("EC103", "./a.c", 5), ("EC134", "./a.c", 7)])
    same("message", told[0]["message"], alone[1]["message"])
    same("related", told[0]["related"], [f for f in alone if f["range"] == told[0]["range"]][0]["related"])
    folder.write("compile_commands.json", json.dumps([
        {"directory": str(folder.path), "file": n, "command": f"clang -c {n}"} for n in ("a.c", "b.c")]))
    by_database = findings(folder, "compile_commands.json")
    same("database", [f["range"] for f in by_database if f["severity"] == "warning"],
         [f["range"] for f in told])


if __name__ == "__main__":
    sys.exit(cli.main(globals()))
