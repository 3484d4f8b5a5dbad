// The stages of one job, as a flat list.
#include "codegen/pipeline.h"

#include "codegen/assembly/analyse.h"
#include "codegen/cut/cut.h"
#include "codegen/cut/cut_unit.h"
#include "codegen/frontend/clang.h"
#include "codegen/frontend/document.h"
#include "codegen/frontend/language.h"
#include "codegen/frontend/lexical.h"
#include "codegen/ir/ir.h"
#include "codegen/lower/assemble.h"
#include "codegen/lower/unit_lower.h"
#include "codegen/rules/abi.h"
#include "codegen/rules/arch.h"
#include "codegen/rules/cargo.h"
#include "codegen/rules/ir.h"
#include "codegen/rules/rules.h"
#include "codegen/rules/rust.h"
#include "codegen/rules/thunks_needed.h"
#include "codegen/rust/boundary.h"
#include "codegen/stale.h"
#include "codegen/unit.h"
#include "codegen/verify/unit_probes.h"

#include <stdio.h>
#include <string.h>

enum {
    JOB_ARENA_BYTES_MAX = 1024 * 1024 * 1024,
    ANALYSED_BYTES_MAX = 64 * 1024 * 1024, // of text; sqlite3.c has 9.5 MB
};

struct Pipeline {
    Arena arena; // of the job in hand
    Clang *clang;
    Stale *stale;
    Cuts *cuts;
    ArchCache arch;
    Probe *probe[2];         // by Environment, opened on first use
    Assembler *assembler[2]; // by Environment: msvc, gnu; opened on first use
    AsmKeptComplaints *complaints;
    char *own_include;
    Spans spans; // of the last job
    char llvm[32];
};

static Pipeline *pipeline_open(Str folder, PipelineReads *reads, char *ret_why,
                               size_t why_bytes)
{
    Pipeline *pipeline = mem_new(sizeof *pipeline);
    arena_init(&pipeline->arena, JOB_ARENA_BYTES_MAX);
    Str resource_dir = clang_resource_dir(&pipeline->arena);
    Str version = clang_version_number(&pipeline->arena);
    snprintf(pipeline->llvm, sizeof pipeline->llvm, "%.*s", STR_ARG(version));
    if (resource_dir.len)
        pipeline->clang = clang_open(resource_dir, reads, &pipeline->spans);
    if (!pipeline->clang) {
        snprintf(ret_why, why_bytes, "the headers of clang %s are not installed",
                 pipeline->llvm);
        arena_done(&pipeline->arena);
        mem_free(pipeline);
        return NULL;
    }
    pipeline->stale = stale_new();
    pipeline->cuts = cuts_new();
    pipeline->complaints = asm_kept_new();
    arch_cache_init(&pipeline->arch);
    pipeline->own_include =
        mem_copy(arena_format(&pipeline->arena, "%.*s/include", STR_ARG(folder)));
    arena_reset(&pipeline->arena);
    return pipeline;
}

static void pipeline_close(Pipeline *owned_pipeline)
{
    if (!owned_pipeline)
        return;
    clang_close(owned_pipeline->clang);
    stale_free(owned_pipeline->stale);
    cuts_free(owned_pipeline->cuts);
    asm_kept_free(owned_pipeline->complaints);
    arch_cache_done(&owned_pipeline->arch);
    for (size_t i = 0; i < 2; i++) {
        assembler_close(owned_pipeline->assembler[i]);
        probe_close(owned_pipeline->probe[i]);
    }
    mem_free(owned_pipeline->own_include);
    arena_done(&owned_pipeline->arena);
    mem_free(owned_pipeline);
}

static Str describe_command(Arena *arena, const Job *job)
{
    switch (job->origin) {
    case COMMAND_NONE:
        return STR("no compile command: defaults");
    case COMMAND_DATABASE:
        return arena_format(arena, "compile command from %.*s",
                            STR_ARG(job->origin_path));
    case COMMAND_NEIGHBOUR:
        return arena_format(arena, "compile command of %.*s, from %.*s",
                            STR_ARG(job->origin_file), STR_ARG(job->origin_path));
    case COMMAND_FLAGS_TXT:
        return arena_format(arena, "flags from %.*s", STR_ARG(job->origin_path));
    case COMMAND_SETTINGS:
        return STR("flags from the settings");
    case COMMAND_ARGUMENTS:
        return STR("flags from the command line");
    }
    return STR("");
}

