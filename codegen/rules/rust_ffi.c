// EC409, EC411, EC412, EC421, EC422, EC424: what a function's declaration says of the
// boundary without its types' sizes.
#include "codegen/rules/rust.h"

static bool is_live(const RustUnit *rust, uint32_t token)
{
    return rust_is_arm64ec(rust, rust_live(rust, token));
}

// rustc's own version where somebody named it; 0.0: the newest.
static bool is_before(const RustUnit *rust, uint32_t minor)
{
    Builder builder = rust->unit->builder;
    return builder.kind == BUILDER_RUSTC && builder.major == 1 && builder.minor < minor;
}

// --- Calling conventions
// ------------------------------------------------------------------

typedef struct AbiName {
    Str name;
    bool is_error;   // E0570; else a warning that will be one
    const char *use; // what Windows means by it
} AbiName;

static const AbiName *abi_of(Str name)
{
    static const AbiName names[] = {
        {STR_INIT("win64"), true, "C"},         {STR_INIT("sysv64"), true, "C"},
        {STR_INIT("vectorcall"), true, "C"},    {STR_INIT("efiapi"), true, "C"},
        {STR_INIT("thiscall"), true, "C"},      {STR_INIT("aapcs"), true, "C"},
        {STR_INIT("stdcall"), false, "system"}, {STR_INIT("fastcall"), false, "C"},
        {STR_INIT("cdecl"), false, "C"}};
    Str plain = str_ends(name, STR("-unwind")) ? str_sub(name, 0, name.len - 7) : name;
    for (size_t i = 0; i < COUNTOF(names); i++)
        if (str_eq(plain, names[i].name))
            return &names[i];
    return NULL;
}

static void check_abi(RustUnit *rust, uint32_t token)
{
    Str name = rust_string_text(&rust->tokens, token);
    const AbiName *abi = abi_of(name);
    if (!abi || !is_live(rust, token))
        return;
    Unit *unit = rust->unit;
    RustRange body = rust_string_body(&rust->tokens, token);
    Place at = unit_place(unit, body.begin, body.end);
    Finding *finding = REPORT(unit, EC411_abi, at, name, str_of(abi->use));
    finding->severity = abi->is_error ? SEVERITY_ERROR : SEVERITY_WARNING;
    Str use = arena_format(unit->arena, "%s%s", abi->use,
                           str_ends(name, STR("-unwind")) ? "-unwind" : "");
    Fix *fix = unit_fix(unit, finding,
                        arena_format(unit->arena, "Write \"%.*s\"", STR_ARG(use)));
    fix->preferred = true;
    unit_edit(unit, fix, at, use);
}

static void check_abis(RustUnit *rust)
{
    for (uint32_t i = 0; i + 1 < rust->tokens.all.len; i++)
        if (rust_is_word(&rust->tokens, i, STR("extern")) &&
            rust_is_string(&rust->tokens, i + 1) && !rust_in_macro(rust, i))
            check_abi(rust, i + 1);
}

// --- Functions
// --------------------------------------------------------------------------

static void check_naked(RustUnit *rust, const RustFunction *function)
{
    Unit *unit = rust->unit;
    if (!(function->is & RUST_FN_NAKED))
        return;
    uint32_t hash = function->naked_token;
    while (hash > 0 && !rust_is_punct(&rust->tokens, hash, '#'))
        hash--;
    Finding *finding = REPORT(
        unit, EC409_naked, rust_token_place(rust, function->naked_token), function->name);
    Place at = rust_token_place(rust, hash);
    uint32_t line = unit->lines.start[at.start.line];
    Str indent = str_sub(unit->text, line, rust_token(&rust->tokens, hash)->begin);
    at.end = at.start;
    if (str_trim(indent).len)
        return;
    Fix *fix = unit_fix(unit, finding, STR("Leave it out on arm64ec"));
    unit_edit(unit, fix, at,
              arena_format(unit->arena,
                           "#[cfg(not(target_arch = \"arm64ec\"))] // arm64ec needs "
                           "assembly of its own, with the label \"#%.*s\"\n%.*s",
                           STR_ARG(function->name), STR_ARG(indent)));
}

// A type by value: the word itself, not behind & or *, and no argument of a generic.
static uint32_t by_value(const RustUnit *rust, RustRange type, Str word)
{
    bool is_alone = type.end - type.begin == 1;
    return is_alone && rust_is_word(&rust->tokens, type.begin, word) ? type.begin
                                                                     : RUST_NONE;
}

