// EC128 EC130 EC312 EC313 EC317 EC323: what is expected of the processor, the compiler
// and their libraries, where Arm64EC has something else.
#include "codegen/arch/verdict.h"
#include "codegen/frontend/c_lexer.h"
#include "codegen/rules/rules.h"
#include "codegen/rules/source_text.h"

enum { NEAR_BYTES = 2048 };

// --- EC313
// -------------------------------------------------------------------------------

static bool is_x86_feature(Str feature)
{
    static const Str starts[] = {
        STR_INIT("sse"),   STR_INIT("ssse"),       STR_INIT("avx"),   STR_INIT("mmx"),
        STR_INIT("bmi"),   STR_INIT("fma"),        STR_INIT("f16c"),  STR_INIT("popcnt"),
        STR_INIT("lzcnt"), STR_INIT("pclmul"),     STR_INIT("xsave"), STR_INIT("rdrnd"),
        STR_INIT("vaes"),  STR_INIT("vpclmulqdq"), STR_INIT("gfni"),  STR_INIT("adx"),
        STR_INIT("3dnow")};
    if (str_starts(feature, STR("no-")))
        feature = str_from(feature, 3);
    for (size_t i = 0; i < COUNTOF(starts); i++)
        if (str_starts(feature, starts[i]))
            return true;
    return false;
}

// The first of a comma list that only x86 has.
static Str x86_feature(Str list)
{
    while (list.len) {
        size_t comma = str_find_char(list, ',');
        Str one = str_trim(str_sub(list, 0, comma));
        list = str_from(list, comma + 1);
        if (is_x86_feature(one))
            return one;
    }
    return STR("");
}

// target("avx2") in front of the name, if it is written out there.
static Place target_place(const Unit *unit, const Function *function)
{
    uint32_t name = source_offset(unit, function->at.start);
    uint32_t from = name > 512 ? name - 512 : 0;
    Str written =
        arena_format(unit->arena, "target(\"%.*s\")", STR_ARG(function->target));
    Str before = str_sub(unit->text, from, name);
    size_t at = before.len;
    for (size_t next = str_find(before, written); next < before.len;) {
        at = next;
        next = at + 1 + str_find(str_from(before, at + 1), written);
    }
    if (at == before.len || str_has(str_from(before, at), STR("}")) ||
        str_has(str_from(before, at), STR(";")))
        return function->at;
    uint32_t begin = from + (uint32_t)at;
    return unit_place(unit, begin, begin + (uint32_t)written.len);
}

// What stands in front of a function's name, from the end of what is before it.
static Str head_of(const Unit *unit, const Function *function)
{
    uint32_t name = source_offset(unit, function->at.start);
    uint32_t from = name > NEAR_BYTES / 4 ? name - NEAR_BYTES / 4 : 0;
    Str head = str_sub(unit->text, from, name);
    for (size_t at = head.len; at > 0; at--)
        if (head.at[at - 1] == ';' || head.at[at - 1] == '}')
            return str_from(head, at);
    return head;
}

// target_clones("avx2", "default"): the first that x86 alone has.
static void check_clones(Unit *unit, const Function *function)
{
    Str head = head_of(unit, function), word = STR("target_clones");
    size_t at = str_find(head, word);
    if (at >= head.len)
        return;
    Str list = str_from(head, at + word.len);
    list = str_sub(list, 0, str_find_char(list, ')'));
    Str all = list;
    while (list.len) {
        list = str_from(list, str_find_char(list, '"') + 1);
        Str feature = x86_feature(str_sub(list, 0, str_find_char(list, '"')));
        list = str_from(list, str_find_char(list, '"') + 1);
        if (!feature.len)
            continue;
        uint32_t begin = (uint32_t)(head.at + at - unit->text.at);
        uint32_t end = (uint32_t)(all.at + all.len - unit->text.at) + 1;
        REPORT(unit, EC313_clones, unit_place(unit, begin, end), feature, function->name)
            ->severity = SEVERITY_HINT;
        return;
    }
}

// In a branch that Arm64EC should not take: told at its condition.
static bool is_explained(Unit *unit, const Function *function)
{
    ArchSpot spot = {unit->job->path, source_offset(unit, function->at.start)};
    return arch_explains(unit->arch, &spot, 1, STR("")) != NULL;
}

// The "#pragma clang attribute push" that a function stands behind; else `at`.
static Place pragma_place(const Unit *unit, const Function *function, Place at)
{
    Str word = STR("#pragma clang attribute push"), found = STR("");
    uint32_t name = source_offset(unit, function->at.start);
    Str before = str_sub(unit->text, 0, name);
    for (size_t next = str_find(before, word); next < before.len;
         next += 1 + str_find(str_from(before, next + 1), word)) {
        Str line = str_from(before, next);
        line = str_sub(line, 0, str_find_char(line, '\n'));
        if (str_has(line, function->target))
            found = line;
    }
    uint32_t begin = (uint32_t)(found.at - unit->text.at);
    return found.len ? unit_place(unit, begin, begin + (uint32_t)found.len) : at;
}

static void check_target(Unit *unit, const Function *function, Place *last)
{
    Str feature = x86_feature(function->target);
    if (!feature.len || is_explained(unit, function))
        return;
    Place at = target_place(unit, function);
    bool is_written = at.start.byte != function->at.start.byte ||
                      at.start.line != function->at.start.line;
    if (!is_written)
        at = pragma_place(unit, function, at);
    if (at.start.line == last->start.line && at.start.byte == last->start.byte)
        return; // of the same pragma
    *last = at;
    REPORT(unit, EC313_function, at, feature, function->name);
}

