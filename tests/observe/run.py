#!/usr/bin/env python3
"""Tests of recordings, timelines, the log, status and capsules; README.md beside it tells how.

    run.py [NAME...]      parts of names of tests; default: all
"""

import importlib.util
import json
import os
import re
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

HERE = Path(__file__).resolve().parent
SPEC = importlib.util.spec_from_file_location("cli", HERE.parent / "cli" / "run.py")
cli = importlib.util.module_from_spec(SPEC)
SPEC.loader.exec_module(cli)
same, holds = cli.same, cli.holds
sys.path.insert(0, str(HERE.parent / "lsp"))
from client import PATIENCE_S, Client  # noqa: E402

CLANG = f"clang-{os.environ.get('LLVM', '22')}"
KILLER = "#pragma clang __debug crash\nint x;\n"
TEXT = '#include "h.h"\nstruct s { char a, b, c; };\nfrom_h f(struct s x) { return %s; }\n'


class Session(Client):
    """A server in the test's folder; its cache is there, too."""

    def __init__(self, folder, *options, capabilities=None):
        self.root = folder.path
        env = {"XDG_CACHE_HOME": str(folder.path / ".cache"), "HOME": str(folder.path)}
        super().__init__([str(cli.SERVER), "--workers=2", *options], cwd=folder.path, env=env)
        more = {} if capabilities is None else {"capabilities": capabilities}
        self.initialize(self.root, initializationOptions={"headers": {"use": "builtin"}}, **more)

    def uri(self, name):
        return (self.root / name).as_uri()

    def await_name(self, name, part):
        return self.diagnostics(self.uri(name), lambda ds: any(part in d["message"] for d in ds))

    def health(self):
        return self.call("arm64ecd/status")

    def hover(self, name, line, character):
        return self.call("textDocument/hover", {"textDocument": {"uri": self.uri(name)},
                         "position": {"line": line, "character": character}})  # fmt: skip


def record(folder, *options, n_edits=6):
    """A session with edits, some of them not waited for, and hovers; its recording."""
    folder.write("h.h", "typedef int from_h;\n")
    with Session(folder, "--record=rec", *options) as session:
        session.open(session.uri("a.c"), TEXT % "missing_1", "c")
        session.await_name("a.c", "missing_1")
        for version in range(2, n_edits + 2):
            session.change(session.uri("a.c"), version, TEXT % f"missing_{version}")
            if version % 3 == 0:
                session.await_name("a.c", f"missing_{version}")
            if version % 2:
                session.hover("a.c", 2, 8)
        session.await_name("a.c", f"missing_{n_edits + 1}")
        session.health()
        same("status of the session", session.finish(), 0)
    return folder.path / "rec"


def replay(folder, *options, status=0, name="rec"):
    return folder.run(f"--replay={name}", *options, status=status,
                      env={"HOME": str(folder.path)})  # fmt: skip


def capsules(folder):
    return sorted((folder.path / ".cache" / "arm64ecd" / "capsules").glob("*"))


# --- recordings -------------------------------------------------------------------------


def test_a_replay_says_the_same(folder):
    for options in ([], ["--workers=0"]):
        recorded = record(folder, *options)
        for more in ([], ["--workers=1"], ["--workers=0"]):
            out, err = replay(folder, *more)
            same("differences", out, "")
            holds("summary", err, "0 different")
            played, of, compared = map(int, re.search(r"(\d+) of (\d+) messages.* (\d+) answers", err).groups())
            same("all played", played, of)
            same("compared", compared > 5, True)
        head = json.loads(recorded.read_text().split("\n")[1])
        version = json.loads(folder.run("--version", "--json")[0])
        same("build", (head["version"], head["build"]), (version["version"], version["build"]))
        same("workers", head["workers"], 0 if options else 2)
        same("times", all(re.match(r"\d+\.\d{3} (-->|<--) \{|= [0-9a-f]{32} /|~ \d+\.\d", line)
                          for line in recorded.read_text().splitlines()[2:]), True)  # fmt: skip


