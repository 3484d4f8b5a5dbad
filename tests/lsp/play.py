"""Plays one transcript against one server and returns its faults.

In order: with the pipeline inside the server and a clock that only we move, a session is
deterministic, so each message must be the next expected one. Eventually: with real workers,
or against another server, an expectation is met by the first message that fits; what came
before it was an intermediate state, and the last publish for each document decides.
"""

import json
import os
import subprocess
import tempfile
from pathlib import Path

import transcript as script
from client import Client, Gone
from pattern import mismatch

PUBLISH = "textDocument/publishDiagnostics"
# Said whenever the server likes; compared only where a transcript asks for it.
CHATTER = {"window/logMessage", "$/logTrace", "telemetry/event"}


class Fault(Exception):
    pass


class Player:
    def __init__(self, transcript, argv, model, in_order=True, chunk=0, ours=True):
        self.transcript, self.argv, self.model = transcript, argv, model
        self.in_order, self.chunk, self.ours = in_order, chunk, ours
        self.faults = []
        self.unanswered = []  # ids of our requests, oldest first
        self.methods = {}  # id of a request of ours -> its method
        self.answers = {}  # responses that came before they were asked for
        self.asked = None  # id of the server's last request, if not answered
        self.life = "fresh"
        self.status = None
        self.wanted_publish = {}  # uri -> (step, pattern) expected last
        self.last_publish = {}
        self.exempt = 0  # how many messages of the log are checked already

    def play(self):
        with tempfile.TemporaryDirectory(prefix="lsp-") as folder:
            root = os.path.realpath(folder)
            self.names = {"root": root, "uri": Path(root).as_uri(), "pid": os.getpid()}
            for name, text in self.transcript.files.items():
                self.write(name, text)
            with Client(self.argv, cwd=root, chunk=self.chunk) as client:
                self.client = client
                step = None
                try:
                    for step in self.transcript.steps:
                        self.send(step) if step.sends else self.expect(step)
                    step = None
                    self.end()
                except (Fault, Gone, TimeoutError, ValueError) as error:
                    self.fault(step, str(error))
        return self.faults

    def fault(self, step, text):
        where = f"{self.transcript.path}:{step.line}" if step else f"{self.transcript.path}: at the end"
        self.faults.append(f"{where}: {text}")

    def write(self, name, text):
        self.names["text:" + name] = text
        target = Path(self.names["root"], name)
        target.parent.mkdir(parents=True, exist_ok=True)
        text = script.fill_plain(text, self.names)
        target.write_bytes(text.encode("utf-8", "surrogateescape"))

    # --- sending ---

    def send(self, step):
        if "dead" not in self.names and "${dead}" in step.text:
            ended = subprocess.Popen(["true"])
            ended.wait()
            self.names["dead"] = ended.pid
        if not self.ours and step.verb.startswith("$/arm64ecd/"):
            return
        verb, client = step.verb, self.client
        if verb == "raw":
            text = json.loads(script.fill(step.text, self.names), strict=False)
            client.send_raw(text.encode("utf-8", "surrogateescape"))
        elif verb == "body":
            text = json.loads(script.fill(step.text, self.names), strict=False)
            body = text.encode("utf-8", "surrogateescape")
            client.send_raw(b"Content-Length: %d\r\n\r\n" % len(body) + body)
        elif verb == "write":
            name, text = step.text.split(None, 1)
            self.write(name, json.loads(text))
        elif verb == "close":
            client.process.stdin.close()
            self.life = "over"
        elif verb == "reply":
            if self.asked is None:
                raise Fault("the server has asked nothing")
            client.reply(self.asked, script.outgoing(step, self.names))
            self.asked = None
        else:
            self.send_message(step)

    def send_message(self, step):
        params = script.outgoing(step, self.names)
        if step.is_request():
            ident = self.client.request(step.verb, params, step.ident)
            self.unanswered.append(ident)
            self.methods[ident] = step.verb
        else:
            self.client.notify(step.verb, params)
        if step.verb == "initialize" and self.life == "fresh" and "bad" not in step.words:
            self.life = "running"
        elif step.verb == "shutdown":
            self.life = "down"
        elif step.verb == "exit":
            self.life = "over"
        self.validate(self.client.log[-1][1], step, "bad" in step.words)

    # --- receiving ---

    def receive(self, step):
        """The next message that is no chatter, checked against the metamodel."""
        while True:
            message = self.client.receive()
            if message is None:
                raise Fault("nothing more came from the server: " + self.client.stderr_tail())
            self.validate(message, step, not self.ours)
            if message.get("method") == PUBLISH:
                self.last_publish[message["params"]["uri"]] = message["params"]
            if "method" in message and "id" in message:
                self.asked = message["id"]
            elif message.get("method") in CHATTER and step.verb != message["method"]:
                continue
            elif "method" not in message and not self.in_order:
                self.answers[message["id"]] = message
            return message

    def validate(self, message, step, is_exempt):
        if self.model is None or is_exempt:
            return
        for text in self.model.message(message, self.methods.get(message.get("id"))):
            self.fault(step, f"not as the metamodel has it: {text}")

    def expect(self, step):
        if step.verb == "exit":
            self.expect_exit(step)
        elif step.verb == "nothing":
            if self.in_order:
                self.expect_nothing(step)
        elif step.verb in ("result", "error"):
            self.expect_answer(step)
        else:
            self.expect_call(step)

    def expect_exit(self, step):
        status = self.client.status()
        self.life = "gone"
        if str(status) != step.text:
            raise Fault(f"exit status {status}, expected {step.text}: {self.client.stderr_tail()}")
        if self.client.stray:
            raise Fault(f"no frame on the server's stdout: {self.client.stray!r}")

    def expect_nothing(self, step):
        ident = self.client.request("$/arm64ecd/sync")
        message = self.receive(step)
        if message.get("id") != ident or "method" in message:
            raise Fault(f"expected silence, got {describe(message)}")

    def expect_answer(self, step):
        if step.has_ident:
            ident = step.ident
        elif self.unanswered:
            ident = self.unanswered[0]
        else:
            raise Fault("no request is open")
        if ident in self.unanswered:
            self.unanswered.remove(ident)
        message = self.answer(step, ident)
        if step.verb not in message:
            raise Fault(f"expected {step.verb}, got {describe(message)}")
        found = mismatch(script.expected(step, self.names), message[step.verb])
        if found:
            raise Fault(found)

    def answer(self, step, ident):
        if self.in_order:
            message = self.receive(step)
            if message.get("id") != ident or "method" in message:
                raise Fault(f"expected the answer to request {ident!r}, got {describe(message)}")
            return message
        while ident not in self.answers:
            self.receive(step)
        return self.answers.pop(ident)

    def expect_call(self, step):
        pattern = script.expected(step, self.names)
        if self.in_order:
            message = self.receive(step)
            found = self.misfit(step, pattern, message)
            if found:
                raise Fault(found)
        else:
            if step.verb == PUBLISH:
                self.await_publish(step, pattern)
                return
            while self.misfit(step, pattern, self.receive(step)):
                pass
        if "request" in step.words and not self.is_answered_next(step):
            self.client.reply(self.asked)
            self.asked = None

    def await_publish(self, step, pattern):
        uri = pattern.get("uri") if isinstance(pattern, dict) else None
        if uri in self.last_publish and not mismatch(pattern, self.last_publish[uri]):
            self.wanted_publish[uri] = (step, pattern)
            return
        found = "nothing was published"
        try:
            while found:
                found = self.misfit(step, pattern, self.receive(step))
        except Fault as error:
            raise Fault(f"{found}; {error}") from error
        if isinstance(uri, str):
            self.wanted_publish[uri] = (step, pattern)

    @staticmethod
    def misfit(step, pattern, message):
        is_request = "request" in step.words
        if message.get("method") != step.verb or ("id" in message) != is_request:
            return f"expected {step.verb}, got {describe(message)}"
        return mismatch(pattern, message.get("params"))

    def is_answered_next(self, step):
        steps = self.transcript.steps
        following = steps.index(step) + 1
        return following < len(steps) and steps[following].verb == "reply"

    # --- the end ---

    def end(self):
        """Nothing may be left over; a session that still runs is shut down to the letter."""
        last = self.transcript.steps[-1]
        if self.life == "running":
            if self.ours:
                self.drain(last)
            ident = self.client.request("shutdown")
            self.methods[ident] = "shutdown"
            self.drain_to(last, ident)
            self.client.notify("exit")
        if self.life == "gone":
            return
        status = self.client.status()
        if self.life == "running" and status != 0:
            raise Fault(f"exit status {status} after shutdown and exit: {self.client.stderr_tail()}")
        if status is None or status < 0 or b"Sanitizer" in self.client.stderr:
            raise Fault(f"exit status {status}: {self.client.stderr_tail()}")

    def drain(self, step):
        self.drain_to(step, self.client.request("$/arm64ecd/sync"))
        for uri, (wanted_by, pattern) in self.wanted_publish.items():
            found = mismatch(pattern, self.last_publish.get(uri))
            if found:
                self.fault(wanted_by, f"not so in the end: {found}")

    def drain_to(self, step, ident):
        while True:
            message = self.receive(step)
            if message.get("id") == ident and "method" not in message:
                return
            if self.in_order:
                raise Fault(f"not expected: {describe(message)}")


def describe(message):
    text = json.dumps({k: v for k, v in message.items() if k != "jsonrpc"}, ensure_ascii=False)
    return text if len(text) <= 600 else text[:600] + "..."
