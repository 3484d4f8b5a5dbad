#!/usr/bin/env python3
"""Tests of the full stage; README.md beside it tells how.

    run.py [NAME...]      parts of names of tests; default: all
"""

import importlib.util
import os
import shutil
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
SPEC = importlib.util.spec_from_file_location("cli", HERE.parent / "cli" / "run.py")
cli = importlib.util.module_from_spec(SPEC)
SPEC.loader.exec_module(cli)
same, holds = cli.same, cli.holds

sys.path.insert(0, str(HERE.parent))
import versions  # noqa: E402

CLANG = f"clang-{versions.LLVM}"
FOLDED = """\
void out(int);
static int deep(int n) { return n; }
int (*taken)(int) = deep;
void run(void) { if (deep(1) == 2) out(1); }
"""


def clang():
    if not shutil.which(CLANG):
        raise cli.Skipped(f"no {CLANG}")


def full(folder, file, *flags, status=0, command="check"):
    return folder.json(command, "--stage=full", "--headers=builtin", file, "--", *flags,
                       status=status)  # fmt: skip


def thunks(listed, name):
    return cli.function(listed, name)["thunks"]


def codes(report, stage):
    return [(f["code"], f["range"]["start"]["line"]) for f in report["findings"]
            if f["stage"] == stage and f["severity"] != "hint"]  # fmt: skip


def script(folder, text):
    """A program in clang's place."""
    path = folder.path / "fake-clang"
    folder.write("fake-clang", "#!/bin/sh\n" + text)
    path.chmod(0o755)
    return ["env", f"ARM64ECD_CLANG={path}"]


def test_thunks_of_the_level(folder):
    clang()
    folder.write("a.c", FOLDED)
    live = folder.json("thunks", "a.c", "--", "clang", "-O2")
    whole = full(folder, "a.c", "clang", "-O2", command="thunks")
    same("live", [t["kind"] for t in thunks(live, "out")], ["exit", "guest-exit"])
    same("full", thunks(whole, "out"), [])
    same("at -O0", full(folder, "a.c", "clang", "-O0", command="thunks")["functions"],
         folder.json("thunks", "a.c", "--", "clang", "-O0")["functions"])  # fmt: skip


def test_call_sites_stay(folder):
    clang()
    folder.write("a.c", "int out(int);\ntypedef int (*F)(double);\n"
                        "int run(F f) {\n    return out(1) + f(2);\n}\n")  # fmt: skip
    whole = full(folder, "a.c", "clang", "-O1", command="thunks")
    same("exit", thunks(whole, "out")[0]["at"], [{"line": 4, "column": 12}])
    same("indirect", [(t["kind"], t["at"]) for t in thunks(whole, "run")],
         [("entry", []), ("indirect", [{"line": 4, "column": 21}])])  # fmt: skip


def test_abi_has_it_too(folder):
    clang()
    folder.write("a.c", FOLDED)
    live = folder.json("abi", "a.c", "--", "clang", "-O2")
    whole = full(folder, "a.c", "clang", "-O2", command="abi")
    same("functions", {f["name"] for f in live["functions"]} - {"out"} <=
         {f["name"] for f in whole["functions"]}, True)  # fmt: skip


def test_what_is_said_in_our_words_is_said_once(folder):
    clang()
    folder.write("a.c", "static __declspec(hybrid_patchable) int hs(int a) { return a; }\n"
                        "void __attribute__((sysv_abi)) sv(int a) { (void)a; }\nint kr();\n"
                        "int use(void) { return hs(1) + kr(1, 2.0f); }\n")  # fmt: skip
    report = full(folder, "a.c", "clang")
    same("codes", [f["code"] for f in report["findings"]], ["EC205", "EC115", "EC120"])


def test_hybrid_patchable(folder):
    """The target's thunk is the function's, and the patch no guest exit thunk."""
    clang()
    folder.write("a.c", "__declspec(hybrid_patchable) int hp(int a) { return a; }\n"
                        "int use(void) { return hp(2); }\n")  # fmt: skip
    for whole in (full(folder, "a.c", "clang", command="thunks"), folder.json("thunks", "a.c")):
        same("functions", [f["symbol"] for f in whole["functions"]], ["#hp", "#use"])
        same("thunks", sorted(t["kind"] for t in thunks(whole, "hp")), ["entry", "exit", "hybrid-patch", "indirect"])
        (place,) = [t["at"] for t in thunks(whole, "hp") if t["kind"] == "exit"]
        same("call", place, [{"line": 2, "column": 24}])


