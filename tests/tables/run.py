#!/usr/bin/env python3
"""Tests of the boundary tables of `abi`; README.md beside it tells how.

    run.py [NAME...]      parts of names of tests; default: all
"""

import importlib.util
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
SPEC = importlib.util.spec_from_file_location("cli", HERE.parent / "cli" / "run.py")
cli = importlib.util.module_from_spec(SPEC)
SPEC.loader.exec_module(cli)
MIX, same, holds, keys, function = cli.MIX, cli.same, cli.holds, cli.keys, cli.function


def test_abi_json(folder):
    folder.write("mix.c", MIX)
    got = folder.json("abi", "mix.c")
    keys("the object", got, ["schema", "file", "stage", "thunk_names", "functions"])
    same("schema", got["schema"], 1)
    for each in got["functions"]:
        keys("a function", each, ["name", "symbol", "line", "rows", "calls"])
        for row in each["rows"]:
            keys(
                "a row",
                row,
                ["name", "type", "bytes", "x64", "arm64ec", "entry", "exit", "faults", "entry_faults",
                 "exit_faults"],
            )
    rows = function(got, "mix")["rows"]
    same("names", [row["name"] for row in rows], ["result", "c", "x"])
    same("bytes", [row["bytes"] for row in rows], [4, 3, 4])
    same("faults", [row["faults"] for row in rows], [[], ["EC101"], []])
    same("both ways", [rows[1]["entry_faults"], rows[1]["exit_faults"]], [["EC101"], ["EC101"]])
    same("x64", rows[2]["x64"], "rdx")
    same("arm64ec", rows[2]["arm64ec"], "x1")
    same("type", rows[1]["type"], "struct rgb")


def test_abi_of_calls_through_pointers(folder):
    folder.write("p.c", "struct rgb { char r, g, b; };\n"
                 "static int helper(struct rgb c) { return c.r; }\n"
                 "int use(void (*set)(int, struct rgb), struct rgb c)\n"
                 "{\n    set(1, c);\n    return helper(c);\n}\n")  # fmt: skip
    got = folder.json("abi", "p.c")
    call = function(got, "use")["calls"][0]
    same("thunk", call["thunk"], "$iexit_thunk$cdecl$v$i8i8")
    same("place", call["at"], [{"line": 5, "column": 5}])
    same("places", [(r["x64"], r["faults"]) for r in call["rows"]],
         [("-", []), ("rcx", []), ("pointer in rdx", ["EC101"])])  # fmt: skip
    same("local", [r["faults"] for r in function(got, "helper")["rows"]], [[], []])
    out, _ = folder.run("abi", "p.c")
    holds("text", out, "a call through a pointer at 5:5", "no thunk: x64 code cannot call it")


def test_abi_of_blocks(folder):
    """A block is called with its own address in front."""
    folder.write("b.c", "struct rgb { char r, g, b; };\n"
                 "int run(int (^f)(short)) { return f(1); }\n"
                 "int paint(int (^f)(struct rgb), struct rgb c) { return f(c); }\n")  # fmt: skip
    got = folder.json("abi", "b.c", "--", "-fblocks")
    call = function(got, "run")["calls"][0]
    same("thunk", call["thunk"], "$iexit_thunk$cdecl$i8$i8i8")
    same("rows", [(r["type"], r["x64"]) for r in call["rows"]],
         [("int", "rax"), ("void *", "rcx"), ("short", "rdx")])  # fmt: skip
    same("wrong", [r["faults"] for r in function(got, "paint")["calls"][0]["rows"]], [[], [], ["EC101"]])


def test_abi_of_a_call_has_one_direction(folder):
    """A call through a pointer goes out alone: what an entry thunk would do wrongly is not told."""
    folder.write("p.c", "struct s { int a, b, c; };\nint use(struct s (*get)(void)) { return get().a; }\n")
    [call] = function(folder.json("abi", "p.c"), "use")["calls"]
    same("faults", [call["rows"][0][key] for key in ("faults", "entry_faults", "exit_faults")], [[], [], []])
    out, _ = folder.run("abi", "p.c", "use")
    heads = [line for line in out.splitlines() if "bytes" in line and "x64" in line]
    same("columns", ["called from x64" in line for line in heads], [True, False])
    same("nothing is wrong", "WRONG" in out, False)


