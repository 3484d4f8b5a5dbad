#!/usr/bin/env python3
"""Many documents, one in hand: who goes first, what is kept, and that nothing gets old.

Each test is a session with real workers; what comes first is read from the order of
messages, not from a clock.
"""

import shutil
import signal
import sys
import tempfile
import time
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent / "lsp"))
sys.path.insert(0, str(HERE.parent / "crash"))
from client import PATIENCE_S, SERVER, Client, Gone  # noqa: E402
from session import (  # noqa: E402
    FINDING_S, INNOCENT, IS_SANITIZED, Failed, Session, Skipped, check, children, messages, run_tests, send_signal,
    spinning)  # fmt: skip

N_EDITS = 2000


def finding(name):
    return INNOCENT % name


def order_of_answers(session, names):
    """The documents in the order in which their last finding came."""
    uris = {session.uri(name): name for name in names}
    last = {}
    for number, (direction, message) in enumerate(session.client.log):
        if direction == "<--" and message.get("method") == "textDocument/publishDiagnostics":
            if message["params"]["diagnostics"] and message["params"]["uri"] in uris:
                last[uris[message["params"]["uri"]]] = number
    return sorted(last, key=last.get)


def sync(session):
    session.client.call("$/arm64ecd/sync", {}, 4 * PATIENCE_S)


def test_background_that_never_ends_delays_nobody():
    """As many endless analyses as workers, and the document in hand is analysed all the same."""
    for n_workers in (1, 2):
        with Session(f"--workers={n_workers}", "--deadline=120") as session:
            for number in range(n_workers + 1):
                session.open(f"endless{number}.c", spinning("end"))
            session.open("hand.c", finding("first"))
            session.await_name("hand.c", "first")
            for number in range(10):
                session.edit("hand.c", finding(f"edit_{number}_"))
                session.await_name("hand.c", f"edit_{number}_")
            check(not order_of_answers(session, ["endless0.c", "endless1.c"]), "one has ended")
            for number in range(n_workers + 1):
                session.edit(f"endless{number}.c", finding(f"mended_{number}_"))
            for number in range(n_workers + 1):
                session.await_name(f"endless{number}.c", f"mended_{number}_")
            session.finish()


def test_the_document_that_is_asked_about_goes_first():
    """The settings change with one worker: first the document in hand, then by age."""
    names = ["a.c", "b.c", "c.c"]
    with Session("--workers=1", "--deadline=60") as session:
        for name in names:
            session.open(name, finding(name[0] + "_absent"))
        for name in names:
            session.await_name(name, name[0] + "_absent")
        (worker,) = session.workers()
        send_signal(worker, signal.SIGSTOP)
        session.client.log.clear()
        session.client.notify("workspace/didChangeConfiguration", {
            "settings": {"headers": {"use": "builtin"}, "diagnostics": {"severity": {"EC630": "off"}}}})  # fmt: skip
        time.sleep(0.5)  # the last opened one is with the stopped worker
        where = {"textDocument": {"uri": session.uri("b.c")}}
        asked = session.client.request("textDocument/documentSymbol", where)
        session.client.wait_for(lambda m: m.get("id") == asked)
        sync(session)
        order = order_of_answers(session, names)
        check(order and order[0] == "b.c" and sorted(order) == names, order)
        session.finish()


def test_a_header_that_changes_while_its_includer_is_out():
    """Nobody knew yet that it is included: the first Result says so, and is done again."""
    with Session("--workers=1", "--deadline=60") as session:
        session.open("shared.h", "int shared_name;\n")
        sync(session)
        (worker,) = session.workers()
        send_signal(worker, signal.SIGSTOP)
        session.open("user.c", '#include "shared.h"\nint f(void) { return shared_name; }\n')
        time.sleep(0.3)  # it is with the worker, with the old header
        session.edit("shared.h", "int another_name;\n")
        send_signal(worker, signal.SIGCONT)
        session.await_name("user.c", "shared_name")
        session.edit("shared.h", "int shared_name;\n")
        sync(session)
        check(session.client.published[session.uri("user.c")] == [], "the finding stays")
        session.finish()


def test_a_header_that_is_opened_while_its_file_goes():
    """A job that is out finds no file; it is in the editor, and was opened meanwhile."""
    with Session("--workers=1", "--deadline=60") as session:
        (session.root / "moving.h").write_text("int moving_name;\n")
        (worker,) = session.workers()
        send_signal(worker, signal.SIGSTOP)
        user = '#include "moving.h"\nint f(void) { return moving_name + absent; }\n'
        (session.root / "user.c").write_text(user)
        session.open("user.c", user)
        time.sleep(0.3)  # the job is with the worker, without the text of the header
        session.open("moving.h", "int moving_name; // another text\n")
        time.sleep(0.3)
        (session.root / "moving.h").unlink()
        send_signal(worker, signal.SIGCONT)
        sync(session)
        found = session.client.published[session.uri("user.c")]
        check([d["message"] for d in found if "absent" not in d["message"]] == [], messages(found))
        session.finish()


