#!/usr/bin/env python3
"""Everything at once: edits, opens, closes, requests and cancellations, settings that change,
workers that are killed, stopped, starved and hung, and a server without files and disk.

    run.py [--seconds=N] [--rounds=N] [--seed=S] [--cut] [--keep]
    run.py --replay FILE [--cut]

After each round of some hundred actions the findings, lenses, hints and symbols of every document are those of a fresh
server, and every request was answered once; at the end no process and no file is left, and
memory is what it was. What is done follows from the seed alone, when it is done does not. A
failure prints the seed and the number of rounds, and keeps the session in out/chaos/SEED.jsonl.
"""

import argparse
import json
import os
import random
import resource
import shutil
import sys
import tempfile
import time
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]
sys.path.insert(0, str(HERE))
sys.path.insert(0, str(HERE.parent / "lsp"))
sys.path.insert(0, str(HERE.parent / "crash"))
import texts  # noqa: E402
from client import OUT, SERVER, Gone  # noqa: E402
from session import SLOWER  # noqa: E402
from victim import CALM, FEATURES, TARGET, Document, Victim, new_document, place  # noqa: E402

BASE = ["a.c", "b.c", "c.cpp", "d.c", "shared0.h", "shared1.h"]
EXTRA = ["e.c", "f.cpp", "g.c", "h.c", "unborn.h", "new1.c", "new2.c"]
OPTIONS = ["--workers=2", f"--deadline={round(3 * SLOWER)}", "--memory=160"]
CUT = "--cut-from=0"  # every document is cut, small as it is
FRESH_OPTIONS = ["--workers=2", f"--deadline={round(20 * SLOWER)}"]
SETTLE_S = 90 * SLOWER
REST_S = 1.5  # then the server has given back what it does not need
WARM_UP_ACTIONS = 600
ROUND_ACTIONS = 200
LAST_ACTIONS = 60
MEMORY_RATIO_MAX = 1.2
QUESTIONS = ["textDocument/documentSymbol", "textDocument/codeLens", "textDocument/inlayHint"]
GIVEN_UP = {"EC901", "EC902", "EC903", "EC904", "EC908"}
SETTINGS = [
    {}, {"diagnostics": {"clang": "off"}}, {"diagnostics": {"clang": "target"}},
    {"diagnostics": {"severity": {"EC501": "warning", "EC101": "off"}}}, {"flags": ["-DCHAOS"]},
    {"inlayHints": {"registers": "off"}}, {"codeLens": "off"}, {"fullStage": "on"}, {"builder": "msvc-19.40"},
    {"builder": "nonsense"}, {"diagnostics": 7},
]  # fmt: skip


