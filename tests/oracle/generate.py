"""Random C programs: many signatures, each defined, called and named in a few random ways.

A piece is one signature with its uses. Pieces do not know each other, so that a failure can
be shrunk by leaving out pieces, uses and parameters (shrink.py).
"""

from dataclasses import dataclass, replace
from pathlib import Path

import shapes

ROOT = Path(__file__).resolve().parents[2]
DIALECTS = ("-std=gnu17", "-std=gnu17", "-std=gnu17", "-std=gnu11", "-std=gnu89", "-std=gnu2x")
PROMOTED = ("int", "double", "u64", "pointer", "unsigned", "ldouble")

# What stands around a call; {c} is the call, all of them in the body of a function.
FLOWS = (
    "{c};", "(void){c};", "if (0) {c};", "if (n) {c}; else {c};", "while (n--) {c};",
    "while (0) {c};", "for (; 0;) {c};", "for (int i = 0; i < n; i++) {c};", "return; {c};",
    "for (;;) ; {c};", "goto out; {c}; out:;", "do {c}; while (0);", "(void)sizeof({c}, 1);",
    "switch (n) {{ case 1: {c}; break; default: return; }}", "switch (2) {{ case 1: {c}; }}",
    "if (1) return; {c};", "__builtin_unreachable(); {c};", "n ? (void){c} : (void)0;",
    "0 ? (void){c} : (void)0;", "(void)(n && ({c}, 1));", "(void)(0 && ({c}, 1));",
    "(void)(1 || ({c}, 1));", "__builtin_choose_expr(0, (void){c}, (void)0);",
    "_Generic(n, int: (void){c}, float: (void)0);", "_Generic(n, float: (void){c}, int: (void)0);",
    "({{ {c}; }});", "dead: if (0) goto dead; {c};", "static const int zero = 0; if (zero) {c};",
    "if (__builtin_constant_p(n)) {c};", "if (!__builtin_constant_p(n)) {c};",
    "if (__builtin_constant_p(n) && n) {c};", "__builtin_constant_p(n) ? (void){c} : (void)0;",
    "while (__builtin_constant_p(n)) {c};", "if (!__builtin_constant_p(n) || n) n = 1; else {c};", "if (__builtin_expect(n, 0)) {c};",
    "char v[n + 1]; (void)sizeof(v); {c};", "int t = ({c}, 4); (void)t;", "TWICE({c});",
    "(void)sizeof(char[({c}, n)]);", "LOOP({c}, n);", "for (n = 0; n < 3; {c}, n++) ;",
    "if (sizeof(int) == 8) {c};", "if (n) goto end; {c}; end: ;", "typeof(({c}, 1)) z = 0; (void)z;",
)  # fmt: skip
ATTRIBUTES = ("__attribute__((noinline))", "__attribute__((used))", "__attribute__((weak))",
              "__declspec(dllexport)", "__attribute__((cold))", "__attribute__((optnone, noinline))",
              "__attribute__((unused))", "__attribute__((visibility(\"hidden\")))")  # fmt: skip
MACROS = """\
#define TWICE(x) do { x; x; } while (0)
#define LOOP(x, n) for (; (n) > 1; (n)--) x
"""
USES = (
    "define", "define", "define", "attribute", "static_unused", "static_called", "static_kept",
    "static_table", "static_compared", "inline", "static_inline", "extern_inline", "gnu_inline",
    "always_inline", "declared_after", "knr", "direct", "direct", "direct", "direct", "cast_same",
    "cast_other", "through_pointer", "through_star", "through_local", "through_member", "alias", "label",
    "dllimport", "dllimport_defined", "noreturn", "cleanup", "unprototyped", "weakref", "nested", "builtin",
    "constructor", "kept_by_dead", "conditional_callee", "local_declaration", "recursive",
    "tentative", "constant_pointer", "constant_local", "constant_imported",
)  # fmt: skip


