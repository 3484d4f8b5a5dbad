"""Writing transcripts: from a live session (--record), and anew from the server's answers
(--update).
"""

import json
import os
import re
import subprocess
import sys
import threading
from pathlib import Path

import transcript as script
from client import content_length, frame
from pattern import dump, prune
from play import CHATTER, Fault, Player


# --- --record ---


def frames(stream):
    """The messages of a byte stream, as they come."""
    pending = b""
    while chunk := os.read(stream.fileno(), 1 << 16):
        pending += chunk
        while (end := pending.find(b"\r\n\r\n")) >= 0:
            length = content_length(pending[:end])
            if length is None:
                return
            if len(pending) < end + 4 + length:
                break
            yield json.loads(pending[end + 4 : end + 4 + length])
            pending = pending[end + 4 + length :]


def record(path, argv):
    server = subprocess.Popen(argv, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    lock = threading.Lock()
    names = {}
    with open(path, "w", encoding="utf-8") as file:

        def note(arrow, message):
            with lock:
                file.write(line_of(arrow, message, names) + "\n")
                file.flush()

        def pass_on(source, target, arrow):
            for message in frames(source):
                note(arrow, message)
                target.write(frame(message))
                target.flush()
            if arrow == "-->":
                target.close()

        inwards = threading.Thread(
            target=pass_on, args=(sys.stdin.buffer, server.stdin, "-->"), daemon=True)
        inwards.start()
        pass_on(server.stdout, sys.stdout.buffer, "<--")
        status = server.wait()
        file.write(f"<-- exit {status}\n")
    return status


def line_of(arrow, message, names):
    """One message as a line of a transcript; remembers the root that `initialize` names."""
    ident = f" id={json.dumps(message['id'])}" if "id" in message else ""
    if message.get("method") == "initialize":
        uri = message["params"].get("rootUri")
        names.update({"uri": uri, "root": uri and uri.removeprefix("file://")})
    if "method" in message:
        word = "request " if ident else "notify "
        head = f"{arrow} {word if arrow == '-->' or ident else ''}{message['method']}{ident}"
        text = dump(message["params"]) if "params" in message else ""
    else:
        kind = "error" if "error" in message else "result"
        head = f"{arrow} reply" if arrow == "-->" else f"{arrow} {kind}{ident}"
        text = dump(message.get(kind))
    for name in ("uri", "root"):
        if names.get(name):
            text = text.replace(names[name], "${" + name + "}")
    if message.get("method") == "initialize":
        text = re.sub(r'"processId": \d+', '"processId": "${pid}"', text)
    line = f"{head} {text}".rstrip()
    return "# " + line if message.get("method") in CHATTER else line


# --- --update ---


class Updater(Player):
    """Plays in order; an expectation that does not fit is replaced by what came."""

    def __init__(self, transcript, argv):
        super().__init__(transcript, argv, None)
        self.new_text = {}  # step -> its new lines; "" takes it out

    def expect(self, step):
        try:
            super().expect(step)
        except Fault:
            if step.verb == "exit":
                self.new_text[id(step)] = f"<-- exit {self.client.status()}"
                self.life = "gone"
                return
            message = self.client.log[-1][1]
            self.new_text[id(step)] = self.rewritten(step, message)

    def rewritten(self, step, message):
        if "method" in message:
            verb, value = message["method"], message.get("params")
            if "id" in message:
                self.client.reply(message["id"])
                verb = "request " + verb
        else:
            verb = "error" if "error" in message else "result"
            value = message[verb]
        old = script.expected(step, self.names) if step.verb == verb.split()[-1] else value
        return script.written(verb, prune(old, value), self.names)


def update(files, argv):
    for path in files:
        transcript = script.read(path)
        updater = Updater(transcript, argv + transcript.args())
        faults = updater.play()
        lines = transcript.lines
        for step in reversed(transcript.steps):
            if id(step) in updater.new_text:
                lines[step.line - 1 : step.last_line] = updater.new_text[id(step)].split("\n")
        changed = len(updater.new_text)
        if changed:
            Path(path).write_text("\n".join(lines), "utf-8")
        print(f"{path}: {changed} expectations rewritten")
        for fault in faults:
            print(f"    left to a person: {fault}")
    return 0