class Chaos:
    def __init__(self, seed, root, note):
        self.chance = random.Random(seed)
        self.root = root
        self.number = 0
        self.closed = {}
        self.n_rounds = self.n_actions = self.n_signals = self.n_deadly = 0
        self.victim = Victim(root, OPTIONS, note)
        self.victim.write("root", str(root))
        self.write_database()
        self.victim.request("initialize", {
            "processId": os.getpid(), "rootUri": root.as_uri(), "capabilities": FEATURES,
            "initializationOptions": CALM})  # fmt: skip
        self.victim.notify("initialized", {})
        self.victim.settle(SETTLE_S)
        for name in BASE + EXTRA:
            self.number += 20
            document = new_document(self.chance, name, self.number)
            if name in BASE and name != "d.c":
                self.victim.write_file(name, document.text)
            if name in BASE:
                self.victim.did_open(document)
            else:
                self.closed[name] = document

    def write_database(self):
        commands = [{"directory": str(self.root), "file": name, "arguments": [*TARGET, "-c", name]}
                    for name in ("a.c", "b.c", "c.cpp", "e.c")]  # fmt: skip
        if self.chance.random() < 0.3:
            commands[0]["arguments"].insert(1, "-DCHAOS")
        self.victim.write_file("compile_commands.json", json.dumps(commands))

    def changed_on_disk(self, name, kind):
        self.victim.notify("workspace/didChangeWatchedFiles", {
            "changes": [{"uri": (self.root / name).as_uri(), "type": kind}]})  # fmt: skip

    def any_open(self):
        return self.victim.open[self.chance.choice(sorted(self.victim.open))] if self.victim.open else None

    # --- what a user does ---

    def edit_pieces(self):
        document = self.any_open()
        self.number += 1
        new = texts.piece(self.chance, self.number, document.is_header)
        kind = self.chance.randrange(4)
        if document.is_torn or not document.pieces or len(document.pieces) > 14 or kind == 0:
            if self.chance.random() < 0.3:
                document.head = texts.beginning(self.chance, document.is_header)
            document.pieces = [*document.pieces[-6:], new]
            document.is_torn = False
            self.victim.replace_all(document, document.whole())
            return
        at = self.chance.randrange(len(document.pieces))
        start = len(document.head + "".join(document.pieces[:at]))
        end = start + (len(document.pieces[at]) if kind == 1 else 0)
        document.pieces[at : at + (kind == 1)] = [new]
        self.victim.did_change(document, [self.victim.replace(document, start, end, new)])

    def edit_body(self):
        """Another expression behind a return: what an editor sends while that is typed."""
        document = self.any_open()
        places = [i for i, piece in enumerate(document.pieces) if "return " in piece]
        if document.is_torn or not places:
            return
        at = self.chance.choice(places)
        start = document.pieces[at].index("return ") + len("return ")
        end = document.pieces[at].index(";", start)
        before = len(document.head + "".join(document.pieces[:at]))
        self.number += 1
        for new in ("", "0 + ", f"0 + absent_{self.number}", str(self.number))[: self.chance.randrange(2, 5)]:
            change = self.victim.replace(document, before + start, before + end, new)
            self.victim.did_change(document, [change])
            document.pieces[at] = document.pieces[at][:start] + new + document.pieces[at][end:]
            end = start + len(new)

    def tear(self):
        document = self.any_open()
        changes = []
        for _ in range(self.chance.randrange(1, 4)):
            start = place(self.chance, document.text)
            end = place(self.chance, document.text) if self.chance.random() < 0.1 else start
            end = min(len(document.text), start + self.chance.randrange(12)) if self.chance.random() < 0.5 else end
            start, end = min(start, end), max(start, end)
            if document.text[end - 1 : end + 1] == "\r\n":
                end += 1
            new = self.chance.choice(texts.GARBAGE) if self.chance.random() < 0.7 else ""
            changes.append(self.victim.replace(document, start, end, new))
        document.is_torn = True
        self.victim.did_change(document, changes)

    def type_fast(self):
        document = self.any_open()
        at = len(document.text)
        for letter in f"int typed{self.number} = absent_typed;\n":
            self.victim.did_change(document, [self.victim.replace(document, at, at, letter)])
            at += 1
        self.number += 1
        if not document.is_torn:
            document.pieces.append(document.text[len(document.whole()) :])

    def poison(self):
        document = self.any_open()
        self.n_deadly += 1
        document.is_torn = True
        self.victim.replace_all(document, texts.deadly(self.chance))

    def open_one(self):
        if self.closed:
            self.victim.did_open(self.closed.pop(self.chance.choice(sorted(self.closed))))

    def close_one(self):
        if len(self.victim.open) > 3:
            document = self.any_open()
            self.victim.did_close(document)
            self.closed[document.name] = document

    def reopen(self):
        document = self.any_open()
        self.victim.did_close(document)
        self.victim.did_open(document)

    def save(self):
        document = self.any_open()
        if document.name.startswith("new"):
            return
        was_there = (self.root / document.name).exists()
        self.victim.write_file(document.name, document.text)
        self.victim.notify("textDocument/didSave", {"textDocument": {"uri": self.victim.uri(document.name)}})
        self.changed_on_disk(document.name, 2 if was_there else 1)

    def touch_disk(self):
        name = self.chance.choice(["shared0.h", "shared1.h", "unborn.h"])
        there = (self.root / name).exists()
        if there and self.chance.random() < 0.4:
            self.victim.write_file(name, None)
            self.changed_on_disk(name, 3)
            return
        self.number += 1
        text = texts.beginning(self.chance, True) + texts.piece(self.chance, self.number, True)
        self.victim.write_file(name, text)
        self.changed_on_disk(name, 2 if there else 1)

    def configure(self):
        if self.chance.random() < 0.5:
            settings = self.chance.choice(SETTINGS)
            self.victim.notify("workspace/didChangeConfiguration", {"settings": {"arm64ecd": settings}})
        elif self.chance.random() < 0.5:
            self.write_database()
            self.changed_on_disk("compile_commands.json", 2)
        else:
            is_there = (self.root / ".arm64ecd.json").exists() and self.chance.random() < 0.6
            text = None if is_there else json.dumps(self.chance.choice(SETTINGS))
            self.victim.write_file(".arm64ecd.json", text)
            self.changed_on_disk(".arm64ecd.json", 2)

    def folders(self):
        here = {"uri": (self.root / "sub").as_uri(), "name": "sub"}
        added, removed = ([here], []) if self.chance.random() < 0.5 else ([], [here])
        self.victim.notify("workspace/didChangeWorkspaceFolders", {"event": {"added": added, "removed": removed}})

    def ask(self):
        document = self.any_open()
        may_fail = self.chance.random() < 0.05
        name = "nowhere.c" if may_fail else document.name
        where = {"textDocument": {"uri": self.victim.uri(name)}}
        at = {"line": self.chance.randrange(40), "character": self.chance.randrange(60)}
        method = self.chance.choice([*QUESTIONS, "textDocument/hover", "textDocument/codeAction"])
        if method == "textDocument/hover":
            where["position"] = at
        if method in ("textDocument/codeAction", "textDocument/inlayHint"):
            where["range"] = {"start": {"line": 0, "character": 0}, "end": at}
        if method == "textDocument/codeAction":
            where["context"] = {"diagnostics": self.victim.told.get(self.victim.uri(name), [])[:3]}
        if may_fail and self.chance.random() < 0.5:
            method = "textDocument/unheardOf"
        ident = self.victim.request(method, where, may_fail)
        if self.chance.random() < 0.3:
            self.victim.cancel(ident)

    # --- what the world does ---

    def hurt(self):
        workers = self.victim.workers()
        if not workers:
            return
        kind = self.chance.choice(["kill", "kill", "kill", "stop", "stop", "crash", "starve"])
        self.n_signals += 1
        self.victim.harm(kind, self.chance.randrange(len(workers)), self.chance.randrange(64) << 20)
        if self.chance.random() < 0.3:
            self.victim.wake()

    def squeeze(self):
        """The server may open no more files, or write none: as if the disk were full."""
        what, value = self.chance.choice([(resource.RLIMIT_NOFILE, 8), (resource.RLIMIT_FSIZE, 0)])
        self.victim.limit(what, value)
        for _ in range(self.chance.randrange(6)):
            self.act_once([(self.edit_pieces, 3), (self.hurt, 2), (self.ask, 1), (self.save, 1)])
        self.victim.drain(self.chance.random() * 0.2)
        self.victim.limit(what, None)

    # --- the whole ---

    ACTIONS = [("edit_pieces", 25), ("edit_body", 12), ("tear", 8), ("type_fast", 3), ("poison", 1), ("open_one", 5), ("close_one", 4),
               ("reopen", 2), ("save", 4), ("touch_disk", 4), ("configure", 2), ("folders", 1), ("ask", 30),
               ("hurt", 5), ("squeeze", 0.5)]  # fmt: skip

    def act_once(self, actions):
        (action,) = self.chance.choices([a for a, _ in actions], [w for _, w in actions])
        if self.victim.open or action == self.open_one:
            action()

    def act(self, n_actions, but=()):
        actions = [(getattr(self, name), weight) for name, weight in self.ACTIONS if name not in but]
        for _ in range(n_actions):
            self.n_actions += 1
            self.act_once(actions)
            pause = self.chance.random() * 0.05 if self.chance.random() < 0.5 else 0
            self.victim.drain(pause if self.chance.random() < 0.97 else 10 * pause)

    def calm_down(self):
        """The world is well again; torn and poisoned texts are mended, all others stay.

        New settings make everything be analysed anew, so something more happens after them."""
        self.victim.write_file(".arm64ecd.json", None)
        self.changed_on_disk(".arm64ecd.json", 3)
        self.victim.notify("workspace/didChangeConfiguration", {"settings": CALM})
        self.act(LAST_ACTIONS, {"configure", "folders", "squeeze"})
        for what in (resource.RLIMIT_NOFILE, resource.RLIMIT_FSIZE):
            self.victim.limit(what, None)
        for document in list(self.victim.open.values()):
            if document.is_torn:
                document.is_torn = False
                self.victim.replace_all(document, document.whole())
        if not self.victim.settle(SETTLE_S):
            self.victim.faults.append(f"not answered in {SETTLE_S:g} s: {self.victim.waiting}")
        for _ in range(3):
            if not self.wake_the_given_up() or not self.victim.settle(SETTLE_S):
                break

    def wake_the_given_up(self):
        """What cost workers is left alone until it changes: so it changes."""
        given_up = [document for document in self.victim.open.values()
                    if GIVEN_UP & {d.get("code") for d in self.victim.told.get(self.victim.uri(document.name), [])}]
        for document in given_up:
            document.pieces.append("\n")
            end = len(document.text)
            self.victim.did_change(document, [self.victim.replace(document, end, end, "\n")])
        return bool(given_up)


