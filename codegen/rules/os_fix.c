#include "codegen/rules/os.h"
#include "codegen/rules/source_text.h"

static Str argument_text(const Unit *unit, const ApiCall *api, uint32_t i)
{
    return i < api->arguments.len ? source_at(unit, &api->arguments.at[i].at) : STR("");
}

// VirtualAlloc(a, n, t, p) -> VirtualAlloc2(process, a, n, t, p, &ec_code, 1)
static Str replacement(Unit *unit, const ApiCall *api, bool has_process)
{
    uint32_t first = has_process ? 1 : 0;
    Str process = has_process ? argument_text(unit, api, 0) : STR("GetCurrentProcess()");
    Str text = arena_format(unit->arena, "VirtualAlloc2(%.*s", STR_ARG(process));
    for (uint32_t i = first; i < first + 4; i++) {
        Str one = argument_text(unit, api, i);
        if (!one.len)
            return STR("");
        text = arena_format(unit->arena, "%.*s, %.*s", STR_ARG(text), STR_ARG(one));
    }
    return arena_format(unit->arena, "%.*s, &ec_code, 1)", STR_ARG(text));
}

void os_fix_allocation(Unit *unit, Finding *finding, const ApiCall *api, Str name)
{
    bool has_process = str_eq(name, STR("VirtualAllocEx"));
    const Place *call = &api->at;
    Place statement;
    if ((!has_process && !str_eq(name, STR("VirtualAlloc"))) ||
        !str_starts(source_at(unit, call), name) ||
        !source_statement(unit, call, &statement) || source_names(unit, STR("ec_code")))
        return;
    Str text = replacement(unit, api, has_process);
    uint32_t begin = source_offset(unit, statement.start);
    uint32_t line = begin - statement.start.byte;
    Str indent = str_sub(unit->text, line, begin);
    Str before = arena_format(unit->arena,
                              "%.*sMEM_EXTENDED_PARAMETER ec_code = {0};\n"
                              "%.*sec_code.Type = MemExtendedParameterAttributeFlags;\n"
                              "%.*sec_code.ULong64 = MEM_EXTENDED_PARAMETER_EC_CODE;\n",
                              STR_ARG(indent), STR_ARG(indent), STR_ARG(indent));
    if (text.len)
        source_fix_statement(unit, finding, STR("allocate it as Arm64EC code"),
                             &statement, call, text, before);
}
