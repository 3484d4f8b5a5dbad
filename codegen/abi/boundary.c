// One table: places first, in order, on both sides; then what needs all rows (temporaries
// of exit thunks, stack arguments of variadic calls); then words and sums.
#include "codegen/abi/boundary.h"

#include "codegen/abi/boundary_row.h"
#include "codegen/abi/lower_type.h"
#include "codegen/toolchain/llvm_versions.h"

enum {
    X64_HOME_BYTES = 32,
    SLOT_BYTES = 8,
    EC_VARIADIC_REGISTERS = 4,
    XMM_BYTES = 16,
    KEY_BYTES_MAX = 1 << 16,
};

typedef struct Making {
    Arena *arena;
    const AbiSignature *signature;
    LowSignature low; // variadic arguments included
    Builder builder;
    FaultGate gate;
    RowInput *inputs; // as long as rows
    BoundaryRow *rows;
    uint32_t n_rows;
    PlaceState places;
} Making;

// The fixed parameters and the arguments behind them, as one list.
static AbiSignature with_variadic(Arena *arena, const AbiSignature *signature,
                                  const AbiType *const *variadic, uint32_t n_variadic)
{
    AbiSignature all = *signature;
    all.n_parameters += n_variadic;
    AbiParameter *parameters = ARENA_ARRAY(arena, AbiParameter, all.n_parameters + 1);
    for (uint32_t i = 0; i < signature->n_parameters; i++)
        parameters[i] = signature->parameters[i];
    for (uint32_t i = 0; i < n_variadic; i++)
        parameters[signature->n_parameters + i].type = variadic[i];
    all.parameters = parameters;
    return all;
}

static bool has_hidden_pointer(const LowSignature *low)
{
    for (uint32_t i = 0; i < low->n_parameters; i++)
        if (low->source[i] == UINT32_MAX)
            return true;
    return false;
}

static const LowType *low_of(const LowSignature *low, uint32_t parameter)
{
    for (uint32_t i = 0; i < low->n_parameters; i++)
        if (low->source[i] == parameter)
            return low->parameters[i];
    return NULL;
}

static void place_hidden(Making *making)
{
    BoundaryRow *row = &making->rows[0];
    X64Passing passing = making->inputs[0].x64;
    bool ec_hidden = has_hidden_pointer(&making->low);
    bool is_plain = ec_hidden && !making->low.sret; // C++: an ordinary parameter
    if (passing.kind == X64_POINTER) {
        row->x64 = place_x64(&making->places, passing);
        row->x64.hidden_pointer = true;
    } else {
        row->x64 = place_x64_result(passing);
    }
    if (is_plain)
        row->ec = place_ec(&making->places, low_new(making->arena, LOW_POINTER));
    else if (ec_hidden)
        row->ec = (AbiPlace){.kind = PLACE_REGISTER, .registers = STR("x8")};
    else
        row->ec =
            place_ec_result(making->arena, making->signature->result, making->low.result);
    row->ec.by_pointer = row->ec.hidden_pointer |= ec_hidden;
}

static void start_result(Making *making)
{
    const AbiType *type = making->signature->result;
    making->rows[0] =
        (BoundaryRow){.name = STR("result"), .type = type->name, .bytes = type->bytes};
    making->inputs[0] = (RowInput){
        .type = type,
        .low = has_hidden_pointer(&making->low) ? low_new(making->arena, LOW_POINTER)
                                                : making->low.result,
        .x64 = x64_result(making->signature, making->gate.environment, making->builder),
        .is_result = true,
        .is_variadic = making->signature->is_variadic,
    };
}

static X64Passing argument_passing(const Making *making, const AbiType *type)
{
    if (type->is_transparent_union && type->n_fields)
        type = type->fields[0].type;
    return x64_argument(type, making->gate.environment, making->builder);
}

static bool is_same_vector(const AbiPlace *ec, uint32_t x64_slot)
{
    return ec->kind == PLACE_REGISTER && ec->registers.len == 2 &&
           ec->registers.at[0] == 'd' &&
           (uint32_t)(ec->registers.at[1] - '0') == x64_slot;
}