def test_a_replay_tells_what_differs(folder):
    recorded = record(folder)
    good = recorded.read_text()
    lines = good.split("\n")
    at = max(i for i, line in enumerate(lines) if "<-- " in line and "missing_7" in line)
    lines[at] = lines[at].replace("missing_7", "missing_of_old")
    recorded.write_text("\n".join(lines))
    out, err = replay(folder, status=1)
    holds("where", out, f"rec:{at + 1}: diagnostics of file://{folder.path}/a.c", "is another one",
          "missing_of_old", "missing_7")  # fmt: skip
    holds("summary", err, "1 different")
    hover = max(i for i, line in enumerate(lines) if "<-- " in line and '"contents"' in line)
    lines[hover] = lines[hover].replace("struct s", "struct t")
    recorded.write_text("\n".join(lines))
    out, err = replay(folder, status=1)
    holds("answers too", out, f"rec:{hover + 1}: answer ", "to textDocument/hover", "struct t")
    holds("summary", err, "2 different")


def test_a_replay_tells_what_has_changed(folder):
    recorded = record(folder)
    folder.write("h.h", "typedef int from_h; extern int missing_7;\n")
    out, err = replay(folder, status=1)
    holds("the file", err, f"{folder.path}/h.h is another one than it was")
    holds("the finding", out, "missing_7")
    recorded.write_text(recorded.read_text().replace('"build":"', '"build":"0'))
    holds("the version", replay(folder, status=1)[1], "recorded with version")


def test_a_replay_compares_what_was_closed(folder):
    """The last findings before each closing, with versions of documents and without."""
    folder.write("h.h", "typedef int from_h;\n")
    for capabilities in (None, {}):
        with Session(folder, "--record=rec", capabilities=capabilities) as session:
            for name in ("missing_first", "missing_again"):
                session.open(session.uri("a.c"), TEXT % name, "c")
                session.await_name("a.c", name)
                session.notify("textDocument/didClose", {"textDocument": {"uri": session.uri("a.c")}})
                session.diagnostics(session.uri("a.c"), lambda ds: ds == [])
            session.finish()
        good = (folder.path / "rec").read_text()
        same("differences", replay(folder)[0], "")
        for name in ("missing_first", "missing_again"):
            lines = good.split("\n")
            at = max(i for i, line in enumerate(lines) if "<-- " in line and name in line)
            lines[at] = lines[at].replace(name, "missing_of_old")
            folder.write("rec", "\n".join(lines))
            out, err = replay(folder, status=1)
            holds(name, out, f"rec:{at + 1}: diagnostics of ", "missing_of_old", name)
            holds("summary", err, "1 different")


def test_a_replay_has_the_limits_of_then(folder):
    is_sanitized = "sanitize" in str(cli.SERVER)  # it needs more address space than any limit
    limits = [] if is_sanitized else ["--worker-memory=3000"]
    recorded = record(folder, "--memory=100", "--cut-from=77", *limits, n_edits=2)
    lines = recorded.read_text().split("\n")
    head = json.loads(lines[1])
    if not is_sanitized:
        same("head", (head["memoryMiB"], head["workerMemoryMiB"], head["cutFrom"]), (100, 3000, 77))
    version = [line.split()[1] for line in lines if line.startswith("~ ")]
    same("LLVM", version, [json.loads(folder.run("--version", "--json")[0])["llvmVersion"]])
    # A worker that may have next to nothing cannot load the module: this shows that it is taken.
    head["workerMemoryMiB"] = 30
    folder.write("rec", "\n".join([lines[0], json.dumps(head), *lines[2:]]))
    if not is_sanitized:
        holds("taken", replay(folder, status=1)[0], "EC90")
        same("given", replay(folder, "--worker-memory=3000")[0], "")
    folder.write("rec", "\n".join(lines).replace(f"~ {version[0]}", "~ 17.0.1"))
    holds("another LLVM", replay(folder)[1], f"recorded with LLVM 17.0.1; this is LLVM {version[0]}")
    head = json.loads(lines[1]) | {"llvm": "15"}
    folder.write("rec", "\n".join([lines[0], json.dumps(head), *lines[2:]]))
    holds("no such module", replay(folder)[1], "recorded with LLVM 15, for which no module is installed")


