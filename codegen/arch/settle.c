#include "codegen/arch/settle.h"

// What the walk judged otherwise hangs on a name that only files define which it does not
// read, "_WIN32_WINNT >= 0x0600". Wherever the condition hangs on such a name, it is what
// the compiler says; where it is told without, it stays.
bool arch_settle(Macros *macros, const Expr *condition, ArchFlavour flavour, bool is_true,
                 Truth *judged)
{
    Worlds ec = WORLD(flavour, TARGET_EC);
    bool is_unknown = (judged->may & ec) && !(judged->sure & ec);
    if (is_unknown ? macros->is_open : ((judged->sure & ec) != 0) == is_true)
        return false; // a header's includer may define it; or both say the same
    Truth open = macros_judge_openly(macros, condition);
    Worlds set = ec | (Worlds)(open.may & ~open.sure);
    if (truth_is_uniform(open))
        set = WORLDS_ALL;
    judged->sure = (Worlds)(is_true ? judged->sure | set : judged->sure & ~set);
    judged->may = (Worlds)(is_true ? judged->may | set : judged->may & ~set);
    return true;
}
