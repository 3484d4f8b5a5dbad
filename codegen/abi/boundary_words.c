// What a thunk does with one row, in words a person can check against the assembly.
#include "codegen/abi/boundary_row.h"

// The x64 registers as the emulator lays them out in Arm64EC's (domain.md 1.1, 1.2).
static const struct Twin {
    Str x64, ec;
} twins[] = {
    {STR_INIT("rcx"), STR_INIT("x0")},
    {STR_INIT("rdx"), STR_INIT("x1")},
    {STR_INIT("r8"), STR_INIT("x2")},
    {STR_INIT("r9"), STR_INIT("x3")},
};

// What a faulty thunk does instead. The first that fits is told.
static const struct Wrong {
    uint32_t fault;
    Str entry_argument, exit_argument, entry_result, exit_result;
} wrongs[] = {
#define DIES(fault)                                                                      \
    {                                                                                    \
        fault, STR_INIT("does not exist: LLVM stops on this type"),                      \
            STR_INIT("does not exist: LLVM stops on this type"),                         \
            STR_INIT("does not exist: LLVM stops on this type"),                         \
            STR_INIT("does not exist: LLVM stops on this type")                          \
    }
    DIES(FAULT_BFLOAT),
    DIES(FAULT_SCALABLE),
    DIES(FAULT_ODD_FLOAT_RESULT),
#undef DIES
    {FAULT_ODD_SIZE | FAULT_ODD_INTEGER,
     STR_INIT("takes the pointer that x64 passes for the value"),
     STR_INIT("passes the value where x64 expects a pointer"),
     STR_INIT("returns the value in rax; x64 expects it in the buffer at [rcx]"),
     STR_INIT("expects the value in rax; x64 writes through its first argument")},
    {FAULT_EMPTY,
     STR_INIT("drops it without its x64 slot; every later argument is shifted"),
     STR_INIT("leaves no x64 slot for it; every later argument is shifted"),
     STR_INIT("knows no result; x64 passes a hidden pointer in rcx, which shifts all"),
     STR_INIT("knows no result; x64 takes its first argument for a pointer")},
    {FAULT_INT128_RESULT | FAULT_VECTOR_RESULT, STR_INIT(""), STR_INIT(""),
     STR_INIT("stores the value through rcx, an argument; x64 expects it in xmm0"),
     STR_INIT("passes a hidden pointer in rcx; x64 returns the value in xmm0")},
    {FAULT_EIGHT_BYTE_VECTOR,
     STR_INIT("takes rcx-r9 for the value; x64 passes no value there"),
     STR_INIT("passes the value in a general register; x64 expects it elsewhere"),
     STR_INIT(""), STR_INIT("")},
    {FAULT_WIDE_VECTOR, STR_INIT("passes on a pointer; x64 code splits the vector"),
     STR_INIT("passes a pointer; x64 code splits the vector"), STR_INIT(""),
     STR_INIT("")},
    {FAULT_LONG_DOUBLE,
     STR_INIT("takes 8 bytes; mingw's x64 code passes 16-byte x87 values"),
     STR_INIT("passes 8 bytes; mingw's x64 code expects 16-byte x87 values"),
     STR_INIT("returns 8 bytes; mingw's x64 code expects 16-byte x87 values"),
     STR_INIT("takes 8 bytes; mingw's x64 code returns 16-byte x87 values")},
    {FAULT_BIT_INT_LAYOUT,
     STR_INIT("passes it on; its members stand elsewhere in x64 code"),
     STR_INIT("passes it on; its members stand elsewhere in x64 code"),
     STR_INIT("passes it on; its members stand elsewhere in x64 code"),
     STR_INIT("passes it on; its members stand elsewhere in x64 code")},
    {FAULT_VARIADIC_AGGREGATE | FAULT_VARIADIC_INT128,
     STR_INIT("passes on a pointer; this compiler's callee expects the value"),
     STR_INIT("passes the value; x64 expects a pointer"), STR_INIT(""), STR_INIT("")},
    {FAULT_VARIADIC_STACK, STR_INIT(""),
     STR_INIT("does not copy it; x64 finds another word there"), STR_INIT(""),
     STR_INIT("")},
    {FAULT_VARIADIC_FLOAT, STR_INIT(""),
     STR_INIT("copies it to the general register only; x64 reads the xmm register"),
     STR_INIT(""), STR_INIT("")},
    {FAULT_VARIADIC_RESULT, STR_INIT(""), STR_INIT(""),
     STR_INIT(
         "passes the argument list in the wrong registers (x3 and x4, not x4 and x5)"),
     STR_INIT("")},
};

