#!/usr/bin/env python3
"""Tests of cargo check, on save and with --stage=full; README.md beside it tells how.

    run.py [NAME...]      parts of names of tests; default: all
"""

import functools
import importlib.util
import json
import os
import subprocess
import sys
import time
from pathlib import Path

HERE = Path(__file__).resolve().parent
SPEC = importlib.util.spec_from_file_location("cli", HERE.parent / "cli" / "run.py")
cli = importlib.util.module_from_spec(SPEC)
SPEC.loader.exec_module(cli)
same, holds = cli.same, cli.holds
cli.PATIENCE_S = 150  # cargo and rustc on a busy machine

sys.path[:0] = [str(HERE.parent / "lsp")]
import metamodel  # noqa: E402
from client import Client  # noqa: E402

CARGO, RUSTC = "/usr/bin/cargo", "/usr/bin/rustc"
TARGET = "ARM64EC_PC_WINDOWS_MSVC"

PACKAGE = """\
[package]
name = "{name}"
version = "0.1.0"
edition = "2021"
[dependencies]
{dependencies}
"""


@functools.cache
def sysroot():
    for program in (CARGO, RUSTC):
        if not Path(program).exists():
            return None, f"no {program}"
    done = subprocess.run([HERE.parent / "setup" / "rust_sysroot.sh"], capture_output=True, text=True)
    if done.returncode:
        return None, done.stderr.strip().split("\n")[-1]
    return done.stdout.strip(), None


def environment(folder, with_target=True):
    """cargo as the user's, which downloads nothing; with the target installed, or without."""
    made, why = sysroot()
    if why:
        raise cli.Skipped(why)
    flags = {f"CARGO_TARGET_{TARGET}_RUSTFLAGS": f"--sysroot={made}"} if with_target else {}
    return {"ARM64ECD_CARGO": CARGO, "RUSTC": RUSTC, "CARGO_HOME": str(folder.path / "cargo-home"),
            "CARGO_NET_OFFLINE": "true", "XDG_CACHE_HOME": str(folder.path / ".cache"), **flags}  # fmt: skip


def package(folder, name, text, dependencies="", at=""):
    folder.write(f"{at}Cargo.toml", PACKAGE.format(name=name, dependencies=dependencies))
    folder.write(f"{at}src/lib.rs", text)


def check(folder, *args, status=0, **more):
    env = more.pop("env", None) or environment(folder, **more)
    out, err = folder.run("check", "--stage=full", "--trust", "--format=json", *args, status=status, env=env)
    return json.loads(out)["findings"], err


def of_rustc(findings):
    return [(f["code"], f["range"]["start"]["line"], f["range"]["start"]["column"])
            for f in findings if f["source"] == "rustc"]  # fmt: skip


def script(folder, text):
    """A program in cargo's place."""
    folder.write("fake-cargo", "#!/bin/sh\n" + text)
    (folder.path / "fake-cargo").chmod(0o755)
    return {"ARM64ECD_CARGO": str(folder.path / "fake-cargo"), "XDG_CACHE_HOME": str(folder.path / ".cache")}


GATED = '''#[cfg(target_arch = "x86_64")]
fn gone() {}
pub fn go() { gone() }
'''

LOCATE = 'case $1 in locate-project) echo "$PWD/Cargo.toml"; exit 0 ;; esac\n'


# --- What is told ------------------------------------------------------------------------


def test_what_the_target_causes_is_told(folder):
    package(folder, "app", '''#[cfg(target_arch = "x86_64")]
pub fn fast(x: u32) -> u32 { x }
pub fn go(x: u32) -> u32 { fast(x) + nowhere(x) }
pub extern "vectorcall" fn v() {}
''')
    findings, _ = check(folder, "src/lib.rs", status=1)
    same("rustc's", [f for f in of_rustc(findings) if f[0] != "E0570"], [("E0425", 3, 28)])
    found = next(f for f in findings if f["code"] == "E0425")
    same("stage", found["stage"], "full")
    same("notes", [(r["message"].split(" `")[0], r["range"]["start"]["line"]) for r in found["related"]],
         [("the item is gated behind the", 1), ("found an item that was configured out", 2)])  # fmt: skip


