// A trial is a chain: the Arm64EC side is compiled, without its calls if they kill the
// compiler; then the x64 side; then both are executed, which takes some milliseconds and
// needs no process. Several chains run beside each other. Nothing is written to disk:
// clang reads from a pipe and writes into one.
#include "server/cli/trial.h"

#include "codegen/toolchain/builder.h"
#include "codegen/verify/signature.h"
#include "protocol/base/hash.h"
#include "server/clang_finder.h"
#include "server/cli/out.h"
#include "server/clock.h"
#include "server/spawn.h"

enum {
    TRIALS_ARENA_BYTES_MAX = 1024 * 1024 * 1024,
    OBJECT_BYTES_MAX = 16 * 1024 * 1024,
    WORDS_BYTES_MAX = 16 * 1024,
    ROUNDS = 5, // of random values
    SEED = 1,
    COMPILERS_MAX = 8,
};

typedef enum Step { STEP_EC, STEP_EC_ENTRY, STEP_X64 } Step;

typedef struct Trial {
    Trials *trials;
    Hash key;
    Str signature; // text
    uint32_t llvm;
    bool is_gnu;
    Step step;
    Buf ec_source, x64_source;
    Str ec_object; // owned
    VerifyVerdict verdicts[VERIFY_WAYS];
    Str thunks;  // names of those in its object, a line each
    Str no_call; // why there is no call to be executed; empty: there is
} Trial;

typedef struct Compiler {
    uint32_t llvm;
    Str program, why;
} Compiler;

struct Trials {
    uv_loop_t *loop;
    const Options *options;
    Clock clock;
    Arena arena;
    LIST(Trial *) all;
    uint32_t next, n_running, n_done;
    uint32_t own_llvm;
    Compiler compilers[COMPILERS_MAX];
    uint32_t n_compilers;
    Unicorn unicorn;
    Str problem; // nothing can be executed
};

Trials *trials_new(uv_loop_t *loop, const Options *options)
{
    Trials *trials = mem_new(sizeof *trials);
    uint64_t own = 0;
    *trials = (Trials){.loop = loop, .options = options};
    arena_init(&trials->arena, TRIALS_ARENA_BYTES_MAX);
    CHECK_BUG(str_to_u64(options->llvm, &own));
    trials->own_llvm = (uint32_t)own;
    return trials;
}

void trials_free(Trials *owned_trials)
{
    if (!owned_trials)
        return;
    unicorn_close(&owned_trials->unicorn);
    arena_done(&owned_trials->arena);
    mem_free(owned_trials);
}

// --- Which trials ----------------------------------------------------------------------

static uint32_t llvm_of(const Trials *trials, Str name)
{
    Builder builder;
    return builder_parse(name, &builder) ? builder_llvm(builder, trials->own_llvm)
                                         : trials->own_llvm;
}

// Takes one signature off a probe: its place, and its lines.
static bool take_signature(Str *probe, Str *ret_where, Str *ret_lines)
{
    static const Str word = STR_INIT("signature\t");
    Str line;
    if (!str_take_line(probe, &line) || !str_starts(line, word))
        return false;
    *ret_where = str_from(line, word.len);
    Str next = STR("\nsignature\t");
    size_t end = str_find(*probe, next);
    end = end < probe->len ? end + 1 : end;
    *ret_lines = str_sub(*probe, 0, end);
    *probe = str_from(*probe, end);
    return true;
}

static Trial *find(const Trials *trials, Str signature, uint32_t llvm, bool is_gnu)
{
    Hash key = hash_of(signature);
    for (uint32_t i = 0; i < trials->all.len; i++) {
        Trial *trial = trials->all.at[i];
        if (hash_eq(trial->key, key) && trial->llvm == llvm && trial->is_gnu == is_gnu &&
            str_eq(trial->signature, signature))
            return trial;
    }
    return NULL;
}

static bool is_gnu(const TrialOf *of)
{
    return str_has(of->target, STR("-gnu"));
}

