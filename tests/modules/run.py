#!/usr/bin/env python3
"""Which LLVM analyses: the newest module that is installed, another one on demand, and none
that is too old for Arm64EC.

    run.py [NAME...]      parts of names of tests; default: all

The tests of two modules need both builds, out/ and out/llvm-19/, of the same sources.
"""

import importlib.util
import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]
sys.path[:0] = [str(HERE.parent), str(HERE.parent / "lsp")]
SPEC = importlib.util.spec_from_file_location("cli", HERE.parent / "cli" / "run.py")
cli = importlib.util.module_from_spec(SPEC)
SPEC.loader.exec_module(cli)
import versions  # noqa: E402
from client import Client  # noqa: E402

same, holds = cli.same, cli.holds
BUILDS = {"22": ROOT / "out", "19": ROOT / "out/llvm-19"}
FIRST = "cannot compile for Arm64EC: LLVM 18.1.0 was the first that could"
SIGNATURE = "struct pair { long long a, b; };\nstruct pair make(int x) { struct pair p = {x, x}; return p; }\n"


def version(program, *args):
    done = subprocess.run([program, "--version", "--json", *args], capture_output=True, check=True)
    return json.loads(done.stdout)


def installed(folder, *llvms, beside=()):
    """A tree as `make install` makes it, with links to the modules of the builds."""
    if "sanitize" in str(cli.SERVER):
        raise cli.Skipped("a sanitized program and the modules of plain builds do not go together")
    builds = {version(cli.SERVER)["build"]}
    for llvm in (*llvms, *beside):
        if not (BUILDS[llvm] / f"pipeline-{llvm}.so").is_file():
            raise cli.Skipped(f"there is no build with LLVM {llvm}")
        builds.add(version(BUILDS[llvm] / "arm64ecd")["build"])
    if len(builds) != 1:
        raise cli.Skipped("the builds are not of the same sources")
    for name in ("bin", "lib/arm64ecd"):
        (folder.path / name).mkdir(parents=True)
    program = folder.path / "bin/arm64ecd"
    shutil.copy2(cli.SERVER, program)
    for place, names in (("lib/arm64ecd", llvms), ("bin", beside)):
        for llvm in names:
            (folder.path / place / f"pipeline-{llvm}.so").symlink_to(BUILDS[llvm] / f"pipeline-{llvm}.so")
    return program


def run(program, folder, *args, status=0):
    done = subprocess.run([program, *args], cwd=folder.path, capture_output=True, text=True, stdin=subprocess.DEVNULL,
                          env={**os.environ, "XDG_CACHE_HOME": str(folder.path / ".cache")})  # fmt: skip
    same(f"status of {' '.join(args)}: {done.stderr}", done.returncode, status)
    return done.stdout + done.stderr


def refused(folder, *args):
    return run(cli.SERVER, folder, *args, status=2)


# --- which one ----------------------------------------------------------------------------


def test_newest_is_used(folder):
    program = installed(folder, "19", "22")
    said = version(program)
    same("llvm", said["llvm"], "22")
    same("exact", said["llvmVersion"].split(".")[0], "22")
    same("all", [m["llvm"] for m in said["modules"]], ["22", "19"])
    text = run(program, folder, "--version")
    holds("text", text, "(LLVM 22.", "with --llvm=19: ")


def test_another_one_on_demand(folder):
    program = installed(folder, "19", "22")
    folder.write("a.c", SIGNATURE)
    for llvm in ("22", "19"):
        said = version(program, f"--llvm={llvm}")
        same("llvm", (said["llvm"], said["llvmVersion"].split(".")[0]), (llvm, llvm))
        holds("-v", run(program, folder, "check", f"--llvm={llvm}", "-v", "a.c"), f"; LLVM {llvm}.")
        unseen = ", which does not show inline assembly out of macros"
        for words in (run(program, folder, "check", f"--llvm={llvm}", "-v", "a.c"),
                      run(program, folder, f"--llvm={llvm}", "--version")):  # fmt: skip
            same("what it does not show", unseen in words, llvm == "19")
        got = json.loads(run(program, folder, "thunks", "--format=json", f"--llvm={llvm}", "a.c"))
        same("thunks", got["llvm"].split(".")[0], llvm)