@dataclass(frozen=True)
class Piece:
    number: int
    result: str
    parameters: tuple
    extra: tuple or None  # variadic arguments; None: no '...'
    uses: tuple  # (use, flow, attribute)

    def names(self):
        return {self.result, *self.parameters, *(self.extra or ())}

    def parameter_list(self, named=True):
        parts = [f"{t} p{i}" if named else t for i, t in enumerate(self.parameters)]
        return ", ".join(parts + ["..."] * (self.extra is not None)) or "void"

    def pointer(self):
        return f"{self.result} (*)({self.parameter_list(False)})"

    def arguments(self):
        values = [f"*({t} *)any" for t in self.parameters + (self.extra or ())]
        return ", ".join(values)

    def body(self):
        return "{ }" if self.result == "void" else f"{{ return *({self.result} *)any; }}"

    def text(self):
        return "\n".join(self.use(i, *use) for i, use in enumerate(self.uses))

    def smaller(self):
        return smaller(self)

    def use(self, i, kind, flow, attribute):
        k = f"{self.number}_{i}"
        f, head = f"f{k}", f"{self.result} f{k}({self.parameter_list()})"
        call = f"{f}({self.arguments()})"
        user = "void u" + k + "(int n) {{ " + flow + " }}"
        direct = user.format(c=call)
        cast = f"(({self.pointer()})(void *){f})({self.arguments()})"
        other = f"((u64 (*)(u64, float))(void *){f})(1, 2.0f)"
        pointer = f"{self.result} (*q{k})({self.parameter_list(False)})"
        knr = ", ".join(f"p{j}" for j in range(len(self.parameters)))
        knr_types = " ".join(f"{t} p{j};" for j, t in enumerate(self.parameters))
        return {
            "define": f"{head} {self.body()}",
            "attribute": f"{attribute} {head} {self.body()}\n{direct}",
            "static_unused": f"static {head} {self.body()}",
            "static_called": f"static {head} {self.body()}\n{direct}",
            "static_kept": f"static {head} {self.body()}\nvoid *k{k} = (void *){f};",
            "static_table": f"static {head} {self.body()}\nstatic void *const k{k}[] = {{(void *){f}}};\n"
                            f"void *t{k}(int n) {{ return n ? k{k}[0] : 0; }}",
            "static_compared": f"static {head} {self.body()}\nint t{k}(void) {{ return {f} != 0; }}",
            "inline": f"inline {head} {self.body()}\n{direct}",
            "static_inline": f"static inline {head} {self.body()}\n{direct}",
            "extern_inline": f"extern inline {head} {self.body()}\n{direct}",
            "gnu_inline": f"extern inline __attribute__((gnu_inline)) {head} {self.body()}\n{direct}",
            "always_inline": f"static inline __attribute__((always_inline)) {head} {self.body()}\n{direct}",
            "declared_after": f"{head};\n{direct}\n{head} {self.body()}",
            "knr": f"{self.result} {f}({knr}) {knr_types} {self.body()}\n{direct}",
            "direct": f"{head};\n{direct}",
            "cast_same": f"{head};\n{user.format(c=cast)}",
            "cast_other": f"{head};\n{user.format(c=other)}",
            "through_pointer": f"extern {pointer};\n{user.format(c=f'q{k}({self.arguments()})')}",
            "through_star": f"{head};\n{user.format(c=f'(*&{f})({self.arguments()})')}",
            "through_local": f"static {head} {self.body()}\nvoid u{k}(int n) {{ {pointer} = {f}; "
                             f"q{k}({self.arguments()}); }}",
            "through_member": f"struct m{k} {{ {pointer}; }};\nvoid u{k}(struct m{k} *m, int n) "
                              f"{{ m->q{k}({self.arguments()}); }}",
            "alias": f"{head} {self.body()}\nextern __typeof__({f}) g{k} __attribute__((alias(\"{f}\")));\n"
                     f"void u{k}(int n) {{ g{k}({self.arguments()}); }}",
            "label": f"{head} __asm__(\"label_{k}\");\n{direct}",
            "dllimport": f"__declspec(dllimport) {head};\n{direct}",
            "dllimport_defined": f"__declspec(dllimport) {head};\n{direct}\n{head} {self.body()}",
            "noreturn": f"__attribute__((noreturn)) {head};\nvoid h{k}(int);\nvoid u{k}(int n) "
                        f"{{ if (n) {{ {call}; h{k}(1); }} h{k}(2); {call}; h{k}(3); }}",
            "cleanup": f"void c{k}({self.result if self.result != 'void' else 'int'} *p);\n"
                       f"void u{k}(int n) {{ __attribute__((cleanup(c{k}))) "
                       f"{self.result if self.result != 'void' else 'int'} v; if (n) return; }}",
            "unprototyped": f"{self.result} {f}();\n{direct}",
            "weakref": f"static {head} __attribute__((weakref(\"w{k}\")));\n{direct}",
            "nested": f"{head};\nint i{k}(int, ...);\n{user.format(c=f'i{k}(1, i{k}(2, {call}))')}"
                      if self.result != "void" else f"{head};\n{direct}",
            "builtin": BUILTINS[self.number % len(BUILTINS)].format(k=k, user=user),
            "constructor": f"__attribute__((constructor)) static void f{k}(void) {{ }}",
            "kept_by_dead": f"static {head} {self.body()}\nvoid *t{k}(void) {{ return 0; return (void *){f}; }}",
            "conditional_callee": f"{head};\n{self.result} g{k}({self.parameter_list()});\n"
                                  f"{user.format(c=f'(n ? {f} : g{k})({self.arguments()})')}",
            "local_declaration": f"void u{k}(int n) {{ {head}; {call}; }}",
            "recursive": f"static {head};\nstatic void r{k}(int n) {{ if (n) r{k}(n - 1); {call}; }}\n"
                         f"static {head} {self.body()}",
            "constant_pointer": f"{head};\nstatic {self.result} (*const q{k})({self.parameter_list(False)})"
                                f" = {f};\n{user.format(c=f'q{k}({self.arguments()})')}",
            "constant_local": f"static {head} {self.body()}\nvoid u{k}(int n) {{ {self.result} (*const "
                              f"q{k})({self.parameter_list(False)}) = (void *){f}; q{k}({self.arguments()}); }}",
            "constant_imported": f"__declspec(dllimport) {head};\nstatic {self.result} (*const q{k})"
                                 f"({self.parameter_list(False)}) = {f};\n"
                                 f"{user.format(c=f'q{k}({self.arguments()})')}",
            "tentative": f"{head};\nextern __typeof__({f}) {f};\n{self.result} (*const k{k})"
                         f"({self.parameter_list(False)}) = {f};",
        }[kind]  # fmt: skip


