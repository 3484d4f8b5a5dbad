// EC301 to EC325: what the walk in nine worlds found, in words.
//
// A finding stands at the condition that went wrong first, or at the #include through
// which the document gets there; notes lead from there to the hardware.
#include "codegen/rules/arch.h"

#include "codegen/frontend/language.h"
#include "codegen/rules/arch_fix.h"
#include "codegen/rules/arch_words.h"
#include "codegen/rules/rules.h"

enum { STEPS_TOLD_MAX = 4 };

typedef struct Teller {
    Unit *unit;
    const ArchVerdicts *verdicts;
    Str flavour;
    Lines *lines; // by file, as far as `has_lines`
    bool *has_lines;
} Teller;

// --- Places
// -----------------------------------------------------------------------------

static Str text_of(const Teller *teller, uint32_t file)
{
    return teller->verdicts->walk->sources.files.at[file].scanned->text;
}

static Place place_in(Teller *teller, uint32_t file, uint32_t begin, uint32_t end)
{
    if (file == 0)
        return unit_place(teller->unit, begin, end);
    Str text = text_of(teller, file);
    if (!teller->has_lines[file])
        lines_init(&teller->lines[file], text);
    teller->has_lines[file] = true;
    Str path = teller->verdicts->walk->sources.files.at[file].path;
    return (Place){.path = unit_path(teller->unit, path),
                   .start = lines_pos(&teller->lines[file], text, begin),
                   .end = lines_pos(&teller->lines[file], text, end)};
}

static Place place_of_item(Teller *teller, uint32_t file, uint32_t index)
{
    const ArchItem *item = arch_item(teller->verdicts->walk, file, index);
    bool is_token = item->kind == ITEM_TOKEN;
    return place_in(teller, file, is_token ? item->begin : item->text_begin, item->end);
}

// In the document: the condition itself, or the #include that leads to it.
static Place place_of_verdict(Teller *teller, const ArchVerdict *verdict)
{
    const ArchStop *stop = verdict->stop;
    if (verdict->file == 0)
        return place_in(teller, 0, verdict->begin, verdict->end);
    while (stop && stop->up)
        stop = stop->up;
    return stop ? place_of_item(teller, 0, stop->item) : unit_first_line(teller->unit);
}

static Str base_name(Str path)
{
    return str_from(path, path.len - str_find_char_last(path, '/') == 0
                              ? 0
                              : str_find_char_last(path, '/') + 1);
}

// "line 723", "stb_image.h:723"
static Str spot_of(Teller *teller, const ArchVerdict *verdict, const ArchSink *sink)
{
    uint32_t line = place_of_item(teller, sink->file, sink->item).start.line + 1;
    Str path = teller->verdicts->walk->sources.files.at[sink->file].path;
    return sink->file == verdict->file
               ? arena_format(teller->unit->arena, "line %u", line)
               : arena_format(teller->unit->arena, "%.*s:%u", STR_ARG(base_name(path)),
                              line);
}

// --- Words
// ------------------------------------------------------------------------------

// What shows best what stands there.
static const ArchSink *first_sink(const ArchVerdict *verdict, const ArchKind *order,
                                  size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (verdict->first[order[i]])
            return verdict->first[order[i]];
    return NULL;
}

static const ArchSink *x86_sink(const ArchVerdict *verdict)
{
    static const ArchKind order[] = {ARCH_X86_HEADER, ARCH_X86_ASM, ARCH_X86_CODE,
                                     ARCH_X86_MSVC,   ARCH_CPUID,   ARCH_TIMING,
                                     ARCH_X86_TARGET};
    return first_sink(verdict, order, COUNTOF(order));
}

static const ArchSink *arm_sink(const ArchVerdict *verdict)
{
    static const ArchKind order[] = {ARCH_ARM_HEADER, ARCH_ARM_CODE, ARCH_ARM_BARRIER,
                                     ARCH_A64_ASM,    ARCH_A32_ASM,  ARCH_OS_ARM,
                                     ARCH_FENCE};
    return first_sink(verdict, order, COUNTOF(order));
}

