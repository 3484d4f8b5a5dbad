"""Random C programs of control flow: what folds, what LLVM drops, where a scope is left.

A piece is a function. Each of its callees is called once and named after it, so that a row too
many or too few names the place. It is a tree, which shrinking cuts (smaller()).
"""

import re
from dataclasses import dataclass

PRELUDE = """\
_Noreturn int die(void);
int takes(int (*)(int)), two(int, int);
enum { NO = 0, YES = 1 };
struct nothing { };
static const int zero = 0, one = 1;
static const int table[] = {0, 1};
typedef struct { int no, yes; } pair;
static const pair flags = {0, 1};
static const char *const nowhere = 0, *const text = "text";
static const float half = 0.5f;
const int visible = 0;
volatile int moves;
int global;
#define INT int
enum kind { KIND_A, KIND_B };
typedef enum kind kinds;
typedef int number, (*callback)(int);
typedef unsigned long long size;
typedef const char *string;
typedef struct nothing *nothing;
typedef const int (*rows)[2];
#define NULL ((void *)0)
#define MAX(a, b) ({ __typeof__(a) _a = (a); __typeof__(b) _b = (b); _a > _b ? _a : _b; })
#define CHECK(e) do { if (!(e)) die(); } while (0)
"""
# Of type int, or one that becomes it.
CONSTANTS = (
    "0", "1", "(1 == 1)", "(sizeof(int) == 4)", "!1", "zero", "one", "NO", "YES", "(0, 1)", "(1 ? 0 : 1)",
    "(3 - 3)", "!!NO", "-0", "0x0u", "0L", "\"a\"[0]", "!NULL", "(NULL == 0)", "(char)256", "~0", "'a'",
    "(int)sizeof(struct nothing)", "__builtin_types_compatible_p(int, long)", "table[0]", "table[1]",
    "flags.no", "flags.yes", "visible", "(int)half", "(int)__builtin_strlen(\"abc\")", "(text != nowhere)",
    "(__builtin_strlen(\"abc\") == 4)", "(__builtin_object_size(&x, 0) == 4)", "(&global == 0)", "(&x != 0)",
    "__builtin_constant_p(7)", "(_Bool)2", "(0 && x)", "(1 || x)", "({ 1; })", "__builtin_expect(0, 0)",
    "__builtin_choose_expr(1, 0, x)", "(1.5 > 0)", "(\"a\" != 0)", "(0 ? x : 1)", "__builtin_abs(-1)",
)  # fmt: skip
# What a _Generic is controlled by, and the ways to write its type.
CONTROLS = (
    ("x", ("int", "signed", "INT", "int /* : */", "signed int", "number")),
    ("(x + 0u)", ("unsigned", "unsigned int", "unsigned INT", "int unsigned")),
    ("sizeof x", ("size", "unsigned long long", "long long unsigned int")),
    ("f", ("int(*)(int)", "int (*)(INT)", "callback", "number (*)(const int)")),
    ("&p", ("int**", "int * *", "number **")), ("text", ("char const*", "const char *", "string")),
    ("(x, flags)", ("pair",)), ("&flags", ("const pair *", "pair const*")), ("&table", ("const int(*)[2]", "rows")),
    ("(enum kind)x", ("enum kind", "kinds")), ("(struct nothing *)p", ("struct nothing*", "nothing")),
)  # fmt: skip
# What LLVM replaces late.
QUESTIONS = (
    "__builtin_constant_p(x)", "__builtin_constant_p(x)", "!__builtin_constant_p(x)", "__builtin_constant_p(x + 1)",
    "(__builtin_constant_p(x) == 1)", "(__builtin_constant_p(x) != 0)", "(__builtin_object_size(p, 0) == -1UL)",
    "(__builtin_object_size(p, 1) != (unsigned long long)-1)", "(__builtin_object_size(p, 2) > 0)",
    "(__builtin_constant_p(x) & x)", "__builtin_constant_p((x, 1))", "__builtin_constant_p(p)",
    "__builtin_constant_p(x++)", "__builtin_expect(__builtin_constant_p(x), 0)",
)  # fmt: skip
# Pointers, of which a condition asks the truth.
POINTERS = ("NULL", "nowhere", "text", "\"abc\"", "&x", "&global", "p", "table", "&flags", "(void *)1", "(char *)0")
COMPARED = ("!*", "(* == 0)", "(_Bool)*", "(f == *)", "(* != NULL)", "(* && x)")