def test_abi_faults_have_a_direction(folder):
    """Twelve bytes come back wrong to x64 code; sixteen aligned ones may lie wrong on the way to it."""
    folder.write("d.c", "struct s { int a, b, c; };\nstruct hfa { float a, b, c; };\n"
                 "typedef struct { _Alignas(16) float v[4]; } quad;\n"
                 "struct s entry(void) { struct s s = {0}; return s; }\n"
                 "void leave(struct hfa h, quad q);\n"
                 "void use(struct hfa h, quad q) { leave(h, q); }\n")  # fmt: skip
    got = folder.json("abi", "d.c")
    told = {name: [[row[key] for key in ("faults", "entry_faults", "exit_faults")]
                   for row in function(got, name)["rows"]] for name in ("entry", "leave")}  # fmt: skip
    same("entry", told["entry"], [[["EC132"], ["EC132"], []]])
    same("exit", told["leave"][2], [["EC136"], [], ["EC136"]])
    for row in (r for f in got["functions"] for r in f["rows"]):
        same("both together", sorted(set(row["entry_faults"]) | set(row["exit_faults"])), sorted(row["faults"]))


def test_abi_of_what_variadic_calls_lose(folder):
    """The row '...' is wrong where a call loses something, and through which thunk."""
    folder.write("v.c", """\
#include <stdio.h>
void many(const char *f, ...), few(const char *f, ...), lists(const char *f, ...);
int own(const char *f, ...) { return *f; }
void use(int a, void (*log)(const char *, ...), void (*tell)(int, const char *, ...))
{
    many("", a);
    many("", a, a, a, a);
    few("", a, a, a);
    own("", a, a, a, a, a);
    printf("", a, a, a, a, a);
    log("", a, a, a, a);
    tell(1, "", a, a);
}
""")
    got = folder.json("abi", "v.c")
    rest = lambda rows: [rows[-1][key] for key in ("name", "entry_faults", "exit_faults")]
    for name, faults in (("many", ["EC103"]), ("few", []), ("own", []), ("printf", [])):
        same(name, rest(function(got, name)["rows"]), ["...", [], faults])
    same("through pointers", [rest(c["rows"]) for c in function(got, "use")["calls"]],
         [["...", [], ["EC103"]], ["...", [], []]])  # fmt: skip
    holds("text", folder.run("abi", "v.c", "many")[0], "WRONG (EC103): keeps the registers; stores x4")
    got = folder.json("abi", "--builder=clang-23", "v.c")
    same("LLVM 23", rest(function(got, "many")["rows"]), ["...", [], []])


def test_abi_of_variable_arguments(folder):
    folder.write("v.c", "struct big { long long a, b, c; };\n"
                 "int log(const char *format, ...);\n"
                 "int five(int a, int b, int c, int d, int e, ...);\n"
                 "struct big list(int n, ...) { struct big b = {log(\"\", five(1, 2, 3, 4, 5, 6))}; return b; }\n")  # fmt: skip
    got = folder.json("abi", "v.c")
    last = lambda name: function(got, name)["rows"][-1]
    places = lambda name: [last(name)[key] for key in ("name", "x64", "arm64ec", "faults")]
    same("log", places("log"), ["...", "rdx, r8, r9, [rsp+40]...", "x1, x2, x3, [x4]...", []])
    same("behind five", places("five"), ["...", "[rsp+48]...", "[x4+8]...", ["EC103"]])
    same("behind a hidden pointer", places("list"), ["...", "r8, r9, [rsp+40]...", "x1, x2, x3, [x4]...", []])
    holds("entry", last("log")["entry"], "x4 points to [rsp+40], x5 is 0")
    holds("entry of a struct", last("list")["entry"], "where the function does not look")
    holds("exit", last("log")["exit"], "stores x4 and x5 to the stack, not what is at [x4]")
    got = folder.json("abi", "--builder=msvc-19.40", "v.c")
    holds("exit by MSVC", last("log")["exit"], "copies x5 bytes from [x4]")


def test_abi_of_a_result_that_shifts(folder):
    folder.write("s.c", "struct rgb { char r, g, b; };\n"
                 "struct rgb mix(int n, double d) { struct rgb c = {(char)n}; return c; }\n")  # fmt: skip
    rows = function(folder.json("abi", "s.c"), "mix")["rows"]
    same("faults", [row["faults"] for row in rows], [["EC101"], [], []])
    for row in rows[1:]:
        holds("entry", row["entry"], "one place before: see the result")
        holds("exit", row["exit"], "one place too early: see the result")


