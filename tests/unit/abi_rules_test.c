// The rules of the family abi_*.c on units that are filled by hand: places, fixes, twins.
#include "codegen/rules/abi.h"

#include "tests/unit/harness.h"

static const AbiType int_type = {.kind = ABI_INT,
                                 .bytes = 4,
                                 .align = 4,
                                 .bits = 32,
                                 .is_signed = true,
                                 .name = STR_INIT("int")};
static const AbiType char_type = {.kind = ABI_INT,
                                  .bytes = 1,
                                  .align = 1,
                                  .bits = 8,
                                  .name = STR_INIT("unsigned char")};
static const AbiType double_type = {
    .kind = ABI_DOUBLE, .bytes = 8, .align = 8, .name = STR_INIT("double")};

typedef struct Bench {
    Arena arena;
    Job job;
    Unit unit;
} Bench;

static void bench_init(Bench *b, Str text)
{
    *b = (Bench){.job = {.path = STR("/p/a.c"), .text = text}};
    arena_init(&b->arena, 1 << 20);
    unit_init(&b->unit, &b->arena, &b->job);
    b->unit.target = STR("arm64ec-pc-windows-msvc");
}

static void bench_done(Bench *b)
{
    unit_done(&b->unit);
    arena_done(&b->arena);
}

static Place place_of(const Bench *b, Str word)
{
    uint32_t at = (uint32_t)str_find(b->unit.text, word);
    return unit_place(&b->unit, at, at + (uint32_t)word.len);
}

// The text of a parameter's place, for a function named f.
static Str parameter(Bench *b, uint32_t index)
{
    Function f = {.in_document = true, .at = place_of(b, STR("f"))};
    Place at = abi_parameter_place(&b->unit, &f, index);
    uint32_t line = b->unit.lines.start[at.start.line];
    return str_sub(b->unit.text, line + at.start.byte, line + at.end.byte);
}

TEST(abi_rules_find_parameters_by_their_text)
{
    Bench b;
    bench_init(&b, STR("int f /* ( */ (struct rgb c, int (*g)(int, int), char a[sizeof "
                       "(1, 2)]) {}"));
    CHECK_STR(parameter(&b, 0), STR("struct rgb c"));
    CHECK_STR(parameter(&b, 1), STR("int (*g)(int, int)"));
    CHECK_STR(parameter(&b, 2), STR("char a[sizeof (1, 2)]"));
    CHECK_STR(parameter(&b, 3), STR("f")); // there is none: the name
    bench_done(&b);
}

TEST(abi_rules_fall_back_to_the_name)
{
    Bench b;
    bench_init(&b, STR("int f;"));
    CHECK_STR(parameter(&b, 0), STR("f"));
    bench_done(&b);
    bench_init(&b, STR("int (f)(int a);"));
    CHECK_STR(parameter(&b, 0), STR("f"));
    bench_done(&b);
    bench_init(&b, STR("int f(int a"));
    CHECK_STR(parameter(&b, 0), STR("f"));
    bench_done(&b);
    bench_init(&b, STR("int f()"));
    CHECK_STR(parameter(&b, 0), STR("f"));
    bench_done(&b);
}

// The one edit of the fix for a record of three bytes; empty: no fix.
static Str padding(Bench *b, Str name, Str *ret_before)
{
    AbiField fields[3] = {{&char_type, STR("r"), 0, 0, false, false, false},
                          {&char_type, STR("g"), 8, 0, false, false, false},
                          {&char_type, STR("b"), 16, 0, false, false, false}};
    AbiType record = {.kind = ABI_RECORD,
                      .bytes = 3,
                      .align = 1,
                      .fields = fields,
                      .n_fields = 3,
                      .name = name};
    Finding *finding =
        REPORT(&b->unit, EC101_argument, unit_first_line(&b->unit), name, STR("3"));
    abi_fix_padding(&b->unit, finding, &record, 4);
    if (finding->fixes.len != 1 || finding->fixes.at[0].edits.len != 1)
        return STR("");
    const Fix *fix = &finding->fixes.at[0];
    CHECK(!fix->preferred);
    const Edit *edit = &fix->edits.at[0];
    uint32_t at = b->unit.lines.start[edit->at.start.line] + edit->at.start.byte;
    *ret_before = str_sub(b->unit.text, 0, at);
    return edit->text;
}