@dataclass(frozen=True)
class Node:
    kind: str  # e: an expression, s: a statement, or one of neither
    form: str  # with $0, $1 ... for its parts
    parts: tuple = ()
    scopes: tuple = ()  # of a label and a goto: what no jump may lead into

    def text(self):
        return re.sub(r"\$(\d)", lambda m: self.parts[int(m[1])].text(), self.form)

    def below(self):
        for part in self.parts:
            yield part
            yield from part.below()

    def smaller(self):
        """The same with one thing less."""
        for other in (part for part in self.below() if part.kind == self.kind):
            yield other
        if self.kind in LEAST and self.parts:
            yield Node(self.kind, LEAST[self.kind])
        for i, part in enumerate(self.parts):
            for less in part.smaller():
                yield Node(self.kind, self.form, (*self.parts[:i], less, *self.parts[i + 1 :]), self.scopes)


LEAST = {"e": "x", "s": ";"}


def node(kind, form, *parts):
    return Node(kind, form, parts)


class Maker:
    """Makes one function's tree."""

    def __init__(self, rnd, number):
        self.rnd, self.number = rnd, number
        self.n_names = self.n_loops = self.n_scopes = self.n_labels = 0
        self.scopes = ()  # statement expressions, and what has a cleanup
        self.in_switch = False
        self.in_value = 0  # clang's evaluator runs the loops of statement expressions, a million times

    def name(self, letter):
        self.n_names += 1
        return f"{letter}{self.number}_{self.n_names}"

    def pick(self, table):
        """One of [(weight, how)]."""
        return self.rnd.choices([how for _, how in table], [weight for weight, _ in table])[0]

    # --- Expressions

    def call(self):
        return self.pick((
            (12, lambda: node("e", self.name("e") + "(x)")),
            (3, lambda: node("e", self.name("s") + "(x)")),
            (2, lambda: node("e", f"takes({self.name('s')})")),
            (1, lambda: node("e", "die()")),
            (1, lambda: node("e", self.rnd.choice(COMPARED).replace("*", self.name("s")))),
        ))()  # fmt: skip

    def expression(self, depth):
        if depth <= 0:
            return self.call()
        less = lambda: self.expression(depth - 1)
        both = lambda form: node("e", form, less(), less())
        return self.pick((
            (8, self.call), (2, lambda: node("e", "x")), (3, self.constant), (2, self.question),
            (4, lambda: node("e", "($0 && $1)", self.condition(depth - 1), less())),
            (4, lambda: node("e", "($0 || $1)", self.condition(depth - 1), less())),
            (4, lambda: node("e", "($0 ? $1 : $2)", self.condition(depth - 1), less(), less())),
            (2, lambda: both("($0, $1)")), (2, lambda: both("((void)$0, $1)")),
            (2, lambda: node("e", "!$0", less())), (1, lambda: node("e", "(int)sizeof($0)", less())),
            (1, lambda: both("__builtin_choose_expr(0, $0, $1)")),
            (1, lambda: both("__builtin_choose_expr(1, $0, $1)")),
            (1, lambda: both("_Generic(x, int: $0, default: $1)")),
            (1, lambda: both("_Generic(1.0, int: $0, default: $1)")),
            (2, lambda: both(self.generic())),
            (3, self.statement_expression(depth)), (2, lambda: both("($0 ?: $1)")),
            (1, lambda: node("e", "__builtin_expect($0, 1)", less())),
            (2, lambda: both("($0 " + self.rnd.choice("+-*&|^") + " $1)")),
            (1, lambda: both("($0 " + self.rnd.choice(("==", "!=", "<", ">=")) + " moves + $1)")),
            (2, lambda: both("two($0, $1)")), (1, lambda: node("e", "(x = $0)", less())),
            (1, lambda: both("(p[$0] = $1)")), (1, lambda: node("e", "(p[$0] += 1)", less())),
            (1, lambda: node("e", "(char)$0", less())), (1, lambda: both("MAX($0, $1)")),
        ))()  # fmt: skip

    def generic(self):
        """A _Generic of two, of which only the types tell which one it is."""
        control, own = self.rnd.choice(CONTROLS)
        other = self.rnd.choice([name for _, names in CONTROLS if names is not own for name in names])
        ways = [f"{self.rnd.choice(own)}: $0", f"{self.rnd.choice((other, 'default'))}: $1"]
        self.rnd.shuffle(ways)
        return f"_Generic({control}, {', '.join(ways)})"

    def constant(self):
        return node("e", self.rnd.choice(CONSTANTS))

    def question(self):
        return node("e", self.rnd.choice(QUESTIONS))

    def statement_expression(self, depth):
        def make():
            outer, loops, switch = self.scopes, self.n_loops, self.in_switch
            self.enter()
            self.n_loops, self.in_switch = 0, False
            self.in_value += 1
            made = node("e", "({ $0 $1; })", self.statement(depth - 1), self.expression(depth - 1))
            self.in_value -= 1
            self.scopes, self.n_loops, self.in_switch = outer, loops, switch
            return made

        return make

    def condition(self, depth):
        if depth <= 0:
            return self.expression(0)
        less = lambda: self.expression(depth - 1)
        return self.pick((
            (6, self.constant), (4, self.question), (2, lambda: node("e", self.rnd.choice(POINTERS))),
            (2, lambda: node("e", "($0 && $1)", self.constant(), less())),
            (2, lambda: node("e", "($0 && $1)", less(), self.constant())),
            (2, lambda: node("e", "($0 || $1)", self.constant(), less())),
            (2, lambda: node("e", "($0 || $1)", less(), self.constant())),
            (2, lambda: node("e", "($0 && $1 && $2)", less(), self.question(), less())),
            (2, lambda: node("e", "($0 || $1 || $2)", self.question(), less(), less())),
            (2, lambda: node("e", "!($0)", self.condition(depth - 1))),
            (2, lambda: node("e", "($0 ? $1 : $2)", self.condition(depth - 1), self.condition(0), self.constant())),
            (10, less),
        ))()  # fmt: skip

    # --- Statements

    def enter(self):
        self.n_scopes += 1
        self.scopes = (*self.scopes, self.n_scopes)

    def body(self, depth):
        self.n_loops += 1
        made = self.statement(depth - 1)
        self.n_loops -= 1
        return made

    def label(self, depth):
        self.n_labels += 1
        return Node("s", f"L{self.n_labels}: $0", (self.statement(depth - 1),), self.scopes)

    def jump(self, depth):
        ways = ["continue;", "break;"] if self.n_loops else ["break;"] if self.in_switch else []
        return node("s", self.rnd.choice(ways)) if ways else self.statement(depth - 1)

    def block(self, depth):
        outer, parts = self.scopes, []
        for _ in range(self.rnd.randrange(1, 4)):
            roll = self.rnd.random()
            if roll < 0.08:
                name, initial = self.name("c"), self.expression(1)
                parts.append(node("d", f"int __attribute__((cleanup({name}))) v{self.n_names} = $0;", initial))
                self.enter()
            elif roll < 0.11:
                self.n_names += 1
                parts.append(node("d", f"int v{self.n_names}[1 + !!$0];", self.expression(1)))
                self.enter()
            elif roll < 0.14:
                self.n_names += 1
                parts.append(node("d", f"static int (*v{self.n_names})(int) = {self.name('e')};"))
            else:
                parts.append(self.statement(depth - 1))
        self.scopes = outer
        return node("s", "{ " + " ".join(f"${i}" for i in range(len(parts))) + " }", *parts)

    def switch(self, depth):
        outer, loops, self.in_switch = self.in_switch, self.n_loops, True
        if not loops:
            self.n_loops = 0
        n, forms, parts = self.rnd.randrange(1, 5), [], []
        on = self.pick(((4, lambda: node("e", "x")), (4, lambda: node("e", str(self.rnd.randrange(4)))),
                        (1, self.constant), (1, lambda: self.expression(1))))()  # fmt: skip
        for i in range(n):
            if i == 0 and self.rnd.random() < 0.2:
                forms.append(f"${len(parts) + 1}")
                parts.append(self.statement(depth - 1))
            value = f"case {i} ... {i}" if self.rnd.random() < 0.05 else f"case {i}"
            form = f"{value}: ${len(parts) + 1}" + " break;" * (self.rnd.random() < 0.5)
            forms.append(form if self.rnd.random() < 0.9 else f"{{ {form} }}")
            parts.append(self.statement(depth - 1))
        if self.rnd.random() < 0.5:
            forms.append(f"default: ${len(parts) + 1}")
            last = self.statement(depth - 1)
            if last.form.startswith("__builtin_unreachable"):
                last = node("s", "die();")  # of switch (1), LLVM then takes a case for certain that is not the one
            parts.append(last)
        self.in_switch = outer
        return node("s", "switch ($0) { " + " ".join(forms) + " }", on, *parts)

    def statement(self, depth):
        if depth <= 0:
            return node("s", "$0;", self.expression(1))
        less = lambda: self.statement(depth - 1)
        loop = 0 if self.in_value else 5
        maybe = lambda make: make() if self.rnd.random() < 0.6 else node("-", "")
        return self.pick((
            (20, lambda: node("s", "$0;", self.expression(1))),
            (10, lambda: node("s", "if ($0) { $1 } else { $2 }", self.condition(depth - 1), less(), less())),
            (7, lambda: node("s", "if ($0) { $1 }", self.condition(depth - 1), less())),
            (loop, lambda: node("s", "while ($0) $1", self.condition(depth - 1), self.body(depth))),
            (loop, lambda: node("s", "do $0 while ($1);", self.body(depth), self.condition(depth - 1))),
            (loop, lambda: node("s", "for ($0; $1; $2) $3", maybe(lambda: self.expression(1)),
                             maybe(lambda: self.condition(depth - 1)), maybe(lambda: self.expression(1)),
                             self.body(depth))),
            (8, lambda: self.switch(depth)), (10, lambda: self.block(depth)), (5, lambda: self.jump(depth)),
            (4, lambda: node("s", "return $0;", self.expression(depth - 1))),
            (loop, lambda: Node("s", "goto ;", (), self.scopes)), (6, lambda: self.label(depth)),
            (2, lambda: node("s", "die();")), (2, lambda: node("s", "__builtin_unreachable();")),
            (1, lambda: node("s", "__builtin_trap();")), (2, lambda: node("s", "CHECK($0);", self.condition(1))),
        ))()  # fmt: skip

    def aimed(self, tree):
        """Its gotos lead to labels that they may reach."""
        labels = [(at.form.split(":")[0], at.scopes) for at in tree.below() if re.match(r"L\d+:", at.form)]

        def aim(at):
            if at.form == "goto ;":
                near = [name for name, scopes in labels if at.scopes[: len(scopes)] == scopes]
                return Node("s", f"goto {self.rnd.choice(near)};" if near else ";")
            return Node(at.kind, at.form, tuple(aim(part) for part in at.parts), at.scopes)

        return aim(tree)

    def function(self):
        parts = [self.statement(4) for _ in range(4)]
        return self.aimed(node("f", "$0 $1 $2 $3", *parts))


