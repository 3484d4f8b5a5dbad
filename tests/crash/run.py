#!/usr/bin/env python3
"""The compiler falls over, is killed and hangs; the session lives and nothing is lost.

Each test is one session with real workers and at least one innocent document, whose one
finding must be right at the end and on every line it is published with. inputs/ holds what
makes LLVM abort, trap or leave (domain: crashes and fatal errors); the head comment says
how, `expect-error CODE` what must be said instead, within FINDING_S.
"""

import json
import os
import random
import re
import shlex
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "lsp"))
sys.path.insert(0, str(Path(__file__).resolve().parent))
import versions  # noqa: E402
from client import PATIENCE_S, SERVER, Client, Gone, frame  # noqa: E402
from session import (  # noqa: E402
    FINDING_S, INNOCENT, IS_SANITIZED, SLOWER, Failed, Session, Skipped, check, children, messages, run_tests,
    send_signal, spinning)  # fmt: skip

HERE = Path(__file__).resolve().parent
SEVERITIES = {"error": 1, "warning": 2, "info": 3, "hint": 4}
EXPECTATION = re.compile(r"expect-(error|warning)(?:\[(!?\w+)\])?(?:@(\d+))? (EC\d+|clang)(?: \{\{(.*?)\}\})?")


# --- the tests ---


def input_files():
    for path in sorted((HERE / "inputs").iterdir()):
        text = path.read_text()
        flags = re.search(r"^// flags: (.*)", text, re.M)
        yield path.name, text, flags.group(1) if flags else "clang --target=arm64ec-pc-windows-msvc"


def wanted_of(name, text):
    """(severity, line, code, text) of each expectation."""
    wanted = []
    for number, line in enumerate(text.split("\n"), 1):
        for severity, row, at, code, part in EXPECTATION.findall(line):
            if not row or versions.has(row):
                wanted.append((SEVERITIES[severity], int(at or number), code, part))
    check(wanted or "// expect-nothing" in text, f"{name}: expects nothing and does not say so")
    return wanted


def unmet(wanted, found):
    def fits(finding, severity, line, code, part):
        return (
            finding["severity"] == severity
            and finding["range"]["start"]["line"] + 1 == line
            and (code == "clang" or finding.get("code") == code)
            and part in finding["message"]
        )

    return [want for want in wanted if not any(fits(finding, *want) for finding in found)]


def test_every_input_in_one_session():
    files = list(input_files())
    faults = []
    with Session(files=files) as session:
        for name, text, _ in files:
            wanted = wanted_of(name, text)
            started = time.monotonic()
            session.open(name, text)
            found = []
            try:
                found = session.client.diagnostics(
                    session.uri(name), lambda ds: not unmet(wanted, ds), FINDING_S)
            except TimeoutError:
                last = session.client.published.get(session.uri(name), [])
                faults.append(f"{name}: wanted {unmet(wanted, last)}, got {messages(last)}")
            loud = [d for d in found if d["severity"] <= 2]
            if not wanted and loud:
                faults.append(f"{name}: nothing expected, got {messages(loud)}")
            if time.monotonic() - started < FINDING_S:
                session.edit_innocent()
        for name, _, _ in files:
            session.client.notify("textDocument/didClose", {"textDocument": {"uri": session.uri(name)}})
        session.edit_innocent()
        session.finish()
    check(not faults, "\n      ".join(faults))


def test_parser_stack_overflow():
    """Nesting that clang's own limits do not stop: whatever happens is said, and is over."""
    text = "int deep(int a) { return " + "-~" * 400_000 + "a; }\n"
    with Session() as session:
        session.open("deep.c", text)
        found = session.client.diagnostics(session.uri("deep.c"), bool, 4 * FINDING_S)
        codes = {d.get("code") for d in found if d["source"] == "arm64ecd"}
        said = codes & {"EC901", "EC902", "EC903", "EC904", "EC905"}
        check(said or any(d["severity"] == 1 for d in found), messages(found))
        session.edit_innocent()
        session.edit("deep.c", INNOCENT % "shallow")
        session.await_name("deep.c", "shallow")
        session.finish()


