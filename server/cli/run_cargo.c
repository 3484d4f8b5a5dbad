#include "server/cli/run_cargo.h"

#include "codegen/frontend/language.h"
#include "server/cli/out.h"

enum { CARGO_ARENA_BYTES_MAX = 256 * 1024 * 1024 };

typedef struct Waiting {
    struct Waiting *next;
    const Job *job;
    Result live; // a view of a block that lives as long as the job
    RunCargoDone *done;
    void *owner;
} Waiting;

typedef struct Group {
    struct Group *next;
    RunCargo *cargo;
    Str key; // the folder of its manifest, or the one file
    bool has_manifest;
    CargoStage *stage;
    const RustcReport *report; // NULL: it runs still
    Waiting *first, *last;
    bool is_end_told;
} Group;

struct RunCargo {
    Arena arena;
    CargoTools tools;
    bool is_trusted, is_refusal_told;
    Group *groups;
};

// On stderr, as every reason for which something that was asked for is not done.
static void tell_end(const RustcReport *report)
{
    Str why = report->why;
    switch (report->end) {
    case RUSTC_CHECKED:
        return;
    case RUSTC_NO_TARGET:
    case RUSTC_NO_CARGO:
        out_error_format("--stage=full: Rust is not checked with cargo: %.*s",
                         STR_ARG(why));
        return;
    case RUSTC_REFUSED:
        out_error_format("--stage=full: cargo check could not start: %.*s", STR_ARG(why));
        return;
    case RUSTC_DIED:
        out_error_format("--stage=full: a compiler crashed under cargo check: %.*s",
                         STR_ARG(why));
        return;
    case RUSTC_TIMED_OUT:
        out_error_format("--stage=full: cargo check was stopped after %.*s s",
                         STR_ARG(why));
        return;
    }
}

static void answer(RunCargo *cargo, Group *group, const Waiting *waiting,
                   const RustcReport *report)
{
    Buf block;
    bool is_of_host = report->end == RUSTC_NO_CARGO || report->end == RUSTC_NO_TARGET;
    bool *is_told = is_of_host ? &cargo->is_refusal_told : &group->is_end_told;
    bool tells = report->end != RUSTC_CHECKED && !*is_told;
    *is_told |= tells;
    if (tells)
        tell_end(report);
    buf_init(&block, RESULT_BYTES_MAX);
    rustc_write(waiting->job, &waiting->live, report, tells, &block);
    waiting->done(waiting->owner, buf_str(&block));
    buf_done(&block);
}

static void on_crate(void *owner, Str name)
{
    Group *group = owner;
    (void)group;
    out_progress("cargo check, %.*s", STR_ARG(name));
}

static void on_done(void *owner, Str project, const RustcReport *report)
{
    (void)project;
    Group *group = owner;
    group->report = report;
    out_progress_clear();
    while (group->first) { // an answer may bring the next file of this group
        const Waiting *waiting = group->first;
        group->first = waiting->next;
        answer(group->cargo, group, waiting, report);
    }
}

static const CargoHandler handler = {on_crate, on_done};

bool run_cargo_applies(const Job *job)
{
    return str_ends(job->path, STR(".rs"));
}

static Group *group_of(RunCargo *cargo, Str key, bool has_manifest)
{
    for (Group *group = cargo->groups; group; group = group->next)
        if (str_eq(group->key, key))
            return group;
    Group *group = ARENA_NEW(&cargo->arena, Group);
    *group = (Group){.next = cargo->groups,
                     .cargo = cargo,
                     .key = arena_str(&cargo->arena, key),
                     .has_manifest = has_manifest};
    cargo->groups = group;
    return group;
}

static void refuse(RunCargo *cargo, Group *group, Str why)
{
    RustcReport *report = ARENA_NEW(&cargo->arena, RustcReport);
    *report = (RustcReport){.end = RUSTC_NO_CARGO, .why = why};
    group->report = report;
}

static void start(RunCargo *cargo, Group *group, const Job *job)
{
    CargoTools *tools = &cargo->tools;
    if (!cargo->is_trusted)
        refuse(cargo, group,
               STR("it would run this workspace's build scripts; --trust allows it"));
    else if (!(group->has_manifest ? tools->program : tools->rustc).len)
        refuse(cargo, group, group->has_manifest ? tools->why : tools->rustc_why);
    else if (group->has_manifest)
        group->stage = cargo_stage_start(tools, group->key, &handler, group);
    else
        group->stage =
            cargo_stage_start_file(tools, job->path, job->text, &handler, group);
}

void run_cargo_file(RunCargo *cargo, const Job *job, const Result *live,
                    RunCargoDone *done, void *owner)
{
    Str key = job->path;
    bool has_manifest = cargo_folder_of(&cargo->arena, job->path, &key);
    Group *group = group_of(cargo, key, has_manifest);
    Waiting *waiting = ARENA_NEW(&cargo->arena, Waiting);
    *waiting = (Waiting){.job = job, .live = *live, .done = done, .owner = owner};
    if (!group->report && !group->stage)
        start(cargo, group, job);
    if (group->report) {
        answer(cargo, group, waiting, group->report);
        return;
    }
    if (group->first)
        group->last->next = waiting;
    else
        group->first = waiting;
    group->last = waiting;
}

RunCargo *run_cargo_new(uv_loop_t *loop, Clock *clock, const Options *options,
                        Timeline *timeline)
{
    RunCargo *cargo = mem_new(sizeof *cargo);
    *cargo = (RunCargo){.is_trusted = options->trust};
    arena_init(&cargo->arena, CARGO_ARENA_BYTES_MAX);
    cargo->tools =
        (CargoTools){.loop = loop,
                     .clock = clock,
                     .deadline_ms = options->deadline_ms * CARGO_DEADLINE_FACTOR,
                     .timeline = timeline};
    cargo_tools_find(&cargo->arena, &cargo->tools);
    return cargo;
}

void run_cargo_free(RunCargo *owned_cargo)
{
    if (!owned_cargo)
        return;
    for (Group *group = owned_cargo->groups; group; group = group->next)
        cargo_stage_end(group->stage);
    arena_done(&owned_cargo->arena);
    mem_free(owned_cargo);
}