static void describe(const Pipeline *pipeline, Unit *unit, const Flags *flags,
                     const Headers *headers)
{
    unit->builder = flags->builder;
    unit->thunks_off = flags->thunks_off;
    unit->target = headers->environment == ENVIRONMENT_GNU
                       ? STR("arm64ec-w64-windows-gnu")
                       : STR("arm64ec-pc-windows-msvc");
    unit->headers = headers->name;
    unit->command = describe_command(unit->arena, unit->job);
    unit->compiler = arena_format(unit->arena, "LLVM %s", pipeline->llvm);
}

static Assembler *assembler_for(Pipeline *pipeline, const Unit *unit,
                                const Headers *headers)
{
    size_t which = headers->environment == ENVIRONMENT_GNU;
    if (!pipeline->assembler[which])
        pipeline->assembler[which] = assembler_open(unit->target);
    return pipeline->assembler[which];
}

static uint32_t own_llvm(void)
{
    uint64_t version = 0;
    CHECK_BUG(str_to_u64(STR(LLVM_MAJOR), &version));
    return (uint32_t)version;
}

static Probe *probe_for(Pipeline *pipeline, const Unit *unit, const Headers *headers)
{
    bool is_gnu = headers->environment == ENVIRONMENT_GNU;
    if (!pipeline->probe[is_gnu])
        pipeline->probe[is_gnu] = probe_open(unit->target);
    return pipeline->probe[is_gnu];
}

// Boundary tables, then which thunks there are, then LLVM's names for them: what the
// rules of the ABI speak of.
static void find_thunks(Pipeline *pipeline, Unit *unit, const Headers *headers)
{
    bool is_gnu = headers->environment == ENVIRONMENT_GNU;
    Probe *probe = probe_for(pipeline, unit, headers);
    AbiEnvironment environment = is_gnu ? ABI_ENVIRONMENT_GNU : ABI_ENVIRONMENT_MSVC;
    unit_bound(unit, environment, own_llvm());
    thunks_needed(unit);
    unit_lower(unit, environment, own_llvm(), probe, str_of(pipeline->llvm));
    if (unit->job->wants_probes)
        unit_probes(unit, environment);
}

static bool is_too_large(Unit *unit)
{
    if (unit->job->text.len <= ANALYSED_BYTES_MAX)
        return false;
    REPORT(unit, EC905_text, unit_first_line(unit),
           arena_format(unit->arena, "%d", ANALYSED_BYTES_MAX / 1024 / 1024));
    return true;
}

// What clang does not understand it drops, and templates of Microsoft's it parses only
// where they are used: assembly in there has no cursor.
static bool has_clang_error(const Unit *unit)
{
    for (uint32_t i = 0; i < unit->findings.len; i++)
        if (unit->findings.at[i].source == SOURCE_CLANG &&
            unit->findings.at[i].severity == SEVERITY_ERROR)
            return true;
    return false;
}

static void analyse_rust(Pipeline *pipeline, Unit *unit)
{
    Headers headers = {.environment = ENVIRONMENT_MSVC, .name = STR("")};
    Flags flags = {.builder = {.kind = BUILDER_RUSTC}};
    Builder named;
    if (builder_parse(unit->job->builder, &named) && named.kind == BUILDER_RUSTC)
        flags.builder = named;
    describe(pipeline, unit, &flags, &headers);
    unit->command = STR("");
    if (is_too_large(unit))
        return;
    spans_next(&pipeline->spans, SPAN_RULES);
    if (document_is_cargo(unit->job)) {
        rules_cargo(unit, false);
        return;
    }
    RustUnit rust;
    RustItems items;
    rust_unit_read(&rust, unit, false);
    rust_items(&rust, &items);
    rules_rust(&rust, &items);
    rules_rust_assembler(&rust, assembler_for(pipeline, unit, &headers));
    rust_boundary(&rust, &items);
    emission_settle(unit);
    spans_next(&pipeline->spans, SPAN_LOWER);
    find_thunks(pipeline, unit, &headers);
    rules_rust_boundary(&rust);
}

// Flags behind `--` name the target: a module for another one is taken for Arm64EC.
static bool is_target_forced(const Job *job)
{
    for (size_t i = 0; i < job->argv.len && job->origin == COMMAND_ARGUMENTS; i++)
        if (str_starts(job->argv.at[i], STR("--target=arm64ec")))
            return true;
    return false;
}

