"""A small LSP client over stdio, for every test that talks to a language server.

Sending happens on the caller's thread; one thread reads frames into a queue, so neither
side can block the other. Whatever reaches the server's stdout and is no frame is kept in
`stray` and ends the session.
"""

import json
import os
import queue
import subprocess
import threading
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
OUT = Path(os.environ.get("OUT", "out"))
SERVER = str((ROOT / OUT / "arm64ecd").resolve())
# Sanitized and emulated runs are slower; a wait that ends by time is always a failure.
PATIENCE_S = float(os.environ.get("TEST_PATIENCE_S", "20"))
BODY_BYTES_MAX = 1 << 30


class Gone(Exception):
    """The server closed its output, or said something that is no frame."""


class Client:
    def __init__(self, argv, cwd=None, env=None, chunk=0):
        self.chunk = chunk  # bytes a write; 0: all at once
        self.stray = b""
        self.next_id = 0
        self.log = []  # (direction, message), in the order seen here
        self.incoming = queue.Queue()
        self.published = {}  # uri -> diagnostics, of the last publish since its last change
        self.process = subprocess.Popen(
            argv,
            cwd=cwd,
            env=dict(os.environ, **(env or {})),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            bufsize=0,
        )
        self.stderr = b""
        self.threads = [
            threading.Thread(target=self._read_frames, daemon=True),
            threading.Thread(target=self._read_stderr, daemon=True),
        ]
        for thread in self.threads:
            thread.start()

    # --- bytes ---

    def _read_stderr(self):
        for chunk in iter(lambda: self.process.stderr.read(65536), b""):
            self.stderr = (self.stderr + chunk)[-65536:]

    def _read_frames(self):
        stream = self.process.stdout
        pending = b""
        while True:
            end = pending.find(b"\r\n\r\n")
            length = content_length(pending[:end]) if end >= 0 else None
            if end >= 0 and length is None or len(pending) > 64 and b":" not in pending:
                self.stray = pending[:200]
                break
            if length is not None and len(pending) >= end + 4 + length:
                body = pending[end + 4 : end + 4 + length]
                pending = pending[end + 4 + length :]
                self.incoming.put(json.loads(body))
                continue
            chunk = stream.read(1 << 20)
            if not chunk:
                self.stray = pending[:200]
                break
            pending += chunk
        self.incoming.put(None)

    def send_raw(self, data):
        step = self.chunk or len(data) or 1
        try:
            for at in range(0, len(data), step):
                view = memoryview(data)[at : at + step]
                while view:
                    view = view[self.process.stdin.write(view) :]
        except (BrokenPipeError, ValueError) as error:
            raise Gone(f"the server closed its input: {self.stderr_tail()}") from error

    def send(self, message):
        self.log.append(("-->", message))
        self.send_raw(frame(message))

    # --- messages ---

    def notify(self, method, params=None):
        message = {"jsonrpc": "2.0", "method": method}
        if params is not None:
            message["params"] = params
        self.send(message)

    def request(self, method, params=None, ident=None):
        """Sends it and returns its id."""
        if ident is None:
            self.next_id += 1
            ident = self.next_id
        message = {"jsonrpc": "2.0", "id": ident, "method": method}
        if params is not None:
            message["params"] = params
        self.send(message)
        return ident

    def reply(self, ident, result=None):
        self.send({"jsonrpc": "2.0", "id": ident, "result": result})

    def receive(self, patience_s=None):
        """The next message, or None if none came in time. Raises Gone at the end."""
        try:
            message = self.incoming.get(timeout=PATIENCE_S if patience_s is None else patience_s)
        except queue.Empty:
            return None
        if message is None:
            self.incoming.put(None)
            if self.stray:
                raise Gone(f"no frame on the server's stdout: {self.stray!r}")
            raise Gone(f"the server closed its output: {self.stderr_tail()}")
        self.log.append(("<--", message))
        if message.get("method") == "textDocument/publishDiagnostics":
            self.published[message["params"]["uri"]] = message["params"]["diagnostics"]
        return message

    def wait_for(self, wanted, patience_s=None):
        """The first message for which wanted(message) holds; answers requests of the
        server with null on the way. What it passes over is dropped from the queue but
        stays in `log`. Raises TimeoutError."""
        limit = PATIENCE_S if patience_s is None else patience_s
        end = time.monotonic() + limit
        while True:
            message = self.receive(max(0.0, end - time.monotonic()))
            if message is None:
                raise TimeoutError(f"nothing fitting within {limit:g} s: {self.stderr_tail()}")
            if "id" in message and "method" in message:
                self.reply(message["id"])
            if wanted(message):
                return message

    def call(self, method, params=None, patience_s=None):
        """A request and its result; an error reply raises RuntimeError."""
        ident = self.request(method, params)
        answer = self.wait_for(lambda m: m.get("id") == ident and "method" not in m, patience_s)
        if "error" in answer:
            raise RuntimeError(f"{method}: {answer['error']}")
        return answer["result"]

    # --- sessions ---

    def initialize(self, root=None, **more):
        params = {"processId": os.getpid(), "rootUri": root and Path(root).as_uri(), "capabilities": {}}
        params.update(more)
        result = self.call("initialize", params)
        self.notify("initialized", {})
        return result

    def open(self, uri, text, language="c", version=1):
        item = {"uri": uri, "languageId": language, "version": version, "text": text}
        self.notify("textDocument/didOpen", {"textDocument": item})

    def change(self, uri, version, changes):
        document = {"uri": uri, "version": version}
        self.published.pop(uri, None)
        if isinstance(changes, str):
            changes = [{"text": changes}]
        self.notify("textDocument/didChange", {"textDocument": document, "contentChanges": changes})

    def diagnostics(self, uri, fits=lambda diagnostics: True, patience_s=None):
        """The last diagnostics published for `uri` since its last change, once they fit."""

        def wanted(_):
            return uri in self.published and fits(self.published[uri])

        if not wanted(None):
            self.wait_for(wanted, patience_s)
        return self.published[uri]

    def finish(self):
        """shutdown and exit; the exit status."""
        self.call("shutdown")
        self.notify("exit")
        return self.status()

    def status(self):
        """The exit status; closes the pipes. A server that stays is killed: status None."""
        try:
            self.process.stdin.close()
        except OSError:
            pass
        try:
            return self.process.wait(PATIENCE_S)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
            return None
        finally:
            for thread in self.threads:
                thread.join(PATIENCE_S)

    def stderr_tail(self):
        time.sleep(0.05)  # let the other thread read what a dying server said
        return self.stderr.decode("utf-8", "replace").strip()[-2000:] or "(nothing on stderr)"

    def __enter__(self):
        return self

    def __exit__(self, *_):
        if self.process.poll() is None:
            self.process.kill()
        self.process.wait()
        for stream in (self.process.stdin, self.process.stdout, self.process.stderr):
            try:
                stream.close()
            except OSError:
                pass


def frame(message):
    body = json.dumps(message, ensure_ascii=False).encode("utf-8", "surrogatepass")
    return b"Content-Length: %d\r\n\r\n" % len(body) + body


def content_length(header):
    """The length that a block of header lines names, None if it is none."""
    for line in header.split(b"\r\n"):
        name, _, value = line.partition(b":")
        if name == b"Content-Length" and value.strip().isdigit():
            length = int(value)
            return length if length <= BODY_BYTES_MAX else None
    return None
