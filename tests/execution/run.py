#!/usr/bin/env python3
"""Tests of `thunks --verify`; README.md beside it tells how.

    run.py [NAME...]      parts of names of tests; default: all
"""

import ctypes
import importlib.util
import os
import shutil
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
SPEC = importlib.util.spec_from_file_location("cli", HERE.parent / "cli" / "run.py")
cli = importlib.util.module_from_spec(SPEC)
SPEC.loader.exec_module(cli)
same, holds, function = cli.same, cli.holds, cli.function

LLVM = os.environ.get("LLVM", "22")
CLANG = shutil.which(f"clang-{LLVM}")

MIX = """\
struct rgb { unsigned char r, g, b; };
struct pair { long long a, b; };
struct nine { char c[9]; };
double scale(double x, float y);
struct pair twice(struct pair p);
int print(const char *format, ...);
int mix(int x, struct rgb colour) { return colour.r + x; }
struct nine make(int n) { struct nine r = {{(char)n}}; return r; }
static int local(int x) { return x; }
int (*pointer)(int, struct pair);
int (*odd)(struct rgb);
int use(struct rgb *c)
{
    struct pair p = {1, 2};
    p = twice(p);
    print("%d", 1);
    print("%d %d %d %d %f", 1, 2, 3, 4, 5.0);
    return pointer(local(3), p) + (int)scale(2, 1) + odd(*c);
}
int gather(const char *format, ...) { return format[0]; }
"""


def need_engine():
    try:
        ctypes.CDLL("libunicorn.so.2")
    except OSError:
        raise cli.Skipped("libunicorn2 is not installed") from None
    if not CLANG:
        raise cli.Skipped(f"clang-{LLVM} is not installed")


def verdicts(listed, name):
    return [(t["kind"], t["verified"]) for t in function(listed, name)["thunks"]]


def thunk(listed, name, kind):
    return next(t for t in function(listed, name)["thunks"] if t["kind"] == kind)


def test_right_and_wrong(folder):
    need_engine()
    folder.write("mix.c", MIX)
    got = folder.json("thunks", "--verify", "mix.c", status=1)
    same("scale", verdicts(got, "scale"), [("exit", "ok"), ("guest-exit", "ok")])
    same("twice", verdicts(got, "twice"), [("exit", "ok"), ("guest-exit", "ok")])
    same("mix", verdicts(got, "mix"), [("entry", "wrong")])
    same("make", verdicts(got, "make"), [("entry", "wrong")])
    same("local", verdicts(got, "local"), [])
    same("gather", verdicts(got, "gather"), [("entry", "ok")])
    same("use", verdicts(got, "use"), [("entry", "ok"), ("indirect", "ok"), ("indirect", "wrong")])
    same("a right one", thunk(got, "twice", "exit")["why"], "")


def test_of_the_system(folder):
    """An exit thunk to what is Arm64EC at run time is no fault, whatever it does."""
    need_engine()
    folder.write("log.c", '#include <stdio.h>\nint use(int a) { return printf("", a, a, a, a, a); }\n')
    got = folder.json("thunks", "--verify", "log.c")
    same("printf", [(t["verified"], t["taken"]) for t in function(got, "printf")["thunks"]],
         [("wrong", False), ("wrong", False)])  # fmt: skip
    same("use", thunk(got, "use", "entry")["taken"], True)
    out, _ = folder.run("thunks", "--verify", "log.c")
    holds("text", out, "never taken: the system's functions are Arm64EC; it would be wrong in argument 5")
    same("last line", out.splitlines()[-1], "1 right, 0 wrong, 0 not run; 2 never taken, to functions of the system")


