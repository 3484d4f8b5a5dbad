#include "server/cli/thunks.h"

#include "codegen/abi/thunk.h"
#include "server/cli/listing.h"
#include "server/cli/out.h"
#include "server/cli/trial.h"
#include "server/table.h"
#include "server/truth.h"

static Str llvm_of(const Result *result)
{
    Str compiler = result_str(result, result->info->compiler);
    return str_starts(compiler, STR("LLVM ")) ? str_from(compiler, 5) : compiler;
}

// --- Execution
// --------------------------------------------------------------------------

static TrialOf trial_of(const Result *result, const RThunk *thunk)
{
    return (TrialOf){.kind = (ThunkKind)thunk->kind,
                     .probe = result_str(result, thunk->probe),
                     .thunk = result_str(result, thunk->name),
                     .builder = result_str(result, result->info->builder),
                     .target = result_str(result, result->info->target)};
}

static TrialVerdict verdict_of(const Listing *listing, const Result *result,
                               const RThunk *thunk)
{
    TrialOf of = trial_of(result, thunk);
    if (!of.probe.len)
        return (TrialVerdict){.outcome = VERIFY_NOT_RUN,
                              .why = result_str(result, thunk->probe_why)};
    return trials_verdict(listing->owner, &of);
}

static void on_kept(Listing *listing, const RunFile *file)
{
    const Result *result = file->truth;
    for (uint32_t i = 0; i < result->n_thunks; i++) {
        TrialOf of = trial_of(result, &result->thunks[i]);
        if (of.probe.len)
            trials_add(listing->owner, &of);
    }
}

// Not through an exit thunk to what is Arm64EC at run time, wrong as the thunk may be.
static bool is_taken(const RFunction *function, const RThunk *thunk)
{
    bool goes_out = thunk->kind == THUNK_EXIT || thunk->kind == THUNK_GUEST_EXIT;
    return !(goes_out && function->reach & REACH_SYSTEM);
}

enum { WRONG_NOT_TAKEN = VERIFY_NOT_RUN + 1, N_COUNTS };

static void count_verdicts(const Listing *listing, const Result *result,
                           uint32_t ret_counts[N_COUNTS])
{
    for (uint32_t i = 0; i < result->n_functions; i++) {
        const RFunction *function = &result->functions[i];
        for (uint32_t k = 0; k < function->thunks.len; k++) {
            const RThunk *thunk = &result->thunks[function->thunks.at + k];
            VerifyOutcome outcome = verdict_of(listing, result, thunk).outcome;
            bool counts = outcome != VERIFY_WRONG || is_taken(function, thunk);
            ret_counts[counts ? (uint32_t)outcome : WRONG_NOT_TAKEN]++;
        }
    }
}

// A thunk that is wrong counts as an error.
static void on_all_kept(Listing *listing)
{
    Str why;
    if (!trials_run(listing->owner, &why)) {
        out_error_format("%.*s", STR_ARG(why));
        listing_worsen(listing, EXIT_FAILED);
    }
    uint32_t counts[N_COUNTS] = {0};
    for (uint32_t i = 0; i < listing->kept.len; i++) {
        Result result;
        if (result_open(listing->kept.at[i].block, build_id(), &result) != ERR_NONE)
            BUG("a Result that was open before");
        count_verdicts(listing, &result, counts);
    }
    if (counts[VERIFY_WRONG] && listing->options->fail_on != FAIL_NEVER)
        listing_worsen(listing, EXIT_FINDINGS);
}

// The name of an argument, where the thunk is of the function it stands on.
static Str argument_name(const Result *result, const RFunction *function,
                         const RThunk *thunk, uint32_t argument)
{
    if (thunk->kind == THUNK_INDIRECT || argument + 1 >= function->rows.len)
        return STR("");
    Str name = result_str(result, result->rows[function->rows.at + argument + 1].name);
    return str_starts(name, STR("#")) ? STR("") : name;
}

static uint32_t n_wrong_values(const TrialVerdict *verdict)
{
    uint32_t n = verdict->is_result_wrong;
    for (uint64_t rest = verdict->wrong_arguments; rest; rest &= rest - 1)
        n++;
    return n;
}

// "'c', argument 3 and the result"
static Str wrong_values(Arena *arena, const Result *result, const RFunction *function,
                        const RThunk *thunk, const TrialVerdict *verdict)
{
    Str text = STR("");
    uint32_t n_all = n_wrong_values(verdict), n = 0;
    for (uint32_t i = 0; i <= VERIFY_ARGUMENTS_MAX; i++) {
        bool is_result = i == VERIFY_ARGUMENTS_MAX;
        if (is_result ? !verdict->is_result_wrong : !(verdict->wrong_arguments >> i & 1))
            continue;
        Str name = is_result ? STR("") : argument_name(result, function, thunk, i);
        Str one = is_result  ? STR("the result")
                  : name.len ? arena_format(arena, "'%.*s'", STR_ARG(name))
                             : arena_format(arena, "argument %u", i + 1);
        const char *between = !n ? "" : n + 1 == n_all ? " and " : ", ";
        text = arena_format(arena, "%.*s%s%.*s", STR_ARG(text), between, STR_ARG(one));
        n++;
    }
    return text;
}

