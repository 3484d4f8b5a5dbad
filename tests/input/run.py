#!/usr/bin/env python3
"""Tests of what `check` says to bad input; README.md beside it tells how.

    run.py [NAME...]      parts of names of tests; default: all
"""

import importlib.util
import json
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
SPEC = importlib.util.spec_from_file_location("cli", HERE.parent / "cli" / "run.py")
cli = importlib.util.module_from_spec(SPEC)
SPEC.loader.exec_module(cli)
same, holds = cli.same, cli.holds

GOOD = "int good(int x) { return x; }\n"


def findings(folder, *args, status=0):
    """(code, severity, message) of each finding."""
    got = folder.json("check", *args, status=status)
    return [(f["code"], f["severity"], f["message"]) for f in got["findings"]]


def database(folder, name, *entries):
    folder.write(name, json.dumps([{"directory": str(folder.path), **e} for e in entries]))


# --- flags ------------------------------------------------------------------------------


def test_flags_that_nobody_takes(folder):
    """Told wherever they stand: no compiler would go on."""
    folder.write("x.c", GOOD)
    for flags, what in ((["-std=c++99"], "'-std=c++99' names no language standard"),
                        (["@nofile.rsp"], "'@nofile.rsp' does not exist"),
                        (["-I"], "'-I' needs a value"),
                        (["-Xclang"], "'-Xclang' needs a value"),
                        (["-x", "rust"], "'-x rust' names a language")):
        got = findings(folder, "x.c", "--", *flags)
        same(f"findings of {flags}", [g[:2] for g in got], [("EC627", "warning")])
        holds("message", got[0][2], what, "correct it")
        database(folder, "compile_commands.json",
                 {"file": "x.c", "arguments": ["clang", "-c", "x.c", *flags]})
        same("of the database", findings(folder, "x.c"), got)
        (folder.path / "compile_commands.json").unlink()
    folder.run("check", "--fail-on=warning", "x.c", "--", "-I", status=1)


def test_flags_that_nobody_knows(folder):
    """Told to who typed them; a build system's are shown with -v alone."""
    folder.write("x.c", GOOD)
    got = findings(folder, "x.c", "--", "--frob=1", "-mavx2")
    same("findings", [g[:2] for g in got], [("EC627", "info")])
    holds("message", got[0][2], ": --frob=1;")
    database(folder, "compile_commands.json",
             {"file": "x.c", "command": "clang --frob=1 -mavx2 -c x.c"})
    same("of the database", findings(folder, "x.c"), [])
    same("with -v", len(findings(folder, "-v", "x.c")), 2)


def test_flags_that_are_fine(folder):
    folder.write("x.c", GOOD)
    for flags in (["-std=gnu17"], ["-x", "c"], ["-O9"], ["-march=native"], ["-std=c++20"],
                  ["-Wno-such-warning"], ["cl", "/std:c++latest"]):
        same(f"findings of {flags}", findings(folder, "x.c", "--", *flags), [])


if __name__ == "__main__":
    sys.exit(cli.main(globals()))