def test_which_value_is_wrong(folder):
    need_engine()
    folder.write("mix.c", MIX)
    got = folder.json("thunks", "--verify", "mix.c", status=1)
    same("mix", thunk(got, "mix", "entry")["wrong"], [{"argument": 2, "name": "colour"}])
    holds("why", thunk(got, "mix", "entry")["why"], "argument 2 (3 bytes) arrives as the low bytes of the pointer")
    same("make", thunk(got, "make", "entry")["wrong"], [{"argument": 0, "name": "result"}])
    out, _ = folder.run("thunks", "--verify", "mix.c", status=1)
    holds("text", out, "WRONG (EC101) in 'colour': argument 2 (3 bytes) arrives")
    holds("text", out, "WRONG (EC132) in the result: ")
    same("codes", thunk(got, "mix", "entry")["codes"], ["EC101"])
    holds("text", out, "$iexit_thunk$cdecl$i8$i8m16  at 18:12", "right\n")
    same("last line", out.splitlines()[-1], "7 right, 5 wrong, 0 not run")


def test_calls_of_a_variadic_function_differ(folder):
    need_engine()
    folder.write("mix.c", MIX)
    out, _ = folder.run("thunks", "--verify", "mix.c", status=1)
    holds("text", out, "WRONG (EC103) in argument 5 and argument 6, called at 17:5: slot 5 should hold argument 5")
    lacks = [line for line in out.splitlines() if "slot 5 should hold" in line and "arrives as" in line]
    same("told twice", lacks, [])
    folder.write("short.c", 'int print(const char *, ...);\nint f(void) { return print("%d %f", 1, 2.0); }\n')
    same("short", verdicts(folder.json("thunks", "--verify", "short.c"), "print"),
         [("exit", "ok"), ("guest-exit", "ok")])  # fmt: skip


def test_status(folder):
    need_engine()
    folder.write("mix.c", MIX)
    folder.write("fine.c", "int f(int x) { return x; }\n")
    folder.run("thunks", "--verify", "fine.c")
    folder.run("thunks", "--verify", "fine.c", "mix.c", status=1)
    folder.run("thunks", "--verify", "--fail-on=never", "mix.c")
    same("without it", folder.run("thunks", "mix.c")[0].count("WRONG"), 0)
    both = folder.json("thunks", "--verify", "fine.c", "mix.c", status=1)
    same("files", [each["file"] for each in both], ["fine.c", "mix.c"])
    same("fine", verdicts(both[0], "f"), [("entry", "ok")])


def test_not_run(folder):
    need_engine()
    folder.write(
        "odd.c",
        "__bf16 bits(__bf16 x) { return x; }\n"
        "struct big { char c[2000]; };\n"
        "struct big large(struct big x) { return x; }\n"
        "__attribute__((preserve_most)) int other(int x) { return x; }\n",
    )
    got = folder.json("thunks", "--verify", "--fail-on=never", "odd.c")
    for name, why in (
        ("bits", "LLVM cannot make it"),
        ("large", "'struct big' is larger than what is executed (1024 bytes)"),
        ("other", "its calling convention (preserve_most) is not executed"),
    ):
        entry = thunk(got, name, "entry")
        same(name, (entry["verified"], entry["why"]), ("not-run", why))
    out, _ = folder.run("thunks", "--verify", "--fail-on=never", "odd.c")
    holds("text", out, "not run: 'struct big' is larger", "0 right, 0 wrong, 3 not run")


def test_cxx(folder):
    need_engine()
    folder.write(
        "odd.cpp",
        "struct plain { int a; float b; };\n"
        "struct owner { int a; ~owner(); };\n"
        "struct empty {};\n"
        "class C { public: int m(plain p); };\n"
        "int C::m(plain p) { return p.a; }\n"
        "namespace n { plain same(plain p, const plain &q) { return p; } }\n"
        "int owned(owner o) { return o.a; }\n"
        "int none(empty e, int x) { return x; }\n",
    )
    got = folder.json("thunks", "--verify", "odd.cpp")
    same("plain", verdicts(got, "same"), [("entry", "ok")])
    for name, why in (
        ("m", "member functions are not executed"),
        ("owned", "'owner' is a C++ class that C has no words for; C++ is not executed"),
        ("none", "'empty' is a C++ class that C has no words for; C++ is not executed"),
    ):
        entry = thunk(got, name, "entry")
        same(name, (entry["verified"], entry["why"]), ("not-run", why))