def test_large_unsaved_texts_reach_who_includes_them():
    """One that is not saved goes along only if it is included: through a header whose text is on the
    disk, too, through one that was never saved, and in the first answer that is told."""
    filler = "// filler of a large text\n" * 4000
    user = '%sint f(void) { return NAME + absent; }\n'
    with Session("--workers=2") as session:
        (session.root / "big.h").write_text(filler + "#define NAME on_disk\n")
        (session.root / "between.h").write_text('#include "big.h"\n')
        for name in ("big.h", "new.h"):
            session.open(name, filler + f"#define NAME unsaved_{name[:3]}\n")
        session.open("user.c", user % "")
        session.await_names("user.c", ["NAME", "absent"])
        for number, (include, wanted) in enumerate([
                ("between.h", "unsaved_big"), ("new.h", "unsaved_new"), ("big.h", "unsaved_big")]):  # fmt: skip
            session.edit("user.c", user % f'#include "{include}"\n')
            session.await_names("user.c", [wanted, "absent"])
            if number == 0:
                session.edit("big.h", filler + "#define NAME edited\n")
                session.await_names("user.c", ["edited", "absent"])
                session.edit("big.h", filler + "#define NAME unsaved_big\n")
                session.await_names("user.c", ["unsaved_big", "absent"])
            session.edit("user.c", user % "")
            session.await_names("user.c", ["NAME", "absent"])
        told = [message["params"]["diagnostics"] for direction, message in session.client.log
                if direction == "<--" and message.get("method") == "textDocument/publishDiagnostics"
                and message["params"]["uri"] == session.uri("user.c")]  # fmt: skip
        check(not any("on_disk" in d["message"] for ds in told for d in ds), "the text of the disk was told")
        session.finish()


REACHING = [  # name, text with the place of an edit, what is typed, what only the whole file tells
    ("later.c", "int f(int a)\n{\n    %s\n    return a;\n}\nfloat later(float a) { return a; }\n",
     "int later(int);", "conflicting types for 'later'"),
    ("variable.c", "int f(int a)\n{\n    %s\n    return a;\n}\nfloat later;\n",
     "extern int later;", "redefinition of 'later'"),
    ("template.cpp", "template <class T> T half(T a) { return a.none; }\nint f(int a)\n{\n    %s\n    return a;\n}\n",
     "half(a);", "member reference base type 'int'"),
]  # fmt: skip


def test_an_edit_that_reaches_out_waits_for_no_pause():
    """With a clock that stands, so the pause after which the whole file follows never ends."""
    with Session("--workers=2", "--cut-from=0", "--clock=manual") as session:
        for name, text, typed, wanted in REACHING:
            session.open(name, text % "")
            sync(session)
            session.edit(name, text % typed)
            session.client.diagnostics(session.uri(name), lambda ds, wanted=wanted: any(
                wanted in d["message"] for d in ds))  # fmt: skip
            session.edit(name, text % "absent_name;")
            session.await_name(name, "absent_name")
        session.finish()


def test_a_header_that_comes_into_being():
    """A document that is on no disk yet is a header that was missing; closed it is missing again."""
    def misses(found):
        return any("unborn.h" in d["message"] for d in found)

    with Session("--workers=2") as session:
        session.open("user.c", '#include "unborn.h"\nint f(void) { return unborn_name; }\n')
        session.client.diagnostics(session.uri("user.c"), misses)
        session.open("unborn.h", "int unborn_name;\n")
        session.client.diagnostics(session.uri("user.c"), lambda ds: not ds)
        session.client.notify("textDocument/didClose", {"textDocument": {"uri": session.uri("unborn.h")}})
        session.client.diagnostics(session.uri("user.c"), misses)
        session.finish()


def test_a_header_that_hangs_its_includer():
    """The fault of a header is mended there: its includer is not left alone for it."""
    with Session("--deadline=2") as session:
        header = spinning("end")
        (session.root / "endless.h").write_text(header)
        session.open("user.c", '#include "endless.h"\n' + finding("absent"))
        session.await_code("user.c", "EC902", 2 + FINDING_S)
        for _ in range(2):  # until it is left alone
            where = {"uri": session.uri("user.c")}
            session.client.notify("textDocument/didSave", {"textDocument": where})
            sync(session)
        session.await_code("user.c", "EC904", FINDING_S)
        session.open("endless.h", "int calm;\n")
        session.await_name("user.c", "absent")
        session.finish()


