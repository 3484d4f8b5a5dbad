"""JSON with holes. In a pattern `…` (or `...`) stands for anything more:

    { "version": 1, … }       further members      [ 1, … ]        further elements
    "range": …                any value            "…x13…"         any text around

Key order never matters. A pattern is parsed to plain Python values, the hole to ANY.
"""

import json
import re


class Hole:
    def __repr__(self):
        return "…"


ANY = Hole()
BLANK = re.compile(r"\s*")
NUMBER = re.compile(r"-?\d+(\.\d+)?([eE][-+]?\d+)?")
WORDS = {"null": None, "true": True, "false": False}


class Parser:
    def __init__(self, text):
        self.text, self.at = text, 0

    def fail(self, wanted):
        raise ValueError(f"expected {wanted} at: {self.text[self.at:self.at + 40]!r}")

    def blank(self):
        self.at = BLANK.match(self.text, self.at).end()

    def take(self, token):
        self.blank()
        if self.text.startswith(token, self.at):
            self.at += len(token)
            return True
        return False

    def value(self):
        self.blank()
        if self.take("…") or self.take("..."):
            return ANY
        if self.take("{"):
            return self.members()
        if self.take("["):
            return self.elements()
        if self.take('"'):
            return self.string()
        for word, value in WORDS.items():
            if self.take(word):
                return value
        number = NUMBER.match(self.text, self.at)
        if not number:
            self.fail("a value")
        self.at = number.end()
        return json.loads(number.group())

    def string(self):
        value, self.at = json.decoder.scanstring(self.text, self.at, False)
        return value

    def members(self):
        found = {}
        while not self.take("}"):
            if self.take("…") or self.take("..."):
                found[ANY] = ANY
            else:
                if not self.take('"'):
                    self.fail("a key")
                key = self.string()
                if key in found:
                    self.fail(f"another key than {key!r}")
                if not self.take(":"):
                    self.fail("':'")
                found[key] = self.value()
            if not self.take(",") and not self.text.startswith("}", self.at):
                self.fail("',' or '}'")
        return found

    def elements(self):
        found = []
        while not self.take("]"):
            found.append(self.value())
            if not self.take(",") and not self.text.startswith("]", self.at):
                self.fail("',' or ']'")
        return found


def parse(text, holes=True):
    """The value of a whole text; without `holes` plain JSON."""
    if not holes:
        return json.loads(text, strict=False)
    parser = Parser(text)
    value = parser.value()
    parser.blank()
    if parser.at != len(text):
        parser.fail("the end")
    return value


def mismatch(pattern, value, at="$"):
    """Where the value does not fit, as a sentence; None if it fits."""
    if pattern is ANY:
        return None
    if isinstance(pattern, dict):
        return mismatch_object(pattern, value, at)
    if isinstance(pattern, list):
        return mismatch_array(pattern, value, at)
    if isinstance(pattern, str) and isinstance(value, str) and "…" in pattern:
        parts = [re.escape(part) for part in pattern.split("…")]
        if re.fullmatch(".*".join(parts), value, re.DOTALL):
            return None
    elif type(pattern) is type(value) and pattern == value:
        return None
    elif {type(pattern), type(value)} == {int, float} and pattern == value:
        return None
    return f"{at}: expected {flat(pattern)}, got {flat(value)}"


def mismatch_object(pattern, value, at):
    if not isinstance(value, dict):
        return f"{at}: expected {flat(pattern)}, got {flat(value)}"
    for key, wanted in pattern.items():
        if key is ANY:
            continue
        if key not in value:
            return f"{at}.{key}: missing, expected {flat(wanted)}"
        found = mismatch(wanted, value[key], f"{at}.{key}")
        if found:
            return found
    if ANY not in pattern:
        for key in value:
            if key not in pattern:
                return f"{at}.{key}: not expected: {flat(value[key])}"
    return None


def mismatch_array(pattern, value, at):
    if not isinstance(value, list):
        return f"{at}: expected {flat(pattern)}, got {flat(value)}"
    if ANY in pattern:
        return mismatch_open_array(pattern, value, at)
    for index, wanted in enumerate(pattern[: len(value)]):
        found = mismatch(wanted, value[index], f"{at}[{index}]")
        if found:
            return found
    if len(pattern) != len(value):
        extra = value[len(pattern) :] or pattern[len(value) :]
        word = "not expected" if len(value) > len(pattern) else "missing"
        return f"{at}: {len(value)} elements, expected {len(pattern)}; {word}: {flat(extra)}"
    return None


def mismatch_open_array(pattern, value, at):
    """With a hole, the other elements must occur in this order."""
    index = 0
    for wanted in pattern:
        if wanted is ANY:
            continue
        while index < len(value) and mismatch(wanted, value[index]):
            index += 1
        if index == len(value):
            return f"{at}: no element (in this order) fits {flat(wanted)}; got {flat(value)}"
        index += 1
    return None


def prune(pattern, value):
    """The value, with what the pattern left open left open again."""
    if pattern is ANY:
        return ANY
    if isinstance(pattern, dict) and isinstance(value, dict):
        is_open = ANY in pattern
        kept = {k: prune(pattern[k], v) if k in pattern else v
                for k, v in value.items() if k in pattern or not is_open}
        if is_open:
            kept[ANY] = ANY
        return kept
    if isinstance(pattern, list) and isinstance(value, list) and ANY not in pattern:
        return [prune(pattern[i], v) if i < len(pattern) else v for i, v in enumerate(value)]
    return pattern if mismatch(pattern, value) is None else value


def dump(value, indent=0):
    """Compact where it fits a line, else one member a line."""
    line = flat(value)
    if len(line) + indent <= 100 or not isinstance(value, (dict, list)) or not value:
        return line
    pad = " " * (indent + 4)
    if isinstance(value, dict):
        inner = ["…" if k is ANY else f"{json.dumps(k, ensure_ascii=False)}: {dump(v, indent + 4)}"
                 for k, v in value.items()]
        return "{\n" + ",\n".join(pad + line for line in inner) + "\n" + " " * indent + "}"
    inner = [dump(v, indent + 4) for v in value]
    return "[\n" + ",\n".join(pad + line for line in inner) + "\n" + " " * indent + "]"


def flat(value):
    if value is ANY:
        return "…"
    if isinstance(value, dict):
        inner = ["…" if k is ANY else f"{json.dumps(k, ensure_ascii=False)}: {flat(v)}"
                 for k, v in value.items()]
        return "{ " + ", ".join(inner) + " }" if inner else "{}"
    if isinstance(value, list):
        return "[" + ", ".join(flat(v) for v in value) + "]"
    return json.dumps(value, ensure_ascii=False)