def test_layouts(folder):
    """What pragmas and attributes lay out is laid out so again."""
    need_engine()
    folder.write(
        "layout.c",
        "#pragma pack(push, 1)\n"
        "struct packed { char a; double b; short c; };\n"
        "#pragma pack(pop)\n"
        "struct bits { int x : 3, y : 20; long long z; };\n"
        "struct __attribute__((aligned(16))) four { float f[4]; };\n"
        "union either { struct packed p; struct { int n; char name[20]; } q; };\n"
        "struct inner { struct bits b; union either e[2]; };\n"
        "struct packed a(struct packed x, struct bits y, struct four z) { return x; }\n"
        "struct inner b(union either x, struct inner y) { return y; }\n"
        "_BitInt(37) c(_BitInt(12) x, _Complex float y, _Bool z) { return x; }\n",
    )
    got = folder.json("thunks", "--verify", "layout.c", status=1)
    same("a", verdicts(got, "a"), [("entry", "wrong")])  # a result of 11 bytes
    same("a", thunk(got, "a", "entry")["wrong"], [{"argument": 0, "name": "result"}])
    same("b", verdicts(got, "b"), [("entry", "ok")])
    same("c", verdicts(got, "c"), [("entry", "ok")])


def test_layouts_that_are_not_modelled(folder):
    """x64 code aligns a wide _BitInt to 8 bytes: nothing is right that was written as Arm64EC lays it out."""
    need_engine()
    members = {
        "before": "unsigned a : 3; _BitInt(100) x;",
        "behind": "_BitInt(100) x; unsigned a : 3;",
        "itself": "char a; _BitInt(128) x : 70;",
        "array": "char a; _BitInt(70) x[2]; unsigned b : 2;",
        "aligned": "char a; _Alignas(32) _BitInt(100) x;",
        "first": "_Alignas(64) char a; _BitInt(100) x;",
        "within": "char a; struct { char a; _BitInt(100) x; } x; unsigned b : 4;",
    }
    text = "".join(f"struct {n} {{ {m} }};\nint f_{n}(struct {n} s) {{ return s.a; }}\n"
                   for n, m in members.items())  # fmt: skip
    text += ("struct __attribute__((aligned(32))) whole { char a; _BitInt(100) x; };\n"
             "int f_whole(struct whole s) { return s.a; }\n"
             "struct __attribute__((packed)) packed { char a; _BitInt(100) x; };\n"
             "int f_packed(struct packed s) { return s.a; }\n"
             "struct narrow { char a; _BitInt(60) x; unsigned b : 4; };\n"
             "int f_narrow(struct narrow s) { return s.a; }\n")  # fmt: skip
    folder.write("layout.c", text)
    got = folder.json("thunks", "--verify", "layout.c", "--", "-std=c23")
    for name in [*members, "whole"]:
        same(name, verdicts(got, f"f_{name}"), [("entry", "not-run")])
        holds(name, thunk(got, f"f_{name}", "entry")["why"], "not modelled: ", "_BitInt")
    for name in ("packed", "narrow"):
        same(name, verdicts(got, f"f_{name}"), [("entry", "ok")])


def test_builders(folder):
    need_engine()
    folder.write("mix.c", MIX)
    got = folder.json("thunks", "--verify", "--builder=msvc-19.40", "mix.c")
    entry = thunk(got, "mix", "entry")
    same("msvc", (entry["verified"], entry["why"]),
         ("not-run", "MSVC makes thunks of its own; those of LLVM are executed"))  # fmt: skip
    got = folder.json("thunks", "--verify", "mix.c", "--", "--target=arm64ec-w64-windows-gnu", status=1)
    same("mingw", verdicts(got, "mix") + verdicts(got, "twice"),
         [("entry", "wrong"), ("exit", "ok"), ("guest-exit", "ok")])  # fmt: skip
    _, err = folder.run("thunks", "--verify", "--builder=clang-99", "mix.c", status=3)
    holds("stderr", err, "there is no clang-99; install the package clang-99")