def test_a_header_takes_the_command_of_who_includes_it():
    """Opened before its includer, closed after it: always as if that had been opened first."""
    flags = "clang --target=arm64ec-pc-windows-msvc -DKNOWN"
    user = '#include "part.h"\nint f(void) { return PART; }\n'
    with Session(files=[("user.c", user, flags)]) as session:
        part = "#ifndef KNOWN\n#error unknown\n#endif\n#define PART 1\n"
        session.open("part.h", part)
        session.await_name("part.h", "unknown")
        session.open("user.c", user)
        session.client.diagnostics(session.uri("part.h"), lambda ds: not ds)
        session.client.notify("textDocument/didClose", {"textDocument": {"uri": session.uri("user.c")}})
        session.await_name("part.h", "unknown")
        session.finish()


def resident_mb(pid):
    try:
        lines = Path(f"/proc/{pid}/status").read_text().split("\n")
    except (FileNotFoundError, ProcessLookupError):
        return 0  # the fork of a worker, gone by now
    for line in lines:
        if line.startswith("VmRSS:"):
            return int(line.split()[1]) / 1024
    return 0


def test_memory_stays_in_its_budget():
    """Units are dropped, findings are not, and each document is analysed again when edited."""
    if IS_SANITIZED:
        raise Skipped("a sanitizer's memory says nothing of ours")
    budget_mb, n = 150, 24
    names = [f"file{number}.c" for number in range(n)]
    held = {}
    for option in ("--memory=0", f"--memory={budget_mb}"):
        with Session(option) as session:
            for name in names:
                session.open(name, "#include <windows.h>\n" + finding(f"{name[:-2]}_absent"))
            for name in names:
                session.await_name(name, f"{name[:-2]}_absent")
            for name in names:
                session.edit(name, "#include <windows.h>\n" + finding(f"{name[:-2]}_again"))
                session.await_name(name, f"{name[:-2]}_again")
            sync(session)
            session.edit_innocent()
            end = time.monotonic() + (0 if held == {} else 5)
            while time.monotonic() < end and sum(map(resident_mb, session.workers())) > budget_mb:
                time.sleep(0.05)
            held[option] = sum(map(resident_mb, session.workers()))
            for name in names:
                shown = session.client.published[session.uri(name)]
                check([f"{name[:-2]}_again" in d["message"] for d in shown] == [True], messages(shown))
            session.edit(names[0], "#include <windows.h>\n" + finding("third"))
            session.await_name(names[0], "third")
            session.finish()
    without, within = held.values()
    check(without > budget_mb * 1.1, f"{without:.0f} MiB without a limit: the test tests nothing")
    check(within <= budget_mb, f"{within:.0f} MiB of {budget_mb}")


def test_the_last_of_many_edits_is_told():
    """Edits faster than any analysis: versions only grow, and the last one is told."""
    with Session() as session:
        session.open("fast.c", finding("fast_0_"))
        for number in range(1, N_EDITS + 1):
            session.edit("fast.c", finding(f"fast_{number}_"))
        session.await_name("fast.c", f"fast_{N_EDITS}_")
        told = [int(m["params"]["diagnostics"][0]["message"].split("fast_")[1].split("_")[0])
                for d, m in session.client.log
                if d == "<--" and m.get("params", {}).get("uri") == session.uri("fast.c")
                and m["params"]["diagnostics"]]  # fmt: skip
        check(told == sorted(told), "an older text was told after a newer one")
        sync(session)
        session.finish()


def with_a_late_pipeline(wait):
    """A session without its module, which is then installed; `wait(client, uri)` gives the name to await."""
    with tempfile.TemporaryDirectory(prefix="load-") as folder:
        shutil.copy(SERVER, folder)
        program = Path(folder) / "arm64ecd"
        with Client([str(program), "--workers=1", "--clock=manual"], cwd=folder) as client:
            client.initialize(Path(folder))
            uri = (Path(folder) / "a.c").as_uri()
            client.open(uri, finding("absent"))
            client.diagnostics(uri, lambda ds: any(d.get("code") == "EC908" for d in ds))
            for module in Path(SERVER).parent.glob("pipeline-*.so"):
                shutil.copy(module, folder)
            (Path(folder) / "include").symlink_to(Path(SERVER).parent / "include")
            name = wait(client, uri)
            found = client.diagnostics(uri, lambda ds: any(name in d["message"] for d in ds))
            check(all(d.get("code") != "EC908" for d in found), messages(found))
            check(client.finish() == 0, client.stderr_tail())


def test_a_pipeline_that_comes_later():
    """The module is missing, then it is installed: found without a restart of the editor."""

    def wait(client, _):
        client.notify("$/arm64ecd/advance", {"ms": 5000})
        return "absent"

    with_a_late_pipeline(wait)


def test_an_edit_tries_what_could_not_be_had():
    """No time passes: the next edit finds the module, not the timer."""

    def wait(client, uri):
        client.notify("$/arm64ecd/advance", {"ms": 300})  # but not at every key
        client.change(uri, 2, finding("absent_again"))
        return "absent_again"

    with_a_late_pipeline(wait)


if __name__ == "__main__":
    sys.exit(run_tests("load", globals(), (Failed, Gone, TimeoutError, RuntimeError)))