// What the boundary table has against it: the codes to look up.
static uint32_t faults_of(const Result *result, const RFunction *function,
                          const RThunk *thunk)
{
    RSpan rows = thunk->kind == THUNK_INDIRECT ? thunk->rows : function->rows;
    uint32_t faults = 0;
    for (uint32_t i = 0; i < rows.len; i++) {
        const RRow *row = &result->rows[rows.at + i];
        faults |= thunk->kind == THUNK_ENTRY ? row->entry_faults : row->exit_faults;
    }
    return faults;
}

static Str verdict_text(Arena *arena, const Result *result, const RFunction *function,
                        const RThunk *thunk, const TrialVerdict *verdict)
{
    Str values, call, codes;
    switch (verdict->outcome) {
    case VERIFY_OK:
        return STR("right");
    case VERIFY_NOT_RUN:
        return arena_format(arena, "not run: %.*s", STR_ARG(verdict->why));
    case VERIFY_WRONG:
        break;
    }
    values = wrong_values(arena, result, function, thunk, verdict);
    call = verdict->where.len
               ? arena_format(arena, ", called at %.*s", STR_ARG(verdict->where))
               : STR("");
    if (!is_taken(function, thunk))
        return arena_format(
            arena,
            "never taken: the system's functions are Arm64EC; it would be "
            "wrong%s%.*s%.*s",
            values.len ? " in " : "", STR_ARG(values), STR_ARG(call));
    codes = truth_codes(arena, faults_of(result, function, thunk));
    return arena_format(arena, "WRONG%s%.*s%s%s%.*s%.*s: %.*s", codes.len ? " (" : "",
                        STR_ARG(codes), codes.len ? ")" : "", values.len ? " in " : "",
                        STR_ARG(values), STR_ARG(call), STR_ARG(verdict->why));
}

static void put_verdict(Json *json, const Listing *listing, const Result *result,
                        const RFunction *function, const RThunk *thunk)
{
    TrialVerdict verdict = verdict_of(listing, result, thunk);
    json_put_string(json, "verified", verify_outcome_name(verdict.outcome));
    json_put_string(json, "why", verdict.why);
    json_put_bool(json, "taken", is_taken(function, thunk));
    if (verdict.outcome != VERIFY_WRONG)
        return;
    listing_put_codes(json, "codes", faults_of(result, function, thunk));
    json_key(json, "wrong");
    json_array_begin(json);
    for (uint32_t i = 0; i < VERIFY_ARGUMENTS_MAX; i++)
        if (verdict.wrong_arguments >> i & 1) {
            json_object_begin(json);
            json_put_int(json, "argument", (int64_t)i + 1);
            json_put_string(json, "name", argument_name(result, function, thunk, i));
            json_object_end(json);
        }
    if (verdict.is_result_wrong) {
        json_object_begin(json);
        json_put_int(json, "argument", 0);
        json_put_string(json, "name", STR("result"));
        json_object_end(json);
    }
    json_array_end(json);
}

// --- json
// -------------------------------------------------------------------------------

static void put_thunk(const Listing *listing, Json *json, const Result *result,
                      const RFunction *function, const RThunk *thunk)
{
    json_object_begin(json);
    json_put_string(json, "kind", thunk_kind_name((ThunkKind)thunk->kind));
    json_put_string(json, "name", result_str(result, thunk->name));
    json_key(json, "at");
    listing_put_sites(listing, json, result, thunk);
    if (listing->options->assembly)
        json_put_string(json, "assembly", result_str(result, thunk->assembly));
    if (listing->options->verify)
        put_verdict(json, listing, result, function, thunk);
    json_object_end(json);
}

static void put_json(Listing *listing, const RunFile *file)
{
    const Result *result = file->truth;
    Json *json = &listing->json;
    json_put_string(json, "target", result_str(result, result->info->target));
    json_put_string(json, "llvm", llvm_of(result));
    json_put_string(json, "builder", result_str(result, result->info->builder));
    listing_put_names(json, result);
    json_key(json, "functions");
    json_array_begin(json);
    for (uint32_t i = 0; i < result->n_functions; i++) {
        const RFunction *function = &result->functions[i];
        json_object_begin(json);
        json_put_string(json, "name", result_str(result, function->name));
        json_put_string(json, "symbol", result_str(result, function->symbol));
        json_put_string(json, "display", result_str(result, function->display));
        json_put_int(json, "line", listing_line(function));
        json_key(json, "thunks");
        json_array_begin(json);
        for (uint32_t k = 0; k < function->thunks.len; k++)
            put_thunk(listing, json, result, function,
                      &result->thunks[function->thunks.at + k]);
        json_array_end(json);
        json_object_end(json);
    }
    json_array_end(json);
}

// --- text
// -------------------------------------------------------------------------------

