#include "codegen/abi/symbol_key.h"

#include "codegen/abi/thunk.h"

static bool drop_head(Str *symbol, Str head)
{
    if (!str_starts(*symbol, head) || symbol->len == head.len)
        return false;
    *symbol = str_from(*symbol, head.len);
    return true;
}

static bool drop_tail(Str *symbol, Str tail)
{
    if (!str_ends(*symbol, tail) || symbol->len == tail.len)
        return false;
    *symbol = str_sub(*symbol, 0, symbol->len - tail.len);
    return true;
}

Str symbol_key(Arena *arena, Str symbol)
{
    drop_head(&symbol, STR("\01"));
    if (!drop_head(&symbol, STR("__imp_aux_")))
        drop_head(&symbol, STR("__imp_"));
    drop_head(&symbol, STR("EXP+"));
    if (str_starts(symbol, STR("$i"))) // of a shape
        return symbol;
    if (!drop_tail(&symbol, STR("$exit_thunk")))
        drop_tail(&symbol, STR("$hp_target"));
    Str plain = undecorate(arena, symbol);
    return plain.len ? plain : symbol;
}
