#include "protocol/methods.h"

static const Method methods[METHOD_COUNT] = {
#define METHOD(symbol, name, kind_of, params_of, allowed_in)                             \
    [METHOD_##symbol] = {.wire = name,                                                   \
                         .kind = METHOD_IS_##kind_of,                                    \
                         .allowed = LIFE_##allowed_in,                                   \
                         .params = &record_##params_of},
#include "protocol/methods.def"
#undef METHOD
};

const Method *method_get(MethodId id)
{
    CHECK_BUG(id < METHOD_COUNT);
    return &methods[id];
}

bool method_find(Str wire, MethodId *ret_id)
{
    for (MethodId id = 0; id < METHOD_COUNT; id++) {
        if (str_eq(wire, str_of(methods[id].wire))) {
            *ret_id = id;
            return true;
        }
    }
    return false;
}