static void check_targets(Unit *unit)
{
    bool has_clones = str_has(unit->text, STR("target_clones"));
    Place last = unit_place(unit, 0, 0);
    last.start.line = UINT32_MAX;
    for (uint32_t i = 0; i < unit->functions.len; i++) {
        const Function *function = &unit->functions.at[i];
        if (!function->in_document || !function->is_defined)
            continue;
        if (function->target.len)
            check_target(unit, function, &last);
        else if (has_clones)
            check_clones(unit, function);
    }
}

// --- EC312, EC130
// ------------------------------------------------------------------------

typedef struct Near {
    bool is_volatile, is_ordered;
} Near;

static bool orders_memory(Str word)
{
    static const Str parts[] = {
        STR_INIT("__dmb"),        STR_INIT("MemoryBarrier"), STR_INIT("Interlocked"),
        STR_INIT("tomic"),        STR_INIT("__sync_"),       STR_INIT("fence"),
        STR_INIT("memory_order"), STR_INIT("__stlr"),        STR_INIT("__ldar")};
    for (size_t i = 0; i < COUNTOF(parts); i++)
        if (str_has(word, parts[i]))
            return true;
    return false;
}

// The words of some lines around a place.
static Near read_near(const Unit *unit, uint32_t at)
{
    Near near = {0};
    CLexer lexer;
    uint32_t begin = at > NEAR_BYTES ? at - NEAR_BYTES : 0;
    while (begin > 0 && begin < at && unit->text.at[begin - 1] != '\n')
        begin++;
    c_lexer_init(&lexer, str_sub(unit->text, 0, at + NEAR_BYTES));
    lexer.at = begin;
    for (;;) {
        CToken token = c_lexer_next_code(&lexer);
        if (token.kind == C_END)
            return near;
        Str word = c_token_text(&lexer, token);
        near.is_volatile |= token.begin < at && str_eq(word, STR("volatile"));
        near.is_ordered |= token.kind == C_WORD && orders_memory(word);
    }
}

// A fence of the compiler's between accesses of what some lines above is volatile.
static void check_barrier(Unit *unit, const ApiCall *api)
{
    Near near = read_near(unit, source_offset(unit, api->at.start));
    if (near.is_volatile && !near.is_ordered)
        REPORT0(unit, EC130_barrier, api->at);
}

static void check_calls(Unit *unit)
{
    for (uint32_t i = 0; i < unit->api_calls.len; i++) {
        const ApiCall *api = &unit->api_calls.at[i];
        Str name = unit->functions.at[api->callee].name;
        if (str_eq(name, STR("__builtin_cpu_supports")) && builder_is_llvm(unit->builder))
            REPORT0(unit, EC312_call, api->at);
        if (str_eq(name, STR("_ReadWriteBarrier")))
            check_barrier(unit, api);
    }
}

// --- EC317
// -------------------------------------------------------------------------------

static bool is_windows_header(Str path)
{
    static const Str names[] = {STR_INIT("/windows.h"), STR_INIT("/Windows.h"),
                                STR_INIT("/intrin.h"), STR_INIT("/winnt.h")};
    for (size_t i = 0; i < COUNTOF(names); i++)
        if (str_ends(path, names[i]))
            return true;
    return false;
}

static bool is_before(const Place *a, const Place *b)
{
    return a->start.line < b->start.line ||
           (a->start.line == b->start.line && a->start.byte < b->start.byte);
}

// Microsoft's headers declare __m128 and _mm_add_ps for Arm64EC themselves.
static void check_soft_intrinsics(Unit *unit)
{
    const Place *sse2neon = NULL;
    bool has_windows = false;
    for (uint32_t i = 0; i < unit->includes.len; i++)
        if (str_ends(unit->paths.at[unit->includes.at[i]], STR("/sse2neon.h")))
            sse2neon = &unit->include_places.at[i];
    for (uint32_t i = 0; i < unit->includes.len && sse2neon; i++)
        has_windows |= is_windows_header(unit->paths.at[unit->includes.at[i]]) &&
                       is_before(&unit->include_places.at[i], sse2neon);
    if (!has_windows || source_names(unit, STR("_DISABLE_SOFTINTRIN_")))
        return;
    for (uint32_t i = 0; i < unit->arguments.len; i++)
        if (str_has(unit->arguments.at[i], STR("_DISABLE_SOFTINTRIN_")))
            return;
    Place place = *sse2neon;
    Finding *finding = REPORT0(unit, EC317_include, place);
    uint32_t first = (uint32_t)unit->text.len;
    for (uint32_t i = 0; i < unit->includes.len; i++) {
        uint32_t at = source_offset(unit, unit->include_places.at[i].start) -
                      unit->include_places.at[i].start.byte;
        first = at < first ? at : first;
    }
    Fix *fix = unit_fix(unit, finding, STR("define _DISABLE_SOFTINTRIN_"));
    unit_edit(unit, fix, unit_place(unit, first, first),
              STR("#define _DISABLE_SOFTINTRIN_ 1\n"));
}

// -------------------------------------------------------------------------------

void rules_processor(Unit *unit)
{
    if (builder_is_llvm(unit->builder))
        check_targets(unit);
    else
        check_soft_intrinsics(unit);
    check_calls(unit);
}