def test_without_the_library(folder):
    folder.write("mix.c", MIX)
    folder.write("lib/libunicorn.so.2", "")
    env = {"LD_LIBRARY_PATH": str(folder.path / "lib")}
    got = folder.json("thunks", "--verify", "mix.c", status=3, env=env)
    entry = thunk(got, "mix", "entry")
    same("verified", entry["verified"], "not-run")
    out, err = folder.run("thunks", "--verify", "mix.c", status=3, env=env)
    same("stderr", err, "arm64ecd: thunks cannot be executed: libunicorn.so.2 is not installed (Debian: libunicorn2)\n")
    holds("text", out, "0 right, 0 wrong, 12 not run")
    folder.run("thunks", "mix.c", env=env)


def test_without_a_compiler(folder):
    need_engine()
    folder.write("mix.c", MIX)
    env = {"ARM64ECD_CLANG": str(folder.path / "none")}
    out, err = folder.run("thunks", "--verify", "mix.c", status=3, env=env)
    same("lines on stderr", len(err.splitlines()), 1)
    holds("stderr", err, "thunks cannot be executed: ARM64ECD_CLANG is '", "unset it")
    holds("text", out, "0 right, 0 wrong, 12 not run")


def test_a_project_names_no_compiler(folder):
    """Neither its folder nor its compile command: what lies there is not started."""
    need_engine()
    for name in (f"clang-{LLVM}", "clang"):
        folder.write(name, "#!/bin/sh\ntouch started\n")
        (folder.path / name).chmod(0o755)
    folder.write("fine.c", "int f(int x) { return x; }\n")
    env = {"PATH": f".::{os.environ['PATH']}"}
    got = folder.json("thunks", "--verify", "fine.c", "--", str(folder.path / "clang"), env=env)
    same("f", verdicts(got, "f"), [("entry", "ok")])
    same("started", (folder.path / "started").exists(), False)


def with_compiler(folder, script, *args):
    """How a function fares when clang is this."""
    need_engine()
    folder.write("fine.c", "int f(int x) { return x; }\n")
    folder.write("clang", script)
    (folder.path / "clang").chmod(0o755)
    got = folder.json("thunks", "--verify", *args, "fine.c", env={"ARM64ECD_CLANG": str(folder.path / "clang")})
    entry = thunk(got, "f", "entry")
    same("verified", entry["verified"], "not-run")
    return entry["why"]


def test_compilers_that_fail(folder):
    why = with_compiler(folder, "#!/bin/sh\ncat >/dev/null\necho 'x.c:1: error: no such luck' >&2\nexit 1\n")
    same("one that fails", why, f"clang-{LLVM} makes no object of it: no such luck")
    why = with_compiler(folder, "#!/bin/sh\nkill -SEGV $$\n")
    same("one that dies", why, f"clang-{LLVM} makes no object of it: it says nothing")
    why = with_compiler(folder, "#!/bin/sh\ncat >/dev/null\necho no object\n")
    holds("one that writes nonsense", why, "the object is broken")
    why = with_compiler(folder, "#!/bin/sh\nexec cat /dev/zero\n")
    same("one without end", why, f"clang-{LLVM} makes no object of it: the object is too large")
    why = with_compiler(folder, "#!/bin/sh\nexec sleep 100\n", "--deadline=1")
    same("one that hangs", why, f"clang-{LLVM} makes no object of it: it does not end")
    why = with_compiler(folder, "no program\n")
    holds("no program", why, "clang")


def test_bad_usage(folder):
    folder.write("mix.c", MIX)
    for args, part in (
        (("abi", "--verify", "mix.c"), "--verify is for thunks"),
        (("check", "--verify", "mix.c"), "--verify is for thunks"),
        (("thunks", "--verify", "--stage=full", "mix.c"), "--verify executes the thunks of --stage=live"),
        (("thunks", "--verify", "none.c"), "none.c: no such file"),
    ):
        holds(" ".join(args), folder.run(*args, status=2)[1], part)


def test_broken_source(folder):
    need_engine()
    folder.write("broken.c", "int f(int x) { return x; }\nint g( { return\n")
    same("f", verdicts(folder.json("thunks", "--verify", "broken.c", status=1), "f"), [("entry", "ok")])


if __name__ == "__main__":
    sys.exit(cli.main(globals()))
