// The stages of one job, as a flat list.
#include "codegen/pipeline.h"

#include "codegen/frontend/clang.h"
#include "codegen/lower/assemble.h"
#include "codegen/rules/rules.h"
#include "codegen/unit.h"

#include <stdio.h>
#include <string.h>

enum {
    JOB_ARENA_BYTES_MAX = 1024 * 1024 * 1024,
    ANALYSED_BYTES_MAX = 64 * 1024 * 1024, // of text; sqlite3.c has 9.5 MB
};

struct Pipeline {
    Arena arena; // of the job in hand
    Clang *clang;
    Assembler *assembler[2]; // by Environment: msvc, gnu; opened on first use
    char *own_include;
    char llvm[32];
};

static Pipeline *pipeline_open(Str folder, char *ret_why, size_t why_bytes)
{
    Pipeline *pipeline = mem_new(sizeof *pipeline);
    arena_init(&pipeline->arena, JOB_ARENA_BYTES_MAX);
    Str resource_dir = clang_resource_dir(&pipeline->arena);
    Str version = clang_version_number(&pipeline->arena);
    snprintf(pipeline->llvm, sizeof pipeline->llvm, "%.*s", STR_ARG(version));
    if (resource_dir.len)
        pipeline->clang = clang_open(resource_dir);
    if (!pipeline->clang) {
        snprintf(ret_why, why_bytes, "the headers of clang %s are not installed",
                 pipeline->llvm);
        arena_done(&pipeline->arena);
        mem_free(pipeline);
        return NULL;
    }
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
    assembler_close(owned_pipeline->assembler[0]);
    assembler_close(owned_pipeline->assembler[1]);
    mem_free(owned_pipeline->own_include);
    arena_done(&owned_pipeline->arena);
    mem_free(owned_pipeline);
}

static Language language_of_file(const Job *job)
{
    static const Str cpp[] = {STR_INIT(".cpp"), STR_INIT(".cc"),  STR_INIT(".cxx"),
                              STR_INIT(".c++"), STR_INIT(".hpp"), STR_INIT(".hh"),
                              STR_INIT(".hxx"), STR_INIT(".ipp"), STR_INIT(".inl"),
                              STR_INIT(".C"),   STR_INIT(".ixx"), STR_INIT(".cppm")};
    for (size_t i = 0; i < COUNTOF(cpp); i++)
        if (str_ends(job->path, cpp[i]))
            return LANGUAGE_CPP;
    if (str_eq(job->language_id, STR("cpp")) ||
        str_eq(job->language_id, STR("objective-cpp")))
        return LANGUAGE_CPP;
    return str_ends(job->path, STR(".h")) ? LANGUAGE_UNKNOWN : LANGUAGE_C;
}

static bool has_word(Str text, Str word)
{
    for (size_t from = 0; from < text.len;) {
        Str rest = str_from(text, from);
        size_t at = str_find(rest, word);
        if (at == rest.len)
            return false;
        bool starts = at == 0 ? from == 0 || !is_word(text.at[from - 1])
                              : !is_word(rest.at[at - 1]);
        bool ends = at + word.len >= rest.len || !is_word(rest.at[at + word.len]);
        if (starts && ends)
            return true;
        from += at + word.len;
    }
    return false;
}

// A .h by its words, unless it guards them for C (`#ifdef __cplusplus`).
static Language language_of_header(Str text)
{
    if (has_word(text, STR("__cplusplus")))
        return LANGUAGE_C;
    return has_word(text, STR("namespace")) || has_word(text, STR("template")) ||
                   has_word(text, STR("class"))
               ? LANGUAGE_CPP
               : LANGUAGE_C;
}

// The client's languageId if it is not plain "c"; then the unit that lends its command;
// then the words of the text (design.md, "Headers").
static void settle_language(const Job *job, Flags *flags)
{
    Language by_file = language_of_file(job);
    if (by_file != LANGUAGE_UNKNOWN)
        flags->language =
            flags->language == LANGUAGE_UNKNOWN || job->origin == COMMAND_NEIGHBOUR
                ? by_file
                : flags->language;
    else if (job->origin == COMMAND_NEIGHBOUR)
        flags->language =
            str_ends(job->origin_file, STR(".c")) ? LANGUAGE_C : LANGUAGE_CPP;
    if (flags->language == LANGUAGE_UNKNOWN)
        flags->language = language_of_header(job->text);
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

static bool is_too_large(Unit *unit)
{
    if (unit->job->text.len <= ANALYSED_BYTES_MAX)
        return false;
    REPORT(unit, EC905_text, unit_first_line(unit),
           arena_format(unit->arena, "%d", ANALYSED_BYTES_MAX / 1024 / 1024));
    return true;
}

static void analyse(Pipeline *pipeline, Unit *unit)
{
    Flags flags = {0};
    Headers headers = {0};
    Str why = STR("");
    flags_parse(unit->arena, unit->job, &flags);
    settle_language(unit->job, &flags);
    headers_find(unit->arena, unit->job, &flags, str_of(pipeline->own_include), &headers);
    describe(pipeline, unit, &flags, &headers);
    rules_toolchain(unit, &flags);
    if (is_too_large(unit))
        return;
    if (!clang_analyse(pipeline->clang, unit, &flags, &headers, &why)) {
        REPORT(unit, EC901_crash, unit_first_line(unit), str_of(pipeline->llvm), why);
        return;
    }
    emission_settle(unit);
    rules_abi(unit);
    rules_thunk(unit, &flags);
    rules_assembly(unit, assembler_for(pipeline, unit, &headers));
}

static void pipeline_run(Pipeline *pipeline, const Job *job, PipelineSink *sink,
                         void *owner)
{
    if (job->kind == JOB_CLOSE) {
        clang_forget(pipeline->clang, job->path);
        return;
    }
    Unit unit;
    Buf block;
    buf_init(&block, RESULT_BYTES_MAX);
    unit_init(&unit, &pipeline->arena, job);
    analyse(pipeline, &unit);
    unit_finish(&unit, STAGE_LIVE, &block);
    unit_done(&unit);
    if (!buf_is_over(&block))
        sink(owner, buf_str(&block));
    buf_done(&block);
    arena_reset(&pipeline->arena);
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
        .close = pipeline_close,
    };
    return &api;
}
