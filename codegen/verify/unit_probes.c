// A thunk has one signature; an exit thunk of a variadic function has one for each way it
// is called, because what is lost depends on the arguments behind the fixed ones. Who
// calls a variadic definition from x64 is not known: it is called with some of each kind,
// on the stack as well.
#include "codegen/verify/unit_probes.h"

#include "codegen/verify/c_text.h"
#include "codegen/verify/signature.h"

enum { PROBE_BYTES_MAX = 1 << 20, CALLS_MAX = 8 };

typedef struct Probing {
    Unit *unit;
    AbiEnvironment environment;
    Buf text;
    Str why;
} Probing;

static const AbiType some_int = {
    .kind = ABI_INT, .bytes = 4, .align = 4, .bits = 32, .is_signed = true};
static const AbiType some_long = {
    .kind = ABI_INT, .bytes = 8, .align = 8, .bits = 64, .is_signed = true};
static const AbiType some_double = {.kind = ABI_DOUBLE, .bytes = 8, .align = 8};
static const AbiType *const some_arguments[] = {&some_int,    &some_double, &some_long,
                                                &some_double, &some_int,    &some_long};

static void add_probe(Probing *probing, const AbiSignature *signature,
                      const AbiType *const *variadic, uint32_t n_variadic,
                      const Place *at)
{
    VerifySignature made;
    Str why;
    AbiSignature all = *signature;
    for (uint32_t i = 0; i < n_variadic; i++) {
        all.result = variadic[i];
        all.n_parameters = 0;
        if (!abi_is_known(&all)) {
            probing->why = STR("a type of its is not known");
            return;
        }
    }
    if (!c_text_of(probing->unit->arena, signature, probing->environment, variadic,
                   n_variadic, &made, &why)) {
        probing->why = why;
        return;
    }
    if (at)
        buf_format(&probing->text, "signature\t%u:%u\n", at->start.line + 1,
                   at->start.byte + 1);
    else
        buf_put(&probing->text, STR("signature\t\n"));
    signature_write(&made, &probing->text);
}

static const Call *call_at(const Unit *unit, const Place *place)
{
    for (uint32_t i = 0; i < unit->calls.len; i++) {
        const Place *at = &unit->calls.at[i].at;
        if (!unit->calls.at[i].takes_address && at->path == place->path &&
            at->start.line == place->start.line && at->start.byte == place->start.byte)
            return &unit->calls.at[i];
    }
    return NULL;
}

static bool is_same_call(const Call *a, const Call *b)
{
    if (a->n_variadic != b->n_variadic)
        return false;
    for (uint32_t i = 0; i < a->n_variadic; i++)
        if (a->variadic[i] != b->variadic[i])
            return false;
    return true;
}

static void probe_calls(Probing *probing, const FunctionThunk *thunk,
                        const AbiSignature *signature)
{
    const Call *told[CALLS_MAX];
    uint32_t n_told = 0;
    for (uint32_t i = 0; i < thunk->at.len && n_told < CALLS_MAX; i++) {
        const Call *call = call_at(probing->unit, &thunk->at.at[i]);
        bool is_new = call != NULL;
        for (uint32_t k = 0; k < n_told && is_new; k++)
            is_new = !is_same_call(told[k], call);
        if (!is_new)
            continue;
        told[n_told++] = call;
        add_probe(probing, signature, call->variadic, call->n_variadic, &call->at);
    }
}

static void probe_thunk(Probing *probing, const Function *function,
                        const FunctionThunk *thunk)
{
    const AbiSignature *signature = thunk->abi ? thunk->abi : function->abi;
    if (!builder_is_llvm(probing->unit->builder))
        probing->why = STR("MSVC makes thunks of its own; those of LLVM are executed");
    else if (thunk->kind == THUNK_HYBRID_PATCH)
        probing->why = STR("hybrid-patch thunks are not executed");
    else if (!signature || !abi_is_known(signature))
        probing->why = STR("its signature is not known");
    else if (!thunk->name.len)
        probing->why = STR("LLVM cannot make it");
    else if (!signature->is_variadic)
        add_probe(probing, signature, NULL, 0, NULL);
    else if (thunk->kind == THUNK_ENTRY)
        add_probe(probing, signature, some_arguments, COUNTOF(some_arguments), NULL);
    else
        probe_calls(probing, thunk, signature);
}

void unit_probes(Unit *unit, AbiEnvironment environment)
{
    for (uint32_t i = 0; i < unit->functions.len; i++) {
        const Function *function = &unit->functions.at[i];
        for (uint32_t k = 0; k < function->thunks.len; k++) {
            FunctionThunk *thunk = &function->thunks.at[k];
            Probing probing = {.unit = unit, .environment = environment};
            buf_init(&probing.text, PROBE_BYTES_MAX);
            probe_thunk(&probing, function, thunk);
            if (buf_is_over(&probing.text))
                probing.why = STR("its types are too large");
            else if (!probing.why.len && !probing.text.len)
                probing.why = STR("no call of it is known");
            if (probing.why.len)
                thunk->probe_why = probing.why;
            else
                thunk->probe = arena_str(unit->arena, buf_str(&probing.text));
            buf_done(&probing.text);
        }
    }
}