def test_endless_preprocessing():
    """2^40 tokens: cut off at the deadline, and the next text is analysed as ever."""
    doubling = "".join(f"#define A{i + 1} A{i} A{i}\n" for i in range(40))
    with Session("--deadline=2") as session:
        session.open("spin.c", "#define A0 x\n" + doubling + "int A40;\n")
        found = session.client.diagnostics(session.uri("spin.c"), bool, 10 * SLOWER)
        codes = {d.get("code") for d in found}
        check(codes & {"EC902", "EC903"}, messages(found))
        session.edit_innocent()
        session.edit("spin.c", INNOCENT % "calm")
        session.await_name("spin.c", "calm")
        session.finish()


def test_kill_at_random_moments():
    """SIGKILL of workers while three documents are edited: every last edit is answered."""
    names = ["one.c", "two.cpp", "three.c"]
    moment = random.Random(20)
    with Session() as session:
        for name in names:
            session.open(name, INNOCENT % "start")
        n_killed = 0
        for round_number in range(1, 41):
            for name in names:
                session.edit(name, INNOCENT % f"{name[:3]}_{round_number}_")
            time.sleep(moment.random() * 0.06)
            for pid in session.workers():
                if moment.random() < 0.5:
                    send_signal(pid, signal.SIGKILL)
                    n_killed += 1
            if round_number % 8 == 0:
                for name in names:
                    session.await_name(name, f"{name[:3]}_{round_number}_", 2 * PATIENCE_S)
        check(n_killed > 10, f"only {n_killed} workers were killed: the test tests nothing")
        session.edit_innocent()
        session.finish()


def test_kill_without_further_edit():
    """The document whose worker dies is analysed again without being touched."""
    with Session() as session:
        for number in range(5):
            session.open(f"file{number}.c", INNOCENT % f"lost_{number}")
            for pid in session.workers():
                send_signal(pid, signal.SIGKILL)
        for number in range(5):
            session.await_name(f"file{number}.c", f"lost_{number}")
        session.edit_innocent()
        session.finish()


def test_the_worker_of_a_function_dies():
    """Edits inside a function have a worker of their own (schedule_cut.h). It dies between them
    and while it works; every edit is answered, and the end is that of the whole file."""
    text = "int before(int a)\n{\n    return a;\n}\n\nint edited(int a)\n{\n    return a + %s;\n}\n"
    with tempfile.TemporaryDirectory(prefix="crash-") as folder, Client(
            [SERVER, "--workers=2", "--cut-from=0"], cwd=folder) as client:  # fmt: skip
        root = Path(os.path.realpath(folder))
        (root / "compile_flags.txt").write_text("--target=arm64ec-pc-windows-msvc")
        client.initialize(root)
        uri = (root / "a.c").as_uri()
        client.open(uri, text % "0")
        client.call("$/arm64ecd/sync", {}, 4 * PATIENCE_S)
        for number in range(12):
            name = f"absent_{number}"
            if number % 4 == 1:  # the one that has the function, at rest
                send_signal(children(client.process.pid)[-1], signal.SIGKILL)
            client.change(uri, number + 2, text % name)
            if number % 4 == 3:
                for pid in children(client.process.pid):
                    send_signal(pid, signal.SIGKILL)
            client.diagnostics(uri, lambda ds, name=name: [name in d["message"] for d in ds] == [True],
                               4 * PATIENCE_S)  # fmt: skip
        client.change(uri, 20, text % "1")
        client.call("$/arm64ecd/sync", {}, 4 * PATIENCE_S)
        check(client.published.get(uri) == [], client.published.get(uri))
        check(client.finish() == 0, client.stderr_tail())


