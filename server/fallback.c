#include "server/fallback.h"

#include "codegen/arch/verdict.h"
#include "codegen/frontend/document.h"
#include "codegen/frontend/flags.h"
#include "codegen/frontend/language.h"
#include "codegen/frontend/lexical.h"
#include "codegen/rules/arch.h"
#include "codegen/rules/cargo.h"
#include "codegen/rules/rules.h"
#include "codegen/rules/rust.h"
#include "codegen/unit.h"
#include "server/disk.h"
#include "server/modules.h"

enum {
    FALLBACK_ARENA_BYTES_MAX = 1024 * 1024 * 1024,
    CONDITIONS_BYTES_MAX = 4 * 1024 * 1024, // of a text: some 20 ms
};

FallbackReason fallback_reason(FlightEnd end)
{
    switch (end) {
    case FLIGHT_DONE:
        return FALLBACK_LEXICAL;
    case FLIGHT_CRASHED:
    case FLIGHT_KILLED:
        return FALLBACK_CRASHED;
    case FLIGHT_TIMED_OUT:
        return FALLBACK_TIMED_OUT;
    case FLIGHT_OUT_OF_MEMORY:
        return FALLBACK_OUT_OF_MEMORY;
    case FLIGHT_NO_MODULE:
        return FALLBACK_NO_MODULE;
    }
    BUG("no such FlightEnd");
}

// By the loader's words. A package helps only where it is a library, or clang's headers,
// that the module misses.
static Str module_remedy(Arena *arena, const Fallback *fallback)
{
    Str words = fallback->words;
    bool is_missing =
        str_has(words, STR("No such file")) || str_has(words, STR("are not installed"));
    if (!is_missing)
        return STR("name the one that was built with this program");
    if (str_starts(words, fallback->module) && fallback->llvm_instead.len)
        return arena_format(arena, "use --llvm=%.*s, which is installed",
                            STR_ARG(fallback->llvm_instead));
    if (str_starts(words, fallback->module))
        return STR("put it beside the program, or name it with --module");
    Str llvm = modules_llvm_of(fallback->module);
    return arena_format(arena,
                        "install Debian's libclang1-%.*s and libclang-common-%.*s-dev",
                        STR_ARG(llvm), STR_ARG(llvm));
}

static void note_capsule(Unit *unit, Finding *finding, const Fallback *fallback)
{
    if (fallback->capsule.len)
        unit_note(unit, finding, finding->at,
                  arena_format(unit->arena,
                               "kept for a report in %.*s; 'arm64ecd --replay-capsule' "
                               "tries it again",
                               STR_ARG(fallback->capsule)));
}

static void say_why(Unit *unit, const Fallback *fallback)
{
    Arena *arena = unit->arena;
    Place at = unit_first_line(unit);
    Finding *finding = NULL;
    switch (fallback->reason) {
    case FALLBACK_LEXICAL:
        return;
    case FALLBACK_CRASHED:
        if (str_has(fallback->words, STR("arm64ecd: out of arena"))) // mem_out()
            finding = REPORT(unit, EC903_own, at, fallback->words);
        else
            finding = REPORT(unit, EC901_crash, at, fallback->llvm, fallback->words);
        break;
    case FALLBACK_TIMED_OUT:
        finding = REPORT(unit, EC902_deadline, at,
                         arena_format(arena, "%u", fallback->deadline_ms / 1000));
        break;
    case FALLBACK_OUT_OF_MEMORY:
        finding =
            REPORT(unit, EC903_memory, at,
                   arena_format(arena, "%llu",
                                (unsigned long long)(fallback->address_bytes_max >> 20)));
        break;
    case FALLBACK_QUARANTINED:
        REPORT(unit, EC904_twice, at, fallback->words);
        return;
    case FALLBACK_NO_MODULE:
        REPORT(unit, EC908_module, at, disk_name_of(fallback->module), fallback->words,
               module_remedy(arena, fallback));
        return;
    }
    note_capsule(unit, finding, fallback);
}

// What the command says is known without a compiler.
static void say_flags(Unit *unit)
{
    Flags flags = {0};
    if (document_is_rust(unit->job) || document_is_cargo(unit->job))
        return;
    flags_parse(unit->arena, unit->job, &flags);
    unit->builder = flags.builder;
    rules_toolchain(unit, &flags);
}

// The conditions of the document alone, in as far as no other file decides them.
static void judge_conditions(Unit *unit)
{
    ArchCache cache;
    ArchWalk *walk = ARENA_NEW(unit->arena, ArchWalk);
    Flags flags = {0};
    Headers headers = {0};
    if (!document_is_c_family(unit->job) || unit->text.len > CONDITIONS_BYTES_MAX)
        return;
    flags_parse(unit->arena, unit->job, &flags);
    flags.language = language_settle(unit->job, flags.language);
    arch_cache_init(&cache);
    arch_walk(walk, &cache, unit->arena, unit->job, unit->text, &flags, &headers,
              ARCH_ALONE, NULL);
    unit->arch = arch_verdicts(
        walk, world_flavour(flags.builder, flags.environment == ENVIRONMENT_GNU));
    unit->arch->is_lexical = true;
    rules_arch(unit);
    unit->arch = NULL;
    arch_cache_done(&cache);
}

// The document alone, without LLVM's assembler.
static void judge_rust(Unit *unit)
{
    RustUnit rust;
    RustItems items;
    rust_unit_read(&rust, unit, true);
    rust_items(&rust, &items);
    rules_rust(&rust, &items);
}

void fallback_write(const Job *job, const Fallback *fallback, Buf *out)
{
    Arena arena;
    Unit unit;
    arena_init(&arena, FALLBACK_ARENA_BYTES_MAX);
    unit_init(&unit, &arena, job);
    unit.target = STR("arm64ec-pc-windows-msvc");
    if (fallback->reason != FALLBACK_LEXICAL)
        say_flags(&unit);
    lexical_run(&unit);
    if (document_is_rust(job))
        judge_rust(&unit);
    if (document_is_cargo(job))
        rules_cargo(&unit, true);
    judge_conditions(&unit);
    say_why(&unit, fallback);
    unit_finish(&unit, fallback->reason == FALLBACK_LEXICAL ? STAGE_LEXICAL : STAGE_LIVE,
                out);
    unit_done(&unit);
    arena_done(&arena);
}