void trials_add(Trials *trials, const TrialOf *of)
{
    Str rest = of->probe, where, lines;
    uint32_t llvm = llvm_of(trials, of->builder);
    while (take_signature(&rest, &where, &lines)) {
        if (find(trials, lines, llvm, is_gnu(of)))
            continue;
        Trial *trial = ARENA_NEW(&trials->arena, Trial);
        *trial = (Trial){.trials = trials,
                         .key = hash_of(lines),
                         .signature = arena_str(&trials->arena, lines),
                         .llvm = llvm,
                         .is_gnu = is_gnu(of)};
        *LIST_PUSH(&trials->arena, &trials->all) = trial;
    }
}

// --- One trial -------------------------------------------------------------------------

static void start_more(Trials *trials);

static void finish(Trial *trial)
{
    Trials *trials = trial->trials;
    buf_done(&trial->ec_source);
    buf_done(&trial->x64_source);
    mem_free(trial->ec_object.at);
    trial->ec_object = STR("");
    trials->n_running--;
    trials->n_done++;
    out_progress("%u of %u signatures executed", trials->n_done, trials->all.len);
}

// The clock may still wait for a deadline that matters no more.
static void settle(Trial *trial)
{
    Trials *trials = trial->trials;
    finish(trial);
    start_more(trials);
    if (trials->n_done == trials->all.len)
        uv_stop(trials->loop);
}

static void not_run(Trial *trial, Str why)
{
    for (int way = 0; way < VERIFY_WAYS; way++)
        trial->verdicts[way] = (VerifyVerdict){.outcome = VERIFY_NOT_RUN, .why = why};
}

static const Compiler *compiler_of(Trials *trials, uint32_t llvm)
{
    for (uint32_t i = 0; i < trials->n_compilers; i++)
        if (trials->compilers[i].llvm == llvm)
            return &trials->compilers[i];
    if (trials->n_compilers == COMPILERS_MAX)
        return NULL;
    Compiler *made = &trials->compilers[trials->n_compilers++];
    *made = (Compiler){.llvm = llvm};
    Str version = arena_format(&trials->arena, "%u", llvm);
    Str own = arena_format(&trials->arena, "%u", trials->own_llvm);
    (void)finder_clang_here(&trials->arena, version, own, &made->program, &made->why);
    return made;
}

// What a compiler said first that is an error.
static Str first_error(Trial *trial, const SpawnAnswer *answer)
{
    Arena *arena = &trial->trials->arena;
    Str rest = answer->err, line;
    if (answer->end == SPAWN_TIMED_OUT)
        return STR("it does not end");
    if (answer->end == SPAWN_TOO_LONG)
        return STR("the object is too large");
    while (str_take_line(&rest, &line)) {
        size_t at = str_find(line, STR("error: "));
        if (at < line.len)
            return arena_str(arena, str_from(line, at + 7));
    }
    rest = answer->err;
    return str_take_line(&rest, &line) && line.len ? arena_str(arena, line)
                                                   : STR("it says nothing");
}

// The names of thunks in an object, which ends each with NUL.
static Str thunks_in(Arena *arena, Str object)
{
    static const Str heads[] = {STR_INIT("$ientry_thunk$"), STR_INIT("$iexit_thunk$")};
    Buf names;
    buf_init(&names, WORDS_BYTES_MAX);
    for (size_t i = 0; i < COUNTOF(heads); i++) {
        Str rest = object;
        for (;;) {
            rest = str_from(rest, str_find(rest, heads[i]));
            if (!rest.len)
                break;
            size_t end = str_find_char(rest, '\0');
            buf_format(&names, "%.*s\n", STR_ARG(str_sub(rest, 0, end)));
            rest = str_from(rest, end);
        }
    }
    Str kept = arena_str(arena, buf_str(&names));
    buf_done(&names);
    return kept;
}

static void execute(Trial *trial, Str x64_object)
{
    Arena arena;
    VerifySignature signature;
    Arena *kept = &trial->trials->arena;
    Str rest = trial->signature;
    trial->thunks = thunks_in(kept, trial->ec_object);
    arena_init(&arena, TRIALS_ARENA_BYTES_MAX);
    CHECK_BUG(signature_read(&arena, &rest, &signature));
    verify_thunk(&arena, &trial->trials->unicorn, &signature, trial->ec_object,
                 x64_object, SEED, ROUNDS, trial->verdicts);
    for (int way = 0; way < VERIFY_WAYS; way++) {
        VerifyVerdict *verdict = &trial->verdicts[way];
        verdict->why = arena_str(kept, verdict->why);
        verdict->note = arena_str(kept, verdict->note);
        if (verdict->outcome == VERIFY_NOT_RUN && way != WAY_ENTRY && trial->no_call.len)
            verdict->why = trial->no_call;
    }
    arena_done(&arena);
}

