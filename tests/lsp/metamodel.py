"""Validates LSP messages against Microsoft's metaModel.json, strictly: a property that the
model does not know is an error, so that we neither send nor test fantasies.
"""

import json
from pathlib import Path

# Not part of the project: it lies in a folder beside the checkout where it is at hand.
FILE = Path(__file__).resolve().parents[3] / "shared" / "lsp" / "metaModel-3.18.json"

STRINGS = {"string", "URI", "DocumentUri", "RegExp"}
INTEGERS = {"integer": (-(2**31), 2**31 - 1), "uinteger": (0, 2**31 - 1)}
OURS = ("$/arm64ecd/", "arm64ecd/")


class MetaModel:
    def __init__(self, text):
        model = json.loads(text)
        self.requests = {entry["method"]: entry for entry in model["requests"]}
        self.notifications = {entry["method"]: entry for entry in model["notifications"]}
        self.structures = {entry["name"]: entry for entry in model["structures"]}
        self.enums = {entry["name"]: entry for entry in model["enumerations"]}
        self.aliases = {entry["name"]: entry["type"] for entry in model["typeAliases"]}

    @staticmethod
    def load():
        """The model, or None where its file is absent."""
        return MetaModel(FILE.read_text("utf-8")) if FILE.is_file() else None

    # --- messages ---

    def message(self, message, answered_method=None):
        """The faults of a message; of a response, `answered_method` is what it answers."""
        faults = []
        if message.get("jsonrpc") != "2.0":
            faults.append("jsonrpc: not \"2.0\"")
        keys = {"jsonrpc", "id", "method", "params"} if "method" in message else {
            "jsonrpc", "id", "result", "error"}
        faults += [f"{key}: not a key of this message" for key in message if key not in keys]
        if "method" in message:
            return faults + self._call(message)
        if "id" not in message or not isinstance(message["id"], (int, str, type(None))):
            faults.append("id: neither integer nor string")
        if ("result" in message) == ("error" in message):
            faults.append("a response has either result or error")
        if "error" in message:
            return faults + self._error(message["error"])
        if answered_method is None or answered_method.startswith(OURS):
            return faults
        entry = self.requests.get(answered_method)
        if entry is None:
            return faults + [f"a result for the unknown request {answered_method}"]
        return faults + self.check(entry["result"], message.get("result"), "result")

    def _call(self, message):
        method = message["method"]
        if method.startswith(OURS):
            return []
        table = self.requests if "id" in message else self.notifications
        if method not in table:
            return [f"method: {method} is not a " + ("request" if "id" in message else "notification")]
        wanted = table[method].get("params")
        if wanted is None:
            return ["params: none are allowed"] if message.get("params") not in (None, {}, []) else []
        if "params" not in message:
            return ["params: missing"]
        return self.check(wanted, message["params"], "params")

    @staticmethod
    def _error(error):
        if not isinstance(error, dict):
            return ["error: not an object"]
        faults = [f"error.{key}: unknown" for key in error if key not in ("code", "message", "data")]
        if not isinstance(error.get("code"), int):
            faults.append("error.code: not an integer")
        if not isinstance(error.get("message"), str):
            faults.append("error.message: not a string")
        return faults

    # --- types ---

    def check(self, wanted, value, at):
        """The faults of `value` as a `wanted` type; `at` is its path."""
        return getattr(self, "_" + wanted["kind"])(wanted, value, at)

    def _base(self, wanted, value, at):
        name = wanted["name"]
        if name in STRINGS:
            good = isinstance(value, str)
        elif name in INTEGERS:
            low, high = INTEGERS[name]
            good = type(value) is int and low <= value <= high
        elif name == "decimal":
            good = type(value) in (int, float)
        elif name == "boolean":
            good = isinstance(value, bool)
        else:
            good = name == "null" and value is None
        return [] if good else [f"{at}: not a {name}: {short(value)}"]

    def _reference(self, wanted, value, at):
        name = wanted["name"]
        if name in ("LSPAny", "LSPObject", "LSPArray"):
            return []
        if name in self.aliases:
            return self.check(self.aliases[name], value, at)
        if name in self.enums:
            return self._enum(self.enums[name], value, at)
        return self._object(self.properties(name), value, at)

    def _enum(self, enum, value, at):
        if value in [entry["value"] for entry in enum["values"]] and not isinstance(value, bool):
            return []
        if enum.get("supportsCustomValues"):
            return self.check(enum["type"], value, at)
        return [f"{at}: not a {enum['name']}: {short(value)}"]

    def properties(self, name):
        """All properties of a structure, inherited ones too."""
        structure = self.structures[name]
        found = {}
        for base in structure.get("extends", []) + structure.get("mixins", []):
            found.update(self.properties(base["name"]))
        found.update({entry["name"]: entry for entry in structure["properties"]})
        return found

    def _object(self, properties, value, at):
        if not isinstance(value, dict):
            return [f"{at}: not an object: {short(value)}"]
        faults = [f"{at}.{key}: unknown property" for key in value if key not in properties]
        for key, entry in properties.items():
            if key in value:
                faults += self.check(entry["type"], value[key], f"{at}.{key}")
            elif not entry.get("optional"):
                faults.append(f"{at}.{key}: missing")
        return faults

    def _literal(self, wanted, value, at):
        properties = {entry["name"]: entry for entry in wanted["value"]["properties"]}
        return self._object(properties, value, at)

    def _array(self, wanted, value, at):
        if not isinstance(value, list):
            return [f"{at}: not an array: {short(value)}"]
        return [
            fault
            for index, item in enumerate(value)
            for fault in self.check(wanted["element"], item, f"{at}[{index}]")
        ]

    def _tuple(self, wanted, value, at):
        if not isinstance(value, list) or len(value) != len(wanted["items"]):
            return [f"{at}: not an array of {len(wanted['items'])}: {short(value)}"]
        return [
            fault
            for index, item in enumerate(value)
            for fault in self.check(wanted["items"][index], item, f"{at}[{index}]")
        ]

    def _map(self, wanted, value, at):
        if not isinstance(value, dict):
            return [f"{at}: not an object: {short(value)}"]
        return [
            fault
            for key, item in value.items()
            for fault in self.check(wanted["key"], key, f"{at} key")
            + self.check(wanted["value"], item, f"{at}.{key}")
        ]

    def _or(self, wanted, value, at):
        trials = [self.check(item, value, at) for item in wanted["items"]]
        return min(trials, key=lambda faults: (len(faults), depth(faults)))

    def _and(self, wanted, value, at):
        properties = {}
        for item in wanted["items"]:
            properties.update(self.properties(item["name"]))
        return self._object(properties, value, at)

    @staticmethod
    def _stringLiteral(wanted, value, at):
        return [] if value == wanted["value"] else [f"{at}: not \"{wanted['value']}\": {short(value)}"]


def depth(faults):
    """Of two alternatives with as many faults, the one that fits deeper was meant."""
    return -max((len(fault.partition(":")[0]) for fault in faults), default=0)


def short(value):
    text = json.dumps(value, ensure_ascii=False)
    return text if len(text) <= 60 else text[:57] + "..."
