// EC123, EC124, EC125, EC315, EC316: what code of Rust expects of Windows, by the words
// of a call. Types are not known here, so each rule asks for several words that fit.
#include "codegen/rules/rust.h"

typedef struct Checker {
    RustUnit *rust;
    const RustTokens *tokens;
    bool knows_ec_code; // the file allocates memory for Arm64EC code
    bool has_context;   // and names CONTEXT
} Checker;

static bool is_mark(const Checker *c, uint32_t at, char ch)
{
    return rust_is_punct(c->tokens, at, ch);
}

static bool is_live(const Checker *c, uint32_t at)
{
    return rust_is_arm64ec(c->rust, rust_live(c->rust, at)) &&
           !rust_in_macro(c->rust, at);
}

static bool names(const Checker *c, uint32_t begin, uint32_t end, Str prefix)
{
    for (uint32_t i = begin; i < end; i++)
        if (rust_token(c->tokens, i)->kind == RUST_IDENT &&
            str_starts(rust_token_text(c->tokens, i), prefix))
            return true;
    return false;
}

// --- Calls
// ------------------------------------------------------------------------------

static void check_call(const Checker *c, uint32_t at)
{
    Unit *unit = c->rust->unit;
    Str name = rust_token_text(c->tokens, at);
    uint32_t end = rust_skip_group(c->tokens, at + 1);
    Place place = rust_token_place(c->rust, at);
    bool is_protect = str_starts(name, STR("VirtualProtect"));
    bool is_memory = is_protect || str_eq(name, STR("VirtualAlloc")) ||
                     str_eq(name, STR("VirtualAllocEx"));
    if (is_memory && !c->knows_ec_code && names(c, at + 2, end, STR("PAGE_EXECUTE"))) {
        if (is_protect)
            REPORT(unit, EC123_protected, place, name);
        else
            REPORT(unit, EC123_allocated, place, name);
    } else if (str_eq(name, STR("RtlAddFunctionTable"))) {
        REPORT(unit, EC124_call, place, name);
    } else if (str_starts(name, STR("StackWalk")) &&
               names(c, at + 2, at + 8, STR("IMAGE_FILE_MACHINE_ARM64"))) {
        REPORT(unit, EC125_walk, place, name);
    }
}

// --- Members
// ----------------------------------------------------------------------------

static void check_member(const Checker *c, uint32_t at)
{
    static const struct {
        Str arm, x64;
    } rows[] = {{STR_INIT("Pc"), STR_INIT("Rip")},
                {STR_INIT("Sp"), STR_INIT("Rsp")},
                {STR_INIT("Fp"), STR_INIT("Rbp")}};
    Str name = rust_token_text(c->tokens, at);
    for (size_t i = 0; i < COUNTOF(rows) && c->has_context; i++)
        if (str_eq(name, rows[i].arm))
            REPORT(c->rust->unit, EC125_member, rust_token_place(c->rust, at),
                   rows[i].x64, rows[i].arm);
}

// nt.FileHeader.Machine == IMAGE_FILE_MACHINE_ARM64EC
static void check_machine(const Checker *c, uint32_t at)
{
    uint32_t value = at + 3;
    bool is_compared =
        (is_mark(c, at + 1, '=') || is_mark(c, at + 1, '!')) && is_mark(c, at + 2, '=');
    bool is_header = at >= 2 && is_mark(c, at - 1, '.') &&
                     rust_is_word(c->tokens, at - 2, STR("FileHeader"));
    Str text = rust_token_text(c->tokens, value);
    if (is_compared && is_header &&
        (str_eq(text, STR("IMAGE_FILE_MACHINE_ARM64EC")) ||
         str_eq_nocase(text, STR("0xA641"))))
        REPORT(c->rust->unit, EC315_image, rust_place(c->rust, at - 2, value + 1),
               STR("FileHeader.Machine"));
}

// --- Paths
// ------------------------------------------------------------------------------

static bool is_arm_folder(Str path)
{
    static const Str folders[] = {STR_INIT("arm64"), STR_INIT("aarch64"),
                                  STR_INIT("ARM64")};
    bool is_path = str_find_char(path, '/') < path.len ||
                   str_find_char(path, '\\') < path.len || str_has(path, STR(".dll"));
    for (size_t i = 0; i < COUNTOF(folders) && is_path; i++)
        if (str_has(path, folders[i]) && !str_has(path, STR("arm64ec")))
            return true;
    return false;
}

// "plugins/arm64" in what aarch64 and arm64ec share, beside words that load libraries.
static void check_paths(const Checker *c, const RustGate *gate)
{
    static const Str loaders[] = {STR_INIT("LoadLibrary"), STR_INIT("Library"),
                                  STR_INIT("PLUGIN"), STR_INIT("plugin")};
    bool is_shared = gate->cfg && rust_cfg_arch(gate->cfg, STR("arm64ec")) &&
                     truth_may(gate->own, TARGET_A64) &&
                     truth_may(gate->own, TARGET_EC) && !truth_may(gate->own, TARGET_X64);
    bool loads = false;
    for (size_t i = 0; i < COUNTOF(loaders) && is_shared; i++)
        loads |= names(c, gate->body_begin, gate->body_end, loaders[i]);
    for (uint32_t i = gate->body_begin; i < gate->body_end && loads; i++)
        if (rust_is_string(c->tokens, i) && is_arm_folder(rust_string_text(c->tokens, i)))
            REPORT(c->rust->unit, EC316_path, rust_token_place(c->rust, i),
                   rust_string_text(c->tokens, i));
}

void rules_rust_os(RustUnit *rust)
{
    Checker c = {.rust = rust, .tokens = &rust->tokens};
    uint32_t n = rust->tokens.all.len;
    c.knows_ec_code = names(&c, 0, n, STR("MEM_EXTENDED_PARAMETER_EC_CODE"));
    c.has_context = names(&c, 0, n, STR("CONTEXT"));
    for (uint32_t i = 1; i < n; i++) {
        if (rust->tokens.all.at[i].kind != RUST_IDENT)
            continue;
        char first = rust->tokens.text.at[rust->tokens.all.at[i].begin];
        bool is_call =
            is_mark(&c, i + 1, '(') && !rust_is_word(c.tokens, i - 1, STR("fn"));
        if ((first == 'V' || first == 'R' || first == 'S') && is_call && is_live(&c, i))
            check_call(&c, i);
        else if (is_mark(&c, i - 1, '.') && rust->tokens.all.at[i].len == 2 &&
                 is_live(&c, i))
            check_member(&c, i);
        else if (first == 'M' && rust_is_word(c.tokens, i, STR("Machine")) &&
                 is_live(&c, i))
            check_machine(&c, i);
    }
    for (uint32_t i = 0; i < rust->gates.all.len; i++)
        check_paths(&c, &rust->gates.all.at[i]);
}