@dataclass(frozen=True)
class Piece:
    number: int
    tree: Node

    def names(self):
        return set()

    def text(self):
        body = self.tree.text()
        named = lambda letter: sorted(set(re.findall(rf"\b{letter}\d+_\d+\b", body)))
        return "\n".join([
            *(f"int {name}(int);" for name in named("e")), *(f"void {name}(int *);" for name in named("c")),
            *(f"int i{name}(int); static int {name}(int x) {{ return i{name}(x); }}" for name in named("s")),
            f"int f{self.number}_(int x, int *p, int (*f)(int)) {{ {body} return 0; }}",
        ])  # fmt: skip

    def smaller(self):
        text = self.tree.text()
        for tree in self.tree.smaller():
            if len(tree.text()) < len(text):
                yield Piece(self.number, tree)


class Program:
    prelude = PRELUDE

    def __init__(self, rnd, environment):
        self.rnd, self.environment, self.pieces = rnd, environment, []
        self.flags = [rnd.choice(("-std=gnu17", "-std=gnu17", "-std=gnu11", "-std=gnu2x", "-std=gnu89"))]

    def add(self, count):
        for number in range(count):
            self.pieces.append(Piece(number, Maker(self.rnd, number).function()))

    def text(self, pieces=None):
        return self.lines(pieces)[0]

    def lines(self, pieces=None):
        """(text, [(first line, one past the last, piece)])"""
        parts, where, at = [PRELUDE.rstrip("\n")], [], PRELUDE.count("\n") + 1
        for piece in self.pieces if pieces is None else pieces:
            text = piece.text()
            where.append((at, at + text.count("\n") + 1, piece))
            at += text.count("\n") + 1
            parts.append(text)
        return "\n".join(parts) + "\n", where

    def users(self, lines):
        """The pieces that use what stands on these lines: all of them."""
        return self.pieces
