"""The session that chaos is done to: documents as the client knows them, and what came back.

Everything that is sent is noted in a file, line by line, so that it can be played again.
"""

import json
import os
import resource
import shutil
import signal
import tempfile
import time
from pathlib import Path

import texts
from client import SERVER, Client
from session import IS_SANITIZED, children, send_signal

TARGET = "clang --target=arm64ec-pc-windows-msvc".split()
FEATURES = {"textDocument": {
    "publishDiagnostics": {"versionSupport": True, "relatedInformation": True},
    "documentSymbol": {"hierarchicalDocumentSymbolSupport": True},
    "codeAction": {"codeActionLiteralSupport": {"codeActionKind": {"valueSet": ["quickfix"]}}}}}  # fmt: skip
CALM = {"headers": {"use": "builtin"}, "fullStage": "off", "inlayHints": {"registers": "on"}}
SIGNALS = {"kill": signal.SIGKILL, "crash": signal.SIGSEGV, "stop": signal.SIGSTOP}
CANCELLED, MODIFIED, BAD_PARAMS, NO_METHOD = -32800, -32801, -32602, -32601


class Document:
    def __init__(self, name, language, text=""):
        self.name, self.language, self.text = name, language, text
        self.is_header = name.endswith(".h")
        self.head, self.pieces = "", []
        self.version, self.is_torn = 0, False

    def whole(self):
        return self.head + "".join(self.pieces)