static Str meaning(Arena *arena, const Result *result, const RFunction *function,
                   const RThunk *thunk)
{
    Str text, name = result_str(result, thunk->name);
    if (!name.len && thunk->kind != THUNK_INDIRECT && !truth_has_places(result, function))
        return STR("not known: a type of the signature is incomplete or too large");
    if (!name.len)
        return truth_names_are_exact(result) ? STR("LLVM cannot make it")
                                             : STR("its name is not known");
    return thunk_describe(arena, name, &text) ? text : STR("");
}

static void put_assembly(Buf *out, const Result *result, const RFunction *function)
{
    for (uint32_t i = 0; i < function->thunks.len; i++) {
        const RThunk *thunk = &result->thunks[function->thunks.at + i];
        if (thunk->assembly.len)
            buf_format(out, "\n%.*s", STR_ARG(result_str(result, thunk->assembly)));
    }
}

enum { INDENT = 4 };

// What a thunk means stands behind it, or below it where the terminal is narrower.
static void put_thunks(Listing *listing, const Result *result, const RFunction *function)
{
    Arena *arena = &listing->arena;
    Table table;
    table_init(&table, arena, 4);
    table.loud = listing->is_coloured ? STR("WRONG") : STR("");
    for (uint32_t i = 0; i < function->thunks.len; i++) {
        const RThunk *thunk = &result->thunks[function->thunks.at + i];
        table_cell(&table, thunk_kind_name((ThunkKind)thunk->kind));
        table_cell(&table, result_str(result, thunk->name));
        table_cell(&table, listing_sites(listing, result, thunk));
        TrialVerdict verdict;
        if (listing->options->verify)
            verdict = verdict_of(listing, result, thunk);
        table_cell(&table, listing->options->verify
                               ? verdict_text(arena, result, function, thunk, &verdict)
                               : meaning(arena, result, function, thunk));
    }
    if (!listing->columns || table_width(&table) + INDENT <= listing->columns) {
        table_put(&table, INDENT, &listing->out);
        return;
    }
    for (uint32_t i = 0; i < table.cells.len; i += table.n_columns) {
        const Str *cell = &table.cells.at[i];
        buf_format(&listing->out, "%*s%.*s  %.*s\n", INDENT, "", STR_ARG(cell[0]),
                   STR_ARG(cell[1]));
        for (uint32_t k = 2; k < table.n_columns; k++)
            if (cell[k].len)
                buf_format(&listing->out, "%*s%.*s\n", 2 * INDENT, "", STR_ARG(cell[k]));
    }
}

static void put_function(Listing *listing, const Result *result,
                         const RFunction *function)
{
    Str name = result_str(result, function->name);
    Str symbol = result_str(result, function->symbol);
    Buf *out = &listing->out;
    if (function->in_document)
        buf_format(out, "%u: ", function->at.start.line + 1);
    buf_format(out, "%.*s  %.*s\n", STR_ARG(name), STR_ARG(symbol));
    if (function->thunks.len)
        put_thunks(listing, result, function);
    else
        buf_put(out, STR("    no thunk\n"));
    put_assembly(out, result, function);
}

static void put_counts(Listing *listing, const Result *result)
{
    uint32_t counts[N_COUNTS] = {0};
    count_verdicts(listing, result, counts);
    buf_format(&listing->out, "%u right, %u wrong, %u not run", counts[VERIFY_OK],
               counts[VERIFY_WRONG], counts[VERIFY_NOT_RUN]);
    if (counts[WRONG_NOT_TAKEN])
        buf_format(&listing->out, "; %u never taken, to functions of the system",
                   counts[WRONG_NOT_TAKEN]);
    buf_put(&listing->out, STR("\n"));
}

static void put_text(Listing *listing, const RunFile *file)
{
    const Result *result = file->truth;
    Str builder = result_str(result, result->info->builder);
    bool is_llvm = truth_names_are_exact(result);
    buf_format(&listing->out, "%.*s  %.*s, builder %.*s, %s%.*s%s\n", STR_ARG(file->name),
               STR_ARG(result_str(result, result->info->target)), STR_ARG(builder),
               is_llvm ? "" : "names of thunks as ",
               STR_ARG(result_str(result, result->info->compiler)),
               is_llvm ? "" : " writes them; cl writes some otherwise");
    for (uint32_t i = 0; i < result->n_functions; i++)
        put_function(listing, result, &result->functions[i]);
    if (listing->options->verify)
        put_counts(listing, result);
}

int cli_thunks(uv_loop_t *loop, const Options *options, Str program)
{
    Listing listing = {.options = options, .put_json = put_json, .put_text = put_text};
    if (options->verify) {
        listing.owner = trials_new(loop, options);
        listing.on_kept = on_kept;
        listing.on_all_kept = on_all_kept;
    }
    RunFiles run = {
        .loop = loop,
        .options = options,
        .program = program,
        .paths = options->paths,
        .wants_assembly = options->assembly,
        .wants_probes = options->verify,
    };
    int status = listing_run(&listing, &run);
    trials_free(listing.owner);
    return status;
}