def test_hang_ends_at_the_deadline():
    """A text that never ends: EC902 when the deadline has passed, then as ever."""
    with Session("--deadline=2") as session:
        session.open("victim.c", INNOCENT % "early")
        session.await_name("victim.c", "early")
        session.edit("victim.c", spinning("late"))
        session.await_code("victim.c", "EC902", 2 + FINDING_S)
        session.edit("victim.c", INNOCENT % "afterwards")
        session.await_name("victim.c", "afterwards")
        session.edit_innocent()
        session.finish()


def cut_session(deadline_s):
    """Functions are parsed alone, however small the file."""
    return Session("--cut-from=0", f"--deadline={deadline_s}")


def test_a_hang_in_a_function_costs_one_deadline():
    """A body that is never parsed to its end: told when one deadline has passed, of the function
    and of the file together; mended, it goes on."""
    doubling = "#define A0\n" + "".join(f"#define A{i + 1} A{i} A{i}\n" for i in range(60))
    text = doubling + "int f(int a)\n{\n    %s\n    return a + %s;\n}\n"
    deadline_s = 8
    with cut_session(deadline_s) as session:
        session.open("victim.c", text % ("", "0"))
        session.client.call("$/arm64ecd/sync", {}, 4 * PATIENCE_S)
        session.edit("victim.c", text % ("", "absent_a"))
        session.await_name("victim.c", "absent_a")
        since = time.monotonic()
        session.edit("victim.c", text % ("A60", "absent_b"))
        session.await_code("victim.c", "EC902", deadline_s + FINDING_S)
        check(time.monotonic() - since < deadline_s + FINDING_S, "two deadlines")
        session.edit("victim.c", text % ("", "absent_c"))
        session.await_name("victim.c", "absent_c")
        session.finish()


def test_stopped_workers_of_a_function_cost_one_deadline():
    """Those of the function and of the file, both: a third one takes the file."""
    text, deadline_s = "int f(int a)\n{\n    return a + %s;\n}\n", 8
    with cut_session(deadline_s) as session:
        session.open("victim.c", text % "0")
        session.client.call("$/arm64ecd/sync", {}, 4 * PATIENCE_S)
        session.edit("victim.c", text % "absent_a")
        session.await_name("victim.c", "absent_a")
        session.client.call("$/arm64ecd/sync", {}, 4 * PATIENCE_S)
        for pid in session.workers():
            send_signal(pid, signal.SIGSTOP)
        session.edit("victim.c", text % "absent_b")
        session.await_name("victim.c", "absent_b", deadline_s + FINDING_S)
        session.edit("victim.c", text % "absent_c")
        session.await_name("victim.c", "absent_c")
        session.finish()


def test_a_stopped_worker_is_replaced():
    """Stopped from outside is not the text's fault: at the deadline it goes to another worker."""
    with Session("--deadline=2") as session:
        session.open("victim.c", INNOCENT % "early")
        session.await_name("victim.c", "early")
        stopped = session.workers()
        check(stopped, "no worker is running")
        for pid in stopped:
            send_signal(pid, signal.SIGSTOP)
        session.edit("victim.c", INNOCENT % "late")
        session.await_name("victim.c", "late", 2 * (2 + FINDING_S))
        for pid in stopped:  # the others had nothing to do
            send_signal(pid, signal.SIGCONT)
        session.edit_innocent()
        session.finish()


def test_cancel_a_waiting_request():
    """While the worker is stopped a request waits; cancelled it is answered once."""
    with Session("--deadline=60") as session:
        session.open("victim.c", INNOCENT % "early")
        session.await_name("victim.c", "early")
        stopped = session.workers()
        for pid in stopped:
            send_signal(pid, signal.SIGSTOP)
        session.edit("victim.c", INNOCENT % "late")
        where = {"textDocument": {"uri": session.uri("victim.c")}}
        cancelled = session.client.request("textDocument/documentSymbol", where, "symbols-1")
        kept = session.client.request("textDocument/documentSymbol", where)
        session.client.notify("$/cancelRequest", {"id": cancelled})
        answer = session.client.wait_for(lambda m: m.get("id") == cancelled)
        check(answer.get("error", {}).get("code") == -32800, f"not cancelled: {answer}")
        for pid in stopped:
            send_signal(pid, signal.SIGCONT)
        answer = session.client.wait_for(lambda m: m.get("id") == kept)
        check(isinstance(answer.get("result"), list), f"the other request: {answer}")
        session.edit_innocent()
        session.finish()


