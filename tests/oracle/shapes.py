"""Random C types, three levels deep. Each has a name of one word; declarations in order."""

SCALARS = (
    "_Bool", "char", "short", "int", "unsigned", "long", "u64", "float", "double", "ldouble",
    "pointer", "callback", "wide", "half", "zfloat", "zdouble", "zint", "zldouble", "bits5",
    "bits37", "bits65", "bits100", "bits128", "aint", "adouble", "choice",
)  # fmt: skip
PRELUDE = """\
typedef unsigned long long u64;
typedef long double ldouble;
typedef void *pointer;
typedef int (*callback)(int);
typedef __int128 wide;
typedef _Float16 half;
typedef __bf16 brain;
typedef _Complex float zfloat;
typedef _Complex double zdouble;
typedef _Complex int zint;
typedef _Complex long double zldouble;
typedef _BitInt(5) bits5;
typedef _BitInt(37) bits37;
typedef _BitInt(65) bits65;
typedef _BitInt(100) bits100;
typedef _BitInt(128) bits128;
typedef _Atomic int aint;
typedef _Atomic double adouble;
typedef enum { choice_a, choice_b } choice;
extern char *any;
"""
ELEMENTS = {"char": (1, 2, 3, 4, 7, 8, 16, 32), "short": (2, 3, 4, 8), "int": (1, 2, 3, 4, 8),
            "float": (1, 2, 3, 4, 8), "double": (1, 2, 3, 4), "u64": (1, 2), "half": (2, 4, 8)}  # fmt: skip
BIT_FIELDS = {"int": 32, "char": 8, "short": 16, "u64": 64, "unsigned": 32, "_Bool": 1}
ALIKE = ("float", "double", "half", "char", "short", "int", "pointer", "zfloat")


class Types:
    def __init__(self, rnd):
        self.rnd = rnd
        self.declarations = {}  # name -> (text, names it needs)

    def any(self, depth=0):
        r = self.rnd.random()
        if r < 0.40:
            return self.rnd.choice(SCALARS)
        if r < 0.405:
            return "brain"
        if r < 0.47:
            return self.vector()
        if depth >= 3:
            return self.rnd.choice(SCALARS)
        known = [n for n in self.declarations if n[0] in "SU"]
        if known and r < 0.68 and depth == 0:
            return self.rnd.choice(known)
        return self.record(depth)

    def vector(self):
        element = self.rnd.choice(list(ELEMENTS))
        count = self.rnd.choice(ELEMENTS[element])
        name = f"V{element}{count}"
        text = f"typedef {element} {name} __attribute__((ext_vector_type({count})));"
        self.declarations[name] = (text, set())
        return name

    def field(self, depth, alike, name):
        """(text, type)"""
        rnd = self.rnd
        if not alike and rnd.random() < 0.16:
            kind = rnd.choice(list(BIT_FIELDS))
            width = 0 if rnd.random() < 0.1 else rnd.randrange(1, BIT_FIELDS[kind] + 1)
            return f"{kind} {name if width else ''}:{width};", kind
        kind = alike or self.any(depth + 1)
        sizes = "".join(f"[{rnd.choice((1, 1, 2, 3, 4))}]" for _ in range(rnd.choice((0, 0, 0, 1, 2))))
        if rnd.random() < 0.02:
            sizes = "[0]"
        align = f" __attribute__((aligned({rnd.choice((2, 8, 16, 32))})))" if rnd.random() < 0.03 else ""
        return f"{kind} {name}{sizes}{align};", kind

    def record(self, depth):
        rnd = self.rnd
        alike = rnd.choice(ALIKE) if rnd.random() < 0.35 else None
        if alike and rnd.random() < 0.1:
            alike = self.vector()
        count = rnd.choice((0, 1, 1, 2, 2, 3, 3, 4, 4, 5, 7))
        fields = [self.field(depth, alike, f"f{i}") for i in range(count)]
        is_union = rnd.random() < 0.18
        if fields and not is_union and rnd.random() < 0.03:
            fields.append(("int tail[];", "int"))
        attributes = ["packed"] if rnd.random() < 0.12 else []
        if rnd.random() < 0.12:
            attributes.append(f"aligned({rnd.choice((2, 4, 8, 16, 32))})")
        name = f"{'U' if is_union else 'S'}{len(self.declarations)}"
        while name in self.declarations:
            name += "x"
        suffix = f" __attribute__(({', '.join(attributes)}))" if attributes else ""
        body = " ".join(text for text, _ in fields)
        word = "union" if is_union else "struct"
        text = f"typedef {word} {{ {body} }}{suffix} {name};"
        self.declarations[name] = (text, {kind for _, kind in fields})
        return name

    def needed(self, names):
        """The declarations of these types and of all they are made of, in order."""
        pending, seen = set(names), set()
        while pending:
            name = pending.pop()
            if name in self.declarations and name not in seen:
                seen.add(name)
                pending |= self.declarations[name][1]
        return [text for name, (text, _) in self.declarations.items() if name in seen]