static void start_step(Trial *trial, Step step);

static bool is_object(const SpawnAnswer *answer)
{
    return answer->end == SPAWN_EXITED && answer->status == 0 && answer->out.len;
}

static void on_compiled(void *owner, const SpawnAnswer *answer)
{
    Trial *trial = owner;
    Arena *arena = &trial->trials->arena;
    bool is_fine = is_object(answer);
    if (answer->end == SPAWN_NOT_STARTED) {
        not_run(trial, arena_format(arena, "clang cannot be started: %.*s",
                                    STR_ARG(answer->err)));
        settle(trial);
    } else if (trial->step == STEP_EC && !is_fine) {
        trial->no_call = arena_format(arena, "clang-%u makes no object of a call: %.*s",
                                      trial->llvm, STR_ARG(first_error(trial, answer)));
        start_step(trial, STEP_EC_ENTRY);
    } else if (trial->step == STEP_X64 && !is_fine &&
               str_has(first_error(trial, answer), STR("static assertion failed"))) {
        not_run(trial, STR("x64 code lays out one of its types otherwise"));
        settle(trial);
    } else if (!is_fine) {
        not_run(trial,
                arena_format(arena, "clang-%u makes no object of it%s: %.*s", trial->llvm,
                             trial->step == STEP_X64 ? " for x64" : "",
                             STR_ARG(first_error(trial, answer))));
        settle(trial);
    } else if (trial->step != STEP_X64) {
        trial->ec_object = (Str){mem_copy(answer->out), answer->out.len};
        start_step(trial, STEP_X64);
    } else {
        execute(trial, answer->out);
        settle(trial);
    }
}

static Str target_of(const Trial *trial, Step step)
{
    if (step == STEP_X64)
        return trial->is_gnu ? STR("--target=x86_64-w64-windows-gnu")
                             : STR("--target=x86_64-pc-windows-msvc");
    return trial->is_gnu ? STR("--target=arm64ec-w64-windows-gnu")
                         : STR("--target=arm64ec-pc-windows-msvc");
}

static void start_step(Trial *trial, Step step)
{
    Trials *trials = trial->trials;
    const Compiler *compiler = compiler_of(trials, trial->llvm);
    const Str argv[] = {
        compiler->program,
        target_of(trial, step),
        STR("--no-default-config"),
        STR("-O1"),
        STR("-w"),
        STR("-nostdinc"),
        STR("-fno-builtin"),
        STR("-mno-stack-arg-probe"),
        STR("-fno-crash-diagnostics"),
        step == STEP_EC_ENTRY ? STR("-DVERIFY_NO_EXIT") : STR("-DVERIFY"),
        STR("-xc"),
        STR("-c"),
        STR("-"),
        STR("-o-"),
    };
    SpawnHow how = {
        .loop = trials->loop,
        .clock = &trials->clock,
        .argv = {argv, COUNTOF(argv)},
        .input = buf_str(step == STEP_X64 ? &trial->x64_source : &trial->ec_source),
        .deadline_ms = trials->options->deadline_ms,
        .address_bytes_max = trials->options->address_bytes_max,
        .out_bytes_max = OBJECT_BYTES_MAX,
        .err_bytes_max = WORDS_BYTES_MAX,
    };
    trial->step = step;
    spawn_start(&how, on_compiled, trial);
}

