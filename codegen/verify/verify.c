// One image, three ways, some rounds each: see verify.h.
//
// The loop follows what machine_run() meets. At each change of sides it first checks,
// then lets the machine change, then destroys what the new side must not count on:
// registers without an argument, bits above narrow values, the registers that hold no
// result.
#include "codegen/verify/verify.h"

#include "codegen/verify/attempt.h"

enum {
    CHANGES_MAX = 16, // of sides; a call needs three
    WHY_BYTES_MAX = 2000,
};

typedef struct Way {
    Str name, start, callee;
    MachineSide side;
} Way;

static const Way ways[VERIFY_WAYS] = {
    [WAY_ENTRY] = {STR_INIT("entry"), STR_INIT("verify_x64_calls"),
                   STR_INIT("#verify_ec_callee"), SIDE_X64},
    [WAY_EXIT] = {STR_INIT("exit"), STR_INIT("#verify_ec_calls"),
                  STR_INIT("verify_x64_callee"), SIDE_EC},
    [WAY_POINTER] = {STR_INIT("exit-pointer"), STR_INIT("#verify_ec_calls_through"),
                     STR_INIT("verify_x64_callee"), SIDE_EC}};

Str verify_way_name(VerifyWay way)
{
    return ways[way].name;
}

Str verify_outcome_name(VerifyOutcome outcome)
{
    switch (outcome) {
    case VERIFY_OK:
        return STR("ok");
    case VERIFY_WRONG:
        return STR("wrong");
    case VERIFY_NOT_RUN:
        return STR("not-run");
    }
    return STR("");
}

// Bits above a narrow argument are undefined, in registers and in slots of the stack.
static void junk_above_argument(Attempt *attempt, uint32_t slot, uint32_t n_bytes)
{
    Machine *machine = attempt->machine;
    uint64_t sp = machine_get(machine, SIDE_EC, REG_SP), at = sp + UINT64_C(8) * slot;
    if (slot < 4)
        machine_set(machine, SIDE_EC, (int)slot,
                    values_junk_above(machine, machine_get(machine, SIDE_EC, (int)slot),
                                      n_bytes));
    else
        machine_store(machine, at,
                      values_junk_above(machine, machine_load(machine, at), n_bytes));
}

// An argument register that holds no argument holds junk, not the compiler's left-overs.
static void junk_register_slot(Attempt *attempt, int slot)
{
    Machine *machine = attempt->machine;
    const VerifySignature *signature = attempt->signature;
    int64_t i = (int64_t)slot - attempt->has_hidden;
    const VerifyType *type =
        i >= 0 && i < signature->n_arguments ? &signature->arguments[i] : NULL;
    if (type && type->place == VERIFY_UNKNOWN)
        return;
    bool is_float = type && type->place == VERIFY_FLOAT;
    MachineVector v = machine_get_vector(machine, SIDE_EC, slot);
    MachineVector junk = machine_random_vector(machine);
    if (is_float)
        junk.low = values_junk_above(machine, v.low, type->n_bytes);
    machine_set_vector(machine, SIDE_EC, slot, junk);
    bool is_unused = i >= 0 && !type;
    if (is_unused || (is_float && !signature->is_variadic))
        machine_set(machine, SIDE_EC, slot, machine_random(machine));
}

static bool enter_thunk(Attempt *attempt, uint64_t function)
{
    Machine *machine = attempt->machine;
    const VerifySignature *signature = attempt->signature;
    if (function != attempt->callee) {
        attempt_wrong(attempt, "x64 code calls 0x%llx, which is not the callee",
                      (unsigned long long)function);
        return false;
    }
    if (!machine_enter_thunk(machine, function)) {
        attempt_wrong(attempt, "the function has no entry thunk");
        return false;
    }
    for (uint32_t i = 0; i < signature->n_arguments; i++)
        if (signature->arguments[i].place == VERIFY_GENERAL &&
            signature->arguments[i].n_bytes < 8)
            junk_above_argument(attempt, i + attempt->has_hidden,
                                signature->arguments[i].n_bytes);
    for (int slot = 0; slot < 4; slot++)
        junk_register_slot(attempt, slot);
    machine_registers(machine, SIDE_EC, &attempt->before);
    return true;
}