def test_rules_are_those_of_the_module_or_of_the_builder(folder):
    """Without a builder's version the module's LLVM counts; the cache keeps them apart."""
    program = installed(folder, "19", "22")
    folder.write("a.c", SIGNATURE)
    for _ in range(2):
        for args, want in ((["--llvm=19"], ["EC132"]), (["--llvm=22"], []), ([], []),
                           (["--llvm=19", "--builder=clang-22"], []),
                           (["--llvm=22", "--builder=clang-19"], ["EC132"])):  # fmt: skip
            got = json.loads(run(program, folder, "check", "--format=json", *args, "a.c"))
            same(str(args), [f["code"] for f in got["findings"] if f["code"] != "EC630"], want)


def test_beside_the_program_before_installed(folder):
    program = installed(folder, "22", beside=["19"])
    same("newest of both", version(program)["llvm"], "22")
    same("the one beside", version(program, "--llvm=19")["llvmVersion"].split(".")[0], "19")
    folder.write("lib/arm64ecd/pipeline-.so", "")
    folder.write("lib/arm64ecd/pipeline-x.so", "")
    folder.write("lib/arm64ecd/pipeline-22.so.old", "")
    same("other names", [m["llvm"] for m in version(program)["modules"]], ["22", "19"])


def test_one_that_is_not_installed(folder):
    folder.write("a.c", SIGNATURE)
    got = json.loads(run(cli.SERVER, folder, "check", "--format=json", "--llvm=42", "a.c", status=3))["findings"]
    got = [f for f in got if f["code"] != "EC630"]
    same("code", [f["code"] for f in got], ["EC908"])
    holds("message", got[0]["message"], "'pipeline-42.so'", f"use --llvm={json.loads(run(cli.SERVER, folder, '--version', '--json'))['llvm']}, which")
    # An installed program names the folder of installed modules.
    program = installed(folder, "22")
    holds("version", run(program, folder, "--llvm=42", "--version"),
          f"module: {folder.path}/lib/arm64ecd/pipeline-42.so, which cannot be loaded")


def test_status_names_it(folder):
    program = installed(folder, "19", "22")
    for args, want in (([], "22"), (["--llvm=19"], "19")):
        with Client([program, *args], cwd=folder.path) as client:
            client.initialize(folder.path)
            uri = (folder.path / "a.c").as_uri()
            client.notify("textDocument/didOpen", {
                "textDocument": {"uri": uri, "languageId": "c", "version": 1, "text": SIGNATURE}})
            client.diagnostics(uri, lambda found: True)
            status = client.call("arm64ecd/status")
            same("llvm", status["llvm"].split(".")[0], want)
            same("module", Path(status["module"]).name, f"pipeline-{want}.so")
            client.finish()


# --- too old ------------------------------------------------------------------------------


def test_a_replay_takes_the_llvm_of_then(folder):
    program = installed(folder, "22", "19")
    text = "int x = missing;\n"
    folder.write("a.c", text)
    with Client([str(program), "--llvm=19", "--record=rec"], cwd=folder.path) as client:
        client.initialize(folder.path)
        client.open((folder.path / "a.c").as_uri(), text, "c")
        client.diagnostics((folder.path / "a.c").as_uri(), lambda ds: any("missing" in d["message"] for d in ds))
        client.finish()
    for more, words in (([], None), (["--llvm=22"], "recorded with LLVM 19")):
        done = subprocess.run([program, "--replay=rec", *more], cwd=folder.path, capture_output=True, text=True)
        same(f"{more}: told", "recorded with LLVM" in done.stderr, words is not None)
        holds(f"{more}: played", done.stderr, words or "0 different")