static void check_floats(RustUnit *rust, const RustFunction *function, RustRange type)
{
    Unit *unit = rust->unit;
    uint32_t quad = by_value(rust, type, STR("f128")),
             half = by_value(rust, type, STR("f16"));
    bool is_boundary =
        (function->is & (RUST_FN_EXTERN | RUST_FN_EXPORTED)) || function->abi.len;
    if (!is_boundary || (function->is & RUST_FN_GENERIC))
        return;
    if (quad != RUST_NONE)
        REPORT(unit, EC412_quad, rust_token_place(rust, quad), function->name);
    if (half != RUST_NONE && is_before(rust, 95))
        REPORT(unit, EC412_half, rust_token_place(rust, half), function->name);
}

// Windows has a union where its metadata has an integer: the thunks differ by name.
static void check_remap(RustUnit *rust, const RustFunction *function)
{
    static const struct {
        Str name, c;
        uint32_t parameter;
    } rows[] = {{STR_INIT("SetFilePointerEx"), STR_INIT("LARGE_INTEGER"), 1},
                {STR_INIT("NtWaitForSingleObjectEx"), STR_INIT("LARGE_INTEGER"), 2}};
    static const Str ints[] = {STR_INIT("i64"), STR_INIT("u64")};
    for (size_t i = 0; i < COUNTOF(rows); i++) {
        if (!(function->is & RUST_FN_EXTERN) || !str_eq(function->name, rows[i].name) ||
            function->parameters.len <= rows[i].parameter)
            continue;
        const RustParameter *p = &function->parameters.at[rows[i].parameter];
        for (size_t k = 0; k < COUNTOF(ints); k++)
            if (by_value(rust, p->type, ints[k]) != RUST_NONE)
                REPORT(rust->unit, EC424_integer, rust_token_place(rust, p->type.begin),
                       ints[k], rows[i].c, function->name);
    }
}

static void check_function(RustUnit *rust, const RustFunction *function)
{
    if (!is_live(rust, function->fn_token))
        return;
    check_naked(rust, function);
    for (uint32_t i = 0; i < function->parameters.len; i++)
        check_floats(rust, function, function->parameters.at[i].type);
    if (function->result.end > function->result.begin)
        check_floats(rust, function, function->result);
    check_remap(rust, function);
}

// --- Linking
// ----------------------------------------------------------------------------

static void check_statics(RustUnit *rust, const RustItems *items)
{
    for (uint32_t i = 0; i < items->statics.len && is_before(rust, 90); i++) {
        const RustStatic *variable = &items->statics.at[i];
        if (variable->is_extern && is_live(rust, variable->token))
            REPORT(rust->unit, EC421_static, rust_token_place(rust, variable->token),
                   variable->name);
    }
}

static void check_raw_dylib(RustUnit *rust)
{
    const RustTokens *tokens = &rust->tokens;
    for (uint32_t i = 0; i + 3 < tokens->all.len; i++) {
        bool is_kind = rust_is_word(tokens, i, STR("kind")) &&
                       rust_is_punct(tokens, i + 1, '=') &&
                       rust_is_string(tokens, i + 2) &&
                       str_eq(rust_string_text(tokens, i + 2), STR("raw-dylib"));
        bool is_ordinal = rust_is_word(tokens, i, STR("link_ordinal"));
        if (rust_in_macro(rust, i))
            continue;
        if (is_kind && is_before(rust, 79) && is_live(rust, i))
            REPORT0(rust->unit, EC422_llvm, rust_token_place(rust, i + 2));
        else if (is_ordinal && is_before(rust, 91) && is_live(rust, i))
            REPORT0(rust->unit, EC422_ordinal, rust_token_place(rust, i));
        bool is_name_type = rust_is_word(tokens, i, STR("import_name_type")) &&
                            rust_is_punct(tokens, i + 1, '=');
        if (is_name_type && is_live(rust, i))
            REPORT0(rust->unit, EC422_name_type, rust_token_place(rust, i));
    }
}

void rules_rust_ffi(RustUnit *rust, const RustItems *items)
{
    check_abis(rust);
    for (uint32_t i = 0; i < items->functions.len; i++)
        check_function(rust, &items->functions.at[i]);
    check_statics(rust, items);
    check_raw_dylib(rust);
}