def test_all_of_it_on_demand(folder):
    package(folder, "app", "pub fn go() { nowhere() }\n")
    folder.write(".arm64ecd.json", '{"diagnostics": {"rustc": "all"}}')
    findings, _ = check(folder, "src/lib.rs", status=1)
    same("rustc's", of_rustc(findings), [("E0425", 1, 15)])
    folder.write(".arm64ecd.json", '{"diagnostics": {"rustc": "off"}}')
    same("off", of_rustc(check(folder, "src/lib.rs")[0]), [])


def test_other_crates_of_the_workspace(folder):
    package(folder, "app", "pub fn go() -> u32 { leaf::only_x64() }\n", 'leaf = { path = "leaf" }\n[workspace]')
    package(folder, "leaf", '#[cfg(target_arch = "x86_64")]\npub fn only_x64() -> u32 { 1 }\n', at="leaf/")
    findings, _ = check(folder, "src/lib.rs", "leaf/src/lib.rs", status=1)
    found = next(f for f in findings if f["source"] == "rustc")
    same("where", (found["file"], found["range"]["start"]), ("src/lib.rs", {"line": 1, "column": 28}))
    same("the gate's file", {r["file"] for r in found["related"]}, {"leaf/src/lib.rs"})


def test_a_file_of_the_workspace_from_below(folder):
    """rustc names files from the workspace's folder, wherever cargo was started."""
    package(folder, "app", "", 'leaf = { path = "leaf" }\n[workspace]\nmembers = ["leaf"]')
    package(folder, "leaf", GATED, at="leaf/")
    findings, _ = check(folder, "leaf/src/lib.rs", status=1)
    same("told once", of_rustc(findings), [("E0425", 3, 15)])


def test_a_macro_is_told_where_it_is_called(folder):
    package(folder, "app", """macro_rules! detect { () => { core::hint::black_box(is_x86(1)) } }
#[cfg(target_arch = "x86_64")]
fn is_x86(x: u32) -> u32 { x }
pub fn go() -> u32 {
    detect!()
}
pub fn words() { println!("{}", is_x86(2)) }
""")
    findings, _ = check(folder, "src/lib.rs", status=1)
    same("rustc's", of_rustc(findings), [("E0425", 1, 53), ("E0425", 7, 33)])
    related = next(f for f in findings if f["source"] == "rustc")["related"]
    same("the call", [r["range"]["start"] for r in related if r["message"] == "in this macro call"],
         [{"line": 5, "column": 5}])  # fmt: skip


def test_columns_behind_other_letters(folder):
    """rustc counts characters, and bytes with a byte order mark."""
    package(folder, "app", '\ufeff#[cfg(windows)]\r\n#[cfg(target_arch = "x86_64")]\r\nfn gone() {}\r\n'
                           'pub fn go() { let _ = "äöü𝒳"; gone(); }\r\n')  # fmt: skip
    findings, _ = check(folder, "src/lib.rs", status=1)
    line = 'pub fn go() { let _ = "äöü𝒳"; gone(); }'
    same("rustc's", of_rustc(findings), [("E0425", 4, len(line[: line.index("gone")].encode()) + 1)])


def test_suggestions_are_fixes(folder):
    folder.write(".arm64ecd.json", '{"diagnostics": {"rustc": "all"}}')
    package(folder, "app", "pub fn go(mut x: u32) -> u32 { x }\n")
    findings, _ = check(folder, "src/lib.rs")
    fixes = next(f for f in findings if f["code"] == "unused_mut")["fixes"]
    same("edit", [(e["range"]["start"], e["text"]) for e in fixes[0]["edits"]], [({"line": 1, "column": 11}, "")])


