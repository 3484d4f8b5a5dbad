// EC403, EC416, EC417: build scripts, and what decides by the name of a target elsewhere.
//
// A build script runs on the host: cfg! and consts::ARCH tell of that. The target's names
// come through the environment, as strings, where no compiler looks at them.
#include "codegen/rules/rust.h"

typedef struct Builds {
    RustUnit *rust;
    const RustTokens *tokens;
    bool knows_arm64ec; // the file has the name in some string
    LIST(Str) archs;    // variables that hold CARGO_CFG_TARGET_ARCH
    LIST(Str) targets;  // variables that hold TARGET
} Builds;

static bool says(const Builds *b, uint32_t at, const char *word)
{
    return rust_is_word(b->tokens, at, str_of(word));
}

static bool is_mark(const Builds *b, uint32_t at, char ch)
{
    return rust_is_punct(b->tokens, at, ch);
}

static bool is_text(const Builds *b, uint32_t at, const char *text)
{
    return rust_is_string(b->tokens, at) &&
           str_eq(rust_string_text(b->tokens, at), str_of(text));
}

static Place body_place(const Builds *b, uint32_t at)
{
    RustRange body = rust_string_body(b->tokens, at);
    return unit_place(b->rust->unit, body.begin, body.end);
}

// --- Variables
// --------------------------------------------------------------------------

enum { STATEMENT_TOKENS_MAX = 2000 };

static uint32_t statement_begin(const Builds *b, uint32_t at)
{
    uint32_t first = at > STATEMENT_TOKENS_MAX ? at - STATEMENT_TOKENS_MAX : 0;
    while (at > first && !is_mark(b, at - 1, ';') && !is_mark(b, at - 1, '{') &&
           !is_mark(b, at - 1, '}'))
        at--;
    return at;
}

static void note_variable(Builds *b, uint32_t at)
{
    bool is_arch = is_text(b, at, "CARGO_CFG_TARGET_ARCH"),
         is_target = is_text(b, at, "TARGET");
    if (!is_arch && !is_target)
        return;
    uint32_t begin = statement_begin(b, at);
    if (!says(b, begin, "let"))
        return;
    uint32_t name = begin + 1 + (says(b, begin + 1, "mut") ? 1 : 0);
    if (is_mark(b, name + 1, '(')) // let Ok(arch) = ...
        name += 2;
    if (is_arch)
        *LIST_PUSH(b->rust->unit->arena, &b->archs) = rust_name(b->tokens, name);
    else
        *LIST_PUSH(b->rust->unit->arena, &b->targets) = rust_name(b->tokens, name);
}

static bool is_known(Str name, const Str *names, uint32_t n)
{
    for (uint32_t i = 0; i < n; i++)
        if (str_eq(names[i], name))
            return true;
    return false;
}

static bool is_arch_variable(const Builds *b, uint32_t at)
{
    return is_known(rust_name(b->tokens, at), b->archs.at, b->archs.len);
}

static bool is_target_variable(const Builds *b, uint32_t at)
{
    return is_known(rust_name(b->tokens, at), b->targets.at, b->targets.len);
}

// A condition for another system stands in the same statement's head.
static bool asks_for_other_system(const Builds *b, uint32_t at)
{
    static const Str systems[] = {
        STR_INIT("linux"),  STR_INIT("macos"),   STR_INIT("apple"), STR_INIT("android"),
        STR_INIT("darwin"), STR_INIT("ios"),     STR_INIT("unix"),  STR_INIT("32"),
        STR_INIT("msvc"),   STR_INIT("freebsd"), STR_INIT("wasm")};
    uint32_t begin = statement_begin(b, at), end = at;
    while (!is_mark(b, end, '{') && !is_mark(b, end, ';') &&
           rust_token(b->tokens, end)->kind != RUST_END)
        end++;
    for (uint32_t i = begin; i < end; i++)
        for (size_t k = 0; k < COUNTOF(systems) && rust_is_string(b->tokens, i); k++)
            if (str_has(rust_string_text(b->tokens, i), systems[k]))
                return true;
    return false;
}

// --- match
// ------------------------------------------------------------------------------

typedef struct Arms {
    uint32_t x64, a64; // tokens of the strings, or RUST_NONE
    bool has_ec, has_default;
    uint32_t default_at;
} Arms;