TEST(abi_rules_pad_a_record_at_its_end)
{
    Bench b;
    Str before = STR("");
    bench_init(&b, STR("struct rgb {\n    unsigned char r, g, b;\n};\n"));
    CHECK_STR(padding(&b, STR("struct rgb"), &before),
              STR("    unsigned char padding;\n"));
    CHECK(str_ends(before, STR("g, b;\n")));
    bench_done(&b);
    bench_init(&b, STR("typedef struct { unsigned char r, g, b; } RGB;\n"));
    CHECK_STR(padding(&b, STR("RGB"), &before), STR("unsigned char padding; "));
    CHECK(str_ends(before, STR("b; ")));
    bench_done(&b);
}

TEST(abi_rules_pad_nothing_that_the_text_counts_on)
{
    static const Str texts[] = {
        STR_INIT("struct rgb;\n"),
        STR_INIT("struct rgb { unsigned char r, g, b; };\nint n = sizeof(struct rgb);\n"),
        STR_INIT(
            "struct rgb { unsigned char r, g, b; };\nint n = sizeof (struct rgb);\n"),
        STR_INIT("struct rgb {\n#ifdef BGR\n char b, g, r;\n#else\n char r, g, "
                 "b;\n#endif\n};\n"),
        STR_INIT("#ifdef A\nstruct rgb { char r, g, b; };\n#else\nstruct rgb { char b, "
                 "g, r; };\n#endif\n"),
        STR_INIT("#define BODY struct rgb { char r, g, b; }\nBODY;\n"),
        STR_INIT("enum rgb { R, G, B };\n"),
    };
    for (size_t i = 0; i < COUNTOF(texts); i++) {
        Bench b;
        Str before = STR("");
        bench_init(&b, texts[i]);
        CHECK_STR(padding(&b, STR("struct rgb"), &before), STR(""));
        bench_done(&b);
    }
}

// --- Twins and casts
// ---------------------------------------------------------------------

static Function *add_function(Bench *b, Str name, Str thunk, Str key, bool is_defined)
{
    Function *function = LIST_PUSH(&b->arena, &b->unit.functions);
    *function = (Function){.name = name,
                           .is_visible = true,
                           .in_document = true,
                           .is_defined = is_defined,
                           .is_emitted = is_defined,
                           .emission = is_defined ? EMISSION_ALWAYS : EMISSION_NONE,
                           .boundary = {.known = true, .convention_key = key}};
    FunctionThunk *made = LIST_PUSH(&b->arena, &function->thunks);
    made->kind = is_defined ? THUNK_ENTRY : THUNK_EXIT;
    made->name = thunk;
    return function;
}

static Call *add_call(Bench *b, uint32_t callee)
{
    Call *call = LIST_PUSH(&b->arena, &b->unit.calls);
    *call = (Call){.caller = 0, .callee = callee, .is_reachable = true};
    return call;
}

TEST(abi_rules_tell_twins_by_name_and_key)
{
    Bench b;
    bench_init(&b, STR("int x;\n"));
    add_function(&b, STR("a"), STR("$ientry_thunk$cdecl$m16$i8"), STR("d2"), true);
    add_function(&b, STR("b"), STR("$ientry_thunk$cdecl$m16$i8"), STR("d2"), true);
    add_function(&b, STR("c"), STR("$ientry_thunk$cdecl$m16$i8i8"), STR("x2"), true);
    add_function(&b, STR("d"), STR("$iexit_thunk$cdecl$m16$i8"), STR("x2"), false);
    add_function(&b, STR("e"), STR("$ientry_thunk$cdecl$m16$i8"), STR("x2"), true);
    add_call(&b, 3);
    rules_abi_twins(&b.unit);
    REQUIRE(b.unit.findings.len == 1);
    CHECK(str_has(b.unit.findings.at[0].message, STR("'a' and 'e'")));
    CHECK_EQ(b.unit.findings.at[0].notes.len, 1);
    bench_done(&b);
}

