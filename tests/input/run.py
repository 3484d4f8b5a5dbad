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


# --- compile databases ------------------------------------------------------------------


def test_database_that_is_of_no_use(folder):
    """Once a database: a finding where files are named, a line where it is."""
    folder.write("x.c", GOOD)
    folder.write("y.c", GOOD)
    name = "compile_commands.json"
    for text, what in (("[]", "it has no entries"),
                       ("[", "json:1:2: "),
                       ('[{"file":"x.c","arguments":[]}]', 'entry [0]: "arguments" is empty'),
                       ('[{"file":"x.c","command":"cc \'-D"}]',
                        'entry [0]: a quote in "command" is not closed')):
        folder.write(name, text)
        got = findings(folder, ".")
        same(f"findings for {text}", [g[:2] for g in got], [("EC629", "warning")])
        holds("message", got[0][2], name, what, "write it again")
        out, err = folder.run("check", name, status=2)
        same("lines", (out, err.count("\n")), ("", 1))
        holds("stderr", err, f"arm64ecd: {name}: ", what.split(": ")[-1],
              "write the compile database again")


def test_database_of_which_a_part_is_of_no_use(folder):
    folder.write("x.c", GOOD)
    folder.write("y.c", "#ifndef Y\n#error no Y\n#endif\n")
    database(folder, "compile_commands.json", {"file": "x.c", "arguments": []},
             {"file": "y.c", "command": "cc -DY -c y.c"}, {"file": "z.c"})
    folder.write("z.c", GOOD)
    for name in (".", "compile_commands.json"):
        got = findings(folder, name)
        same(f"findings of {name}", [g[:2] for g in got], [("EC629", "warning")])
        holds("message", got[0][2], 'entry [0]: "arguments" is empty (and 1 more entry)')
    # What has no name cannot be checked.
    database(folder, "compile_commands.json", {"command": "cc -c x.c"},
             {"file": "y.c", "command": "cc -DY -c y.c"})
    out, err = folder.run("check", "--format=json", "compile_commands.json", status=2)
    same("findings", json.loads(out)["findings"], [])
    holds("stderr", err, "compile_commands.json: entry [0].file: missing; write")


if __name__ == "__main__":
    sys.exit(cli.main(globals()))