static void see_arms(const Builds *b, uint32_t open, Arms *ret_arms)
{
    uint32_t close = rust_token(b->tokens, open)->match;
    *ret_arms = (Arms){.x64 = RUST_NONE, .a64 = RUST_NONE};
    bool in_pattern = true;
    for (uint32_t i = open + 1; i < close;) {
        if (is_mark(b, i, '=') && is_mark(b, i + 1, '>')) {
            in_pattern = false;
            i += 2;
            if (is_mark(b, i, '{')) {
                i = rust_skip_group(b->tokens, i);
                i += is_mark(b, i, ',');
                in_pattern = true;
            }
            continue;
        }
        if (!in_pattern) {
            in_pattern = is_mark(b, i, ',');
            i = rust_skip_group(b->tokens, i);
            continue;
        }
        if (is_text(b, i, "x86_64"))
            ret_arms->x64 = i;
        else if (is_text(b, i, "aarch64"))
            ret_arms->a64 = i;
        else if (is_text(b, i, "arm64ec"))
            ret_arms->has_ec = true;
        bool is_default = rust_token(b->tokens, i)->kind == RUST_IDENT &&
                          (is_mark(b, i + 1, '=') || says(b, i + 1, "if"));
        if (is_default && !ret_arms->has_default)
            ret_arms->has_default = true, ret_arms->default_at = i;
        i++;
    }
}

static void check_match(const Builds *b, uint32_t at)
{
    Unit *unit = b->rust->unit;
    uint32_t open = at + 1;
    bool is_arch = false;
    for (; !is_mark(b, open, '{') && rust_token(b->tokens, open)->kind != RUST_END;
         open++)
        is_arch |= is_text(b, open, "CARGO_CFG_TARGET_ARCH") ||
                   (is_arch_variable(b, open) && !is_mark(b, open - 1, '.'));
    if (!is_arch || rust_token(b->tokens, open)->match == RUST_NONE)
        return;
    Arms arms;
    see_arms(b, open, &arms);
    if (arms.a64 == RUST_NONE || arms.has_ec)
        return;
    Finding *finding =
        REPORT0(unit, EC416_default,
                rust_token_place(b->rust, arms.has_default ? arms.default_at : arms.a64));
    unit_note(unit, finding, rust_token_place(b->rust, arms.a64),
              STR("aarch64 has its own here"));
    Place end = rust_token_place(b->rust, arms.a64);
    end.start = end.end;
    Fix *fix = unit_fix(unit, finding, STR("Add arm64ec to the aarch64 arm"));
    fix->preferred = true;
    unit_edit(unit, fix, end, STR(" | \"arm64ec\""));
}

// --- Comparisons
// ------------------------------------------------------------------------

static void check_comparison(const Builds *b, uint32_t at)
{
    bool is_first = is_mark(b, at + 1, '=') && is_mark(b, at + 2, '=');
    uint32_t string = at + 3;
    if (!is_first || !is_arch_variable(b, at) || !rust_is_string(b->tokens, string))
        return;
    Unit *unit = b->rust->unit;
    Str value = rust_string_text(b->tokens, string), meant = rust_arch_meant(value);
    if (meant.len) {
        Finding *finding =
            REPORT(unit, EC403_string, body_place(b, string), value, meant);
        Fix *fix = unit_fix(unit, finding,
                            arena_format(unit->arena, "Write \"%.*s\"", STR_ARG(meant)));
        fix->preferred = true;
        unit_edit(unit, fix, body_place(b, string), meant);
        return;
    }
    if (!str_eq(value, STR("aarch64")) || b->knows_arm64ec ||
        asks_for_other_system(b, at))
        return;
    Place place = rust_place(b->rust, at, string + 1);
    Finding *finding = REPORT0(unit, EC416_comparison, place);
    Str name = rust_token_text(b->tokens, at), text = rust_text(b->rust, at, string + 1);
    Fix *fix = unit_fix(unit, finding, STR("Compare with arm64ec, too"));
    fix->preferred = true;
    unit_edit(unit, fix, place,
              arena_format(unit->arena, "(%.*s || %.*s == \"arm64ec\")", STR_ARG(text),
                           STR_ARG(name)));
}