TEST(abi_rules_leave_twins_that_never_run)
{
    Bench b;
    bench_init(&b, STR("int x;\n"));
    Str entry = STR("$ientry_thunk$cdecl$m16$i8"),
        exit = STR("$iexit_thunk$cdecl$m16$i8");
    add_function(&b, STR("a"), entry, STR("d2"), true);
    add_function(&b, STR("b"), entry, STR("x2"), true)->is_internal = true;
    add_function(&b, STR("c"), entry, STR("x2"), true)->is_emitted = false;
    add_function(&b, STR("d"), exit, STR("x2"), false); // not called
    add_function(&b, STR("e"), exit, STR("d2"), false);
    add_function(&b, STR("lldiv"), exit, STR("x2"), false)->is_visible = false;
    add_function(&b, STR("div"), exit, STR("d2"), false)->is_visible = false;
    add_call(&b, 4)->is_reachable = false;
    add_call(&b, 5);
    add_call(&b, 6);
    rules_abi_twins(&b.unit);
    CHECK_EQ(b.unit.findings.len, 0);
    b.unit.calls.at[0].is_reachable = true; // one of the system's is kept for "e"
    rules_abi_twins(&b.unit);
    CHECK(b.unit.findings.len > 0);
    b.unit.findings.len = 0;
    b.unit.builder = (Builder){BUILDER_MSVC, 19, 40};
    rules_abi_twins(&b.unit);
    CHECK_EQ(b.unit.findings.len, 0);
    bench_done(&b);
}

static AbiSignature signature_of(const AbiType *result, const AbiParameter *parameters,
                                 uint32_t n)
{
    return (AbiSignature){.result = result, .parameters = parameters, .n_parameters = n};
}

static uint32_t n_cast_findings(const AbiSignature *call_type, const AbiSignature *target)
{
    Bench b;
    bench_init(&b, STR("int x;\n"));
    add_function(&b, STR("a"), STR(""), STR(""), true);
    Call *call = add_call(&b, CALLEE_UNKNOWN);
    call->is_indirect = true;
    call->abi = call_type;
    call->target_abi = target;
    rules_abi_calls(&b.unit);
    uint32_t n = b.unit.findings.len;
    CHECK(n == 0 || b.unit.findings.at[0].number == EC119);
    bench_done(&b);
    return n;
}

TEST(abi_rules_compare_thunks_not_types)
{
    static const AbiType pointer = {
        .kind = ABI_POINTER, .bytes = 8, .align = 8, .name = STR_INIT("void *")};
    static const AbiType nothing = {.kind = ABI_VOID, .name = STR_INIT("void")};
    const AbiParameter words[] = {{&int_type, STR("")}, {&int_type, STR("")}};
    const AbiParameter mixed[] = {{&pointer, STR("")}, {&double_type, STR("")}};
    AbiSignature int_int = signature_of(&int_type, words, 1);
    AbiSignature int_two = signature_of(&int_type, words, 2);
    AbiSignature pointer_pointer = signature_of(&pointer, mixed, 1);
    AbiSignature with_double = signature_of(&int_type, mixed, 2);
    AbiSignature of_double = signature_of(&double_type, words, 1);
    AbiSignature of_nothing = signature_of(&nothing, words, 1);
    CHECK_EQ(n_cast_findings(&int_int, &int_int), 0);
    CHECK_EQ(n_cast_findings(&pointer_pointer, &int_int), 0);
    CHECK_EQ(n_cast_findings(&int_two, &int_int), 0);    // one argument too many
    CHECK_EQ(n_cast_findings(&of_nothing, &int_int), 0); // nobody reads the result
    CHECK_EQ(n_cast_findings(&int_int, &int_two), 1);    // one too few
    CHECK_EQ(n_cast_findings(&int_int, &of_nothing), 1); // a result of nothing
    CHECK_EQ(n_cast_findings(&int_int, &of_double), 1);
    CHECK_EQ(n_cast_findings(&int_two, &with_double), 1);
    CHECK_EQ(n_cast_findings(&int_int, NULL), 0);
}