def test_a_replay_answers_the_server(folder):
    """workspace/configuration: the client's answers belong to the questions, not to ids."""
    folder.write("h.h", "typedef int from_h;\n")
    with Session(folder, "--record=rec",
                 capabilities={"workspace": {"configuration": True, "codeLens": {"refreshSupport": True}}}) as session:  # fmt: skip
        session.open(session.uri("a.c"), TEXT % "missing_1", "c")
        session.await_name("a.c", "missing_1")
        session.notify("workspace/didChangeConfiguration", {"settings": None})
        session.call("$/arm64ecd/sync")
        session.finish()
    same("differences", replay(folder)[0], "")


def test_a_replay_of_a_session_that_was_cut_off(folder):
    """The server was killed, the client sent nonsense: what is there is played."""
    folder.write("h.h", "typedef int from_h;\n")
    with Session(folder, "--record=rec") as session:
        session.notify("textDocument/didChange", {"nonsense": True})
        session.send_raw(b"Content-Length: 9\r\n\r\n{\n\n nonse")
        session.open(session.uri("a.c"), TEXT % "missing_1", "c")
        session.await_name("a.c", "missing_1")
        session.process.kill()
        session.process.wait()
    same("differences", replay(folder)[0], "")
    whole = (folder.path / "rec").read_bytes()
    (folder.path / "half").write_bytes(whole[: whole.rindex(b"missing_1")])
    holds("half a message is none", replay(folder, name="half")[1], "0 different")


def test_what_is_no_recording(folder):
    for text in ("", "nonsense\n", "arm64ecd recording 1\n", "arm64ecd recording 1\n{}\n",
                 "arm64ecd recording 9\n{}\n", "\x00\x01"):  # fmt: skip
        folder.write("rec", text)
        holds(repr(text), replay(folder, status=2)[1], "rec: it is no recording")
    holds("absent", replay(folder, status=2, name="absent")[1], "no such file")
    record(folder)
    with open(folder.path / "rec", "a", encoding="utf-8") as file:
        file.write("1.000 <> {}\n")
    holds("a line", replay(folder, status=2)[1], "is none of a recording")
    for options, words in (
        (["--record=x", "--replay=x"], "name one"), (["check", "--record=x", "a.c"], "language server"),
        (["check", "--log-file=x", "a.c"], "language server"), (["--replay"], "needs a value"),
    ):  # fmt: skip
        holds(str(options), folder.run(*options, status=2)[1], words)


def test_files_are_private_and_no_link_is_followed(folder):
    folder.write("h.h", "typedef int from_h;\n")
    folder.write("victim", "untouched\n")
    for name in ("rec", "trace"):
        (folder.path / name).symlink_to("victim")
    (folder.path / "trace").chmod(0o666)
    with Session(folder, "--record=rec", "--trace=trace", "--log-file=log") as session:
        session.finish()
    same("victim", (folder.path / "victim").read_text(), "untouched\n")
    for name in ("rec", "trace", "log"):
        same(f"mode of {name}", (folder.path / name).stat().st_mode & 0o777, 0o600)
    for option in ("--record", "--trace", "--log-file"):
        err = folder.run(f"{option}=/nonexistent/x", status=2)[1]
        holds(option, err, option, "/nonexistent/x", "no such file or directory")


# --- timelines, log ---------------------------------------------------------------------


def slices(path):
    events = json.loads(path.read_text())
    return [e for e in events if e["ph"] == "X"], {e["tid"]: e["args"]["name"] for e in events if e["ph"] == "M"}