static bool enter_x64(Attempt *attempt, uint64_t function)
{
    if (function != attempt->callee) {
        attempt_wrong(attempt, "x9 is 0x%llx, which is not the x64 callee",
                      (unsigned long long)function);
        return false;
    }
    check_x64_slots(attempt);
    machine_enter_x64(attempt->machine, function);
    return true;
}

// After an x64 callee: of rax and xmm0 only what holds the result is defined.
static void return_to_thunk(Attempt *attempt, uint64_t address)
{
    Machine *machine = attempt->machine;
    machine_return_to_thunk(machine, address);
    const VerifyType *result = attempt->signature->result;
    uint32_t n = result ? result->n_bytes : 0;
    VerifyPlace place = result ? result->place : VERIFY_GENERAL;
    MachineVector v = machine_get_vector(machine, SIDE_EC, 0);
    MachineVector junk = machine_random_vector(machine);
    switch (place) {
    case VERIFY_FLOAT:
        junk.low = values_junk_above(machine, v.low, n);
        machine_set_vector(machine, SIDE_EC, 0, junk);
        machine_set(machine, SIDE_EC, 8, machine_random(machine));
        break;
    case VERIFY_VECTOR:
        machine_set(machine, SIDE_EC, 8, machine_random(machine));
        break;
    case VERIFY_GENERAL:
        machine_set_vector(machine, SIDE_EC, 0, junk);
        machine_set(machine, SIDE_EC, 8,
                    values_junk_above(machine, machine_get(machine, SIDE_EC, 8), n));
        break;
    case VERIFY_POINTER:
        machine_set_vector(machine, SIDE_EC, 0, junk);
        break;
    case VERIFY_UNKNOWN:
        break;
    }
}

static void return_to_x64(Attempt *attempt)
{
    Machine *machine = attempt->machine;
    check_entry_return(attempt);
    machine_return_to_x64(machine);
    const VerifyType *result = attempt->signature->result;
    if (result && result->place == VERIFY_FLOAT)
        machine_set(machine, SIDE_X64, 8, machine_random(machine));
    else if (result && result->place == VERIFY_GENERAL)
        machine_set_vector(machine, SIDE_X64, 0, machine_random_vector(machine));
}

static void finish(Attempt *attempt, MachineSide side)
{
    if (side == SIDE_EC) {
        check_ec_caller(attempt);
    } else {
        uint64_t sp = machine_get(attempt->machine, SIDE_X64, REG_SP);
        if (sp != MACHINE_STACK_TOP)
            attempt_wrong(attempt, "rsp is %+lld off after the call",
                          (long long)(sp - MACHINE_STACK_TOP));
    }
    check_values(attempt);
}

static void follow(Attempt *attempt)
{
    for (int changes = 0; changes < CHANGES_MAX; changes++) {
        MachineEvent event = machine_run(attempt->machine);
        switch (event.kind) {
        case EVENT_X64_CALLS:
            if (!enter_thunk(attempt, event.address))
                return;
            break;
        case EVENT_EC_CALLS:
            if (!enter_x64(attempt, event.address))
                return;
            break;
        case EVENT_X64_RETURNS:
            return_to_thunk(attempt, event.address);
            break;
        case EVENT_EC_RETURNS:
            return_to_x64(attempt);
            break;
        case EVENT_X64_END:
        case EVENT_EC_END:
            finish(attempt, event.kind == EVENT_EC_END ? SIDE_EC : SIDE_X64);
            return;
        case EVENT_FAULT:
            attempt_wrong(attempt, "%.*s", STR_ARG(event.why));
            return;
        }
    }
    attempt_wrong(attempt, "the two sides call each other without end");
}