def test_what_libclang_does_not_show(folder):
    clang()
    folder.write("a.cpp", "template <class T> T id(T t) { return t; }\n"
                          "template __bf16 id(__bf16);\n")  # fmt: skip
    report = full(folder, "a.cpp", "clang++")
    same("codes", codes(report, "full"), [("EC901", 1)])
    holds("words", report["findings"][-1]["message"], "64 bit floating points are supported")


def test_death_of_another_llvm(folder):
    """It is not the builder's: a hint, because nobody knows what that one does."""
    clang()
    folder.write("a.cpp", "template <class T> T id(T t) { return t; }\n"
                          "template __bf16 id(__bf16);\n")  # fmt: skip
    for builder, want in (("clang-20", "EC632"), (f"clang-{versions.LLVM}", "EC901"), ("clang", "EC901")):
        report = folder.json("check", "--stage=full", "--headers=builtin", f"--builder={builder}", "a.cpp",
                             "--", "clang++")  # fmt: skip
        got = [f for f in report["findings"] if f["stage"] == "full"]
        same(builder, [f["code"] for f in got], [want])
    report = folder.json("check", "--stage=full", "--headers=builtin", "--builder=clang-20", "a.cpp", "--", "clang++")
    told = [f["message"] for f in report["findings"] if f["code"] == "EC632"]
    holds("words", told[0], "dies of this file, which clang-20 need not")


def test_what_is_foretold_is_not_told_twice(folder):
    clang()
    folder.write("a.c", "__bf16 f(__bf16 x) { return x; }\n"
                        "void g(void) { __asm__(\"mov x13, #1\"); }\n")  # fmt: skip
    report = full(folder, "a.c", "clang", status=1)
    same("live", codes(report, "live"), [("EC111", 1), ("EC501", 2)])
    same("full", codes(report, "full"), [])


def test_assembly_that_the_live_stage_cannot_see(folder):
    clang()
    folder.write("a.h", '__asm__(".globl v\\nfrob x1, x2\\n");\n')
    folder.write("a.c", '#include "a.h"\nint x;\n')
    report = full(folder, "a.c", "clang", status=1)
    same("live", codes(report, "live"), [])
    same("full", codes(report, "full"), [(None, 1)])
    holds("words", report["findings"][-1]["message"], "at file scope", "mnemonic")


def test_errors_are_told_once(folder):
    clang()
    folder.write("a.h", "int y = undeclared;\n")
    folder.write("a.c", '#include "a.h"\nint x = 1 +;\nint f(void) { int unused; return x; }\n')
    report = full(folder, "a.c", "clang", "-Wall", status=1)
    same("live", len(codes(report, "live")), 3)
    same("full", codes(report, "full"), [])


def test_what_the_backend_has_no_place_for(folder):
    clang()
    folder.write("a.c", "void plog(const char *);\n"
                        "void frame(void) { char big[5000]; plog(big); }\n")  # fmt: skip
    report = full(folder, "a.c", "clang", "-Wframe-larger-than=100")
    same("warning", codes(report, "full"), [("-Wframe-larger-than", 2)])
    report = full(folder, "a.c", "clang", "-Wframe-larger-than=100", "-Werror", status=1)
    same("error", codes(report, "full"), [("-Wframe-larger-than", 2)])
    folder.write("b.c", "__attribute__((error(\"never\"))) int no(void);\nint f(void) { return no(); }\n")
    same("error", codes(full(folder, "b.c", "clang", status=1), "full"), [(None, 2)])


def test_flags_of_the_code_count(folder):
    clang()
    folder.write("a.c", "int out(int);\nstatic inline int once(int x) { return out(x); }\n"
                        "int (*volatile p)(int) = once;\nint f(int x) { return once(x); }\n")  # fmt: skip
    whole = full(folder, "a.c", "clang", "-O2", "-finstrument-functions", command="thunks")
    same("hook", len(thunks(whole, "__cyg_profile_func_enter")), 2)
    whole = full(folder, "a.c", "clang", "-O2", "-mllvm", "-arm64ec-generate-thunks=false",
                 command="thunks")  # fmt: skip
    same("none", [t for f in whole["functions"] for t in f["thunks"]], [])
    same("stage", whole["stage"], "full")


def test_a_file_without_functions(folder):
    clang()
    folder.write("a.c", "int x;\n")
    whole = full(folder, "a.c", "clang", command="thunks")
    same("answer", (whole["stage"], whole["functions"]), ("full", []))


def test_comments_are_judged_once(folder):
    clang()
    folder.write("a.c", "// arm64ecd: allow(EC999)\nint f(void) { return 1; }\n")
    out, _ = folder.run("check", "--stage=full", "--format=json", "-v", "a.c", "--", "clang")
    same("EC907", out.count('"EC907"'), 1)