def answers(victim, document):
    """What is asked of a document at the end, and its findings."""
    found = {"findings": victim.told.get(victim.uri(document.name), [])}
    for method in QUESTIONS:
        where = {"textDocument": {"uri": victim.uri(document.name)}}
        if method.endswith("inlayHint"):
            where["range"] = {"start": {"line": 0, "character": 0}, "end": {"line": 1000, "character": 0}}
        found[method] = victim.client.call(method, where, SETTLE_S)
    return found


def sorted_findings(found):
    return sorted(json.dumps(finding, sort_keys=True) for finding in found)


def compare(victim, root):
    """Faults: where a fresh server with the same documents says something else."""
    faults = []
    victim.write("state", [[d.name, d.language, d.text] for d in victim.open.values()])
    fresh = Victim(root, FRESH_OPTIONS)
    fresh.request("initialize", {
        "processId": os.getpid(), "rootUri": root.as_uri(), "capabilities": FEATURES,
        "initializationOptions": CALM})  # fmt: skip
    fresh.notify("initialized", {})
    fresh.notify("workspace/didChangeConfiguration", {"settings": CALM})
    for document in victim.open.values():
        fresh.did_open(document)
    if not fresh.settle(SETTLE_S):
        faults.append(f"the fresh server does not answer: {fresh.waiting}")
    for document in victim.open.values():
        ours, theirs = answers(victim, document), answers(fresh, document)
        for what in ours:
            is_same = (sorted_findings(ours[what]) == sorted_findings(theirs[what]) if what == "findings"
                       else ours[what] == theirs[what])  # fmt: skip
            if not is_same:
                faults.append(difference(document, what, ours[what], theirs[what]))
    fresh.finish()
    return faults