def test_crash_twice_is_quarantined():
    """SIGSEGV in one text again and again: EC901 first, EC904 once, over with an edit."""
    with Session("--deadline=5") as session:
        session.open("victim.c", INNOCENT % "early")
        session.await_name("victim.c", "early")
        for turn in range(3):
            session.client.call("$/arm64ecd/sync", {}, 4 * PATIENCE_S)  # nothing is left to do
            for pid in session.workers():
                send_signal(pid, signal.SIGSTOP)
            session.edit("victim.c", INNOCENT % "wounded")
            time.sleep(0.3 * SLOWER)
            for pid in session.workers():
                send_signal(pid, signal.SIGSEGV)
                send_signal(pid, signal.SIGCONT)
            found = session.client.diagnostics(
                session.uri("victim.c"),
                lambda ds: any(d.get("code") in ("EC901", "EC904") for d in ds)
                or any("wounded" in d["message"] for d in ds))  # fmt: skip
            if any(d.get("code") == "EC904" for d in found):
                break
        session.edit("victim.c", INNOCENT % "healed")
        session.await_name("victim.c", "healed")
        session.edit_innocent()
        session.finish()
        check(any(d.get("code") in ("EC901", "EC904") for d in found), messages(found))


def test_a_header_leaves_an_includer_that_is_given_up():
    """Its command is then that of the next source that includes it, as if both were just opened."""
    flags = "clang --target=arm64ec-pc-windows-msvc"
    files = [("first.cpp", '#include "h.h"\n', flags), ("second.c", '#include "h.h"\n', flags)]
    with Session(files=files) as session:
        header = "int only_c(void) { int class = 1; return class; }\n"
        (session.root / "h.h").write_text(header)
        for name, text, _ in files:
            session.open(name, text)
            session.client.diagnostics(session.uri(name), lambda ds: True, FINDING_S)
        session.open("h.h", header)  # C++, where it is wrong
        session.client.diagnostics(session.uri("h.h"), lambda ds: len(ds) > 0, FINDING_S)
        session.edit("first.cpp", "int deep(int a) { return " + "-~" * 200_000 + "a; }\n")
        session.await_code("first.cpp", "EC901", FINDING_S * 2)
        session.client.diagnostics(session.uri("h.h"), lambda ds: ds == [], FINDING_S)
        session.edit_innocent()
        session.finish()


def test_stale_spinning_job():
    """The text is mended while a worker spins on the old one: nobody waits for the deadline."""
    with Session("--deadline=120", "--worker-memory=0") as session:
        session.open("spin.c", spinning("end"))
        time.sleep(0.5 * SLOWER)
        busy = session.workers()
        session.edit("spin.c", INNOCENT % "mended")
        session.await_name("spin.c", "mended", 20 * SLOWER)
        check(set(busy) - set(session.workers()), "the worker that spun is still there")
        session.edit_innocent()
        session.finish()


def test_a_pipe_or_a_device_as_header():
    """Named at once: a FIFO without a writer, a device without an end; nothing waits."""
    text = '#include "%s"\n' + INNOCENT % "after_it"
    with Session("--deadline=60") as session:
        os.mkfifo(session.root / "pipe.h")
        (session.root / "device.h").symlink_to("/dev/zero")
        for name in ("pipe", "device"):
            session.open(f"{name}.c", text % f"{name}.h")
            found = session.client.diagnostics(session.uri(f"{name}.c"), bool, FINDING_S)
            told = [d for d in found if f"{name}.h': it is a pipe or a device" in d["message"]]
            check(told and told[0]["range"]["start"]["line"] == 0, messages(found))
        session.edit_innocent()
        session.finish()