static Str what_of(const Teller *teller, const ArchSink *sink)
{
    Arena *arena = teller->unit->arena;
    const ArchItem *item = arch_item(teller->verdicts->walk, sink->file, sink->item);
    if (item->kind == ITEM_INCLUDE)
        return arena_format(arena, "<%.*s>", STR_ARG(item->text));
    if (item->kind == ITEM_ERROR)
        return arena_format(
            arena, "%.*s",
            STR_ARG(str_sub(text_of(teller, sink->file), item->text_begin, item->end)));
    bool is_asm = item->hardware == ARCH_X86_ASM || item->hardware == ARCH_A64_ASM ||
                  item->hardware == ARCH_A32_ASM;
    return is_asm ? arena_format(arena, "assembly with '%.*s'", STR_ARG(item->text))
                  : arena_format(arena, "'%.*s'", STR_ARG(item->text));
}

static Str what_and_where(Teller *teller, const ArchVerdict *verdict,
                          const ArchSink *sink)
{
    if (!sink)
        return STR("");
    return arena_format(teller->unit->arena, "%.*s (%.*s)",
                        STR_ARG(what_of(teller, sink)),
                        STR_ARG(spot_of(teller, verdict, sink)));
}

static Str errors_of(const Teller *teller, const ArchVerdict *verdict)
{
    if (!verdict->n_errors)
        return STR("");
    return arena_format(teller->unit->arena, "; %u error%s follow%s from it",
                        verdict->n_errors, verdict->n_errors == 1 ? "" : "s",
                        verdict->n_errors == 1 ? "s" : "");
}

static Str name_of_root(const Teller *teller, const ArchVerdict *verdict)
{
    const ArchRoot *root = &verdict->root;
    return root->names.len
               ? teller->verdicts->walk->macros->names->names.at[root->names.at[0]].text
               : STR("");
}

// --- Findings
// ---------------------------------------------------------------------------

static void note_steps(Teller *teller, Finding *finding, const ArchVerdict *verdict)
{
    const ArchRoot *root = &verdict->root;
    const ArchWalk *walk = teller->verdicts->walk;
    for (uint32_t i = root->steps.len; i > 0 && root->steps.len - i < STEPS_TOLD_MAX;
         i--) {
        const ArchStep *step = &root->steps.at[i - 1];
        Str name = walk->macros->names->names.at[step->name].text;
        const Definition *definition = step->definition;
        if (definition->file != UINT32_MAX && definition != root->definition)
            unit_note(
                teller->unit, finding,
                place_in(teller, definition->file, definition->begin, definition->end),
                arena_format(teller->unit->arena, "so '%.*s' is %s here", STR_ARG(name),
                             definition->is_undoing ? "undefined" : "defined"));
        uint32_t begin, end;
        arch_branch_place(walk, step->tested, &begin, &end);
        unit_note(teller->unit, finding, place_in(teller, step->tested->file, begin, end),
                  arena_format(teller->unit->arena, "and '%.*s' is tested here",
                               STR_ARG(name)));
    }
}

static void note_sink(Teller *teller, Finding *finding, const ArchSink *sink)
{
    if (sink)
        unit_note(teller->unit, finding, place_of_item(teller, sink->file, sink->item),
                  arena_format(teller->unit->arena, "%.*s is here",
                               STR_ARG(what_of(teller, sink))));
}

static void note_stops(Teller *teller, Finding *finding, const ArchVerdict *verdict)
{
    for (const ArchStop *stop = verdict->stop; stop && stop->up; stop = stop->up)
        unit_note(teller->unit, finding, place_of_item(teller, stop->file, stop->item),
                  STR("included from here"));
}

static void add_notes(Teller *teller, Finding *finding, const ArchVerdict *verdict)
{
    if (verdict->file != 0) {
        unit_note(teller->unit, finding,
                  place_in(teller, verdict->file, verdict->begin, verdict->end),
                  STR("it lies in this included file"));
        note_stops(teller, finding, verdict);
    }
    note_steps(teller, finding, verdict);
    const ArchSink *x86 = x86_sink(verdict);
    if (verdict->kind != VERDICT_UNGUARDED)
        note_sink(teller, finding,
                  x86                    ? x86
                  : verdict->first_error ? verdict->first_error
                                         : arm_sink(verdict));
    for (uint32_t i = 0; i < verdict->also.len; i++) {
        uint32_t begin, end;
        arch_branch_place(teller->verdicts->walk, verdict->also.at[i], &begin, &end);
        unit_note(teller->unit, finding,
                  place_in(teller, verdict->also.at[i]->file, begin, end),
                  STR("another branch of the same condition"));
    }
}