def difference(document, what, ours, theirs):
    lines = [f"{document.name}: {what}: not as a fresh server has it"]
    ours, theirs = sorted_findings(ours or []), sorted_findings(theirs or [])
    lines += [f"  too much: {one[:400]}" for one in ours if one not in theirs][:4]
    lines += [f"  missing:  {one[:400]}" for one in theirs if one not in ours][:4]
    return "\n      ".join(lines)


def memory(chaos):
    """Of the server, at rest, with the base documents open."""
    victim = chaos.victim
    chaos.calm_down()
    for name in list(victim.open):
        chaos.closed[name] = victim.open[name]
        victim.did_close(victim.open[name])
    for name in BASE:
        victim.did_open(chaos.closed.pop(name))
    victim.settle(SETTLE_S)
    time.sleep(REST_S)
    return victim.resident_mb()


def play(seed, seconds, n_rounds, note):
    """(faults, what to say of it)"""
    folder = Path(os.path.realpath(tempfile.mkdtemp(prefix="chaos-")))
    chaos = Chaos(seed, folder, note)
    faults = chaos.victim.faults
    said = ""
    try:
        chaos.act(WARM_UP_ACTIONS)  # code that has never run is not in memory yet
        before = memory(chaos)
        end = time.monotonic() + seconds
        while not faults and (chaos.n_rounds < n_rounds if n_rounds else time.monotonic() < end):
            chaos.n_rounds += 1
            chaos.act(ROUND_ACTIONS)
            chaos.calm_down()
            faults += compare(chaos.victim, folder)
        after = memory(chaos)
        if after > before * MEMORY_RATIO_MAX:
            faults.append(f"the server holds {after:.1f} MiB, {before:.1f} before")
        status, left, files = chaos.victim.finish()
        if status != 0:
            faults.append(f"exit status {status}: {chaos.victim.client.stderr_tail()}")
        if b"Sanitizer" in chaos.victim.client.stderr or b"BUG" in chaos.victim.client.stderr:
            faults.append(chaos.victim.client.stderr_tail())
        faults += [f"process {pid} is left" for pid in left] + [f"{file} is left" for file in files]
        said = (f"{chaos.n_rounds} rounds, {chaos.n_actions} actions, {chaos.n_signals} signals and limits, {chaos.n_deadly} deadly texts, "
                f"{chaos.victim.n_answers} answers ({chaos.victim.n_errors} errors), "
                f"{before:.1f} -> {after:.1f} MiB")  # fmt: skip
    except (Gone, TimeoutError, RuntimeError) as error:
        faults.append(f"{type(error).__name__}: {error}")
        if chaos.victim.client.process.poll() is None:
            chaos.victim.client.process.kill()
    shutil.rmtree(folder, ignore_errors=True)
    return faults, said or f"{chaos.n_rounds} rounds, {chaos.n_actions} actions"