static void place_parameter(Making *making, uint32_t i, uint32_t n_fixed)
{
    const AbiParameter *parameter = &making->signature->parameters[i];
    BoundaryRow *row = &making->rows[i + 1];
    RowInput *input = &making->inputs[i + 1];
    *row = (BoundaryRow){.name = parameter->name.len
                                     ? parameter->name
                                     : arena_format(making->arena, "#%u", i + 1),
                         .type = parameter->type->name,
                         .bytes = parameter->type->bytes};
    *input = (RowInput){
        .type = parameter->type,
        .low = low_of(&making->low, i),
        .x64 = argument_passing(making, parameter->type),
        .x64_slot = making->places.x64_slot,
        .is_variadic = making->signature->is_variadic,
        .is_extra = i >= n_fixed,
    };
    row->x64 = place_x64(&making->places, input->x64);
    if (!input->low)
        return;
    row->ec = place_ec(&making->places, input->low);
    input->ec_slot = making->places.general;
    input->is_same_vector = is_same_vector(&row->ec, input->x64_slot);
    bool is_scalar_pointer =
        parameter->type->kind == ABI_POINTER || parameter->type->is_transparent_union;
    if (input->low->kind == LOW_POINTER && !is_scalar_pointer &&
        input->x64.kind == X64_POINTER)
        row->ec.by_pointer = true;
}

// The hidden pointer of a C++ member function's result stands behind `this`.
static void place_all(Making *making, uint32_t n_fixed)
{
    uint32_t n = making->signature->n_parameters;
    bool this_first = n && making->low.n_parameters > 1 && making->low.source[0] == 0 &&
                      making->low.source[1] == UINT32_MAX;
    if (this_first)
        place_parameter(making, 0, n_fixed);
    place_hidden(making);
    for (uint32_t i = this_first; i < n; i++)
        place_parameter(making, i, n_fixed);
}

// The pass knows LLVM types alone: it stores what is longer than a register, and of
// arguments arrays, structs and vectors even where it loads them again as one integer.
static bool is_temporary(const RowInput *input)
{
    const LowType *low = input->low;
    if (!low || low->kind == LOW_POINTER || low->kind == LOW_VOID)
        return false;
    bool is_whole =
        low->kind == LOW_ARRAY || low->kind == LOW_STRUCT || low->kind == LOW_VECTOR;
    return low_bytes(low) > SLOT_BYTES || (is_whole && !input->is_result);
}

// An exit thunk's temporaries lie below the frame pointer in the order of the arguments,
// the result's first, each aligned as its LLVM type asks: an array of floats by 4, though
// x64 was promised 16 (thunk-truth.md 2.3).
static void mark_misaligned(Making *making)
{
    uint64_t depth = 0;
    for (uint32_t i = 0; i < making->n_rows; i++) {
        const RowInput *input = &making->inputs[i];
        if (!is_temporary(input))
            continue;
        uint64_t align = low_align(input->low);
        if (input->low->kind == LOW_STRUCT && align < SLOT_BYTES)
            align = SLOT_BYTES; // the preferred alignment of a struct
        depth = align_up(depth + low_bytes(input->low), align);
        if (input->x64.kind == X64_POINTER && input->type->align >= XMM_BYTES &&
            depth % XMM_BYTES)
            making->rows[i].exit_faults |= FAULT_TEMPORARY_MISALIGNED;
    }
}

// clang before 22 puts an aggregate itself on the stack, where x4 points, and x64 takes
// x4 for its fifth argument: the pointer that it wants.
static bool is_met_by_accident(const Making *making, uint32_t i)
{
    return making->rows[i].exit_faults & FAULT_VARIADIC_AGGREGATE &&
           making->inputs[i].x64_slot == EC_VARIADIC_REGISTERS;
}

static void find_faults(Making *making)
{
    for (uint32_t i = 0; i < making->n_rows; i++) {
        RowInput *input = &making->inputs[i];
        making->rows[i].entry_faults = faults_entry(making->gate, input);
        input->is_exit = true;
        making->rows[i].exit_faults = faults_exit(making->gate, input);
    }
    if (!making->gate.is_llvm)
        return;
    // The last one shifts nothing, and of a variadic function none is the last. But x64
    // code that wants a pointer to it is given none.
    if (!making->signature->is_variadic && making->n_rows > 1) {
        BoundaryRow *last = &making->rows[making->n_rows - 1];
        last->entry_faults &= ~(uint32_t)FAULT_EMPTY;
        if (making->inputs[making->n_rows - 1].x64.kind != X64_POINTER)
            last->exit_faults &= ~(uint32_t)FAULT_EMPTY;
    }
    if (!making->signature->is_variadic) {
        mark_misaligned(making);
        return;
    }
    // x4 and x5 go where x64 has its next two arguments. With a hidden result pointer
    // those are the sixth and seventh: what counts is the stack of the Arm64EC side.
    for (uint32_t i = 1; i < making->n_rows; i++)
        if (making->rows[i].ec.kind == PLACE_STACK &&
            making->gate.llvm < LLVM_VARIADIC_EXIT && !is_met_by_accident(making, i))
            making->rows[i].exit_faults |= FAULT_VARIADIC_STACK;
}