def test_nothing_is_told_of_a_right_crate(folder):
    package(folder, "app", '''pub fn go(x: u32) -> u32 {
    #[cfg(any(target_arch = "aarch64", target_arch = "arm64ec"))]
    unsafe { core::arch::asm!("nop") };
    x
}
''')
    same("findings", check(folder, "src/lib.rs")[0], [])


def test_a_build_script_sees_the_target(folder):
    package(folder, "app", 'include!(concat!(env!("OUT_DIR"), "/made.rs"));\n')
    folder.write("build.rs", '''fn main() {
    let arch = std::env::var("CARGO_CFG_TARGET_ARCH").unwrap();
    let folder = std::env::var("OUT_DIR").unwrap();
    std::fs::write(folder + "/made.rs", format!("pub fn {arch}() {{ for_{arch}() }}")).unwrap();
}
''')
    folder.write(".arm64ecd.json", '{"diagnostics": {"rustc": "all"}}')
    env = environment(folder)
    out, _ = folder.run("check", "--stage=full", "--trust", "--format=json", "src/lib.rs", status=0, env=env)
    same("made code lies in the target folder, told nowhere", of_rustc(json.loads(out)["findings"]), [])
    made = list(folder.path.glob("target/arm64ecd/*/debug/build/*/out/made.rs"))
    same("its target", made[0].read_text(), "pub fn arm64ec() { for_arm64ec() }")


# --- What cannot be done -----------------------------------------------------------------


def test_nothing_runs_without_trust(folder):
    package(folder, "app", "")
    folder.write("build.rs", "fn main() {}\n")
    env = script(folder, 'touch "$PWD/has-run"\n')
    _, err = folder.run("check", "--stage=full", "src/lib.rs", env=env)
    holds("why", err, "--trust allows it")
    same("nothing has run", (folder.path / "has-run").exists(), False)
    folder.write(".arm64ecd.json", '{"trusted": "on"}')  # a project cannot say so
    _, err = folder.run("check", "--stage=full", "src/lib.rs", env=env)
    holds("why", err, "--trust allows it")
    same("nothing has run", (folder.path / "has-run").exists(), False)
    folder.write("a.c", "int x;\n")
    findings = folder.json("check", "a.c")["findings"]
    holds("EC631", str(findings), "only the editor's settings may say this")


def test_the_target_is_not_installed(folder):
    package(folder, "app", '#[cfg(target_arch = "amd64")]\nfn f() {}\n')
    findings, err = check(folder, "src/lib.rs", with_target=False)
    holds("remedy", err, "rustup target add arm64ec-pc-windows-msvc")
    same("rustc's", of_rustc(findings), [])
    same("live rules go on", [f["code"] for f in findings if f["severity"] == "warning"], ["EC403"])


def test_there_is_no_cargo(folder):
    package(folder, "app", "")
    _, err = check(folder, "src/lib.rs", env={"PATH": "/nowhere"})
    holds("remedy", err, "there is no cargo in the PATH")
    _, err = check(folder, "src/lib.rs", env={"ARM64ECD_CARGO": "cargo"})
    holds("remedy", err, "no absolute path")


def test_a_broken_manifest(folder):
    package(folder, "app", "")
    folder.write("Cargo.toml", "[package\nname = 1\n")
    _, err = check(folder, "src/lib.rs")
    holds("why", err, "cargo check could not start", "Cargo.toml")


def test_a_dependency_that_is_nowhere(folder):
    package(folder, "app", "", 'nowhere = "1"')
    _, err = check(folder, "src/lib.rs")
    holds("why", err, "cargo check could not start", "nowhere")


def test_a_compiler_that_crashes(folder):
    package(folder, "app", "")
    env = script(folder, LOCATE + 'echo "rustc-LLVM ERROR: Only 16, 32, and 64 bit floating points" >&2\nexit 101\n')
    findings, err = check(folder, "src/lib.rs", env=env)
    holds("words", err, "a compiler crashed", "Only 16, 32, and 64 bit floating points")
    same("told", [f["code"] for f in findings if f["severity"] == "warning"], ["EC901"])