def test_suppression_holds(folder):
    clang()
    folder.write("a.c", "int f(int x) {\n#if defined(__arm64ec__)\n"
                        "    // arm64ecd: allow(EC501)\n"
                        "    __asm__(\"mov x13, #1\");\n#endif\n    return x;\n}\n")  # fmt: skip
    same("findings", codes(full(folder, "a.c", "clang"), "full"), [])


def test_no_clang_is_one_hint(folder):
    folder.write("a.c", "int f(void) { return 1; }\n")
    folder.write("b.c", "int g(void) { return 1; }\n")
    out, err = folder.run("check", "--stage=full", "--format=json", "a.c", "b.c", "--", "clang",
                          prefix=["env", "ARM64ECD_CLANG=/nonexistent/clang"])  # fmt: skip
    same("hints", out.count('"EC632"'), 1)
    same("lines", err.count("/nonexistent/clang"), 1)
    again, _ = folder.run("check", "--stage=full", "--format=json", "a.c", "--", "clang",
                          prefix=["env", "ARM64ECD_CLANG=/nonexistent/clang"])  # fmt: skip
    same("from the cache", again.count('"EC632"'), 1)
    _, err = folder.run("thunks", "--stage=full", "--format=json", "a.c", "--", "clang",
                        prefix=["env", "ARM64ECD_CLANG=/nonexistent/clang"])  # fmt: skip
    holds("thunks", err, "/nonexistent/clang", "made no object")


def test_a_project_names_no_program(folder):
    clang()
    folder.write("evil", "#!/bin/sh\ntouch ran\n")
    (folder.path / "evil").chmod(0o755)
    folder.write("clang-22", "#!/bin/sh\ntouch ran\n")
    (folder.path / "clang-22").chmod(0o755)
    folder.write("a.c", "int f(void) { return 1; }\n")
    folder.write("compile_commands.json",
                 f'[{{"directory": "{folder.path}", "file": "a.c", "command": "{folder.path}/evil '
                 f'-fplugin=./evil -Xclang -load -Xclang ./evil -wrapper ./evil -B. '
                 f'-o {folder.path}/made.o -MD -MF {folder.path}/made.d -save-temps -c a.c"}}]')  # fmt: skip
    folder.run("check", "--stage=full", "a.c", prefix=["env", "PATH=.:" + os.environ["PATH"]])
    left = {p.name for p in folder.path.iterdir()} - {".cache"}
    same("files", left, {"evil", "clang-22", "a.c", "compile_commands.json"})


def test_a_clang_that_hangs(folder):
    folder.write("a.c", "int f(void) { return 1; }\n")
    out, _ = folder.run("check", "--stage=full", "--deadline=1", "--format=json", "a.c", "--",
                        "clang", prefix=script(folder, "sleep 1000\n"))  # fmt: skip
    holds("finding", out, '"EC902"', "within 4 s")


def test_a_clang_that_lies(folder):
    folder.write("a.c", "int f(void) { return 1; }\n")
    for what, text, parts in [
        ("no object", "echo nonsense\n", ["EC905", "shorter than its header"]),
        ("nothing", "exit 0\n", ["EC905"]),
        ("a signal", "kill -SEGV $$\n", ["EC901", "without a word"]),
        ("no reason", "exit 1\n", ["does not say why"]),
        ("a reason", "echo 'clang: error: no such thing' >&2; exit 1\n", ["no such thing"]),
        ("much", "yes | head -c 300000000\n", ["EC901"]),
    ]:  # fmt: skip
        out, _ = folder.run("check", "--stage=full", "--no-cache", "--format=json", "a.c", "--",
                            "clang", prefix=script(folder, text))  # fmt: skip
        holds(what, out, *parts)
        listed = folder.run("thunks", "--stage=full", "--no-cache", "a.c", "--", "clang",
                               prefix=script(folder, text))  # fmt: skip
        holds(what, listed[0], "$ientry_thunk$cdecl$i8$v")
        holds(what, listed[1], "made no object")


def test_the_second_run_compiles_nothing(folder):
    clang()
    folder.write("a.c", FOLDED)
    first = full(folder, "a.c", "clang", "-O2", command="thunks")
    again = folder.json("thunks", "--stage=full", "--headers=builtin", "a.c", "--", "clang", "-O2")
    same("answer", again, first)
    _, err = folder.run("check", "--stage=full", "--headers=builtin", "a.c", "--", "clang", "-O2")
    holds("summary", err, "from the cache")


def test_usage(folder):
    folder.write("a.c", "int x;\n")
    _, err = folder.run("check", "--stage=half", "a.c", status=2)
    holds("message", err, "'half' is none of live and full")
    _, err = folder.run("explain", "--stage=full", status=2)
    holds("message", err, "fullStage")


if __name__ == "__main__":
    sys.exit(cli.main(globals()))