// A module names its target itself, and needs no command: one is looked at for the
// builder.
static void analyse_ir(Pipeline *pipeline, Unit *unit)
{
    Flags flags = {0};
    flags_parse(unit->arena, unit->job, &flags);
    if (!builder_is_llvm(flags.builder))
        flags.builder = (Builder){.kind = BUILDER_CLANG};
    Headers headers = {.environment = flags.environment, .name = STR("none")};
    describe(pipeline, unit, &flags, &headers);
    if (is_too_large(unit))
        return;
    AbiEnvironment environment =
        flags.environment == ENVIRONMENT_GNU ? ABI_ENVIRONMENT_GNU : ABI_ENVIRONMENT_MSVC;
    spans_next(&pipeline->spans, SPAN_PARSE);
    IrRun *run =
        ir_begin(unit, arena_z(unit->arena, unit->target), is_target_forced(unit->job));
    IrKind kind = ir_read(run, environment, abi_llvm(unit), str_of(pipeline->llvm));
    if (kind == IR_EC) {
        spans_next(&pipeline->spans, SPAN_LOWER);
        find_thunks(pipeline, unit, &headers);
        spans_next(&pipeline->spans, SPAN_RULES);
        rules_abi(unit);
        rules_linkage(unit);
        rules_ir(unit, ir_of(run), &flags);
    }
    ir_finish(run, str_of(pipeline->llvm));
}

// Who gets the Results of a job.
typedef struct Answers {
    PipelineSink *sink;
    void *owner;
    bool is_given; // all there is
} Answers;

static void answer_early(void *owner, Unit *unit)
{
    Answers *answers = owner;
    Buf block;
    buf_init(&block, RESULT_BYTES_MAX);
    unit_finish(unit, STAGE_LIVE, &block);
    if (!buf_is_over(&block))
        answers->sink(answers->owner, buf_str(&block));
    buf_done(&block);
}

static void analyse(Pipeline *pipeline, Unit *unit, Answers *answers)
{
    if (document_is_ir(unit->job)) {
        analyse_ir(pipeline, unit);
        return;
    }
    if (document_is_rust(unit->job) || document_is_cargo(unit->job)) {
        analyse_rust(pipeline, unit);
        return;
    }
    if (str_eq(unit->job->language_id, STR("toml")))
        return; // nobody's
    Flags flags = {0};
    Headers headers = {0};
    Str why = STR("");
    Spans *spans = &pipeline->spans;
    spans_next(spans, SPAN_COMMAND);
    flags_parse(unit->arena, unit->job, &flags);
    flags.language = language_settle(unit->job, flags.language);
    headers_find(unit->arena, unit->job, &flags, str_of(pipeline->own_include), &headers);
    describe(pipeline, unit, &flags, &headers);
    rules_toolchain(unit, &flags);
    if (is_too_large(unit))
        return;
    if (document_has_assembly(unit->job)) {
        AssemblyTools tools = {assembler_for(pipeline, unit, &headers),
                               probe_for(pipeline, unit, &headers),
                               own_llvm(),
                               pipeline->complaints,
                               answer_early,
                               answers};
        answers->is_given =
            assembly_analyse(unit, &pipeline->arch, &flags, &headers, &tools);
        return;
    }
    if (!document_is_c_family(unit->job))
        return;
    if (!clang_analyse(pipeline->clang, unit, &flags, &headers, &pipeline->arch, &why)) {
        REPORT(unit, EC901_crash, unit_first_line(unit), str_of(pipeline->llvm), why);
        return;
    }
    spans_next(spans, SPAN_LOWER);
    emission_settle(unit);
    find_thunks(pipeline, unit, &headers);
    spans_next(spans, SPAN_RULES);
    rules_abi(unit);
    rules_thunk(unit, &flags);
    rules_os(unit);
    rules_linkage(unit);
    rules_hooks(unit);
    rules_processor(unit);
    rules_assembly_symbols(unit);
    rules_assembly(unit, assembler_for(pipeline, unit, &headers));
    rules_arch(unit);
    spans_next(spans, SPAN_LEXICAL);
    if (flags.language == LANGUAGE_CPP || has_clang_error(unit))
        lexical_run(unit); // equal findings fall together
}

// --- One function
// ------------------------------------------------------------------------------

