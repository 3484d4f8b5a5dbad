// Emission and thunks over units that are filled by hand.
#include "codegen/rules/rules.h"
#include "codegen/rules/thunks_needed.h"

#include "tests/unit/harness.h"

typedef struct Fixture {
    Arena arena;
    Job job;
    Unit unit;
} Fixture;

static void open_fixture(Fixture *fixture)
{
    *fixture = (Fixture){0};
    arena_init(&fixture->arena, 1 << 20);
    fixture->job = (Job){.path = STR("/a.c"), .text = STR("")};
    unit_init(&fixture->unit, &fixture->arena, &fixture->job);
}

static void close_fixture(Fixture *fixture)
{
    unit_done(&fixture->unit);
    arena_done(&fixture->arena);
}

static uint32_t add(Fixture *fixture, Function function)
{
    function.is_defined = function.emission != EMISSION_NONE;
    *LIST_PUSH(&fixture->arena, &fixture->unit.functions) = function;
    return fixture->unit.functions.len - 1;
}

static Call *call(Fixture *fixture, uint32_t caller, uint32_t callee)
{
    Call *made = LIST_PUSH(&fixture->arena, &fixture->unit.calls);
    *made = (Call){.caller = caller, .callee = callee, .is_reachable = true};
    return made;
}

static void settle(Fixture *fixture)
{
    emission_settle(&fixture->unit);
    thunks_needed(&fixture->unit);
}

static bool has(const Fixture *fixture, uint32_t function, ThunkKind kind)
{
    const Function *at = &fixture->unit.functions.at[function];
    for (uint32_t i = 0; i < at->thunks.len; i++)
        if (at->thunks.at[i].kind == kind)
            return true;
    return false;
}

TEST(thunks_of_calls)
{
    Fixture f;
    open_fixture(&f);
    uint32_t main = add(&f, (Function){.emission = EMISSION_ALWAYS});
    uint32_t far = add(&f, (Function){0});
    uint32_t imported = add(&f, (Function){.is_dllimport = true});
    uint32_t lost = add(&f, (Function){0});
    uint32_t elsewhere = add(&f, (Function){.emission = EMISSION_INLINE_ONLY});
    call(&f, main, far);
    call(&f, main, far);
    call(&f, main, imported);
    call(&f, main, lost)->is_reachable = false;
    call(&f, main, elsewhere);
    call(&f, main, CALLEE_UNKNOWN)->is_indirect = true;
    settle(&f);
    CHECK(has(&f, main, THUNK_ENTRY) && has(&f, main, THUNK_INDIRECT));
    CHECK(!has(&f, main, THUNK_EXIT));
    CHECK(has(&f, far, THUNK_EXIT) && has(&f, far, THUNK_GUEST_EXIT));
    CHECK_EQ(f.unit.functions.at[far].thunks.at[0].at.len, 2);
    CHECK(has(&f, imported, THUNK_EXIT) && !has(&f, imported, THUNK_GUEST_EXIT));
    CHECK_EQ(f.unit.functions.at[lost].thunks.len, 0);
    CHECK(has(&f, elsewhere, THUNK_EXIT) && !has(&f, elsewhere, THUNK_ENTRY));
    close_fixture(&f);
}

TEST(thunks_of_static_functions)
{
    Fixture f;
    open_fixture(&f);
    Function local = {.emission = EMISSION_IF_USED, .is_internal = true};
    uint32_t main = add(&f, (Function){.emission = EMISSION_ALWAYS});
    uint32_t called = add(&f, local), taken = add(&f, local), unused = add(&f, local);
    uint32_t mentioned = add(&f, local), tabled = add(&f, local);
    uint32_t far = add(&f, (Function){0});
    *LIST_PUSH(&f.arena, &f.unit.variables) = (Variable){0};
    *LIST_PUSH(&f.arena, &f.unit.variables) = (Variable){0};
    *LIST_PUSH(&f.arena, &f.unit.variable_uses) = (VariableUse){.function = main};
    call(&f, main, called);
    call(&f, main, taken)->takes_address = true;
    Call *mention = call(&f, main, mentioned);
    mention->takes_address = mention->is_mention = true;
    call(&f, unused, far);
    Call *in_table = call(&f, CALLER_FILE_SCOPE, tabled);
    in_table->takes_address = true;
    in_table->variable = 1;
    Call *in_dead_table = call(&f, CALLER_FILE_SCOPE, unused);
    in_dead_table->takes_address = true;
    in_dead_table->variable = 2;
    settle(&f);
    CHECK(f.unit.functions.at[called].is_emitted && !has(&f, called, THUNK_ENTRY));
    CHECK(has(&f, taken, THUNK_ENTRY));
    CHECK(has(&f, tabled, THUNK_ENTRY));
    CHECK(f.unit.functions.at[mentioned].is_emitted && !has(&f, mentioned, THUNK_ENTRY));
    CHECK(!f.unit.functions.at[unused].is_emitted);
    CHECK_EQ(f.unit.functions.at[far].thunks.len, 0);
    close_fixture(&f);
}

TEST(thunks_of_inlined_bodies)
{
    Fixture f;
    open_fixture(&f);
    uint32_t main = add(&f, (Function){.emission = EMISSION_ALWAYS});
    uint32_t body = add(&f, (Function){.emission = EMISSION_IF_USED,
                                       .is_internal = true,
                                       .is_always_inline = true});
    uint32_t lost = add(&f, (Function){.emission = EMISSION_IF_USED,
                                       .is_internal = true,
                                       .is_always_inline = true});
    uint32_t far = add(&f, (Function){0}), farther = add(&f, (Function){0});
    call(&f, main, body);
    call(&f, main, lost)->is_reachable = false;
    call(&f, body, far);
    call(&f, lost, farther);
    settle(&f);
    CHECK(f.unit.functions.at[body].is_inlined_away);
    CHECK_EQ(f.unit.functions.at[body].thunks.len, 0);
    CHECK(has(&f, far, THUNK_EXIT));
    CHECK_EQ(f.unit.functions.at[farther].thunks.len, 0);
    close_fixture(&f);
}