def test_a_timeline_has_jobs_and_their_stages(folder):
    folder.write("h.h", "typedef int from_h;\n")
    folder.write("a.c", TEXT % "1")
    with Session(folder, "--trace=trace") as session:
        session.open(session.uri("a.c"), TEXT % "1", "c")
        session.diagnostics(session.uri("a.c"), lambda ds: True)
        session.notify("textDocument/didSave", {"textDocument": {"uri": session.uri("a.c")}})
        session.call("$/arm64ecd/sync", patience_s=PATIENCE_S)
        session.finish()
    found, rows = slices(folder.path / "trace")
    jobs = [e for e in found if e["cat"] == "job"]
    same("rows", {rows[e["tid"]].split()[0] for e in jobs}, {"worker"})
    same("documents", {(e["name"], e["args"]["path"]) for e in jobs}, {("a.c", str(folder.path / "a.c"))})
    stages = [e for e in found if e["cat"] == "stage" and e["tid"] == jobs[0]["tid"]]
    same("stages", {"command", "parse", "walk", "lower", "rules", "lexical", "finish"} <= {e["name"] for e in stages},
         True)  # fmt: skip
    for stage in stages:
        inside = [j for j in jobs if j["tid"] == stage["tid"] and j["ts"] <= stage["ts"]
                  and stage["ts"] + stage["dur"] <= j["ts"] + j["dur"]]  # fmt: skip
        same(f"jobs around {stage['name']}", len(inside), 1)
    messages = {e["name"] for e in found if e["cat"] == "message"}
    same("messages", {"initialize", "textDocument/didOpen", "shutdown"} <= messages, True)
    full = [e for e in found if e["name"] == "full"]
    same("full", [rows[e["tid"]].split()[0] for e in full], ["clang"] if shutil.which(CLANG) else [])


def test_a_timeline_of_one_process(folder):
    folder.write("h.h", "typedef int from_h;\n")
    with Session(folder, "--workers=0", "--trace=trace") as session:
        session.open(session.uri("a.c"), TEXT % "missing_1", "c")
        session.await_name("a.c", "missing_1")
        session.finish()
    found, rows = slices(folder.path / "trace")
    same("rows", {rows[e["tid"]].split()[0] for e in found}, {"server"})
    same("stages", {"parse", "walk", "lower"} <= {e["name"] for e in found if e["cat"] == "stage"}, True)


def test_a_timeline_of_check(folder):
    folder.write("h.h", "typedef int from_h;\n")
    for name in "abc":
        folder.write(f"{name}.c", TEXT % "1")
    folder.run("check", "--no-cache", "--trace=trace", "-j2", ".")
    found, _ = slices(folder.path / "trace")
    same("jobs", sorted(e["name"] for e in found if e["cat"] == "job"), ["a.c", "b.c", "c.c"])
    folder.write("k.c", KILLER)
    folder.run("check", "--no-cache", "--trace=trace", "k.c", status=3)
    found, _ = slices(folder.path / "trace")
    same("deaths", ["signal" in e["args"]["end"] for e in found if e["cat"] == "job"], [True, True])
    holds("unwritable", folder.run("check", "--trace=/nonexistent/x", "k.c", status=2)[1], "--trace")


def test_a_killed_server_leaves_a_timeline(folder):
    folder.write("h.h", "typedef int from_h;\n")
    with Session(folder, "--trace=trace", "--record=rec") as session:
        for number in range(60):
            session.open(session.uri(f"f{number}.c"), TEXT % f"missing_{number}", "c")
            session.await_name(f"f{number}.c", f"missing_{number}")
        session.process.kill()
        session.process.wait()
    text = (folder.path / "trace").read_text()
    same("events", len(json.loads(text + "]")) > 20, True)


