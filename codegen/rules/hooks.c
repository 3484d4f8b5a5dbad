// EC122 EC324: code that is looked at, patched or carried along as bytes.
//
// The address of an Arm64EC function is AArch64 code, or, from GetProcAddress and from
// another module, a short x64 sequence that leads there. Who decodes or patches it as
// x64 code destroys it.
#include "codegen/rules/rules.h"
#include "codegen/rules/source_text.h"

#include <string.h>

// What is done with code beside calling it. A cast alone proves nothing.
static bool deals_with_code(Unit *unit)
{
    static const Str words[] = {STR_INIT("VirtualProtect"), STR_INIT("VirtualProtectEx"),
                                STR_INIT("WriteProcessMemory"),
                                STR_INIT("FlushInstructionCache"),
                                STR_INIT("NtProtectVirtualMemory")};
    return source_names_any(unit, words, COUNTOF(words)) || source_has_x64_opcode(unit);
}

static bool knows_ec_code(Unit *unit)
{
    return source_names(unit, STR("RtlIsEcCode"));
}

// *(cast)   (cast)[0]   p = cast. What is compared or counted from is an address only.
static bool is_taken_apart(const Unit *unit, const Place *cast)
{
    uint32_t begin = source_offset(unit, cast->start);
    uint32_t end = source_offset(unit, cast->end);
    Str text = unit->text;
    while (end < text.len && (text.at[end] == ')' || text.at[end] == ' '))
        end++;
    if (end < text.len && text.at[end] == '[')
        return true;
    while (begin > 0 && memchr(" \t\r\n(", text.at[begin - 1], 5))
        begin--;
    if (begin < 2)
        return false;
    char last = text.at[begin - 1], before = text.at[begin - 2];
    return last == '*' || (last == '=' && !memchr("=<>!+-&|", before, 8));
}

static void check_cast(Unit *unit, const CodeCast *cast)
{
    switch (cast->kind) {
    case CODE_CAST_TO_BYTES:
        if (!is_taken_apart(unit, &cast->at) || !deals_with_code(unit) ||
            knows_ec_code(unit))
            return;
        if (cast->name.len)
            REPORT(unit, EC122_function, cast->at, cast->name);
        else
            REPORT0(unit, EC122_expression, cast->at);
        return;
    case CODE_CAST_FROM_BYTES:
        REPORT(unit, EC324_array, cast->at, cast->name);
        return;
    }
}

// One is enough to know of all.
static void check_hookers(Unit *unit)
{
    static const Str names[] = {STR_INIT("DetourAttach"), STR_INIT("DetourAttachEx"),
                                STR_INIT("MH_CreateHook"), STR_INIT("MH_CreateHookApi"),
                                STR_INIT("MH_CreateHookApiEx")};
    for (uint32_t i = 0; i < unit->api_calls.len; i++) {
        const ApiCall *api = &unit->api_calls.at[i];
        Str name = unit->functions.at[api->callee].name;
        for (size_t k = 0; k < COUNTOF(names); k++)
            if (str_eq(name, names[k]) && !knows_ec_code(unit)) {
                REPORT(unit, EC122_hook, api->at, name)->severity = SEVERITY_HINT;
                return;
            }
    }
}

void rules_hooks(Unit *unit)
{
    for (uint32_t i = 0; i < unit->code_casts.len; i++)
        check_cast(unit, &unit->code_casts.at[i]);
    check_hookers(unit);
}
