// The long explanations, which codegen/explain/embed.sh makes from codegen/explain/EC*.
#include "codegen/diag.h"

static const Explanation explanations[] = {
#include "out/explain.inc"
};

const Explanation *diag_explain(uint32_t number)
{
    for (size_t i = 0; i < COUNTOF(explanations); i++)
        if (explanations[i].number == number)
            return &explanations[i];
    return NULL;
}
