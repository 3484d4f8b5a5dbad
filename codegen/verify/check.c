// What is looked at while thunks run (thunk-truth.md 4), and what is said about it.
#include "codegen/verify/attempt.h"

#include <stdarg.h>
#include <string.h>

enum { WRONG_RESULT = VERIFY_ARGUMENTS_MAX }; // behind the last
enum { SLOTS_IN_REGISTERS = 4, SHOWN_BYTES = 16, BEYOND_RESULT = 64, TEXT_BYTES = 96 };

typedef struct Text {
    char at[TEXT_BYTES];
} Text;

static void begin_sentence(Buf *out)
{
    if (out->len)
        buf_put(out, STR("; "));
}

void attempt_wrong(Attempt *attempt, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    begin_sentence(&attempt->why);
    buf_format_v(&attempt->why, format, args);
    va_end(args);
    attempt->is_wrong = true;
}

// The same, and it is about one argument, or with WRONG_RESULT about the result.
static void PRINTF_LIKE(3, 4)
    wrong_value(Attempt *attempt, uint32_t argument, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    begin_sentence(&attempt->why);
    buf_format_v(&attempt->why, format, args);
    va_end(args);
    attempt->is_wrong = true;
    if (argument == WRONG_RESULT)
        attempt->is_result_wrong = true;
    else
        attempt->wrong_arguments |= UINT64_C(1) << argument;
}

static void PRINTF_LIKE(2, 3) note(Attempt *attempt, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    begin_sentence(&attempt->note);
    buf_format_v(&attempt->note, format, args);
    va_end(args);
}

static Text hex(const uint8_t *at, size_t n)
{
    static const char digits[] = "0123456789abcdef";
    Text text = {{0}};
    for (size_t i = 0; i < n && i < SHOWN_BYTES; i++) {
        text.at[2 * i] = digits[at[i] >> 4];
        text.at[2 * i + 1] = digits[at[i] & 15];
    }
    return text;
}

static bool is_all(const uint8_t *at, size_t n, uint8_t value)
{
    for (size_t i = 0; i < n; i++)
        if (at[i] != value)
            return false;
    return true;
}

// The x64 argument slot as the thunk was given it.
static uint64_t slot_before(const Attempt *attempt, uint32_t slot)
{
    return slot < SLOTS_IN_REGISTERS
               ? attempt->before.x[slot]
               : machine_load(attempt->machine, attempt->before.sp + UINT64_C(8) * slot);
}

static bool is_stack(uint64_t address)
{
    return address >= MACHINE_STACK && address < MACHINE_STACK + MACHINE_STACK_BYTES;
}

// What are these bytes, which came instead? A guess for people.
static Text explain(const Attempt *attempt, const uint8_t *got, uint32_t n)
{
    const Values *values = &attempt->values;
    const VerifySignature *signature = attempt->signature;
    Text text = {{0}};
    if (!n || is_all(got, n, 0))
        return (Text){"zero"};
    if (is_all(got, n, UNWRITTEN))
        return (Text){"never written"};
    Buf out;
    buf_init(&out, sizeof text.at - 1);
    for (uint32_t i = 0; i < signature->n_arguments && !out.len; i++)
        if (signature->arguments[i].n_bytes >= n &&
            values_equal(got, values->arguments + values->offset[i],
                         values->argument_mask + values->offset[i], n))
            buf_format(&out, "argument %u", i + 1);
    for (uint32_t i = 0; i < signature->n_arguments + attempt->has_hidden && !out.len;
         i++) {
        uint64_t pointer = slot_before(attempt, i);
        if (is_stack(pointer) && n >= 3 && !memcmp(got, &pointer, n < 8 ? n : 8))
            buf_format(&out, "the low bytes of the pointer in slot %u", i + 1);
    }
    if (!out.len && signature->result && signature->result->n_bytes >= n &&
        values_equal(got, values->result, values->result_mask, n))
        buf_put(&out, STR("the result"));
    if (!out.len)
        buf_put(&out, str_of(hex(got, n).at));
    memcpy(text.at, out.at, out.len);
    buf_done(&out);
    return text;
}