// Where each value stands on the Arm64EC side. Two shapes with one thunk name whose
// values stand alike are served by one thunk (thunk-truth.md 2.1); an argument that
// starts at an even register anyway is no twin of one that must.
static Str convention_key(const Making *making, uint32_t n_fixed)
{
    Buf out;
    buf_init(&out, KEY_BYTES_MAX);
    uint32_t n = making->signature->is_variadic ? 0 : n_fixed;
    bool is_first = true;
    for (uint32_t i = 0; i <= n; i++) {
        const AbiPlace *place = &making->rows[i].ec;
        if (place->kind == PLACE_NONE && i)
            continue; // no argument, no part of the name
        if (i)
            buf_put(&out, is_first ? STR(" <- ") : STR("; "));
        is_first &= i == 0; // dropped arguments leave no mark
        buf_put(&out, place_text(making->arena, place, false));
        if (place->kind == PLACE_STACK)
            buf_format(&out, ":%llu",
                       (unsigned long long)align_up(low_bytes(making->inputs[i].low),
                                                    SLOT_BYTES));
    }
    if (making->signature->is_variadic)
        buf_put(&out, STR(" <- varargs"));
    Str key = arena_str(making->arena, buf_str(&out));
    buf_done(&out);
    return key;
}

// A thunk that knows nothing of x64's hidden pointer takes it for the first argument.
static void say_shifted(Making *making)
{
    enum { SHIFTS = FAULT_ODD_SIZE | FAULT_ODD_INTEGER | FAULT_EMPTY };
    const BoundaryRow *result = &making->rows[0];
    bool is_hidden = result->x64.hidden_pointer;
    for (uint32_t i = 1; i < making->n_rows; i++) {
        BoundaryRow *row = &making->rows[i];
        if (is_hidden && result->entry_faults & SHIFTS)
            row->entry_does = STR("takes what is one place before: see the result");
        if (is_hidden && result->exit_faults & SHIFTS)
            row->exit_does = STR("passes it one place too early: see the result");
    }
}

static Boundary sum_up(Making *making, uint32_t n_fixed)
{
    Boundary boundary = {.rows = making->rows, .n_rows = making->n_rows, .known = true};
    for (uint32_t i = 0; i < making->n_rows; i++) {
        BoundaryRow *row = &making->rows[i];
        boundary.entry_faults |= row->entry_faults;
        boundary.exit_faults |= row->exit_faults;
        row->entry_does = words_entry(making->arena, row, i == 0);
        row->exit_does = words_exit(making->arena, row, i == 0);
    }
    say_shifted(making);
    uint32_t x64_bytes = making->places.x64_slot * SLOT_BYTES;
    boundary.x64_stack_bytes = x64_bytes > X64_HOME_BYTES ? x64_bytes : X64_HOME_BYTES;
    boundary.ec_stack_bytes = (uint32_t)making->places.ec_stack;
    boundary.convention_key = convention_key(making, n_fixed);
    bool copies = !making->gate.is_llvm || making->gate.llvm >= LLVM_VARIADIC_EXIT;
    if (making->signature->is_variadic)
        boundary.rest = words_rest(&making->places, &making->rows[0], copies);
    return boundary;
}

// rustc lowers by itself, and has passed variadic arguments as x64 does for long.
static uint32_t lowering_llvm(Builder builder, uint32_t own_llvm)
{
    return builder.kind == BUILDER_RUSTC ? UINT32_MAX : builder_llvm(builder, own_llvm);
}

Boundary abi_boundary(Arena *arena, const AbiSignature *signature,
                      AbiEnvironment environment, Builder builder, uint32_t own_llvm,
                      const AbiType *const *variadic, uint32_t n_variadic)
{
    AbiSignature all = with_variadic(arena, signature, variadic, n_variadic);
    if (!abi_is_known(&all))
        return (Boundary){.known = false};
    Making making = {
        .arena = arena,
        .signature = &all,
        .low = abi_lower(arena, &all, environment, lowering_llvm(builder, own_llvm)),
        .builder = builder,
        .gate = {.environment = environment,
                 .is_llvm = builder_is_llvm(builder),
                 .is_rustc = builder.kind == BUILDER_RUSTC,
                 .llvm = builder_llvm(builder, own_llvm)},
        .n_rows = all.n_parameters + 1,
        .places = {.arena = arena, .is_variadic = all.is_variadic},
    };
    making.rows = ARENA_ARRAY(arena, BoundaryRow, making.n_rows);
    making.inputs = ARENA_ARRAY(arena, RowInput, making.n_rows);
    start_result(&making);
    place_all(&making, signature->n_parameters);
    find_faults(&making);
    return sum_up(&making, signature->n_parameters);
}