def test_the_log_has_times_and_nothing_else_goes_there(folder):
    folder.write("h.h", "typedef int from_h;\n")
    with Session(folder, "--log-file=log", "--log=debug") as session:
        session.open(session.uri("a\x1b[31m.c"), KILLER, "c")
        session.diagnostics(session.uri("a\x1b[31m.c"), lambda ds: any(d.get("code") == "EC901" for d in ds))
        session.finish()
        same("stderr", session.stderr, b"")
    text = (folder.path / "log").read_text()
    lines = [line for line in text.splitlines() if "arm64ecd: " in line]
    same("times", all(re.match(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z arm64ecd: (error|warning|info|debug): ", line)
                      for line in lines if not line.startswith("arm64ecd: peak")), True)  # fmt: skip
    holds("what", text, "info: version ", "ended: ", "--replay-capsule")
    same("escapes", "\x1b" in text, False)


# --- status -----------------------------------------------------------------------------


def test_status_of_a_quiet_server(folder):
    folder.write("h.h", "typedef int from_h;\n")
    with Session(folder) as session:
        session.open(session.uri("a.c"), TEXT % "missing_1", "c")
        session.await_name("a.c", "missing_1")
        session.call("$/arm64ecd/sync")
        got = session.health()
        for key in ("version", "build", "llvm", "module", "pid", "uptimeMs", "residentBytes", "landlock",
                    "workers", "running", "queued", "quarantined", "cache", "capsules", "health",
                    "quiescent", "message"):  # fmt: skip
            same(f"has {key}", key in got, True)
        same("health", (got["health"], got["quiescent"], got["message"]), ("ok", True, ""))
        same("pid", got["pid"], session.process.pid)
        worker = got["workers"][0]
        cli.keys("a worker", worker, ["pid", "state", "ageMs", "residentBytes", "warm", "deaths",
                                        "confinement", "job"])  # fmt: skip
        same("worker", (worker["state"], worker["warm"], worker["deaths"], worker["job"]), ("idle", 1, 0, None))
        if "sanitize" not in str(cli.SERVER) and got["landlock"]:
            same("confinement", worker["confinement"],
                 f"confined: files (Landlock {got['landlock']}), system calls")  # fmt: skip
        same("memory", worker["residentBytes"] > 10 << 20, True)
        session.finish()


def test_status_of_a_busy_server(folder):
    folder.write("h.h", "typedef int from_h;\n")
    with Session(folder, "--workers=1", "--deadline=60") as session:
        for name in ("a.c", "b.c"):
            session.open(session.uri(name), TEXT % f"missing_{name[0]}", "c")
            session.await_name(name, f"missing_{name[0]}")
        session.call("$/arm64ecd/sync")
        pid = session.health()["workers"][0]["pid"]
        os.kill(pid, signal.SIGSTOP)
        try:
            for name in ("b.c", "a.c"):
                session.change(session.uri(name), 2, TEXT % "1")
                time.sleep(0.05)
            end = time.monotonic() + PATIENCE_S
            while not (got := session.health())["queued"] and time.monotonic() < end:
                time.sleep(0.05)
        finally:
            os.kill(pid, signal.SIGCONT)
        same("worker", (got["workers"][0]["state"], got["workers"][0]["job"]["path"]),
             ("busy", str(folder.path / "b.c")))  # fmt: skip
        same("running", [d["uri"] for d in got["running"]], [session.uri("b.c")])
        same("queued", [d["uri"] for d in got["queued"]], [session.uri("a.c")])
        same("quiescent", got["quiescent"], False)
        session.finish()


def test_status_of_what_llvm_fails_on(folder):
    with Session(folder) as session:
        session.open(session.uri("k.c"), KILLER, "c")
        session.diagnostics(session.uri("k.c"), lambda ds: any(d.get("code") == "EC901" for d in ds))
        got = session.health()
        same("texts", [(q["uri"], "signal" in q["words"]) for q in got["quarantined"]["texts"]],
             [(session.uri("k.c"), True)])  # fmt: skip
        same("health", got["health"], "warning")
        holds("message", got["message"], "1 text")
        session.change(session.uri("k.c"), 2, "int x = missing_1;\n")
        session.await_name("k.c", "missing_1")
        same("mended", session.health()["quarantined"]["texts"], [])
        session.finish()
    with Session(folder, "--module=/nonexistent.so") as session:
        session.open(session.uri("a.c"), "int x;\n", "c")
        session.diagnostics(session.uri("a.c"), lambda ds: any(d.get("code") == "EC908" for d in ds))
        got = session.health()
        same("health", got["health"], "error")
        holds("message", got["message"], "/nonexistent.so")
        session.finish()


# --- capsules ---------------------------------------------------------------------------


def test_a_capsule_reproduces(folder):
    folder.write("sub/deep.h", "#pragma clang __debug crash\n")
    folder.write("inc/h.h", '#include "deep.h"\n')
    folder.write("a.c", '#include "h.h"\nint x;\n')
    out, err = folder.run("check", "--no-cache", "a.c", "--", "-Iinc", "-Isub", "-DX=1", status=3)
    (capsule,) = capsules(folder)
    holds("told", err, f"kept in {capsule}")
    holds("told with the finding", out, f"note: kept for a report in {capsule}")
    got = json.loads(capsule.read_text())
    same("end", (got["end"], "signal" in got["words"]), ("crashed", True))
    same("arguments", got["arguments"][1:], ["-Iinc", "-Isub", "-DX=1"])
    same("headers", sorted(Path(s["path"]).name for s in got["sources"]), ["deep.h", "h.h"])
    same("mode", capsule.stat().st_mode & 0o777, 0o600)
    folder.write("sub/deep.h", "\n")  # the capsule has its own
    _, err = folder.run(f"--replay-capsule={capsule}", status=1)
    holds("again", err, "it happens here: crashed")
    got["sources"] = []
    folder.write("mended.json", json.dumps(got))
    holds("mended", folder.run("--replay-capsule", "mended.json")[1], "it does not happen here")
    same("no more of them", len(capsules(folder)), 1)


def test_a_capsule_holds_what_was_included(folder):
    """In angle brackets, below -isystem, and what the command includes."""
    folder.write("inc/angle.h", "#pragma once\n#include <under/next.h>\n")
    folder.write("sys/under/next.h", "#include <imported.h>\n")
    folder.write("sys/imported.h", "#pragma clang __debug crash\n")
    folder.write("forced.h", "int forced;\n")
    folder.write("unread.h", "int unread;\n")
    folder.write("a.c", "#include <angle.h>\n#if 0\n#pragma message <unread.h>\n#endif\nint x;\n")
    folder.run("check", "--no-cache", "a.c", "--", "-Iinc", "-isystem", "sys", "-include", "forced.h", status=3)
    (capsule,) = capsules(folder)
    same("headers", sorted(Path(s["path"]).name for s in json.loads(capsule.read_text())["sources"]),
         ["angle.h", "forced.h", "imported.h", "next.h"])  # fmt: skip
    folder.write("sys/imported.h", "\n")  # the capsule has its own
    holds("again", folder.run(f"--replay-capsule={capsule}", status=1)[1], "it happens here: crashed")


def test_a_capsule_holds_what_a_macro_names(folder):
    """A name of a macro, of one more macro, of the command; none that nothing includes."""
    folder.write("a.c", "#define FIRST SECOND\n#define UNUSED \"unread.h\"\n#include FIRST\n#include GIVEN\nint x;\n")
    folder.write("set.h", '# define SECOND <sub/second.h> // behind a header\n')
    folder.write("inc/sub/second.h", "int second;\n")
    folder.write("given.h", "#pragma clang __debug crash\n")
    folder.write("unread.h", "int unread;\n")
    folder.run("check", "--no-cache", "a.c", "--", "-Iinc", "-include", "set.h", '-DGIVEN="given.h"', status=3)
    (capsule,) = capsules(folder)
    same("headers", sorted(Path(s["path"]).name for s in json.loads(capsule.read_text())["sources"]),
         ["given.h", "second.h", "set.h"])  # fmt: skip


def test_a_capsule_keeps_no_secret(folder):
    """It may be sent to a stranger: links and climbing names lead to nothing in it."""
    folder.write("home/secret.h", "SECRET_OF_THE_USER\n")
    folder.write("p/.git/x", "")
    folder.write("p/own.h", "int own;\n")
    (folder.path / "p" / "link.h").symlink_to("../home/secret.h")
    (folder.path / "p" / "folder").symlink_to("../home")
    folder.write("p/a.c", KILLER + '#include "own.h"\n#include "link.h"\n#include "folder/secret.h"\n'
                 f'#include "../home/secret.h"\n#include "{folder.path}/home/secret.h"\n')  # fmt: skip
    inside = cli.Folder(folder.path / "p")
    inside.run("check", "--no-cache", "a.c", status=3, env={"XDG_CACHE_HOME": str(folder.path / ".cache")})
    (capsule,) = capsules(folder)
    text = capsule.read_text()
    same("sources", [Path(s["path"]).name for s in json.loads(text)["sources"]], ["own.h"])
    same("the secret", "SECRET" in text, False)


def test_a_capsule_of_what_does_not_end(folder):
    doubling = "".join(f"#define A{i + 1} A{i} A{i}\n" for i in range(40))
    folder.write("a.c", "#define A0 x\n" + doubling + "int A40;\n")
    folder.run("check", "--no-cache", "--deadline=1", "--worker-memory=0", "a.c", status=3)
    (capsule,) = capsules(folder)
    same("end", json.loads(capsule.read_text())["end"], "timed out")
    _, err = folder.run(f"--replay-capsule={capsule}", "--deadline=1", "--worker-memory=0", status=1)
    holds("again", err, "no end within 1 s")


def test_a_capsule_of_any_bytes(folder):
    folder.write("a.c", KILLER.encode() + b"// \xff\xfe \xc3\n")
    folder.run("check", "--no-cache", "a.c", status=3)
    (capsule,) = capsules(folder)
    document = json.loads(capsule.read_text())["document"]
    same("bytes", bytes.fromhex(document["hex"]), (folder.path / "a.c").read_bytes())
    folder.run(f"--replay-capsule={capsule}", status=1)


def test_no_capsule_of_a_kill_from_outside(folder):
    with Session(folder) as session:
        session.open(session.uri("a.c"), "int x = missing_1;\n", "c")
        session.await_name("a.c", "missing_1")
        for version, number in enumerate((signal.SIGKILL, signal.SIGTERM), 2):
            session.call("$/arm64ecd/sync")
            pid = session.health()["workers"][0]["pid"]
            os.kill(pid, signal.SIGSTOP)
            session.change(session.uri("a.c"), version, f"int x = missing_{version};\n")
            session.health()
            os.kill(pid, number)
            os.kill(pid, signal.SIGCONT)
            session.await_name("a.c", f"missing_{version}")
        session.finish()
    same("capsules", capsules(folder), [])
    folder.write("k.c", KILLER)
    folder.run("check", "--no-cache", "--no-capsules", "k.c", status=3)
    same("not wanted", capsules(folder), [])


def test_capsules_are_few(folder):
    for number in range(25):
        folder.write(f"k{number:02}.c", KILLER + f"int y{number};\n")
        folder.run("check", "--no-cache", f"k{number:02}.c", status=3)
    found = capsules(folder)
    same("number", len(found), 20)
    names = sorted(Path(json.loads(f.read_text())["document"]["path"]).name for f in found)
    same("the newest", names[-1], "k24.c")
    same("once each", len(set(names)), 20)


def test_what_is_no_capsule(folder):
    for text in ("", "{}", "[]", "nonsense", '{"schema": 7}', '{"schema": 1, "end": "crashed"}'):
        folder.write("c.json", text)
        holds(text, folder.run("--replay-capsule=c.json", status=2)[1], "c.json: it is no capsule")
    holds("absent", folder.run("--replay-capsule=absent", status=2)[1], "no such file")


def test_every_option_is_in_the_help(folder):
    out, _ = folder.run("--help")
    holds("help", out, "--record=", "--replay=", "--trace=", "--log-file=", "--replay-capsule=", "--no-capsules")
    same("lines", max(map(len, out.splitlines())) <= 100, True)
    subprocess.run([str(cli.SERVER), "--help"], check=True, stdout=subprocess.DEVNULL)


if __name__ == "__main__":
    sys.exit(cli.main(globals()))