def test_what_is_no_json(folder):
    package(folder, "app", "fn f() {}\n")
    span = {"file_name": "src/lib.rs", "byte_start": 3, "byte_end": 4, "line_start": 1, "line_end": 1,
            "column_start": 4, "column_end": 5, "is_primary": True, "text": [], "label": None}  # fmt: skip
    far = {**span, "byte_start": 2**31 - 2, "byte_end": 2**31 - 1, "line_start": 2**30, "line_end": 2**30}
    lines = ["{", "[]", '{"reason":"compiler-message"}', '{"reason":"compiler-message","message":[]}',
             json.dumps({"reason": "compiler-message", "message": {"level": "error", "message": "this target",
                                                                   "spans": [far], "children": []}}),
             json.dumps({"level": "error", "message": "of this target", "code": {"code": "E1"}, "spans": [span]}),
             "x" * 100000]  # fmt: skip
    folder.write("said", "\n".join(lines) + "\n")
    env = script(folder, LOCATE + f"cat {folder.path / 'said'}\nexit 101\n")
    findings, _ = check(folder, "src/lib.rs", status=1, env=env)
    holds("what could be read", str(of_rustc(findings)), "('E1', 1, 4)")


def test_a_file_without_a_manifest(folder):
    """rustc has no variable for its sysroot: a script in its place adds it."""
    env = environment(folder)
    sysroot_flag = env.pop(f"CARGO_TARGET_{TARGET}_RUSTFLAGS")
    folder.write("rustc", f'#!/bin/sh\nexec {RUSTC} {sysroot_flag} "$@"\n')
    (folder.path / "rustc").chmod(0o755)
    env["RUSTC"] = str(folder.path / "rustc")
    folder.write("one.rs", '#[cfg(target_arch = "x86_64")]\nfn gone() {}\nfn main() { gone() }\n')
    folder.write("two.rs", "pub fn go() {}\n")
    findings, err = check(folder, "one.rs", "two.rs", status=1, env=env)
    same("rustc's", of_rustc(findings), [("E0425", 3, 13)])
    same("nothing is written", sorted(p.name for p in folder.path.iterdir() if p.name[0] != "."),
         ["one.rs", "rustc", "two.rs"])  # fmt: skip
    _, err = check(folder, "two.rs", env={**env, "RUSTC": RUSTC})
    holds("no target", err, "rustup target add arm64ec-pc-windows-msvc")


# --- In the editor -----------------------------------------------------------------------


class Session:
    """An editor with one Rust file open, in a trusted workspace."""

    def __init__(self, folder, env, trusted="on", file="src/lib.rs"):
        self.file = folder.path / file
        self.uri = self.file.as_uri()
        self.client = Client([str(cli.SERVER), "--log=info"], cwd=folder.path, env={**os.environ, **env})
        self.client.initialize(
            folder.path, initializationOptions={"trusted": trusted},
            capabilities={"window": {"workDoneProgress": True},
                          "textDocument": {"publishDiagnostics": {"relatedInformation": True},
                                           "codeAction": {"codeActionLiteralSupport": {
                                               "codeActionKind": {"valueSet": ["quickfix"]}}}}})  # fmt: skip
        self.client.open(self.uri, self.file.read_text("utf-8"), language="rust")
        self.sync()

    def sync(self):
        self.client.call("$/arm64ecd/sync", {}, cli.PATIENCE_S)

    def save(self, text=None):
        if text is not None:
            self.file.write_text(text, "utf-8")
        self.client.notify("textDocument/didSave", {"textDocument": {"uri": self.uri}})

    def codes(self, uri=None):
        return [d.get("code") for d in self.client.published.get(uri or self.uri, [])]

    def end(self):
        status = self.client.finish()
        self.client.__exit__()
        same("status", status, 0)
        model = metamodel.MetaModel.load()
        for way, message in self.client.log if model else []:
            if way == "<--" and "method" in message:
                same(message["method"], model.message(message), [])