static void run_round(Attempt *attempt, uint64_t start, uint64_t seed)
{
    Machine *machine = attempt->machine;
    buf_clear(&attempt->note);
    machine_reset(machine, seed);
    values_make(machine, attempt->signature, &attempt->values);
    machine_start(machine, ways[attempt->way].side, start);
    machine_registers(machine, SIDE_EC, &attempt->before);
    machine_watch(machine, attempt->way == WAY_ENTRY ? attempt->callee : 0, check_access,
                  attempt);
    if (attempt->way != WAY_ENTRY && attempt->signature->is_variadic)
        machine_empty_vectors(machine);
    VerifyBank bank = attempt->signature->bank;
    machine_keep(machine, bank == BANK_ANY || bank == BANK_GENERAL,
                 bank == BANK_ANY || bank == BANK_VECTOR);
    follow(attempt);
}

static VerifyVerdict run_way(Arena *arena, Machine *machine, const LoadImage *image,
                             const VerifySignature *signature, VerifyWay way,
                             uint64_t seed, uint32_t n_rounds)
{
    uint64_t start;
    Attempt *attempt = ARENA_NEW(arena, Attempt);
    *attempt = (Attempt){.machine = machine, .signature = signature, .way = way};
    attempt->has_hidden = signature->result && signature->result->place == VERIFY_POINTER;
    if (!load_find(image, ways[way].start, &start) ||
        !load_find(image, ways[way].callee, &attempt->callee))
        return (VerifyVerdict){.outcome = VERIFY_NOT_RUN,
                               .why = STR("the objects lack the functions to call")};
    buf_init(&attempt->why, WHY_BYTES_MAX);
    buf_init(&attempt->note, WHY_BYTES_MAX);
    for (uint32_t round = 0; round < n_rounds && !attempt->is_wrong; round++)
        run_round(attempt, start, seed + UINT64_C(0x9E3779B97F4A7C15) * (round + 1));
    VerifyVerdict verdict = {.outcome = attempt->is_wrong ? VERIFY_WRONG : VERIFY_OK};
    verdict.wrong_arguments = attempt->wrong_arguments;
    verdict.is_result_wrong = attempt->is_result_wrong;
    if (attempt->is_wrong)
        verdict.why = arena_str(arena, buf_str(&attempt->why));
    else
        verdict.note = arena_str(arena, buf_str(&attempt->note));
    buf_done(&attempt->why);
    buf_done(&attempt->note);
    return verdict;
}

static void not_run(VerifyVerdict ret_verdicts[VERIFY_WAYS], Str why)
{
    for (int way = 0; way < VERIFY_WAYS; way++)
        ret_verdicts[way] = (VerifyVerdict){.outcome = VERIFY_NOT_RUN, .why = why};
}

void verify_thunk(Arena *arena, const Unicorn *unicorn, const VerifySignature *signature,
                  Str ec_object, Str x64_object, uint64_t seed, uint32_t n_rounds,
                  VerifyVerdict ret_verdicts[VERIFY_WAYS])
{
    LoadGiven given[MACHINE_GIVEN + AREAS];
    machine_given(given);
    values_given(given + MACHINE_GIVEN);
    const Str objects[] = {ec_object, x64_object};
    LoadImage image = {0};
    Machine *machine = NULL;
    Str why = STR("the signature is too large to be executed");
    if (!verify_is_possible(signature) ||
        load_image(arena, objects, COUNTOF(objects), given, COUNTOF(given), MACHINE_BASE,
                   &image, &why))
        not_run(ret_verdicts, why);
    else if (!(machine = machine_open(arena, unicorn, &image, &why)))
        not_run(ret_verdicts, why);
    else
        for (int way = 0; way < VERIFY_WAYS; way++)
            ret_verdicts[way] = run_way(arena, machine, &image, signature, (VerifyWay)way,
                                        seed, n_rounds);
    machine_close(machine);
    load_done(&image);
}
