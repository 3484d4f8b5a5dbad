// EC128: who knows what a jmp_buf looks like. On Arm64EC it is x64's _JUMP_BUFFER, since
// x64 frames may lie between setjmp() and longjmp().
#include "codegen/rules/os.h"
#include "codegen/rules/rules.h"

static bool is_one_of(Str name, const Str *names, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (str_eq(name, names[i]))
            return true;
    return false;
}

// --- Declared by hand
// -------------------------------------------------------------------

static const Str buffers[] = {STR_INIT("_JUMP_BUFFER"),  STR_INIT("jmp_buf"),
                              STR_INIT("_jmp_buf"),      STR_INIT("__jmp_buf"),
                              STR_INIT("__jmp_buf_tag"), STR_INIT("sigjmp_buf")};

// "typedef struct { ... } jmp_buf[1];": the name stands behind the body.
static bool is_buffer(const Unit *unit, uint32_t record)
{
    const Symbol *symbol = &unit->symbols.at[record];
    if (is_one_of(symbol->name, buffers, COUNTOF(buffers)))
        return true;
    for (uint32_t i = record + 1; i < unit->symbols.len; i++) {
        const Symbol *named = &unit->symbols.at[i];
        if (named->kind == SYMBOL_TYPE &&
            is_one_of(named->name, buffers, COUNTOF(buffers)))
            return named->full.start.line <= symbol->full.end.line &&
                   named->full.end.line >= symbol->full.end.line;
    }
    return false;
}

static bool has_arm_members(const Unit *unit, uint32_t record)
{
    static const Str names[] = {STR_INIT("X19"), STR_INIT("x19"),  STR_INIT("X20"),
                                STR_INIT("x20"), STR_INIT("Fpcr"), STR_INIT("fpcr"),
                                STR_INIT("Lr"),  STR_INIT("lr")};
    uint32_t n = 0;
    for (uint32_t i = 0; i < unit->symbols.len; i++) {
        const Symbol *member = &unit->symbols.at[i];
        n += member->kind == SYMBOL_FIELD && member->parent == record + 1 &&
             is_one_of(member->name, names, COUNTOF(names));
    }
    return n >= 2;
}

static void check_declared(Unit *unit)
{
    for (uint32_t i = 0; i < unit->symbols.len; i++) {
        const Symbol *symbol = &unit->symbols.at[i];
        if (symbol->kind == SYMBOL_STRUCT && is_buffer(unit, i) &&
            has_arm_members(unit, i))
            REPORT(unit, EC128_declared, symbol->selection, symbol->name);
    }
}

// --- Its size
// ---------------------------------------------------------------------------

// ARM64's has 192 bytes, and a program that says so is stopped by its own assertion.
static void check_sizes(Unit *unit)
{
    uint32_t n = unit->findings.len;
    for (uint32_t i = 0; i < n; i++) {
        const Finding *finding = &unit->findings.at[i];
        if (finding->source != SOURCE_CLANG || finding->severity != SEVERITY_ERROR ||
            finding->at.path != 0 ||
            !str_starts(finding->message, STR("static assertion failed")))
            continue;
        Str text = str_from(unit->text, unit->lines.start[finding->at.start.line]);
        text = str_sub(text, 0, str_find_char(text, ';'));
        bool is_buffer =
            str_has(text, STR("jmp_buf")) || str_has(text, STR("_JUMP_BUFFER"));
        if (is_buffer && str_has(text, STR("sizeof")))
            REPORT0(unit, EC128_size, finding->at)->severity = SEVERITY_ERROR;
    }
}

void os_check_jump_buffers(Unit *unit)
{
    check_declared(unit);
    check_sizes(unit);
}