def test_a_save_checks_the_crate(folder):
    package(folder, "app", GATED)
    session = Session(folder, environment(folder))
    session.save()
    session.sync()
    holds("told", str(session.codes()), "E0425")
    progress = [m["params"]["value"]["kind"] for way, m in session.client.log if m.get("method") == "$/progress"]
    same("progress", (progress[0], progress[-1]), ("begin", "end"))
    session.client.change(session.uri, 2, "// above\n" + GATED)  # it moves with its line
    session.sync()
    found = next(d for d in session.client.published[session.uri] if d.get("code") == "E0425")
    same("moved", found["range"]["start"]["line"], 3)
    session.save(GATED.replace("pub fn go() { gone() }", ""))
    session.client.change(session.uri, 3, GATED.replace("pub fn go() { gone() }", ""))
    session.save()
    session.sync()
    same("mended", "E0425" in session.codes(), False)
    session.end()


def test_files_that_are_not_open(folder):
    package(folder, "app", "mod other;\n")
    folder.write("src/other.rs", GATED)
    session = Session(folder, environment(folder))
    other = folder.path / "src/other.rs"
    session.save()
    session.sync()
    holds("published", str(session.codes(other.as_uri())), "E0425")
    session.client.open(other.as_uri(), GATED, language="rust")
    session.sync()
    holds("kept", str(session.codes(other.as_uri())), "E0425")
    session.client.notify("textDocument/didClose", {"textDocument": {"uri": other.as_uri()}})
    other.write_text("pub fn go() {}\n")
    session.save()
    session.sync()
    same("gone", session.codes(other.as_uri()), [])
    session.end()


def test_the_newest_save_wins(folder):
    """A check that never ends is ended by the next save, with all that it has started."""
    package(folder, "app", "fn f() {}\n")
    env = script(folder, LOCATE + 'sleep 1000 & echo $! >> pids; wait\n')
    session = Session(folder, env)
    pids = folder.path / "pids"

    def number_of(n):
        end = time.monotonic() + 60
        while time.monotonic() < end:
            lines = pids.read_text().split() if pids.exists() else []
            if len(lines) >= n:
                return int(lines[n - 1])
            time.sleep(0.02)
        raise cli.Wrong(f"cargo was started less than {n} times")

    session.save()
    first = number_of(1)
    session.save()
    second = number_of(2)
    for pid in (first,):
        same("ended", is_alive(pid), False)
    same("runs", is_alive(second), True)
    session.end()
    same("ended with the session", is_alive(second), False)


def is_alive(pid):
    end = time.monotonic() + 20
    while time.monotonic() < end:
        try:
            state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
        except (FileNotFoundError, ProcessLookupError):
            return False
        if state == "Z":
            return False
        if end - time.monotonic() < 19:
            return True
        time.sleep(0.05)
    return True


def test_a_distrusted_workspace_is_told_once(folder):
    package(folder, "app", "fn f() {}\n")
    session = Session(folder, script(folder, 'touch "$PWD/has-run"\n'), trusted="off")
    session.save()
    session.sync()
    same("told", session.codes().count("EC632"), 1)
    same("nothing has run", (folder.path / "has-run").exists(), False)
    session.end()


def test_a_suggestion_is_an_action(folder):
    package(folder, "app", 'pub fn go() -> u32 { lenght(1) }\nfn length(x: u32) -> u32 { x }\n')
    folder.write(".arm64ecd.json", '{"diagnostics": {"rustc": "all"}}')
    session = Session(folder, environment(folder))
    session.save()
    session.sync()
    place = {"line": 0, "character": 22}
    actions = session.client.call("textDocument/codeAction", {
        "textDocument": {"uri": session.uri}, "range": {"start": place, "end": place},
        "context": {"diagnostics": []}})  # fmt: skip
    texts = [e["newText"] for a in actions for e in a["edit"]["changes"][session.uri]]
    same("edit", texts, ["length"])
    session.end()


if __name__ == "__main__":
    sys.exit(cli.main(globals()))