BUILTINS = (
    "void *memcpy(void *, const void *, u64);\nvoid u{k}(int n) {{ memcpy(any, any + 8, n); }}",
    "double sqrt(double);\ndouble fabs(double);\ndouble u{k}(double x) {{ return sqrt(fabs(x)); }}",
    "double u{k}(double x) {{ return __builtin_sin(x) + __builtin_floor(x) + __builtin_pow(x, 2); }}",
    "zdouble u{k}(zdouble *a) {{ return a[0] * a[1] / a[2]; }}",
    "zfloat u{k}(zfloat *a) {{ return a[0] / a[1] * 2.0f; }}",
    "wide u{k}(wide *a) {{ return a[0] / a[1] % a[2]; }}",
    "int u{k}(aint *a) {{ return ++*a + __atomic_fetch_add(any, 1, 5); }}",
    "struct big{k} {{ long long a[5]; }};\nvoid u{k}(_Atomic struct big{k} *a, struct big{k} *b) "
    "{{ *a = *b; }}",
    "int printf(const char *, ...);\nvoid u{k}(int n) {{ printf(\"%d\", n); __builtin_printf(\"x\"); }}",
    "void u{k}(int n) {{ __builtin_trap(); }}",
    "void *u{k}(int n) {{ return __builtin_alloca(n); }}",
    "u64 strlen(const char *);\nu64 u{k}(void) {{ return strlen(\"abc\") + strlen(any); }}",
    "float u{k}(half *a) {{ return (float)(a[0] + a[1]); }}",
    "bits100 u{k}(bits100 *a) {{ return a[0] / a[1]; }}",
    "double u{k}(wide *a) {{ return (double)a[0]; }}",
    "double fmod(double, double);\ndouble u{k}(double a) {{ return fmod(a, 3.0) + __builtin_fma(a, a, a); }}",
    "void abort(void);\nvoid v{k}(void);\nvoid u{k}(int n) {{ if (n) {{ abort(); v{k}(); }} }}",
)  # fmt: skip


