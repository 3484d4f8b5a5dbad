"""Transcripts: what is sent to a server and what must come back, as text.

    # A comment. These are read by the runner:
    # args: --workers=0        further arguments of the server
    # control: clangd          also run against clangd
    # only: inline             not with real workers (only: workers, not inline)
    file: src/a.h              written into the workspace before the server starts
        #define X 1
    --> initialize { "rootUri": "${uri}", "capabilities": {} }
    <-- result { "capabilities": { … } }

Words before a method: `request` and `notify` say what it is where the name alone does not,
`bad` marks a message that breaks the specification on purpose, `id=7` or `id="a"` names an
id. JSON may go on over the following indented lines. Further verbs:

    --> raw "Content-Length: 2\\r\\n\\r\\n{}"    bytes, as a JSON string
    --> body "{}"                             a frame with these bytes
    --> write src/a.h "text"                  changes a file of the workspace
    --> reply { ... }                         answers the server's last request
    --> close                                 ends the server's input
    <-- result, <-- error                     of the oldest request not yet answered
    <-- result id=7 ...                       of that request
    <-- request METHOD ...                    a request of the server (answered with null)
    <-- nothing                               silence, up to a sync
    <-- exit 0                                the server ends with this status

Placeholders in both directions: ${root} is the workspace folder, ${uri} its URI, ${pid} the
runner's process, ${dead} a process that has ended, ${text:a.c} the text of a declared file.
"""

import json
import re
from dataclasses import dataclass, field

from pattern import dump, parse

REQUESTS = {
    "initialize", "shutdown", "textDocument/hover", "textDocument/documentSymbol",
    "textDocument/codeAction", "textDocument/definition", "textDocument/codeLens",
    "textDocument/diagnostic", "textDocument/inlayHint", "workspace/symbol",
    "workspace/diagnostic", "workspace/executeCommand", "$/arm64ecd/sync",
    "arm64ecd/status", "textDocument/references", "textDocument/foldingRange",
    "textDocument/semanticTokens/full", "textDocument/semanticTokens/full/delta",
    "textDocument/semanticTokens/range",
}  # fmt: skip
HEAD = re.compile(r"(-->|<--)\s+(.*)", re.DOTALL)
WORD = re.compile(r"(request|notify|bad|id=(\"(?:\\.|[^\"\\])*\"|-?\d+|null))\s+")
SETTING = re.compile(r"#\s*(args|control|only):\s*(.*)")


@dataclass
class Step:
    line: int  # of the transcript, from 1
    last_line: int
    sends: bool
    verb: str  # a method, or raw, write, reply, close, result, error, nothing, exit
    text: str  # JSON text behind it, placeholders still in it
    words: set = field(default_factory=set)
    ident: object = None
    has_ident: bool = False

    def is_request(self):
        return "request" in self.words or ("notify" not in self.words and self.verb in REQUESTS)


@dataclass
class Transcript:
    path: str
    steps: list
    files: dict
    lines: list
    settings: dict

    def args(self):
        return self.settings.get("args", "").split()


def read(path):
    with open(path, encoding="utf-8") as file:
        lines = file.read().split("\n")
    transcript = Transcript(str(path), [], {}, lines, {})
    number = 0
    while number < len(lines):
        line = lines[number]
        end = number + 1
        while end < len(lines) and (lines[end][:1] in (" ", "\t", "}", "]") or (
                not lines[end] and line.startswith("file:"))):
            end += 1
        setting = SETTING.match(line)
        if setting:
            transcript.settings[setting.group(1)] = setting.group(2).strip()
        elif line.startswith("file:"):
            body = [text[4:] for text in lines[number + 1 : end]]
            while body and not body[-1]:
                body.pop()
            transcript.files[line[5:].strip()] = "\n".join(body) + "\n"
        elif line.startswith(("-->", "<--")):
            transcript.steps.append(step("\n".join(lines[number:end]), number + 1, end))
        elif line.strip() and not line.startswith("#"):
            raise ValueError(f"{path}:{number + 1}: not a line of a transcript: {line!r}")
        number = end
    if not any(not one.sends for one in transcript.steps):
        raise ValueError(f"{path}: expects nothing")
    return transcript


def step(text, line, last_line):
    arrow, rest = HEAD.match(text).groups()
    words, ident, has_ident = set(), None, False
    while match := WORD.match(rest):
        if match.group(2):
            ident, has_ident = json.loads(match.group(2)), True
        else:
            words.add(match.group(1))
        rest = rest[match.end() :]
    verb, tail = re.match(r"(\S+)\s*(.*)", rest, re.DOTALL).groups()
    if (match := WORD.match(tail + " ")) and match.group(2):
        ident, has_ident = json.loads(match.group(2)), True
        tail = tail[match.end() - 1 :]
    return Step(line, last_line, arrow == "-->", verb, tail.strip(), words, ident, has_ident)


def fill(text, names):
    """Puts values for placeholders inside JSON text; they are escaped for it."""

    def value(match):
        if match.group(1) not in names:
            raise ValueError(f"unknown placeholder {match.group()}")
        return json.dumps(str(names[match.group(1)]), ensure_ascii=False)[1:-1]

    return re.sub(r"\$\{([^}]+)\}", value, text)


def numbers(text, names):
    """A placeholder alone in quotes of a number stays a number: "${pid}" -> 123."""
    return re.sub(r'"\$\{(pid|dead)\}"', lambda match: str(names[match.group(1)]), text)


def outgoing(one, names):
    """The value of a sent step, None without JSON."""
    return parse(fill(numbers(one.text, names), names), holes=False) if one.text else None


def expected(one, names):
    """The pattern of an expecting step; without JSON anything fits."""
    return parse(fill(numbers(one.text, names), names) if one.text else "…")


def written(verb, value, names):
    """An expectation as a line of a transcript, for --update and --record."""
    text = dump(value)
    for name in ("uri", "root"):
        if names.get(name):
            text = text.replace(names[name], "${" + name + "}")
    return f"<-- {verb} {text}"


def fill_plain(text, names):
    """Placeholders in a file of the workspace, such as ${root} in a compile database."""
    return re.sub(r"\$\{(root|uri)\}", lambda match: str(names[match.group(1)]), text)