def tell(faults, said, of_what):
    print(f"{of_what}: {said}")
    for fault in faults:
        print(f"FAIL  chaos: {fault}")
    print(f"{0 if faults else 1} passed, {len(faults)} failed, 0 skipped")
    return 1 if faults else 0


def replay(file):
    """A session as it was noted, up to the last comparison, which is made anew."""
    lines = [json.loads(line) for line in file.open()]
    n = max((i for i, (_, kind, _) in enumerate(lines) if kind == "state"), default=len(lines) - 1)
    root = Path(next(what for _, kind, what in lines if kind == "root"))
    root.mkdir()
    victim = Victim(root, OPTIONS)
    started = time.monotonic()
    for at, kind, what in lines[: n + 1]:
        while time.monotonic() - started < at:
            victim.drain(max(0, at - (time.monotonic() - started)))
        if kind == "-->" and what["method"] == "initialize":
            what["params"]["processId"] = os.getpid()  # else the server sees nobody there
        if kind == "-->" and "id" in what:
            victim.request(what["method"], what["params"], what["may_fail"], what["id"])
        elif kind == "-->" and what["method"] == "$/cancelRequest":
            victim.cancel(what["params"]["id"])
        elif kind == "-->":
            victim.notify(what["method"], what["params"])
        elif kind == "disk":
            victim.write_file(*what)
        elif kind == "world" and what[0] == "limit":
            victim.limit(*what[1:])
        elif kind == "world" and what[0] == "wake":
            victim.wake()
        elif kind == "world":
            victim.harm(*what)
        elif kind == "state":
            victim.open = {name: Document(name, language, text) for name, language, text in what}
    if not victim.settle(SETTLE_S):
        victim.faults.append(f"not answered in {SETTLE_S:g} s: {victim.waiting}")
    faults = victim.faults + compare(victim, root)
    victim.finish()
    shutil.rmtree(root)
    return faults, f"{n} lines played again"


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--rounds", type=int, default=0, help="instead of seconds: as a failure prints them")
    parser.add_argument("--seed", default=str(random.SystemRandom().randrange(1 << 32)))
    parser.add_argument("--cut", action="store_true", help="functions are analysed alone in every document")
    parser.add_argument("--replay", type=Path, metavar="FILE", help="play a kept session again")
    parser.add_argument("--keep", action="store_true", help="the session is kept though it passed")
    options = parser.parse_args()
    if not Path(SERVER).is_file():
        print(f"chaos: {SERVER} is not built\n0 passed, 1 failed, 0 skipped")
        return 1
    os.environ["ASAN_OPTIONS"] = os.environ.get("ASAN_OPTIONS", "") + ":detect_leaks=0"
    if options.cut:
        OPTIONS.append(CUT)
    if options.replay:
        return tell(*replay(options.replay), f"replay of {options.replay}")
    (ROOT / OUT / "chaos").mkdir(parents=True, exist_ok=True)
    file = ROOT / OUT / "chaos" / f"{options.seed}.jsonl"
    with file.open("w") as note:
        faults, said = play(options.seed, options.seconds, options.rounds, note)
    if faults:
        print(f"      the session is in {file}")
    elif not options.keep:
        file.unlink()
    return tell(faults, said, f"seed {options.seed}")


if __name__ == "__main__":
    sys.exit(main())