static bool is_x64_name(Str name)
{
    static const Str names[] = {STR_INIT("_M_X64"),     STR_INIT("_M_AMD64"),
                                STR_INIT("__x86_64__"), STR_INIT("__x86_64"),
                                STR_INIT("__amd64__"),  STR_INIT("__amd64"),
                                STR_INIT("_AMD64_")};
    for (size_t i = 0; i < COUNTOF(names); i++)
        if (str_eq(names[i], name))
            return true;
    return false;
}

static Finding *report_x64_taken(Teller *teller, const ArchVerdict *verdict, Place at)
{
    Str name = name_of_root(teller, verdict);
    DiagText text = verdict->root.definition ? EC301_macro
                    : is_x64_name(name)      ? EC301_defined
                                             : EC301_missing;
    Finding *finding = REPORT(teller->unit, text, at, name, teller->flavour,
                              what_and_where(teller, verdict, x86_sink(verdict)),
                              errors_of(teller, verdict));
    finding->severity = verdict->n_errors  ? SEVERITY_ERROR
                        : verdict->is_sure ? SEVERITY_WARNING
                                           : SEVERITY_HINT;
    return finding;
}

static Finding *report_arm_lost(Teller *teller, const ArchVerdict *verdict, Place at)
{
    Str name = name_of_root(teller, verdict);
    Str what = what_and_where(teller, verdict, arm_sink(verdict));
    if (verdict->n_errors)
        return REPORT(teller->unit, EC302_skipped, at, name, teller->flavour, what,
                      errors_of(teller, verdict));
    bool is_later = verdict->root.branch && verdict->also.len &&
                    is_x64_name(name) == false &&
                    verdict->also.at[0] != verdict->root.branch;
    return is_later
               ? REPORT(teller->unit, EC321_later, at, teller->flavour, what)
               : REPORT(teller->unit, EC321_skipped, at, name, teller->flavour, what);
}

// The name of SSE's that the condition of the #error, or one around it, asks for.
static Str sse_asked_for(const Teller *teller, const ArchVerdict *verdict)
{
    const ArchWalk *walk = teller->verdicts->walk;
    for (const ArchBranch *branch = verdict->first_error->branch; branch;
         branch = branch->parent) {
        Str text = arch_branch_text(walk, branch);
        size_t begin = str_find(text, STR("__SSE")), end = begin;
        while (end < text.len && is_word(text.at[end]))
            end++;
        if (end > begin)
            return str_sub(text, begin, end);
    }
    return STR("");
}

static Finding *report_stopped(Teller *teller, const ArchVerdict *verdict, Place at)
{
    Str sse = sse_asked_for(teller, verdict), name = name_of_root(teller, verdict);
    if (sse.len && is_x64_name(name))
        return REPORT(teller->unit, EC320_error, at, name, sse,
                      what_and_where(teller, verdict, verdict->first_error));
    return REPORT(teller->unit, EC302_stopped, at, name_of_root(teller, verdict),
                  teller->flavour, what_and_where(teller, verdict, verdict->first_error));
}

static Finding *report_spelling(Teller *teller, const ArchVerdict *verdict, Place at)
{
    const ArchSink *sink = x86_sink(verdict);
    Finding *finding =
        REPORT(teller->unit, EC303_one, at, teller->flavour,
               what_and_where(teller, verdict, sink ? sink : arm_sink(verdict)),
               errors_of(teller, verdict));
    finding->severity = verdict->n_errors  ? SEVERITY_ERROR
                        : verdict->is_sure ? SEVERITY_WARNING
                                           : SEVERITY_HINT;
    return finding;
}

static Finding *report_swallowed(Teller *teller, const ArchVerdict *verdict, Place at)
{
    const ArchBranch *before = verdict->also.at[0];
    uint32_t line = place_of_item(teller, before->file, before->item).start.line + 1;
    return REPORT(teller->unit, EC304_branch, at,
                  arena_format(teller->unit->arena, "%u", line));
}

