"""The signatures that are executed: C types of every shape, and what is made of them.

A Type knows its C text, size and alignment, its leaves (what is compared; the rest is
padding) and how x64 passes it; thunk-truth.md, section 1 and appendix.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Type:
    name: str
    label: str
    size: int
    align: int
    leaves: tuple  # (offset, kind, size); kinds as driver.c has them: i b h f d
    place: str  # as an argument: g f p ?
    result: str  # as a result: g f p v ?
    decl: str = ""  # its own declaration, in front of which those of `needs` stand
    needs: tuple = ()
    members: tuple = ()
    abi: str = ""  # the same type as tests/unit/abi_text.h writes it

    def declarations(self):
        for need in self.needs:
            yield from need.declarations()
        if self.decl:
            yield self.decl

    def line(self, word, place):
        leaves = ",".join(f"{offset}:{size}:{kind}" for offset, kind, size in self.leaves)
        return "\t".join([word, self.name, str(self.size), str(self.align), place, leaves])


@dataclass(frozen=True)
class Words:
    """A signature by its words alone, for which the product writes the C text."""

    text: str

    @property
    def label(self):
        return self.text

    def abi(self):
        return self.text

    def lines(self, is_printed=True):
        yield f"abi\t{self.text}\t{self.text}"


@dataclass(frozen=True)
class Signature:
    label: str
    result: Type | None
    fixed: tuple
    rest: tuple = ()
    is_variadic: bool = False

    def types(self):
        return [*([self.result] if self.result else []), *self.fixed, *self.rest]

    def abi(self):
        """As tests/unit/abi_text.h writes it: what the product is asked about."""
        fixed = [type_.abi for type_ in self.fixed]
        rest = ["...", *(type_.abi for type_ in self.rest)] if self.is_variadic else []
        return f"{self.result.abi if self.result else 'v'}({','.join(fixed + rest)})"

    def lines(self, is_printed=False):
        """is_printed: the product is to write the C text."""
        yield f"{'abi' if is_printed else 'signature'}\t{self.label}\t{self.abi()}"
        if is_printed:
            return
        seen = set()
        for type_ in self.types():
            for decl in type_.declarations():
                if decl not in seen:
                    seen.add(decl)
                    yield f"prelude\t{decl}"
        if self.result:
            yield self.result.line("result", self.result.result)
        if self.is_variadic:
            yield "variadic"
        for type_ in self.fixed:
            yield type_.line("argument", type_.place)
        for type_ in self.rest:
            yield type_.line("rest", type_.place)


def scalar(name, size, kind="i", place="g", abi=""):
    abi = abi or {"i": f"i{8 * size}"}.get(kind, kind)
    return Type(name, name, size, size, ((0, kind, size),), place, place, abi=abi)


BOOL = scalar("_Bool", 1, "b")
CHAR = scalar("signed char", 1)
SHORT = scalar("short", 2)
INT = scalar("int", 4)
LONG_LONG = scalar("long long", 8)
POINTER = Type("void *", "void*", 8, 8, ((0, "i", 8),), "g", "g", abi="p")
FLOAT = scalar("float", 4, "f", "f")
DOUBLE = scalar("double", 8, "d", "f")
LONG_DOUBLE = scalar("long double", 8, "d", "f", "l")
HALF = scalar("_Float16", 2, "h", "f")
SCALARS = [
    BOOL, CHAR, scalar("unsigned char", 1), SHORT, scalar("unsigned short", 2), INT,
    scalar("unsigned", 4), scalar("long", 4), LONG_LONG, scalar("unsigned long long", 8),
    POINTER, FLOAT, DOUBLE,
]  # fmt: skip


def special(name, label, size, leaves, place, result, abi, decl="", align=0):
    return Type(name, label, size, align or size, tuple(leaves), place, result, decl, abi=abi)


INT128 = special("__int128", "__int128", 16, [(0, "i", 16)], "p", "v", "i128")
UINT128 = special("unsigned __int128", "unsigned __int128", 16, [(0, "i", 16)], "p", "v", "i128")


def vector(name, element, count):
    size = element.size * count
    kind = element.leaves[0][1]
    leaves = [(i * element.size, kind, element.size) for i in range(count)]
    places = ("p", "v") if size == 16 else ("?", "?")
    decl = f"typedef {element.name} {name} __attribute__((vector_size({size})));"
    label, abi = f"vector{size} {element.name} x{count}", f"V{count}({element.abi})"
    return special(name, label, size, leaves, *places, abi, decl)


V4I, V4F, V2D = vector("v4i", INT, 4), vector("v4f", FLOAT, 4), vector("v2d", DOUBLE, 2)
V2I, V2F = vector("v2i", INT, 2), vector("v2f", FLOAT, 2)
COMPLEX_FLOAT = special(
    "_Complex float", "_Complex float", 8, [(0, "f", 4), (4, "f", 4)], "g", "g", "C(f)", align=4
)
COMPLEX_DOUBLE = special(
    "_Complex double", "_Complex double", 16, [(0, "d", 8), (8, "d", 8)], "p", "p", "C(d)", align=8
)
EMPTY = Type(
    "Empty", "empty struct (C)", 4, 1, (), "?", "?", "typedef struct {} Empty;", abi="s[4,1]{}"
)


class Maker:
    """Makes aggregates with names of their own."""

    def __init__(self):
        self.n = 0

    def aggregate(self, fields, label="", packed=False, align=0, union=False):
        """fields: [(type, count, or 0 for no array)]"""
        self.n += 1
        name, key = f"A{self.n}", "union" if union else "struct"
        offset, widest, natural, leaves, text, words = 0, 0, 1, [], "", []
        for i, (type_, count) in enumerate(fields):
            natural = max(natural, 1 if packed else type_.align)
            step = 1 if packed else type_.align
            offset = 0 if union else (offset + step - 1) // step * step
            mine = [
                (offset + j * type_.size + at, kind, size)
                for j in range(max(count, 1))
                for at, kind, size in type_.leaves
            ]
            words.append(f"@{8 * offset} " + (f"A{count}({type_.abi})" if count else type_.abi) + f"=m{i}")
            whole = type_.size * max(count, 1)
            if not union:
                leaves += mine
            elif whole > widest or not leaves:
                leaves = mine  # the widest member is the one that is compared
            offset += whole
            widest = max(widest, offset)
            text += f"{type_.name} m{i}{f'[{count}]' if count else ''}; "
        natural = max(natural, align)
        size = (widest + natural - 1) // natural * natural
        attributes = " __attribute__((packed))" if packed else ""
        attributes += f" __attribute__((aligned({align})))" if align else ""
        decl = (
            f"typedef {key}{attributes} {{ {text}}} {name}; "
            f'_Static_assert(sizeof({name}) == {size}, "");'
        )
        place = "g" if size in (1, 2, 4, 8) else "p"
        return Type(
            name, label or f"{key} {{ {text}}}", size, natural, tuple(leaves), place, place,
            decl, tuple(type_ for type_, _ in fields), tuple(fields),
            f"{key[0]}[{size},{natural}]{{{';'.join(words)}}}",
        )  # fmt: skip


def homogeneous(make):
    """Structs of N equal members, as members and as an array."""
    for type_, name, counts in (
        (SHORT, "short", (1, 2, 3, 4, 5, 6, 7, 8, 9, 12, 16)),
        (INT, "int", (1, 2, 3, 4, 5, 6, 8)),
        (LONG_LONG, "longlong", (1, 2, 3, 4)),
        (FLOAT, "float", (1, 2, 3, 4, 5)),
        (DOUBLE, "double", (1, 2, 3, 4, 5)),
    ):
        for n in counts:
            yield make.aggregate([(type_, 0)] * n, f"{name} x{n}")
    for n in (1, 2, 3, 4, 5):
        yield make.aggregate([(FLOAT, n)], f"float[{n}] in struct")
        yield make.aggregate([(DOUBLE, n)], f"double[{n}] in struct")


def packed(make):
    for fields, label in (
        ([(INT, 0), (SHORT, 0)], "{int;short} 6"),
        ([(CHAR, 0), (INT, 0)], "{char;int} 5"),
        ([(CHAR, 0), (LONG_LONG, 0)], "{char;ll} 9"),
        ([(CHAR, 0), (SHORT, 0)], "{char;short} 3"),
        ([(CHAR, 0), (DOUBLE, 0)], "{char;double} 9"),
        ([(SHORT, 0), (FLOAT, 0)], "{short;float} 6"),
        ([(INT, 3), (CHAR, 0)], "{int[3];char} 13"),
        ([(FLOAT, 0)] * 3, "{float x3} 12"),
        ([(CHAR, 0), (SHORT, 3)], "{char;short[3]} 7"),
    ):
        yield make.aggregate(fields, "packed " + label, packed=True)


def aligned(make):
    for fields, align, label in (
        ([(INT, 0)], 16, "{int} 16"),
        ([(LONG_LONG, 0)] * 2, 16, "{ll;ll} 16"),
        ([(LONG_LONG, 3)], 16, "{ll[3]} 32"),
        ([(CHAR, 3)], 4, "{char[3]} 4"),
        ([(CHAR, 3)], 8, "{char[3]} 8"),
        ([(CHAR, 9)], 16, "{char[9]} 16"),
        ([(FLOAT, 4)], 16, "{float[4]} 16"),
        ([(DOUBLE, 2)], 16, "{double[2]} 16"),
        ([(DOUBLE, 0)], 16, "{double} 16"),
        ([(FLOAT, 2)], 16, "{float[2]} 16"),
        ([(INT, 0)], 32, "{int} 32"),
        ([(LONG_LONG, 4)], 32, "{ll[4]} 32"),
    ):
        yield make.aggregate(fields, f"aligned({align}) {label}", align=align)


def unions(make):
    for fields, label in (
        ([(INT, 0), (CHAR, 3)], "{int;char[3]} 4"),
        ([(CHAR, 3), (CHAR, 0)], "{char[3];char} 3"),
        ([(CHAR, 5), (CHAR, 0)], "{char[5]} 5"),
        ([(SHORT, 3), (CHAR, 0)], "{short[3];char} 6"),
        ([(CHAR, 7), (CHAR, 0)], "{char[7]} 7"),
        ([(FLOAT, 0), (INT, 0)], "{float;int} 4"),
        ([(DOUBLE, 0), (LONG_LONG, 0)], "{double;ll} 8"),
        ([(DOUBLE, 0), (FLOAT, 0)], "{double;float} 8"),
        ([(FLOAT, 3), (FLOAT, 0)], "{float[3];float} 12"),
        ([(DOUBLE, 2), (DOUBLE, 0)], "{double[2];double} 16"),
        ([(CHAR, 12), (INT, 0)], "{char[12];int} 12"),
        ([(CHAR, 24), (LONG_LONG, 0)], "{char[24];ll} 24"),
    ):
        yield make.aggregate(fields, "union " + label, union=True)


def nested(make):
    c2 = make.aggregate([(CHAR, 0)] * 2, "c2")
    f2 = make.aggregate([(FLOAT, 0)] * 2, "f2")
    d1 = make.aggregate([(DOUBLE, 0)], "d1")
    for fields, label in (
        ([(c2, 0), (CHAR, 0)], "nested {c2;char} 3"),
        ([(c2, 3)], "nested {c2[3]} 6"),
        ([(f2, 0), (FLOAT, 0)], "nested HFA {f2;float} 12"),
        ([(f2, 2)], "nested HFA {f2[2]} 16"),
        ([(d1, 0), (d1, 0), (DOUBLE, 0)], "nested HFA {d1;d1;double} 24"),
        ([(FLOAT, 0), (INT, 0)], "mixed {float;int} 8"),
        ([(DOUBLE, 0), (INT, 0)], "mixed {double;int} 16"),
        ([(INT, 0), (DOUBLE, 0)], "mixed {int;double} 16"),
        ([(FLOAT, 0), (DOUBLE, 0)], "mixed {float;double} 16"),
        ([(FLOAT, 0), (FLOAT, 0), (INT, 0)], "mixed {float;float;int} 12"),
        ([(CHAR, 0), (SHORT, 0)], "mixed {char;short} 4"),
        ([(INT, 0), (CHAR, 0)], "mixed {int;char} 8"),
        ([(LONG_LONG, 0), (CHAR, 0)], "mixed {ll;char} 16"),
        ([(POINTER, 0), (INT, 0)], "mixed {ptr;int} 16"),
        ([(SHORT, 0), (CHAR, 0)], "mixed {short;char} 4"),
        ([(BOOL, 3)], "mixed {bool[3]} 3"),
        ([(BOOL, 0)] * 2, "mixed {bool;bool} 2"),
    ):
        yield make.aggregate(fields, label)


def risky(make):
    for fields, label in (
        ([(V4F, 0)], "HVA {v4f}"),
        ([(V4F, 0)] * 2, "HVA {v4f;v4f}"),
        ([(V2F, 0)], "HVA {v2f}"),
        ([(V2F, 0)] * 2, "HVA {v2f;v2f}"),
        ([(INT128, 0)], "{__int128}"),
        ([(INT128, 0), (CHAR, 0)], "{__int128;char} 32"),
        ([(HALF, 0)], "half x1"),
        ([(HALF, 0)] * 2, "half x2"),
        ([(HALF, 0)] * 3, "half x3"),
        ([(HALF, 4)], "half x4"),
        ([(COMPLEX_FLOAT, 0)], "{_Complex float}"),
        ([(COMPLEX_DOUBLE, 0)], "{_Complex double}"),
        ([(COMPLEX_FLOAT, 0)] * 2, "{_Complex float x2}"),
        ([(EMPTY, 0), (INT, 0)], "{empty;int} 8"),
        ([(CHAR, 64)], "bytes[64]"),
        ([(CHAR, 100)], "bytes[100]"),
    ):
        yield make.aggregate(fields, label)
    yield EMPTY


def all_shapes(make):
    yield from SCALARS
    yield from (LONG_DOUBLE, HALF)
    for n in range(1, 34):
        yield make.aggregate([(CHAR, n)], f"bytes[{n}]")
    for family in (homogeneous, packed, aligned, unions, nested):
        yield from family(make)
    yield from (INT128, UINT128, V4I, V4F, V2D, V2I, V2F, COMPLEX_FLOAT, COMPLEX_DOUBLE)
    yield from risky(make)


USES = ("a1", "a3", "a5", "r", "r+a")


def uses_of(shape):
    """The five signatures of a shape, in the order of USES."""
    lists = (
        (INT, [shape, INT, DOUBLE]),
        (DOUBLE, [INT, DOUBLE, shape, INT]),
        (LONG_LONG, [INT, DOUBLE, LONG_LONG, FLOAT, shape, INT]),
        (shape, [INT, DOUBLE]),
        (shape, [shape, INT, shape, DOUBLE, LONG_LONG, shape]),
    )
    for use, (result, arguments) in zip(USES, lists):
        yield Signature(f"{shape.label} | {use}", result, tuple(arguments))


def variadics(make):
    """thunk-truth.md 1, the rows about variadics."""

    def of(label, result, fixed, rest):
        return Signature("variadic " + label, result, tuple(fixed), tuple(rest), True)

    for n in range(0, 9):
        yield of(f"int(int, ...) {n} x int", INT, [INT], [INT] * n)
        mix = [(INT, DOUBLE, LONG_LONG)[i % 3] for i in range(n)]
        yield of(f"double(ptr, ...) {n} mixed", DOUBLE, [POINTER], mix)
    shapes = [make.aggregate([(CHAR, n)], f"bytes[{n}]") for n in (3, 8, 12, 16, 24)]
    shapes.append(make.aggregate([(FLOAT, 0)] * 2, "float x2"))
    shapes.append(make.aggregate([(DOUBLE, 0)] * 2, "double x2"))
    for shape in shapes:
        yield of(f"{shape.label} as vararg 1", INT, [INT], [shape])
        yield of(f"{shape.label} as vararg 4", INT, [INT], [INT, DOUBLE, LONG_LONG, shape])
        yield of(f"{shape.label} as result, 2 varargs", shape, [INT], [INT, DOUBLE])
    for fixed in ([DOUBLE], [FLOAT, INT], [INT, DOUBLE], [INT] * 4, [INT] * 5):
        names = ", ".join(type_.name for type_ in fixed)
        for rest in ([], [INT]):
            yield of(f"int({names}, ...) {len(rest)} x int", INT, fixed, rest)


def random_type(random, make, pool):
    dice = random.random()
    if dice < 0.5:
        return random.choice(SCALARS)
    if dice < 0.75:
        return random.choice(pool)
    fields = [
        (random.choice(SCALARS), random.choice((0, 0, 0, 2, 3)))
        for _ in range(random.randrange(1, 6))
    ]
    return make.aggregate(
        fields,
        packed=random.random() < 0.2,
        align=random.choice((0, 0, 0, 0, 0, 0, 8, 16)),
        union=random.random() < 0.15,
    )


def random_signature(random, make, pool, number):
    arguments = tuple(random_type(random, make, pool) for _ in range(random.randrange(0, 11)))
    result = None if random.random() < 0.1 else random_type(random, make, pool)
    names = ", ".join(type_.label for type_ in arguments)
    label = f"random {number}: {result.label if result else 'void'} ({names})"
    return Signature(label, result, arguments)


# Of anything, by its words: (words, size, alignment, what of it `packed` leaves).
WORDS = [(*word, 1) for word in [
    ("b", 1, 1), ("i8", 1, 1), ("i16", 2, 2), ("i32", 4, 4), ("i64", 8, 8), ("p", 8, 8),
    ("f", 4, 4), ("d", 8, 8), ("l", 8, 8), ("h", 2, 2), ("i128", 16, 16),
    ("C(f)", 8, 4), ("C(d)", 16, 8), ("C(i32)", 8, 4), ("C(h)", 4, 2), ("B37", 8, 8), ("B7", 1, 1),
    ("s[4,1]{}", 4, 1),
]]  # fmt: skip
VECTORS = [
    (f"V{count}({word})", size * count, size * count, 1)
    for word, size in (("i8", 1), ("i16", 2), ("i32", 4), ("i64", 8), ("f", 4), ("d", 8), ("h", 2))
    for count in (1, 2, 4, 8, 16)
    if size * count <= 16
]
MEMBERS_MAX, DEPTH_MAX, BYTES_MAX = 6, 3, 200


def random_words(random, depth=0):
    dice = random.random()
    if depth == DEPTH_MAX or dice < 0.4:
        return random.choice(WORDS[:10] if random.random() < 0.7 else WORDS)
    if dice < 0.46:
        return random.choice(VECTORS)
    return random_record(random, depth)


def random_record(random, depth):
    is_union, is_packed = random.random() < 0.2, random.random() < 0.15
    alike = random_words(random, DEPTH_MAX) if random.random() < 0.35 else None
    align = kept = random.choice((1, 1, 1, 1, 1, 1, 1, 1, 8, 16, 32))
    end, members = 0, []
    for _ in range(random.randrange(1, MEMBERS_MAX)):
        words, size, own, least = alike or random_words(random, depth + 1)
        if random.random() < 0.25:
            count = random.randrange(1, 5)
            words, size = f"A{count}({words})", size * count
        own, kept = least if is_packed else own, max(kept, least)
        offset = 0 if is_union else (end + own - 1) // own * own
        members.append(f"@{8 * offset} {words}=m{len(members)}")
        end, align = max(end, offset + size), max(align, own)
    size = (end + align - 1) // align * align
    if size > BYTES_MAX:
        return random.choice(WORDS)
    return f"{'u' if is_union else 's'}[{size},{align}]{{{';'.join(members)}}}", size, align, kept


def random_words_signature(random):
    result = "v" if random.random() < 0.1 else random_words(random)[0]
    fixed = [random_words(random)[0] for _ in range(random.randrange(0, 9))]
    if not fixed or random.random() < 0.85:
        return Words(f"{result}({','.join(fixed)})")
    promoted = [word for word in WORDS if word[0] in ("i32", "i64", "p", "d", "l")]
    rest = [
        random.choice(promoted)[0] if random.random() < 0.7 else random_record(random, 0)[0]
        for _ in range(random.randrange(0, 5))
    ]
    rest = [words for words in rest if words not in ("b", "i8", "i16", "f", "h", "B7")]
    return Words(f"{result}({','.join([*fixed, '...', *rest])})")