static void check_float_slot(Attempt *attempt, uint32_t i, uint32_t slot, uint64_t sp)
{
    const Values *values = &attempt->values;
    uint32_t n = attempt->signature->arguments[i].n_bytes;
    const uint8_t *want = values->arguments + values->offset[i];
    const uint8_t *mask = values->argument_mask + values->offset[i];
    if (slot >= SLOTS_IN_REGISTERS) {
        uint64_t on_stack = machine_load(attempt->machine, sp + UINT64_C(8) * slot);
        if (!values_equal((const uint8_t *)&on_stack, want, mask, n))
            wrong_value(attempt, i, "x64 stack slot %u should hold argument %u, holds %s",
                        slot + 1, i + 1,
                        explain(attempt, (const uint8_t *)&on_stack, n).at);
        return;
    }
    MachineVector v = machine_get_vector(attempt->machine, SIDE_EC, (int)slot);
    uint64_t copy = machine_get(attempt->machine, SIDE_EC, (int)slot);
    bool is_variadic = attempt->signature->is_variadic;
    // The callee of a variadic call reads the copy for what is not named.
    if (!(is_variadic && i >= attempt->signature->n_fixed) &&
        !values_equal((const uint8_t *)&v, want, mask, n))
        wrong_value(attempt, i, "xmm%u should hold argument %u, holds %s", slot, i + 1,
                    explain(attempt, (const uint8_t *)&v, n).at);
    else if (is_variadic && !values_equal((const uint8_t *)&copy, want, mask, n))
        wrong_value(attempt, i,
                    "the general register of slot %u lacks its copy of argument %u",
                    slot + 1, i + 1);
}

static void check_pointer_slot(Attempt *attempt, uint32_t i, uint32_t slot,
                               uint64_t pointer)
{
    const Values *values = &attempt->values;
    const VerifyType *type = &attempt->signature->arguments[i];
    const uint8_t *want = values->arguments + values->offset[i];
    const uint8_t *mask = values->argument_mask + values->offset[i];
    const uint8_t *at = machine_at(attempt->machine, pointer, type->n_bytes);
    uint32_t n = type->n_bytes < 8 ? type->n_bytes : 8;
    if (!at)
        wrong_value(
            attempt, i, "slot %u should hold a pointer to argument %u, holds %s (0x%llx)",
            slot + 1, i + 1,
            values_equal((const uint8_t *)&pointer, want, mask, n) ? "the value itself"
                                                                   : "no address",
            (unsigned long long)pointer);
    else if (!values_equal(at, want, mask, type->n_bytes))
        wrong_value(attempt, i, "slot %u should point to argument %u, points to %s",
                    slot + 1, i + 1, explain(attempt, at, type->n_bytes).at);
    else if (type->align >= 16 && pointer % type->align)
        wrong_value(attempt, i,
                    "the copy of argument %u lies %u bytes off its alignment of %u: "
                    "x64 code may fault on it",
                    i + 1, (unsigned)(pointer % type->align), type->align);
    else if (pointer % 16)
        note(attempt, "the copy of argument %u is not aligned to 16 bytes", i + 1);
}

