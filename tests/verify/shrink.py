"""Smaller signatures than one in the words of tests/unit/abi_text.h."""

ROUNDS_MAX = 60


class Reader:
    def __init__(self, text):
        self.text, self.at = text, 0

    def peek(self):
        return self.text[self.at : self.at + 1]

    def take(self, word):
        if not self.text.startswith(word, self.at):
            return False
        self.at += len(word)
        return True

    def until(self, stops):
        begin = self.at
        while self.at < len(self.text) and self.text[self.at] not in stops:
            self.at += 1
        return self.text[begin : self.at]

    def type(self):
        """(head, members, tail): "s[8,4]" with members; "A3" with one; "i32" with none."""
        if self.peek() in "sut":
            head = self.until("{")
            members = []
            self.take("{")
            while not self.take("}"):
                offset = self.until(" ") + " " if self.take("@") else ""
                self.take(" ")
                members.append((offset, self.type(), self.until(";}")))
                self.take(";")
            return (head, members, "}")
        head = self.until("(),;:=}")
        if head[:1] in "AVCF" and self.take("("):
            inner = self.type()
            self.take(")")
            return (head, [("", inner, "")], ")")
        return (head, [], "")


def write(node):
    head, members, tail = node
    if not members and tail != "}":
        return head
    inside = ";".join(("@" + offset if offset else "") + write(inner) + more for offset, inner, more in members)
    return head + ("{" if tail == "}" else "(") + inside + tail


def natural(node):
    """Without offsets, which a member less would make wrong."""
    head, members, tail = node
    return (head[0], [("", inner, more) for _, inner, more in members], tail) if tail == "}" else node


def smaller_types(node):
    head, members, tail = node
    if not members:
        return
    for _, inner, _ in members:
        yield inner
    if tail == ")":
        if head[0] == "A" and head != "A1":
            yield ("A1", members, tail)
        for inner in smaller_types(members[0][1]):
            yield (head, [("", inner, "")], tail)
        return
    plain = natural(node)
    if plain != node:
        yield plain
    for i, (_, inner, more) in enumerate(plain[1]):
        if len(plain[1]) > 1:
            yield (plain[0], plain[1][:i] + plain[1][i + 1 :], tail)
        for less in smaller_types(inner):
            yield (plain[0], [*plain[1][:i], ("", less, more), *plain[1][i + 1 :]], tail)


def smaller(text):
    reader = Reader(text)
    result, arguments = reader.type(), []
    reader.take("(")
    while not reader.take(")"):
        arguments.append(("...", [], "") if reader.take("...") else reader.type())
        reader.take(",")

    def signature(result, arguments):
        return f"{write(result)}({','.join(map(write, arguments))})"

    for i, argument in enumerate(arguments):
        yield signature(result, arguments[:i] + arguments[i + 1 :])
    if result[0] != "v":
        yield signature(("v", [], ""), arguments)
    for i, argument in enumerate(arguments):
        if argument[0] in ("i32", "..."):
            continue
        for less in (("i32", [], ""), *smaller_types(argument)):
            yield signature(result, [*arguments[:i], less, *arguments[i + 1 :]])
    for less in smaller_types(result):
        yield signature(less, arguments)


def shrink(text, is_interesting):
    """is_interesting: texts -> which of them still show it."""
    for _ in range(ROUNDS_MAX):
        candidates = [less for less in dict.fromkeys(smaller(text)) if less != text]
        found = next((less for less, is_so in zip(candidates, is_interesting(candidates)) if is_so), None)
        if found is None:
            return text
        text = found
    return text