def position(text, offset):
    """As LSP counts: a line ends with any of its three ends, columns are UTF-16."""
    start = max(text.rfind("\n", 0, offset), text.rfind("\r", 0, offset)) + 1
    before = text[:offset]
    line = before.count("\n") + before.count("\r") - before.count("\r\n")
    return {"line": line, "character": len(text[start:offset].encode("utf-16-le")) // 2}


def place(chance, text):
    """A random offset, not between the two halves of a line's end."""
    at = chance.randrange(len(text) + 1)
    return at + 1 if text[at - 1 : at + 1] == "\r\n" else at


class Victim:
    def __init__(self, root, options, note=None):
        self.root, self.note = root, note
        self.scratch = Path(tempfile.mkdtemp(prefix="chaos-tmp-"))
        self.cache = self.scratch / "cache"
        environment = {"TMPDIR": str(self.scratch), "XDG_CACHE_HOME": str(self.cache)}
        self.client = Client([SERVER, *options], cwd=root, env=environment)
        self.client.log = Silent()
        self.started = time.monotonic()
        self.open = {}  # name -> Document
        self.told = {}  # uri -> diagnostics
        self.told_version = {}
        self.waiting = {}  # id -> [method, cancelled, may be refused]
        self.faults = []
        self.pids, self.stopped = set(), []
        self.n_answers = self.n_errors = 0

    # --- bytes ---

    def write(self, kind, what):
        if self.note:
            at = round(time.monotonic() - self.started, 3)
            self.note.write(json.dumps([at, kind, what]) + "\n")

    def notify(self, method, params):
        self.write("-->", {"method": method, "params": params})
        self.client.notify(method, params)

    def request(self, method, params, may_fail=False, ident=None):
        ident = self.client.request(method, params, ident)
        self.write("-->", {"method": method, "params": params, "id": ident, "may_fail": may_fail})
        self.waiting[ident] = [method, False, may_fail]
        return ident

    def cancel(self, ident):
        if ident in self.waiting:
            self.waiting[ident][1] = True
        self.notify("$/cancelRequest", {"id": ident})

    def drain(self, patience_s=0.0):
        """Takes what has come; True if something had."""
        message = self.client.receive(patience_s)
        if message is None:
            return False
        while message is not None:
            self.take(message)
            message = self.client.receive(0)
        return True

    def take(self, message):
        self.write("<--", message)
        if message.get("method") == "textDocument/publishDiagnostics":
            self.take_publish(message["params"])
        elif "method" in message and "id" in message:
            self.client.reply(message["id"])
        elif "id" in message:
            self.take_answer(message)

    def take_publish(self, params):
        uri, version = params["uri"], params.get("version")
        if version is not None and version < self.told_version.get(uri, 0):
            self.faults.append(f"{uri}: version {version} was told after {self.told_version[uri]}")
        if version is not None:
            self.told_version[uri] = version
        self.told[uri] = params["diagnostics"]

    def take_answer(self, message):
        known = self.waiting.pop(message["id"], None)
        self.n_answers += 1
        if known is None:
            self.faults.append(f"an answer that nobody waits for: {str(message)[:300]}")
            return
        method, cancelled, may_fail = known
        if "error" not in message:
            return
        self.n_errors += 1
        code = message["error"]["code"]
        allowed = {MODIFIED} | ({CANCELLED} if cancelled else set()) | ({BAD_PARAMS, NO_METHOD} if may_fail else set())
        if code not in allowed:
            self.faults.append(f"{method}: {message['error']}")

    # --- documents ---

    def uri(self, name):
        return f"untitled:{name}" if name.startswith("new") else (self.root / name).as_uri()

    def did_open(self, document):
        document.version += 1
        self.told_version.pop(self.uri(document.name), None)
        self.open[document.name] = document
        self.notify("textDocument/didOpen", {"textDocument": {
            "uri": self.uri(document.name), "languageId": document.language, "version": document.version,
            "text": document.text}})  # fmt: skip

    def did_close(self, document):
        del self.open[document.name]
        self.notify("textDocument/didClose", {"textDocument": {"uri": self.uri(document.name)}})
        self.told_version.pop(self.uri(document.name), None)

    def did_change(self, document, changes):
        document.version += 1
        where = {"uri": self.uri(document.name), "version": document.version}
        self.notify("textDocument/didChange", {"textDocument": where, "contentChanges": changes})

    def replace_all(self, document, text):
        document.text = text
        self.did_change(document, [{"text": text}])

    def replace(self, document, start, end, text):
        span = {"start": position(document.text, start), "end": position(document.text, end)}
        document.text = document.text[:start] + text + document.text[end:]
        return {"range": span, "text": text}

    # --- the world ---

    def workers(self):
        found = sorted(children(self.client.process.pid))
        self.pids.update((pid, born(pid)) for pid in found)
        return found

    def resident_mb(self):
        return resident_mb(self.client.process.pid)

    def harm(self, kind, index, room=0):
        """What befalls the process with that number among those below the server."""
        self.write("world", [kind, index, room])
        workers = self.workers()
        if index >= len(workers):
            return
        if kind in SIGNALS:
            send_signal(workers[index], SIGNALS[kind])
        if kind == "stop":
            self.stopped.append(workers[index])
        if kind == "starve" and not IS_SANITIZED:
            starve(workers[index], room)

    def wake(self):
        if self.stopped:
            self.write("world", ["wake", 0, 0])
            send_signal(self.stopped.pop(), signal.SIGCONT)

    def limit(self, what, value):
        """A soft limit of the server's own; None: as it was."""
        self.write("world", ["limit", what, value])
        pid = self.client.process.pid
        hard = resource.prlimit(pid, what)[1]
        resource.prlimit(pid, what, (hard if value is None else value, hard))

    def write_file(self, name, text):
        """None: it is removed."""
        self.write("disk", [name, text])
        if text is None:
            (self.root / name).unlink(missing_ok=True)
        else:
            (self.root / name).write_bytes(text.encode())

    def settle(self, patience_s):
        """Until nothing is under way and every request is answered; False: not in time."""
        ident = self.request("$/arm64ecd/sync", {})
        end = time.monotonic() + patience_s
        while (ident in self.waiting or self.waiting) and time.monotonic() < end:
            self.drain(0.2)
        return not self.waiting

    def finish(self):
        """The exit status, and what is left behind."""
        self.workers()
        ident = self.request("shutdown", {})
        end = time.monotonic() + 20
        while ident in self.waiting and time.monotonic() < end:
            self.drain(0.2)
        self.client.notify("exit")
        try:
            while True:
                self.drain(5)
        except Exception:  # noqa: BLE001 - the end of its output, however it comes
            pass
        status = self.client.status()
        left = [pid for pid, when in self.pids if when and born(pid) == when and is_ours(pid)]
        end = time.monotonic() + 3
        while left and time.monotonic() < end:
            time.sleep(0.05)
            left = [pid for pid in left if is_ours(pid)]
        for pid in left:
            send_signal(pid, signal.SIGKILL)
        files = [str(path) for path in self.scratch.rglob("*") if path.is_file() and not is_capsule(path)]
        shutil.rmtree(self.scratch, ignore_errors=True)
        return status, left, files


class Silent(list):
    """The client's own log is not wanted: it would hold hours of messages."""

    def append(self, _):
        pass


def starve(pid, room):
    """No more address space than it has, but for `room` bytes."""
    try:
        pages = int(Path(f"/proc/{pid}/statm").read_text().split()[0])
        size = pages * resource.getpagesize() + room
        resource.prlimit(pid, resource.RLIMIT_AS, (size, size))
    except (OSError, ValueError):
        pass  # it is gone, or has less already


def resident_mb(pid):
    try:
        for line in Path(f"/proc/{pid}/status").read_text().split("\n"):
            if line.startswith("VmRSS:"):
                return int(line.split()[1]) / 1024
    except OSError:
        pass
    return 0


def is_capsule(path):
    """What is kept of a job that cost a worker; half of one is none."""
    if path.suffix != ".json" or path.parent.name != "capsules":
        return False
    try:
        return bool(json.loads(path.read_text()))
    except ValueError:
        return False


def born(pid):
    """When the process was started: numbers are used again. None: it is gone."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[19]
    except OSError:
        return None


def is_ours(pid):
    """The process still lives and is one of the server's."""
    try:
        program = os.readlink(f"/proc/{pid}/exe")
        state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except OSError:
        return False
    return state != "Z" and ("arm64ecd" in program or "clang" in program)


def new_document(chance, name, number):
    language = "cpp" if name.endswith(".cpp") else "c"
    document = Document(name, language)
    document.head = texts.beginning(chance, document.is_header)
    document.pieces = [texts.piece(chance, number + i, document.is_header) for i in range(chance.randrange(2, 9))]
    document.text = document.whole()
    return document
