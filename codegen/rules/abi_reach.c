// No finding: what the other files of a project ask about a function, for those who see
// several Results side by side (the commands). Who can call it, by which convention, and
// whether it comes from the system.
#include "codegen/rules/abi.h"

static bool is_exported(const Function *function)
{
    return abi_has_entry(function) && !function->is_internal && !function->is_hidden &&
           (function->is_visible || function->in_document);
}

void rules_abi_reach(Unit *unit)
{
    for (uint32_t i = 0; i < unit->functions.len; i++) {
        Function *function = &unit->functions.at[i];
        bool is_whole = function->is_defined && function->emission == EMISSION_ALWAYS;
        if (abi_has_entry(function))
            function->reach |= REACH_ENTRY;
        if (is_exported(function))
            function->reach |= REACH_EXPORTED;
        if (function->is_dllexport)
            function->reach |= REACH_DLLEXPORT;
        if (is_whole && !function->is_internal)
            function->reach |= REACH_DEFINED;
        if (function->abi && function->abi->is_variadic)
            function->reach |= REACH_VARIADIC;
    }
}