// target.contains("aarch64"), target.starts_with("arm")
static void check_triple(const Builds *b, uint32_t at)
{
    bool is_contains = says(b, at + 2, "contains"),
         starts = says(b, at + 2, "starts_with");
    uint32_t string = at + 4;
    if (!is_target_variable(b, at) || !is_mark(b, at + 1, '.') ||
        (!is_contains && !starts) || !is_mark(b, at + 3, '(') ||
        !rust_is_string(b->tokens, string) || b->knows_arm64ec ||
        asks_for_other_system(b, at))
        return;
    Unit *unit = b->rust->unit;
    Str value = rust_string_text(b->tokens, string);
    Place place = rust_place(b->rust, at, string + 2);
    if (str_starts(value, STR("aarch64")) && !str_has(value, STR("-"))) {
        Finding *finding = REPORT(unit, EC416_misses, place, value);
        Str text = rust_text(b->rust, at, string + 2),
            name = rust_token_text(b->tokens, at);
        Fix *fix = unit_fix(unit, finding, STR("Look for arm64ec, too"));
        fix->preferred = true;
        unit_edit(unit, fix, place,
                  arena_format(unit->arena, "(%.*s || %.*s.starts_with(\"arm64ec\"))",
                               STR_ARG(text), STR_ARG(name)));
    } else if (str_eq(value, STR("arm")) || str_eq(value, STR("arm64"))) {
        REPORT(unit, EC416_matches, place, value);
    }
}

// --- The host
// ---------------------------------------------------------------------------

static void check_host(const Builds *b)
{
    const RustGates *gates = &b->rust->gates;
    for (uint32_t i = 0; i < gates->all.len; i++) {
        const RustGate *gate = &gates->all.at[i];
        if (gate->cfg && rust_cfg_names_arch(gate->cfg))
            REPORT0(b->rust->unit, EC416_host,
                    rust_place(b->rust, gate->cfg->begin, gate->cfg->end));
    }
    for (uint32_t i = 0; i + 6 < b->tokens->all.len; i++)
        if (says(b, i, "consts") && rust_is_path_sep(b->tokens, i + 1) &&
            says(b, i + 3, "ARCH"))
            REPORT0(b->rust->unit, EC416_host, rust_token_place(b->rust, i + 3));
}

// --- Flags
// ------------------------------------------------------------------------------

// "/machine:arm64" in a string that is not under a condition on the processor.
static void check_machine(const Builds *b, uint32_t at)
{
    static const Str wrong[] = {STR_INIT("arm64"), STR_INIT("x64"), STR_INIT("amd64")};
    Str text = rust_string_text(b->tokens, at);
    for (size_t i = 0; i + 9 < text.len; i++) {
        Str part = str_sub(text, i, i + 9), machine = str_from(text, i + 9);
        if (!str_eq_nocase(part, STR("/machine:")) &&
            !str_eq_nocase(part, STR("-machine:")))
            continue;
        for (size_t k = 0; k < COUNTOF(wrong) && !b->archs.len && !b->targets.len; k++)
            if (str_eq_nocase(machine, wrong[k]))
                REPORT(b->rust->unit, EC417_machine, body_place(b, at), machine);
        return;
    }
}

void rules_rust_build(RustUnit *rust)
{
    Builds b = {.rust = rust, .tokens = &rust->tokens};
    bool has_names = false;
    for (uint32_t i = 0; i < rust->tokens.all.len; i++) {
        if (!rust_is_string(&rust->tokens, i))
            continue;
        b.knows_arm64ec |= str_has(rust_string_text(&rust->tokens, i), STR("arm64ec"));
        has_names |= is_text(&b, i, "CARGO_CFG_TARGET_ARCH") || is_text(&b, i, "TARGET");
        note_variable(&b, i);
    }
    if (rust->is_build_script)
        check_host(&b);
    for (uint32_t i = 0; i < rust->tokens.all.len && has_names; i++) {
        if (rust->tokens.all.at[i].kind != RUST_IDENT)
            continue;
        if (says(&b, i, "match"))
            check_match(&b, i);
        check_comparison(&b, i);
        check_triple(&b, i);
    }
    for (uint32_t i = 0; i < rust->tokens.all.len && rust->is_build_script; i++)
        if (rust_is_string(&rust->tokens, i))
            check_machine(&b, i);
}