def test_lack_of_memory_is_told():
    """Whatever allocation the limit refuses, the words are EC903's, never a crash's."""
    if IS_SANITIZED:
        raise Skipped("a sanitizer needs more address space than any limit")
    with tempfile.TemporaryDirectory(prefix="crash-") as folder:
        file = Path(folder) / "large.c"
        file.write_text("int t[] = {" + "1," * 4_000_000 + "1};\n")
        said = set()
        for limit in (450, 500, 600, 700, 800, 900):
            done = subprocess.run(
                [SERVER, "check", "--format=json", "--no-cache", f"--worker-memory={limit}",
                 "--deadline=60", str(file)], capture_output=True, text=True, timeout=120)  # fmt: skip
            codes = {f["code"] for f in json.loads(done.stdout)["findings"]} - {"EC630", "EC626"}
            check(codes <= {"EC903"}, f"{limit} MiB: {codes}")
            said |= codes
        check(said, "no limit was reached: the test tests nothing")


def test_the_program_vanishes():
    """The file of a running server is removed and its workers die: that is said, and why."""
    with tempfile.TemporaryDirectory(prefix="crash-") as folder:
        for file in (Path(SERVER), *Path(SERVER).parent.glob("pipeline-*.so")):
            shutil.copy(file, folder)
        program = Path(folder) / "arm64ecd"
        client = Client([str(program), "--workers=1"], cwd=folder)
        client.initialize(Path(folder))
        uri = (Path(folder) / "a.c").as_uri()
        client.open(uri, INNOCENT % "early")
        client.diagnostics(uri, lambda ds: any("early" in d["message"] for d in ds))
        program.unlink()
        for pid in children(client.process.pid):
            send_signal(pid, signal.SIGKILL)
        client.change(uri, 2, INNOCENT % "late")
        found = client.diagnostics(uri, lambda ds: any(d.get("code") == "EC908" for d in ds), 4 * PATIENCE_S)
        told = [d["message"] for d in found if d.get("code") == "EC908"]
        check("cannot be started" in told[0], told)
        check(client.finish() == 0, client.stderr_tail())


def test_a_client_that_never_reads():
    """Answers pile up to a limit, then the session ends; memory does not grow for ever."""
    argv = [SERVER, "--workers=0"]
    text = "".join(f"void function_with_a_long_name_{i}(void) {{}}\n" for i in range(4000))
    server = subprocess.Popen(argv, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)

    def send(method, params, ident=None):
        message = {"jsonrpc": "2.0", "method": method, "params": params}
        server.stdin.write(frame(dict(message, id=ident) if ident is not None else message))

    where = {"uri": "file:///many.c"}
    peak = 0
    try:
        send("initialize", {"processId": None, "rootUri": None, "capabilities": {}}, 0)
        send("initialized", {})
        send("textDocument/didOpen",
             {"textDocument": dict(where, languageId="c", version=1, text=text)})  # fmt: skip
        for ident in range(1, 1500):
            send("textDocument/documentSymbol", {"textDocument": where}, ident)
            status = Path(f"/proc/{server.pid}/status").read_text()
            peak = max(peak, int((re.search(r"VmHWM:\s+(\d+)", status) or [0, 0])[1]))
    except (BrokenPipeError, FileNotFoundError):
        pass  # it has ended
    check(server.wait(4 * PATIENCE_S) == 1, f"exit status {server.returncode}")
    server.stdout.close()
    check(peak < 1024 * 1024 * (4 if IS_SANITIZED else 1), f"it grew to {peak} KiB")


if __name__ == "__main__":
    sys.exit(run_tests("crash", globals(), (Failed, Gone, TimeoutError, RuntimeError)))
