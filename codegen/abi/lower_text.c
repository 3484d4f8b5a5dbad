#include "codegen/abi/lower.h"
#include "codegen/abi/lower_type.h"

enum { KEY_BYTES_MAX = 1 << 20 };

static void print_members(const LowType *type, Buf *out)
{
    buf_put(out, type->is_packed ? STR("<{") : STR("{"));
    for (uint32_t i = 0; i < type->n_members; i++) {
        buf_put(out, i ? STR(", ") : STR(" "));
        low_print(type->members[i], out);
    }
    if (type->n_members)
        buf_put_char(out, ' ');
    buf_put(out, type->is_packed ? STR("}>") : STR("}"));
}

void low_print(const LowType *type, Buf *out)
{
    switch (type->kind) {
    case LOW_VOID:
        buf_put(out, STR("void"));
        return;
    case LOW_INT:
        buf_format(out, "i%u", type->bits);
        return;
    case LOW_HALF:
        buf_put(out, STR("half"));
        return;
    case LOW_BFLOAT:
        buf_put(out, STR("bfloat"));
        return;
    case LOW_FLOAT:
        buf_put(out, STR("float"));
        return;
    case LOW_DOUBLE:
        buf_put(out, STR("double"));
        return;
    case LOW_FP128:
        buf_put(out, STR("fp128"));
        return;
    case LOW_POINTER:
        buf_put(out, STR("ptr"));
        return;
    case LOW_ARRAY:
    case LOW_VECTOR:
        buf_format(out, "%c%llu x ", type->kind == LOW_ARRAY ? '[' : '<',
                   (unsigned long long)type->count);
        low_print(type->element, out);
        buf_put_char(out, type->kind == LOW_ARRAY ? ']' : '>');
        return;
    case LOW_STRUCT:
        print_members(type, out);
        return;
    }
    BUG("low kind");
}

// The thunk pass moves every integer up to 64 bits and every pointer as one i64.
static void print_canonical(const LowType *type, Buf *out)
{
    if (type->kind == LOW_POINTER || (type->kind == LOW_INT && type->bits <= 64))
        buf_put(out, STR("i64"));
    else
        low_print(type, out);
}

Str low_key(Arena *arena, const LowSignature *signature)
{
    Buf out;
    buf_init(&out, KEY_BYTES_MAX);
    print_canonical(signature->result, &out);
    if (signature->sret) {
        buf_put(&out, STR(" sret "));
        low_print(signature->sret, &out);
    }
    buf_put_char(&out, '(');
    // The fixed parameters of a variadic function leave no trace in its thunk.
    uint32_t n = signature->is_variadic ? 0 : signature->n_parameters;
    for (uint32_t i = 0; i < n; i++) {
        if (i)
            buf_put(&out, STR(", "));
        print_canonical(signature->parameters[i], &out);
    }
    if (signature->is_variadic)
        buf_put(&out, STR("..."));
    buf_put_char(&out, ')');
    Str key = arena_str(arena, buf_str(&out));
    buf_done(&out);
    return key;
}

static bool type_equal(const LowType *a, const LowType *b)
{
    if (a == b)
        return true;
    if (a->kind != b->kind || a->bits != b->bits || a->count != b->count ||
        a->n_members != b->n_members || a->is_packed != b->is_packed)
        return false;
    if (a->record != b->record)
        return false;
    if (a->element && !type_equal(a->element, b->element))
        return false;
    for (uint32_t i = 0; i < a->n_members; i++)
        if (!type_equal(a->members[i], b->members[i]))
            return false;
    return true;
}

bool low_equal(const LowSignature *a, const LowSignature *b)
{
    if (a->is_variadic != b->is_variadic || a->n_parameters != b->n_parameters ||
        !type_equal(a->result, b->result))
        return false;
    for (uint32_t i = 0; i < a->n_parameters; i++)
        if (!type_equal(a->parameters[i], b->parameters[i]))
            return false;
    return true;
}