static Finding *report_unguarded_word(Teller *teller, const ArchVerdict *verdict,
                                      Place at, const ArchItem *item)
{
    Unit *unit = teller->unit;
    Str errors = errors_of(teller, verdict);
    if (item->is_pragma)
        return REPORT(unit, EC319_pragma, at, item->text, errors);
    switch ((ArchKind)item->hardware) {
    case ARCH_CPUID:
        return REPORT(unit, EC310_use, at, item->text, errors);
    case ARCH_TIMING:
        return REPORT(unit, EC311_use, at, item->text, errors);
    case ARCH_X86_ASM:
        return REPORT(unit, EC308_asm, at, item->text, errors);
    default:
        break;
    }
    if (arch_is_avx_type(item->text))
        return REPORT(unit, EC307_type, at, item->text, errors);
    ArchWord word = arch_word(item->text);
    if (!verdict->n_errors && word.clang == ARCH_UNRESOLVED)
        return REPORT(unit, EC309_clang, at, item->text, errors);
    if (verdict->n_more)
        return REPORT(unit, EC306_file, at, item->text,
                      arena_format(unit->arena, "%u", verdict->n_more), teller->flavour,
                      errors);
    return REPORT(unit, EC306_missing, at, item->text, teller->flavour, errors);
}

static Finding *report_unguarded(Teller *teller, const ArchVerdict *verdict, Place at)
{
    const ArchSink *sink = x86_sink(verdict);
    if (!sink)
        return NULL;
    const ArchItem *item = arch_item(teller->verdicts->walk, sink->file, sink->item);
    Str errors = errors_of(teller, verdict);
    if (item->kind != ITEM_INCLUDE)
        return report_unguarded_word(teller, verdict, at, item);
    return teller->verdicts->flavour == FLAVOUR_CL
               ? REPORT(teller->unit, EC305_msvc, at, item->text, errors)
               : REPORT(teller->unit, EC305_clang, at, item->text, teller->flavour,
                        errors);
}

static Finding *report_barrier(Teller *teller, const ArchVerdict *verdict, Place at)
{
    const ArchSink *lost = verdict->first[ARCH_FENCE] ? verdict->first[ARCH_FENCE]
                                                      : verdict->first[ARCH_ARM_BARRIER];
    Finding *finding =
        REPORT(teller->unit, verdict->first[ARCH_FENCE] ? EC325_none : EC325_barrier, at,
               teller->flavour, what_and_where(teller, verdict, lost));
    if (!verdict->is_sure)
        finding->severity = SEVERITY_HINT;
    note_sink(teller, finding, verdict->first[ARCH_COMPILER_BARRIER]);
    return finding;
}

static Finding *report_one(Teller *teller, const ArchVerdict *verdict, Place at)
{
    switch (verdict->kind) {
    case VERDICT_X64_TAKEN:
        return report_x64_taken(teller, verdict, at);
    case VERDICT_ARM_LOST:
        return report_arm_lost(teller, verdict, at);
    case VERDICT_STOPPED:
        return report_stopped(teller, verdict, at);
    case VERDICT_ASSERTION:
        return REPORT(teller->unit, EC320_assertion, at, name_of_root(teller, verdict),
                      errors_of(teller, verdict));
    case VERDICT_ARM32:
        return REPORT(teller->unit, EC302_arm32, at, name_of_root(teller, verdict),
                      teller->flavour,
                      what_and_where(teller, verdict, arm_sink(verdict)));
    case VERDICT_SPELLING:
        return report_spelling(teller, verdict, at);
    case VERDICT_SWALLOWED:
        return report_swallowed(teller, verdict, at);
    case VERDICT_UNGUARDED:
        return report_unguarded(teller, verdict, at);
    case VERDICT_BARRIER:
        return report_barrier(teller, verdict, at);
    case VERDICT_OS_ARM:
        return REPORT(teller->unit, EC314_use, at,
                      arch_item(teller->verdicts->walk, verdict->first[ARCH_OS_ARM]->file,
                                verdict->first[ARCH_OS_ARM]->item)
                          ->text);
    case VERDICT_EMULATED: {
        Finding *finding = REPORT(teller->unit, EC306_emulated, at,
                                  what_and_where(teller, verdict, x86_sink(verdict)));
        finding->severity = SEVERITY_HINT;
        return finding;
    }
    case VERDICT_NAMING:
        return REPORT(teller->unit, EC322_naming, at, verdict->name, teller->flavour);
    case VERDICT_PLUGIN_PATH:
        return REPORT(
            teller->unit, EC316_path, at,
            str_sub(text_of(teller, verdict->file), verdict->begin, verdict->end));
    }
    return NULL;
}