class Program:
    prelude = shapes.PRELUDE + MACROS

    def __init__(self, rnd, environment):
        self.rnd, self.environment = rnd, environment
        self.types = shapes.Types(rnd)
        self.pieces = []
        self.flags = [rnd.choice(DIALECTS)]

    def add(self, count):
        rnd = self.rnd
        for number in range(count):
            result = "void" if rnd.random() < 0.12 else self.types.any()
            many = rnd.choice((0, 1, 1, 2, 2, 3, 4, 6, 9))
            parameters = tuple(self.types.any() for _ in range(many))
            extra = None
            if rnd.random() < 0.12:
                parameters = parameters or ("int",)
                extra = tuple(rnd.choice(PROMOTED) if rnd.random() < 0.7 else self.types.any()
                              for _ in range(rnd.randrange(0, 5)))  # fmt: skip
            uses = tuple((rnd.choice(USES), rnd.choice(FLOWS), rnd.choice(ATTRIBUTES))
                         for _ in range(rnd.choice((2, 3, 4))))  # fmt: skip
            self.pieces.append(Piece(number, result, parameters, extra, uses))

    def text(self, pieces=None):
        return self.lines(pieces)[0]

    def lines(self, pieces=None):
        """(text, [(first line, one past the last, piece)])"""
        pieces = self.pieces if pieces is None else pieces
        names = set().union(*(p.names() for p in pieces)) if pieces else set()
        parts = [self.prelude, *self.types.needed(names)]
        at, where = sum(p.count("\n") + 1 for p in parts) + 1, []
        for piece in pieces:
            text = piece.text()
            where.append((at, at + text.count("\n") + 1, piece))
            at += text.count("\n") + 1
            parts.append(text)
        return "\n".join(parts) + "\n", where

    def users(self, lines):
        """The pieces that use a type that stands on one of these lines."""
        return [p for p in self.pieces if lines & set(self.types.needed(p.names()))]


def smaller(piece):
    """Pieces with one thing less."""
    for i in range(len(piece.uses)):
        if len(piece.uses) > 1:
            yield replace(piece, uses=piece.uses[:i] + piece.uses[i + 1 :])
    for i in range(len(piece.parameters)):
        yield replace(piece, parameters=piece.parameters[:i] + piece.parameters[i + 1 :])
    if piece.result != "void":
        yield replace(piece, result="void")
    if piece.extra is not None:
        yield replace(piece, extra=None if not piece.extra else piece.extra[1:])
    for i, t in enumerate(piece.parameters):
        if t != "int":
            yield replace(piece, parameters=(*piece.parameters[:i], "int", *piece.parameters[i + 1 :]))
    for i, (use, flow, attribute) in enumerate(piece.uses):
        if flow != FLOWS[0]:
            plain = (use, FLOWS[0], attribute)
            yield replace(piece, uses=(*piece.uses[:i], plain, *piece.uses[i + 1 :]))