void check_x64_slots(Attempt *attempt)
{
    const Values *values = &attempt->values;
    uint64_t sp = machine_get(attempt->machine, SIDE_EC, REG_SP);
    if (sp % 16)
        attempt_wrong(attempt, "rsp is not aligned: 0x%llx", (unsigned long long)sp);
    for (uint32_t i = 0; i < attempt->signature->n_arguments; i++) {
        const VerifyType *type = &attempt->signature->arguments[i];
        uint32_t slot = i + attempt->has_hidden;
        uint64_t held = slot < SLOTS_IN_REGISTERS
                            ? machine_get(attempt->machine, SIDE_EC, (int)slot)
                            : machine_load(attempt->machine, sp + UINT64_C(8) * slot);
        switch (type->place) {
        case VERIFY_FLOAT:
            check_float_slot(attempt, i, slot, sp);
            break;
        case VERIFY_POINTER:
            check_pointer_slot(attempt, i, slot, held);
            break;
        case VERIFY_GENERAL:
            if (!values_equal((const uint8_t *)&held,
                              values->arguments + values->offset[i],
                              values->argument_mask + values->offset[i], type->n_bytes))
                wrong_value(attempt, i, "slot %u should hold argument %u, holds %s",
                            slot + 1, i + 1,
                            explain(attempt, (const uint8_t *)&held, type->n_bytes).at);
            break;
        case VERIFY_VECTOR:
        case VERIFY_UNKNOWN:
            break; // what the callee finds decides
        }
    }
}

static void check_write(Attempt *attempt, const MachineAccess *access)
{
    uint64_t begin = access->address, end = begin + access->n_bytes;
    uint64_t sp = attempt->before.sp, result = attempt->before.x[0];
    bool is_entry = attempt->way == WAY_ENTRY;
    uint64_t n = attempt->has_hidden ? attempt->signature->result->n_bytes : 0;
    if ((begin >= MACHINE_STACK && end <= sp) ||
        (is_entry && begin >= sp && end <= sp + MACHINE_HOME_BYTES) ||
        (begin >= MACHINE_DATA + AREA_RECORD && end <= MACHINE_DATA + AREA_RESULT) ||
        (!is_entry && begin >= MACHINE_DATA + AREA_GOT &&
         end <= MACHINE_DATA + MACHINE_DATA_BYTES) ||
        (is_entry && n && begin >= result && end <= result + n))
        return;
    if (is_entry && n && begin >= result && begin < result + BEYOND_RESULT)
        wrong_value(attempt, WRONG_RESULT,
                    "%u bytes are stored at offset %u of a result of %u bytes",
                    access->n_bytes, (unsigned)(begin - result), (unsigned)n);
    else if (is_stack(begin))
        attempt_wrong(attempt, "a stray store of %u bytes at sp%+lld", access->n_bytes,
                      (long long)(begin - sp));
    else
        attempt_wrong(attempt, "a stray store of %u bytes at 0x%llx, which is nobody's",
                      access->n_bytes, (unsigned long long)begin);
}

// Reads of an entry thunk above its own frame: arguments, or too far.
static void check_read(Attempt *attempt, const MachineAccess *access)
{
    const VerifySignature *signature = attempt->signature;
    uint64_t begin = access->address, end = begin + access->n_bytes;
    uint64_t sp = attempt->before.sp;
    uint64_t n_slots = signature->n_arguments + attempt->has_hidden;
    if (!is_stack(begin) || end <= sp)
        return;
    if (begin >= sp + MACHINE_HOME_BYTES && end <= sp + 8 * n_slots)
        return;
    for (uint32_t i = 0; i < signature->n_arguments; i++) {
        if (signature->arguments[i].place != VERIFY_POINTER)
            continue;
        uint64_t copy = slot_before(attempt, i + attempt->has_hidden);
        uint32_t n = signature->arguments[i].n_bytes;
        if (begin >= copy && end <= copy + n)
            return;
        if (begin >= copy && begin < copy + n) {
            note(attempt, "the thunk reads %u bytes of argument %u, which has %u",
                 (unsigned)(end - copy), i + 1, n);
            return;
        }
    }
    note(attempt, "the thunk reads %u bytes at sp%+lld", access->n_bytes,
         (long long)(begin - sp));
}

void check_access(void *owner, const MachineAccess *access)
{
    Attempt *attempt = owner;
    if (access->is_write)
        check_write(attempt, access);
    else if (attempt->way == WAY_ENTRY && machine_is_thunk(attempt->machine, access->pc))
        check_read(attempt, access);
}