def test_abi_of_types_that_are_too_large(folder):
    """Beyond 64 bytes the size decides; below, types and sizes are told, and no places."""
    members = " ".join(f"int m{n};" for n in range(5000))
    folder.write("w.c", f"struct wide {{ {members} }};\nint f(struct wide w) {{ return w.m0; }}\nint g(void) {{ return 0; }}\n")
    row = function(folder.json("abi", "w.c"), "f")["rows"][1]
    same("place", [row["bytes"], row["x64"], row["arm64ec"]], [20000, "pointer in rcx", "pointer in x0"])
    empty = "struct e0 {};\n" + "".join(f"struct e{i} {{ struct e{i - 1} a, b, c; }};\n" for i in range(1, 15))
    folder.write("e.c", empty + "struct s { struct e14 e; short x; };\nint f(struct s s, int) { return s.x; }\n")
    gnu = ("--", "--target=arm64ec-w64-windows-gnu")
    rows = function(folder.json("abi", "e.c", *gnu), "f")["rows"]
    same("rows", [[r["name"], r["type"], r["bytes"], r["x64"], r["arm64ec"]] for r in rows],
         [["result", "int", 4, "?", "?"], ["s", "struct s", 2, "?", "?"], ["#2", "int", 4, "?", "?"]])
    holds("text", folder.run("abi", "e.c", *gnu)[0], "not known: a type of the signature is too large")


def test_abi_of_one_function(folder):
    folder.write("mix.c", MIX)
    got = folder.json("abi", "mix.c", "scale")
    same("functions", [f["name"] for f in got["functions"]], ["scale"])
    same("arm64ec", [r["arm64ec"] for r in got["functions"][0]["rows"]], ["d0", "d0", "s1"])
    same("x64", [r["x64"] for r in got["functions"][0]["rows"]], ["xmm0", "xmm0", "xmm1"])
    out, _ = folder.run("abi", "mix.c", "mix")
    holds("text", out, "6: mix  #mix\n", "Arm64EC", "WRONG (EC101): ")
    same("other functions", "scale" in out, False)
    _, err = folder.run("abi", "mix.c", "nothing", status=2)
    holds("stderr", err, "no function 'nothing'")
    same("nothing is near", "did you mean" in err, False)


def test_abi_of_an_old_definition(folder):
    """Without a prototype, float is passed as double and what is narrower than int as int."""
    folder.write("old.c", """\
int k(d, f, c, u, b, p) double d; float f; char c; unsigned short u; _Bool b; char p[3]; { return 0; }
typedef float real;
real typed(x) real x; { return x; }
float declared(float); float declared(x) float x; { return x; }
_Float16 half(h, c) _Float16 h; _Complex float c; { return h; }
float modern(float f, char c, const short s) { return f; }
""")
    got = folder.json("abi", "old.c", "--builder=clang-22")

    def rows(name):
        return [(r["type"], r["bytes"], r["x64"], r["arm64ec"])
                for r in function(got, name)["rows"][1:]]

    same("k", rows("k"), [
        ("double", 8, "xmm0", "d0"), ("double", 8, "xmm1", "d1"), ("int", 4, "r8", "x0"),
        ("int", 4, "r9", "x1"), ("int", 4, "[rsp+40]", "x2"), ("char[3]", 8, "[rsp+48]", "x3")])
    same("typed", rows("typed"), [("double", 8, "xmm0", "d0")])
    same("its result", function(got, "typed")["rows"][0]["arm64ec"], "s0")
    same("declared", rows("declared"), [("float", 4, "xmm0", "s0")])
    same("half", rows("half"),
         [("_Float16", 2, "xmm0", "h0"), ("_Complex float", 8, "rdx", "s1, s2")])
    same("modern", rows("modern"), [("float", 4, "xmm0", "s0"), ("char", 1, "rdx", "x0"),
                                    ("const short", 2, "r8", "x1")])


def test_abi_of_a_name_that_is_nearly_right(folder):
    folder.write("mix.c", MIX)
    folder.write("other.c", "int twist(int x) { return x; }\n")
    for wanted, near in (("Mix", "'mix'"), ("twce", "'twice'"), ("twis", "'twist' or 'twice'"),
                         ("cal", "'scale' or 'local'")):
        out, err = folder.run("abi", "mix.c", "other.c", wanted, status=2)
        holds("stderr", err, f"no function '{wanted}'", f"did you mean {near}?")
        same("stdout", out, "")
    out, _ = folder.run("abi", "mix.c", "other.c", "twist")
    same("only its file", [l for l in out.splitlines() if l[:1] not in (" ", "")],
         ["other.c  arm64ec-pc-windows-msvc, builder clang", "1: twist  #twist"])


if __name__ == "__main__":
    sys.exit(cli.main(globals()))