// --- What is told
// -----------------------------------------------------------------------

static bool is_defined_here(const Unit *unit, Str name)
{
    for (uint32_t i = 0; i < unit->functions.len; i++)
        if (unit->functions.at[i].is_defined && str_eq(unit->functions.at[i].name, name))
            return true;
    return false;
}

// Words that nothing guards are a fault only where the compiler says so: a library may
// define _mm_add_ps by itself, as SIMDe does.
static bool is_told_word(const Teller *teller, const ArchVerdict *verdict,
                         const ArchItem *item)
{
    if (verdict->n_errors)
        return true;
    ArchWord word = arch_word(item->text);
    ArchAvailability found =
        teller->verdicts->flavour == FLAVOUR_CL ? word.msvc : word.clang;
    if (item->is_pragma) // what softintrin.lib emulates is a function to cl (C4163)
        return found >= ARCH_EMULATED;
    return item->name == NAME_NONE && item->hardware != ARCH_X86_CODE &&
           item->hardware != ARCH_X86_ASM && found == ARCH_UNRESOLVED &&
           !is_defined_here(teller->unit, item->text);
}

static bool has_header_verdict(const ArchVerdicts *verdicts, uint32_t file)
{
    for (uint32_t i = 0; i < verdicts->all.len; i++)
        if (verdicts->all.at[i]->kind == VERDICT_UNGUARDED &&
            verdicts->all.at[i]->file == file &&
            verdicts->all.at[i]->first[ARCH_X86_HEADER])
            return true;
    return false;
}

static bool is_told(const Teller *teller, const ArchVerdict *verdict)
{
    const ArchWalk *walk = teller->verdicts->walk;
    if (teller->verdicts->is_lexical && !verdict->is_sure)
        return false;
    if (walk->sources.files.at[verdict->file].owner != OWNER_PROJECT &&
        !verdict->n_errors)
        return false;
    if (verdict->kind != VERDICT_UNGUARDED)
        return true;
    const ArchSink *sink = x86_sink(verdict);
    if (!sink)
        return false;
    const ArchItem *item = arch_item(walk, sink->file, sink->item);
    if (item->kind == ITEM_INCLUDE)
        return true;
    return is_told_word(teller, verdict, item) &&
           !has_header_verdict(teller->verdicts, verdict->file);
}

// clang says of such a pragma that it is ignored, and EC319 says why.
static void fold_pragma(Unit *unit, const Finding *told)
{
    for (uint32_t i = 0; i < unit->findings.len; i++) {
        Finding *finding = &unit->findings.at[i];
        if (finding->source == SOURCE_CLANG && finding->at.path == told->at.path &&
            finding->at.start.line == told->at.start.line &&
            str_eq(finding->option, STR("ignored-pragma-intrinsic")))
            finding->quiet = QUIET_FOLDED;
    }
}

// static_assert(HAS_SSE2): every x64 processor has it.
static bool asserts_sse(const Unit *unit, const Finding *finding)
{
    Str line = str_from(unit->text, unit->lines.start[finding->at.start.line]);
    line = str_sub(line, 0, str_find_char(line, ';'));
    return str_starts(finding->message, STR("static assertion failed")) &&
           (str_has(line, STR("SSE")) || str_has(line, STR("sse")));
}