def test_old_builder(folder):
    folder.write("a.c", SIGNATURE)
    for name, said in (("clang-17", "clang-17"), ("mingw-16.0.6", "mingw-16"), ("clang-cl-15", "clang-cl-15"),
                       ("rustc-1.77", "rustc-1.77, which has LLVM 17,")):  # fmt: skip
        holds(name, refused(folder, "check", f"--builder={name}", "a.c"), f"--builder: {said} {FIRST}")
    for name in ("clang-18", "clang-18.1", "clang", "msvc-19.40", "msvc", "rustc-1.78", "mingw-18"):
        run(cli.SERVER, folder, "check", f"--builder={name}", "a.c")


def test_old_builder_in_the_settings(folder):
    folder.write("a.c", SIGNATURE)
    folder.write(".arm64ecd.json", '{"builder": "clang-17"}')
    got = json.loads(run(cli.SERVER, folder, "check", "--format=json", "a.c"))["findings"]
    told = [f["message"] for f in got if f["code"] == "EC631"]
    same("EC631", len(told), 1)
    holds("words", told[0], f"clang-17 {FIRST}")


def test_old_llvm(folder):
    holds("--llvm", refused(folder, "--llvm=17", "--version"), f"--llvm: LLVM 17 {FIRST}")
    holds("a word", refused(folder, "--llvm=new", "--version"), "--llvm: 'new' is no number")
    holds("both", refused(folder, "--llvm=22", "--module=x.so"), "name one")
    run(cli.SERVER, folder, "--llvm=18", "--version")


def test_old_module(folder):
    """Whatever its name is: the module knows which LLVM it has."""
    if not shutil.which("gcc"):
        raise cli.Skipped("no gcc")
    folder.write("a.c", SIGNATURE)
    for llvm, is_refused in (("17.0.6", True), ("18.0.0", True), ("18.1.0", False)):
        module = folder.path / "pipeline-22.so"
        subprocess.run(["gcc", "-std=gnu17", "-shared", "-fPIC", "-I", ROOT, f'-DOLD_LLVM="{llvm}"',
                        f'-DOWN_BUILD="{version(cli.SERVER)["build"]}"', HERE / "old_module.c", "-o", module],
                       check=True)  # fmt: skip
        said = version(cli.SERVER, f"--module={module}")
        same(llvm, said["llvmVersion"], None if is_refused else llvm)
        if is_refused:
            same("why", said["why"], f"LLVM {llvm} {FIRST}")
            for args in ([], ["-j", "1"]):
                got = json.loads(run(cli.SERVER, folder, "check", "--format=json", *args,
                                     f"--module={module}", "a.c", status=3))["findings"]  # fmt: skip
                told = [f["message"] for f in got if f["code"] == "EC908"]
                same("EC908", len(told), 1)
                holds("words", told[0], f"LLVM {llvm} {FIRST}")


def test_old_build(folder):
    for value, said in (("17", f"LLVM 17 {FIRST}"), ("3", f"LLVM 3 {FIRST}"), ("22.1", "the major version alone"),
                        ("new", "the major version alone")):  # fmt: skip
        done = subprocess.run(["make", "-C", ROOT, f"LLVM={value}", "all"], capture_output=True, text=True,
                              env={k: v for k, v in os.environ.items() if not k.startswith(("MAKE", "MFLAGS"))})  # fmt: skip
        same("status", done.returncode, 2)
        holds(value, done.stderr, said)
        same("nothing is done", re.findall(r"^  (?:CC|AR|LINK)", done.stdout, re.M), [])


def test_table_is_read(folder):
    same("oldest", versions.TABLE["ARM64EC"], 18)
    same("sides", (versions.has("ARM64EC"), versions.has("!ARM64EC")), (True, False))


if __name__ == "__main__":
    sys.exit(cli.main(globals()))