static void start(Trial *trial)
{
    Arena arena;
    VerifySignature signature;
    Str rest = trial->signature;
    const Compiler *compiler = compiler_of(trial->trials, trial->llvm);
    trial->trials->n_running++;
    buf_init(&trial->ec_source, OBJECT_BYTES_MAX);
    buf_init(&trial->x64_source, OBJECT_BYTES_MAX);
    if (!compiler || !compiler->program.len) {
        not_run(trial, compiler ? compiler->why : STR("too many compilers"));
        finish(trial);
        return;
    }
    arena_init(&arena, TRIALS_ARENA_BYTES_MAX);
    bool is_fine = signature_read(&arena, &rest, &signature) && !rest.len;
    if (is_fine)
        verify_source(&signature, &trial->ec_source, &trial->x64_source);
    arena_done(&arena);
    if (is_fine) {
        start_step(trial, STEP_EC);
    } else {
        not_run(trial, STR("its signature is not understood"));
        finish(trial);
    }
}

static void start_more(Trials *trials)
{
    uint32_t n_max = trials->options->n_workers ? trials->options->n_workers : 1;
    while (trials->next < trials->all.len && trials->n_running < n_max)
        start(trials->all.at[trials->next++]);
}

// --- All of them -----------------------------------------------------------------------

// The clang of our own LLVM is missing: nothing of it can be executed. Another version's
// is a matter of single files.
static bool has_compiler(Trials *trials)
{
    for (uint32_t i = 0; i < trials->all.len; i++) {
        const Compiler *compiler = compiler_of(trials, trials->all.at[i]->llvm);
        if (compiler && compiler->program.len)
            return true;
        if (compiler)
            trials->problem =
                arena_format(&trials->arena, "thunks cannot be executed: %.*s",
                             STR_ARG(compiler->why));
    }
    return trials->all.len == 0;
}

bool trials_run(Trials *trials, Str *ret_why)
{
    if (!unicorn_open(&trials->unicorn, &trials->problem) || !has_compiler(trials)) {
        *ret_why = trials->problem;
        return false;
    }
    clock_init(&trials->clock, trials->loop, false);
    start_more(trials);
    if (trials->n_running)
        uv_run(trials->loop, UV_RUN_DEFAULT);
    clock_close(&trials->clock);
    uv_run(trials->loop, UV_RUN_DEFAULT);
    out_progress_clear();
    return true;
}

static VerifyWay way_of(ThunkKind kind)
{
    switch (kind) {
    case THUNK_ENTRY:
        return WAY_ENTRY;
    case THUNK_EXIT:
    case THUNK_GUEST_EXIT:
    case THUNK_HYBRID_PATCH:
        return WAY_EXIT;
    case THUNK_INDIRECT:
        return WAY_POINTER;
    }
    BUG("thunk kind");
}

// Was it the thunk of that name that was executed?
static VerifyVerdict verdict_of(const Trial *trial, const TrialOf *of)
{
    VerifyVerdict verdict = trial->verdicts[way_of(of->kind)];
    if (verdict.outcome == VERIFY_NOT_RUN || of->kind == THUNK_GUEST_EXIT)
        return verdict;
    Str rest = trial->thunks, name;
    while (str_take_line(&rest, &name) && name.len)
        if (str_eq(name, of->thunk))
            return verdict;
    return (VerifyVerdict){.outcome = VERIFY_NOT_RUN,
                           .why = STR("written as plain C it gets another thunk")};
}

TrialVerdict trials_verdict(Trials *trials, const TrialOf *of)
{
    Str rest = of->probe, where, lines;
    TrialVerdict worst = {.outcome = VERIFY_NOT_RUN, .why = trials->problem};
    if (trials->problem.len)
        return worst;
    bool is_first = true;
    while (take_signature(&rest, &where, &lines)) {
        const Trial *trial =
            find(trials, lines, llvm_of(trials, of->builder), is_gnu(of));
        if (!trial)
            continue;
        VerifyVerdict one = verdict_of(trial, of);
        // Wrong is worse than not executed, and that is worse than right.
        bool is_worse = one.outcome == VERIFY_WRONG
                            ? worst.outcome != VERIFY_WRONG
                            : one.outcome == VERIFY_NOT_RUN && worst.outcome == VERIFY_OK;
        if (is_first || is_worse)
            worst = (TrialVerdict){.outcome = one.outcome,
                                   .why = one.why,
                                   .where = where,
                                   .wrong_arguments = one.wrong_arguments,
                                   .is_result_wrong = one.is_result_wrong};
        is_first = false;
    }
    return worst;
}