// Errors of the document that came after clang's own: of the assembler.
static void fold_document(Unit *unit)
{
    for (uint32_t i = 0; i < unit->findings.len; i++) {
        Finding *finding = &unit->findings.at[i];
        if (finding->source != SOURCE_CLANG || finding->severity != SEVERITY_ERROR ||
            finding->at.path != 0 || finding->quiet)
            continue;
        ArchSpot spot = {unit->job->path, unit->lines.start[finding->at.start.line] +
                                              finding->at.start.byte};
        ArchVerdict *verdict = arch_explains(unit->arch, &spot, 1, finding->message);
        if (!verdict && asserts_sse(unit, finding))
            verdict = arch_assertion(unit->arch, 0, spot.offset);
        if (!verdict)
            continue;
        verdict->n_errors++;
        finding->quiet = QUIET_FOLDED;
    }
}

// rules/os.c knows more of __readgsqword and its kin.
static bool is_told_as_segment(Unit *unit, const ArchVerdict *verdict, const Place *at)
{
    for (uint32_t i = 0; verdict->kind == VERDICT_UNGUARDED && i < unit->findings.len;
         i++) {
        Finding *finding = &unit->findings.at[i];
        if (finding->number != EC126 || finding->at.path != at->path ||
            finding->at.start.line != at->start.line ||
            finding->at.start.byte != at->start.byte)
            continue;
        if (verdict->n_errors)
            finding->severity = SEVERITY_ERROR;
        return true;
    }
    return false;
}

static Place place_for_fix(void *owner, uint32_t file, uint32_t begin, uint32_t end)
{
    return place_in(owner, file, begin, end);
}

// A header by itself that is x86's as a whole: whoever includes it has the condition, and
// is told if it has not.
static bool is_x86_header(const Teller *teller, const ArchVerdict *verdict)
{
    bool is_code = verdict->first[ARCH_X86_CODE] || verdict->first[ARCH_X86_HEADER];
    return verdict->kind == VERDICT_UNGUARDED && verdict->file == 0 && is_code &&
           language_is_header(teller->unit->job->path) &&
           arch_is_x86_file(teller->verdicts->walk, 0);
}

static void report_limits(Teller *teller)
{
    Unit *unit = teller->unit;
    const ArchBranch *too_much = unit->arch->walk->too_much;
    if (too_much) {
        uint32_t begin, end;
        arch_branch_place(unit->arch->walk, too_much, &begin, &end);
        REPORT(unit, EC905_condition, place_in(teller, 0, begin, end),
               arena_format(unit->arena, "%d", EVALUATION_STEPS_MAX));
    }
    if (unit->arch->walk->is_cut_short)
        REPORT(unit, EC905_conditions, unit_first_line(unit),
               arena_format(unit->arena, "%d", ARCH_ITEMS_MAX),
               arena_format(unit->arena, "%d", ARCH_VERDICTS_MAX));
}

void rules_arch(Unit *unit)
{
    if (!unit->arch)
        return;
    uint32_t n_files = unit->arch->walk->sources.files.len;
    Teller teller = {.unit = unit,
                     .verdicts = unit->arch,
                     .flavour = world_flavour_name(unit->arch->flavour),
                     .lines = ARENA_ARRAY(unit->arena, Lines, n_files),
                     .has_lines = ARENA_ARRAY(unit->arena, bool, n_files)};
    fold_document(unit);
    arch_words_merge(unit->arch);
    for (uint32_t i = 0; i < unit->arch->all.len; i++) {
        const ArchVerdict *verdict = unit->arch->all.at[i];
        if (!is_told(&teller, verdict))
            continue;
        Place at = place_of_verdict(&teller, verdict);
        if (is_told_as_segment(unit, verdict, &at))
            continue;
        Finding *finding = report_one(&teller, verdict, at);
        if (!finding)
            continue;
        if (is_x86_header(&teller, verdict))
            finding->severity = SEVERITY_INFO;
        else if (verdict->n_errors) // it does not compile, and they stand behind this
            finding->severity = SEVERITY_ERROR;
        if (finding->number == EC319)
            fold_pragma(unit, finding);
        add_notes(&teller, finding, verdict);
        ArchFixer fixer = {unit, unit->arch, verdict, place_for_fix, &teller};
        arch_fix(&fixer, finding);
        if (verdict->kind == VERDICT_UNGUARDED)
            arch_fix_replace(&fixer, finding, x86_sink(verdict));
    }
    report_limits(&teller);
    for (uint32_t i = 0; i < n_files; i++)
        if (teller.has_lines[i])
            lines_done(&teller.lines[i]);
}