static void analyse_cut(Pipeline *pipeline, Unit *unit, const Flags *flags,
                        const Headers *headers)
{
    describe(pipeline, unit, flags, headers);
    if (!clang_analyse_cut(pipeline->clang, unit, flags, headers))
        return;
    cut_unit_settle(unit);
    emission_settle(unit);
    find_thunks(pipeline, unit, headers);
    rules_abi(unit);
    rules_thunk(unit, flags);
    rules_os(unit);
    rules_linkage(unit);
    rules_hooks(unit);
    rules_processor(unit);
    rules_assembly_symbols(unit);
    rules_assembly(unit, assembler_for(pipeline, unit, headers));
    if (flags->language == LANGUAGE_CPP || has_clang_error(unit) ||
        unit->job->cut.has_errors)
        lexical_run(unit);
}

static void run_cut_once(Pipeline *pipeline, const Job *job, const Cut *cut,
                         const Flags *flags, const Headers *headers, PipelineSink *sink,
                         void *owner)
{
    Unit unit;
    Buf block;
    Job whole = *job;
    whole.text = buf_str(&cut->text);
    buf_init(&block, RESULT_BYTES_MAX);
    cut_unit_init(&unit, &pipeline->arena, &whole, cut);
    analyse_cut(pipeline, &unit, flags, headers);
    unit_finish(&unit, STAGE_LIVE, &block);
    unit_done(&unit);
    if (!buf_is_over(&block))
        sink(owner, buf_str(&block));
    buf_done(&block);
}

static void run_cut(Pipeline *pipeline, const Job *job, PipelineSink *sink, void *owner)
{
    Arena *arena = &pipeline->arena;
    Flags flags = {0};
    Headers headers = {0};
    flags_parse(arena, job, &flags);
    flags.language = language_settle(job, flags.language);
    headers_find(arena, job, &flags, str_of(pipeline->own_include), &headers);
    Cut *cut = cuts_take(pipeline->cuts, job, flags.language == LANGUAGE_CPP);
    if (cut && job->text.len)
        run_cut_once(pipeline, job, cut, &flags, &headers, sink, owner);
    if (cut) {
        cut_replace(cut, job->cut.function);
        run_cut_once(pipeline, job, cut, &flags, &headers, sink, owner);
    }
    arena_reset(arena);
}

static void pipeline_run(Pipeline *pipeline, const Job *job, PipelineSink *sink,
                         void *owner)
{
    pipeline->spans = (Spans){0};
    if (job->kind == JOB_CUT) {
        run_cut(pipeline, job, sink, owner);
        return;
    }
    if (job->kind != JOB_CHECK) {
        clang_forget(pipeline->clang, job->path);
        if (job->kind == JOB_CLOSE) {
            stale_forget(pipeline->stale, job->path);
            asm_kept_forget(pipeline->complaints, job->path);
        }
        clang_forget_cut(pipeline->clang, cuts_find(pipeline->cuts, job->path));
        cuts_forget(pipeline->cuts, job->path);
        return;
    }
    Unit unit;
    Buf block;
    buf_init(&block, RESULT_BYTES_MAX);
    unit_init(&unit, &pipeline->arena, job);
    Answers answers = {sink, owner, false};
    analyse(pipeline, &unit, &answers);
    spans_next(&pipeline->spans, SPAN_FINISH);
    if (!answers.is_given) {
        unit_finish(&unit, STAGE_LIVE, &block);
        // What is kept while brackets do not match is libclang's.
        if (document_is_c_family(job))
            stale_settle(pipeline->stale, job, &block);
        if (!buf_is_over(&block))
            sink(owner, buf_str(&block));
    }
    buf_done(&block);
    spans_next(&pipeline->spans, SPAN_REST);
    clang_rest(pipeline->clang, &unit);
    unit_done(&unit);
    arena_reset(&pipeline->arena);
    spans_next(&pipeline->spans, SPAN_NONE);
}

static const Spans *pipeline_spans(const Pipeline *pipeline)
{
    return &pipeline->spans;
}

static const char *pipeline_llvm(const Pipeline *pipeline)
{
    return pipeline->llvm;
}

PipelineEntry arm64ecd_pipeline;

__attribute__((visibility("default"))) const PipelineApi *arm64ecd_pipeline(void)
{
    static const PipelineApi api = {
        .abi = PIPELINE_ABI,
        .build_id = build_id,
        .llvm = pipeline_llvm,
        .open = pipeline_open,
        .run = pipeline_run,
        .spans = pipeline_spans,
        .close = pipeline_close,
    };
    return &api;
}