static const struct {
    uint8_t reg;
    char name[4];
} kept[] = {{19, "r12"}, {20, "r13"}, {21, "r14"}, {22, "r15"}, {25, "rsi"},
            {26, "rdi"}, {27, "rbx"}, {29, "rbp"}, {30, "lr"}};

void check_entry_return(Attempt *attempt)
{
    const MachineRegisters *before = &attempt->before;
    MachineRegisters after;
    machine_registers(attempt->machine, SIDE_EC, &after);
    for (size_t i = 0; i < COUNTOF(kept); i++)
        if (after.x[kept[i].reg] != before->x[kept[i].reg])
            attempt_wrong(attempt, "%s is not preserved", kept[i].name);
    for (int i = 6; i < 16; i++)
        if (after.v[i].low != before->v[i].low || after.v[i].high != before->v[i].high)
            attempt_wrong(attempt, "xmm%d is not preserved%s", i,
                          after.v[i].low == before->v[i].low ? " (upper half)" : "");
    if (after.sp != before->sp)
        attempt_wrong(attempt, "rsp is %+lld off", (long long)(after.sp - before->sp));
    if (attempt->has_hidden && after.x[8] != before->x[0])
        wrong_value(attempt, WRONG_RESULT,
                    "rax is not the address of the result (0x%llx)",
                    (unsigned long long)after.x[8]);
    if (after.x[18] != MACHINE_TEB)
        attempt_wrong(attempt, "x18 is changed");
}

void check_ec_caller(Attempt *attempt)
{
    const MachineRegisters *before = &attempt->before;
    MachineRegisters after;
    machine_registers(attempt->machine, SIDE_EC, &after);
    for (size_t i = 0; i + 1 < COUNTOF(kept); i++) // not lr
        if (after.x[kept[i].reg] != before->x[kept[i].reg])
            attempt_wrong(attempt, "x%d is not preserved", kept[i].reg);
    for (int i = 8; i < 16; i++)
        if (after.v[i].low != before->v[i].low)
            attempt_wrong(attempt, "d%d is not preserved", i);
    if (after.sp != before->sp)
        attempt_wrong(attempt, "sp is %+lld off", (long long)(after.sp - before->sp));
    if (after.x[18] != MACHINE_TEB)
        attempt_wrong(attempt, "x18 is changed");
}

void check_values(Attempt *attempt)
{
    const Values *values = &attempt->values;
    const VerifySignature *signature = attempt->signature;
    const uint8_t *record =
        machine_at(attempt->machine, MACHINE_DATA + AREA_RECORD, AREA_BYTES);
    const uint8_t *got =
        machine_at(attempt->machine, MACHINE_DATA + AREA_GOT, VERIFY_TYPE_BYTES_MAX);
    for (uint32_t i = 0; i < signature->n_arguments; i++) {
        uint32_t offset = values->offset[i], n = signature->arguments[i].n_bytes;
        bool is_told = attempt->wrong_arguments >> i & 1; // where its slot was looked at
        if (!is_told && !values_equal(record + offset, values->arguments + offset,
                                      values->argument_mask + offset, n))
            wrong_value(attempt, i, "argument %u (%u bytes) arrives as %s", i + 1, n,
                        explain(attempt, record + offset, n).at);
    }
    const VerifyType *result = signature->result;
    if (result &&
        !values_equal(got, values->result, values->result_mask, result->n_bytes))
        wrong_value(attempt, WRONG_RESULT, "the result (%u bytes) arrives as %s",
                    result->n_bytes, explain(attempt, got, result->n_bytes).at);
    if (memcmp(machine_at(attempt->machine, MACHINE_DATA + AREA_ARGUMENTS, AREA_BYTES),
               values->arguments, values->n_bytes) != 0)
        attempt_wrong(attempt, "the caller's own variables are changed");
}