// A vector's place in x64 code depends on its elements. What takes memory there takes ymm
// registers where AVX is at hand.
static Str wrong_vector_result(Arena *arena, const BoundaryRow *row, uint32_t faults,
                               bool is_exit)
{
    Str x64 = row->x64.hidden_pointer ? STR("the buffer at [rcx]") : row->x64.registers;
    if (faults & FAULT_EIGHT_BYTE_VECTOR)
        return arena_format(arena,
                            is_exit
                                ? "takes the value from rax; x64 returns it in %.*s"
                                : "does not return the value in %.*s, as x64 expects it",
                            STR_ARG(x64));
    if (!(faults & FAULT_WIDE_VECTOR))
        return (Str){0};
    const char *does = is_exit ? "passes a hidden pointer in rcx; x64 returns it in"
                               : "stores the value through rcx; x64 expects it in";
    if (row->x64.hidden_pointer)
        return arena_format(arena, "%s ymm registers, if built with AVX", does);
    return arena_format(arena, "%s %.*s", does, STR_ARG(x64));
}

static Str wrong_words(uint32_t faults, bool is_exit, bool is_result)
{
    for (size_t i = 0; i < COUNTOF(wrongs); i++) {
        const struct Wrong *wrong = &wrongs[i];
        if (!(faults & wrong->fault))
            continue;
        Str words = is_result ? (is_exit ? wrong->exit_result : wrong->entry_result)
                              : (is_exit ? wrong->exit_argument : wrong->entry_argument);
        if (words.len)
            return words;
    }
    return (Str){0};
}

// "rdx" is "x1"; of a variadic's "xmm1, rdx" the general register counts. xmm1 is v1.
static bool is_same_register(Str x64, Str ec)
{
    size_t comma = str_find_char(x64, ',');
    if (str_starts(ec, STR("x")) && comma < x64.len)
        x64 = str_trim(str_from(x64, comma + 1));
    for (size_t i = 0; i < COUNTOF(twins); i++)
        if (str_eq(twins[i].x64, x64))
            return str_eq(twins[i].ec, ec);
    bool is_vector = str_starts(x64, STR("xmm")) && ec.len && ec.at[0] != 'x' &&
                     str_find_char(ec, ',') == ec.len;
    return is_vector && str_eq(str_from(x64, 3), str_from(ec, 1));
}

typedef struct Texts {
    Str x64, ec;
    bool x64_in_register, ec_in_register;
    bool is_same;
} Texts;

static Texts texts_of(Arena *arena, const BoundaryRow *row)
{
    Texts texts = {
        .x64 = place_text(arena, &row->x64, true),
        .ec = place_text(arena, &row->ec, false),
        .x64_in_register = row->x64.kind == PLACE_REGISTER,
        .ec_in_register = row->ec.kind == PLACE_REGISTER,
    };
    texts.is_same = texts.x64_in_register && texts.ec_in_register &&
                    is_same_register(row->x64.registers, row->ec.registers);
    return texts;
}

static Str entry_argument(Arena *arena, const BoundaryRow *row)
{
    Texts texts = texts_of(arena, row);
    const char *what = row->x64.by_pointer ? "the pointer in " : "";
    if (row->ec.kind == PLACE_NONE)
        return STR("drops it");
    if (row->x64.by_pointer && !row->ec.by_pointer) {
        const char *verb = texts.ec_in_register ? "loads" : "copies";
        const char *to = texts.ec_in_register ? "into" : "to";
        return arena_format(arena,
                            texts.x64_in_register
                                ? "%s %llu bytes from [%.*s] %s %.*s"
                                : "%s %llu bytes from where %.*s points %s %.*s",
                            verb, (unsigned long long)row->bytes, STR_ARG(texts.x64), to,
                            STR_ARG(texts.ec));
    }
    if (texts.is_same)
        return arena_format(arena, "keeps %s%.*s as %.*s", what, STR_ARG(texts.x64),
                            STR_ARG(texts.ec));
    const char *verb = !texts.ec_in_register   ? "copies"
                       : texts.x64_in_register ? "copies"
                                               : "loads";
    return arena_format(arena, "%s %s%.*s %s %.*s", verb, what, STR_ARG(texts.x64),
                        texts.ec_in_register && !texts.x64_in_register ? "into" : "to",
                        STR_ARG(texts.ec));
}

static Str exit_argument(Arena *arena, const BoundaryRow *row)
{
    Texts texts = texts_of(arena, row);
    const char *what = row->x64.by_pointer ? "the pointer in " : "";
    if (row->ec.kind == PLACE_NONE)
        return STR("has nothing to pass");
    if (row->x64.by_pointer && !row->ec.by_pointer)
        return arena_format(arena, "stores %.*s to a temporary, its address to %.*s",
                            STR_ARG(texts.ec), STR_ARG(texts.x64));
    if (texts.is_same)
        return arena_format(arena, "keeps %s%.*s as %.*s", what, STR_ARG(texts.ec),
                            STR_ARG(texts.x64));
    const char *verb =
        texts.ec_in_register && !texts.x64_in_register ? "stores" : "copies";
    return arena_format(arena, "%s %s%.*s to %.*s", verb, what, STR_ARG(texts.ec),
                        STR_ARG(texts.x64));
}

