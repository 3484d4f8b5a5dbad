// The two sides of one prototype, as C. Both callees store what they got and return a
// value from memory; both callers do the opposite. Bytes are moved by memcpy, which each
// side brings itself: the names of the two worlds meet in one image.
#include "codegen/verify/values.h"

#define COMMON                                                                           \
    "extern unsigned char verify_arguments[], verify_record[], verify_result[], "        \
    "verify_got[];\n"                                                                    \
    "void *memcpy(void *to, const void *from, unsigned long long n)\n"                   \
    "{\n"                                                                                \
    "    for (unsigned long long i = 0; i < n; i++)\n"                                   \
    "        ((volatile char *)to)[i] = ((const volatile char *)from)[i];\n"             \
    "    return to;\n"                                                                   \
    "}\n"                                                                                \
    "void *memmove(void *to, const void *from, unsigned long long n)\n"                  \
    "{\n"                                                                                \
    "    for (unsigned long long i = 0; i < n; i++) {\n"                                 \
    "        unsigned long long at = to < from ? i : n - 1 - i;\n"                       \
    "        ((volatile char *)to)[at] = ((const volatile char *)from)[at];\n"           \
    "    }\n"                                                                            \
    "    return to;\n"                                                                   \
    "}\n"                                                                                \
    "void *memset(void *to, int c, unsigned long long n)\n"                              \
    "{\n"                                                                                \
    "    for (unsigned long long i = 0; i < n; i++)\n"                                   \
    "        ((volatile char *)to)[i] = (char)c;\n"                                      \
    "    return to;\n"                                                                   \
    "}\n"

bool verify_is_possible(const VerifySignature *signature)
{
    uint32_t offsets[VERIFY_ARGUMENTS_MAX], n_bytes;
    if (signature->is_variadic
            ? signature->n_fixed == 0 || signature->n_fixed > signature->n_arguments
            : signature->n_fixed != signature->n_arguments)
        return false;
    if (signature->result && signature->result->n_bytes > VERIFY_TYPE_BYTES_MAX)
        return false;
    for (uint32_t i = 0; i <= signature->n_arguments; i++) {
        const VerifyType *type =
            i < signature->n_arguments ? &signature->arguments[i] : signature->result;
        for (uint32_t l = 0; type && l < type->n_leaves; l++)
            if (type->leaves[l].n_bytes > type->n_bytes ||
                type->leaves[l].offset > type->n_bytes - type->leaves[l].n_bytes)
                return false;
        if (type && type->n_bytes > VERIFY_TYPE_BYTES_MAX)
            return false;
    }
    return values_layout(signature, offsets, &n_bytes);
}

static Str result_name(const VerifySignature *signature)
{
    return signature->result ? signature->result->c_name : STR("void");
}

static void put_parameters(const VerifySignature *signature, Buf *out)
{
    buf_put_char(out, '(');
    for (uint32_t i = 0; i < signature->n_fixed; i++)
        buf_format(out, "%s%.*s a%u", i ? ", " : "",
                   STR_ARG(signature->arguments[i].c_name), i);
    if (signature->is_variadic)
        buf_put(out, STR(", ..."));
    else if (!signature->n_fixed)
        buf_put(out, STR("void"));
    buf_put_char(out, ')');
}

static void put_prototype(const VerifySignature *signature, const char *name, Buf *out)
{
    buf_format(out, "%.*s %s", STR_ARG(result_name(signature)), name);
    put_parameters(signature, out);
}

static void put_callee(const VerifySignature *signature, const char *name, Buf *out)
{
    uint32_t offsets[VERIFY_ARGUMENTS_MAX], n_bytes;
    (void)values_layout(signature, offsets, &n_bytes);
    put_prototype(signature, name, out);
    buf_put(out, STR("\n{\n"));
    for (uint32_t i = 0; i < signature->n_fixed; i++)
        buf_format(out, "    __builtin_memcpy(verify_record + %u, &a%u, sizeof a%u);\n",
                   offsets[i], i, i);
    if (signature->is_variadic)
        buf_format(out,
                   "    __builtin_va_list rest;\n    __builtin_va_start(rest, a%u);\n",
                   signature->n_fixed - 1);
    for (uint32_t i = signature->n_fixed; i < signature->n_arguments; i++) {
        Str type = signature->arguments[i].c_name;
        buf_format(out, "    %.*s a%u = __builtin_va_arg(rest, %.*s);\n", STR_ARG(type),
                   i, STR_ARG(type));
        buf_format(out, "    __builtin_memcpy(verify_record + %u, &a%u, sizeof a%u);\n",
                   offsets[i], i, i);
    }
    if (signature->result)
        buf_format(out,
                   "    %.*s result;\n"
                   "    __builtin_memcpy(&result, verify_result, sizeof result);\n"
                   "    return result;\n",
                   STR_ARG(result_name(signature)));
    buf_put(out, STR("}\n"));
}

static void put_caller(const VerifySignature *signature, const char *name,
                       const char *callee, Buf *out)
{
    uint32_t offsets[VERIFY_ARGUMENTS_MAX], n_bytes;
    (void)values_layout(signature, offsets, &n_bytes);
    buf_format(out, "void %s(void)\n{\n", name);
    for (uint32_t i = 0; i < signature->n_arguments; i++)
        buf_format(out,
                   "    %.*s a%u;\n"
                   "    __builtin_memcpy(&a%u, verify_arguments + %u, sizeof a%u);\n",
                   STR_ARG(signature->arguments[i].c_name), i, i, offsets[i], i);
    buf_put(out, STR("    "));
    if (signature->result)
        buf_format(out, "%.*s got = ", STR_ARG(result_name(signature)));
    buf_format(out, "%s(", callee);
    for (uint32_t i = 0; i < signature->n_arguments; i++)
        buf_format(out, "%sa%u", i ? ", " : "", i);
    buf_put(out, STR(");\n"));
    if (signature->result)
        buf_put(out, STR("    __builtin_memcpy(verify_got, &got, sizeof got);\n"));
    buf_put(out, STR("}\n"));
}

void verify_source(const VerifySignature *signature, Buf *ec_source, Buf *x64_source)
{
    buf_format(ec_source, "%.*s\n" COMMON, STR_ARG(signature->prelude));
    put_callee(signature, "verify_ec_callee", ec_source);
    buf_put(ec_source, STR("#ifndef VERIFY_NO_EXIT\n"));
    put_prototype(signature, "verify_x64_callee", ec_source);
    buf_format(ec_source, ";\nstatic %.*s (*volatile through)",
               STR_ARG(result_name(signature)));
    put_parameters(signature, ec_source);
    buf_put(ec_source, STR(" = verify_x64_callee;\n"));
    put_caller(signature, "verify_ec_calls", "verify_x64_callee", ec_source);
    put_caller(signature, "verify_ec_calls_through", "through", ec_source);
    buf_put(ec_source, STR("#endif\n"));

    buf_format(x64_source, "%.*s\n" COMMON, STR_ARG(signature->prelude));
    put_callee(signature, "verify_x64_callee", x64_source);
    put_prototype(signature, "verify_ec_callee", x64_source);
    buf_put(x64_source, STR(";\n"));
    put_caller(signature, "verify_x64_calls", "verify_ec_callee", x64_source);
}