static Str result_words(Arena *arena, const BoundaryRow *row, bool is_exit)
{
    Str x64 = row->x64.registers, ec = row->ec.registers;
    if (row->ec.kind == PLACE_NONE)
        return (Str){0};
    if (row->ec.hidden_pointer && is_exit)
        return arena_format(arena, "passes the pointer in %.*s as %.*s", STR_ARG(ec),
                            STR_ARG(x64));
    if (row->ec.hidden_pointer)
        return arena_format(arena, "takes %.*s from %.*s, returns it in rax", STR_ARG(ec),
                            STR_ARG(x64));
    if (row->x64.hidden_pointer && is_exit)
        return arena_format(arena, "passes a buffer in %.*s, loads %.*s from it",
                            STR_ARG(x64), STR_ARG(ec));
    if (row->x64.hidden_pointer)
        return arena_format(arena, "stores %.*s to the buffer of %.*s, returns it in rax",
                            STR_ARG(ec), STR_ARG(x64));
    if (str_eq(x64, STR("xmm0")) && ec.at[0] != 'x' && str_find_char(ec, ',') == ec.len)
        return is_exit ? arena_format(arena, "keeps xmm0 as %.*s", STR_ARG(ec))
                       : arena_format(arena, "keeps %.*s as xmm0", STR_ARG(ec));
    return is_exit
               ? arena_format(arena, "copies %.*s to %.*s", STR_ARG(x64), STR_ARG(ec))
               : arena_format(arena, "copies %.*s to %.*s", STR_ARG(ec), STR_ARG(x64));
}

Str words_entry(Arena *arena, const BoundaryRow *row, bool is_result)
{
    Str words = wrong_words(row->entry_faults, false, is_result);
    if (!words.len && is_result)
        words = wrong_vector_result(arena, row, row->entry_faults, false);
    if (words.len)
        return words;
    if (!is_result)
        return entry_argument(arena, row);
    words = result_words(arena, row, false);
    if (row->entry_faults & FAULT_SHORT_RESULT)
        return arena_format(arena, "stores 16 bytes to the %llu-byte buffer of rcx",
                            (unsigned long long)row->bytes);
    return words;
}

Str words_exit(Arena *arena, const BoundaryRow *row, bool is_result)
{
    Str words = wrong_words(row->exit_faults, true, is_result);
    if (!words.len && is_result)
        words = wrong_vector_result(arena, row, row->exit_faults, true);
    if (words.len)
        return words;
    words = is_result ? result_words(arena, row, true) : exit_argument(arena, row);
    if (row->exit_faults & FAULT_TEMPORARY_MISALIGNED)
        return arena_format(arena, "%.*s (not 16-byte aligned)", STR_ARG(words));
    return words;
}

// The registers from `slot` on, and the stack behind them.
static Str rest_of(Arena *arena, bool is_x64, uint32_t slot, uint64_t stack)
{
    Buf out;
    buf_init(&out, 256);
    for (uint32_t i = slot; i < COUNTOF(twins); i++)
        buf_format(&out, "%.*s, ", STR_ARG(is_x64 ? twins[i].x64 : twins[i].ec));
    buf_format(&out, stack ? "[%s+%llu]..." : "[%s]...", is_x64 ? "rsp" : "x4",
               (unsigned long long)stack);
    Str text = arena_str(arena, buf_str(&out));
    buf_done(&out);
    return text;
}

VariadicRest words_rest(const PlaceState *places, const BoundaryRow *result, bool copies)
{
    enum { SLOT_BYTES = 8, SLOTS = 4 };
    Arena *arena = places->arena;
    uint32_t slot = places->x64_slot, first = slot < SLOTS ? slot : SLOTS;
    VariadicRest rest = {.x64 = rest_of(arena, true, first,
                                        (slot > SLOTS ? slot : SLOTS) * SLOT_BYTES + 8),
                         .ec = rest_of(arena, false, places->general, places->ec_stack)};
    bool has_hidden = result->x64.hidden_pointer;
    bool is_lost = result->entry_faults & FAULT_VARIADIC_RESULT;
    const char *registers = has_hidden       ? "moves the registers"
                            : first == SLOTS ? ""
                                             : "keeps the registers";
    const char *then = *registers ? "; " : "";
    rest.entry_does =
        is_lost ? STR("leaves them where the function does not look: see the result")
                : arena_format(arena, "%s%sx4 points to [rsp+%d], x5 is 0", registers,
                               then, has_hidden ? 48 : 40);
    rest.exit_does = arena_format(arena, "%s%s%s", registers, then,
                                  copies ? "copies x5 bytes from [x4] to the stack"
                                         : "stores x4 and x5 to the stack, not what "
                                           "is at [x4]");
    return rest;
}
