// Filling a Unit, and its last step: what was found becomes a Result block.
//
// The order of that step matters. What one of our findings says better than clang goes
// first, so that a suppressed finding of ours does not bring clang's back; suppression
// comes next and may add findings about itself; then equal ones fall together.
#include "codegen/unit.h"

#include "codegen/frontend/suppress.h"
#include "codegen/unit_write.h"

#include <string.h>

enum { PATH_SLOTS_MIN = 64 }; // a power of two

void unit_init(Unit *unit, Arena *arena, const Job *job)
{
    *unit = (Unit){.arena = arena, .job = job, .text = job->text};
    lines_init(&unit->lines, unit->text);
    unit->scan_end = (uint32_t)unit->text.len;
    unit_path(unit, job->path);
}

void unit_done(Unit *unit)
{
    if (!unit->cut)
        lines_done(&unit->lines);
    *unit = (Unit){0};
}

// The slot that holds the path or would; FNV-1a.
static uint32_t *path_slot(const Unit *unit, Str path)
{
    uint32_t hash = 2166136261u;
    for (size_t i = 0; i < path.len; i++)
        hash = (hash ^ (unsigned char)path.at[i]) * 16777619u;
    for (uint32_t i = hash;; i++) {
        uint32_t *slot = &unit->path_slots[i & (unit->n_path_slots - 1)];
        if (*slot == 0 || str_eq(unit->paths.at[*slot - 1], path))
            return slot;
    }
}

static void grow_path_slots(Unit *unit)
{
    uint32_t n = unit->n_path_slots ? unit->n_path_slots * 2 : PATH_SLOTS_MIN;
    unit->path_slots = ARENA_ARRAY(unit->arena, uint32_t, n);
    unit->n_path_slots = n;
    for (uint32_t i = 0; i < unit->paths.len; i++)
        *path_slot(unit, unit->paths.at[i]) = i + 1;
}

uint32_t unit_path(Unit *unit, Str path)
{
    if (unit->paths.len >= unit->n_path_slots / 2)
        grow_path_slots(unit);
    uint32_t *slot = path_slot(unit, path);
    if (*slot == 0) {
        *LIST_PUSH(unit->arena, &unit->paths) = arena_str(unit->arena, path);
        *slot = unit->paths.len;
    }
    return *slot - 1;
}

Place unit_place(const Unit *unit, uint32_t begin, uint32_t end)
{
    return (Place){0, lines_pos(&unit->lines, unit->text, begin),
                   lines_pos(&unit->lines, unit->text, end)};
}

bool unit_include_place(const Unit *unit, uint32_t path, Place *ret_place)
{
    for (uint32_t i = 0; i < unit->includes.len; i++) {
        if (unit->includes.at[i] != path)
            continue;
        *ret_place = unit->include_places.at[i];
        return true;
    }
    return false;
}

Place unit_first_line(const Unit *unit)
{
    Str line = lines_line(&unit->lines, unit->text, 0);
    return unit_place(unit, 0, (uint32_t)line.len);
}

// The slot behind the last finding: where the next one goes, or scratch.
static Finding *next_slot(Unit *unit)
{
    Finding *slot = LIST_PUSH(unit->arena, &unit->findings);
    unit->findings.len--;
    *slot = (Finding){0};
    return slot;
}

static bool is_scratch(const Unit *unit, const Finding *finding)
{
    return finding == unit->findings.at + unit->findings.len;
}

static Finding *new_finding(Unit *unit)
{
    Finding *finding = next_slot(unit);
    if (unit->findings.len >= FINDINGS_MAX)
        unit->over_limit = true;
    else
        unit->findings.len++;
    return finding;
}

Finding *unit_report(Unit *unit, DiagText text, Place at, size_t n_args, const Str *args)
{
    Finding *finding = new_finding(unit);
    finding->number = (uint16_t)diag_number_of(text);
    finding->severity = diag_spec(finding->number)->severity;
    finding->source = SOURCE_ARM64ECD;
    finding->at = at;
    if (!is_scratch(unit, finding))
        finding->message = diag_format(unit->arena, text, n_args, args);
    return finding;
}

Finding *unit_report_clang(Unit *unit, Severity severity, Place at, Str message)
{
    Finding *finding = new_finding(unit);
    finding->severity = severity;
    finding->source = SOURCE_CLANG;
    finding->at = at;
    if (!is_scratch(unit, finding))
        finding->message = arena_str(unit->arena, message);
    return finding;
}

void unit_note(Unit *unit, Finding *finding, Place at, Str message)
{
    if (is_scratch(unit, finding) || finding->notes.len >= NOTES_MAX)
        return;
    *LIST_PUSH(unit->arena, &finding->notes) =
        (Note){at, arena_str(unit->arena, message)};
}

Fix *unit_fix(Unit *unit, Finding *finding, Str title)
{
    Fix *fix = LIST_PUSH(unit->arena, &finding->fixes);
    fix->title = arena_str(unit->arena, title);
    return fix;
}

void unit_edit(Unit *unit, Fix *fix, Place at, Str text)
{
    *LIST_PUSH(unit->arena, &fix->edits) = (Edit){at, arena_str(unit->arena, text)};
}

bool unit_clang_refuses(const Unit *unit, const Place *at, Str name)
{
    Str quoted = arena_format(unit->arena, "'%.*s'", STR_ARG(name));
    for (uint32_t i = 0; i < unit->findings.len; i++) {
        const Finding *finding = &unit->findings.at[i];
        if (finding->source == SOURCE_CLANG && finding->severity == SEVERITY_ERROR &&
            finding->at.path == at->path && finding->at.start.line == at->start.line &&
            str_has(finding->message, quoted))
            return true;
    }
    return false;
}

void unit_semantic(Unit *unit, uint32_t begin, uint32_t end, SemanticType type,
                   uint32_t modifiers)
{
    if (begin < end && unit->semantics.len < SEMANTICS_MAX)
        *LIST_PUSH(unit->arena, &unit->semantics) =
            (Semantic){begin, end, type, modifiers};
}

void unit_fold(Unit *unit, uint32_t first_line, uint32_t last_line, FoldKind kind)
{
    if (first_line < last_line && unit->folds.len < FOLDS_MAX)
        *LIST_PUSH(unit->arena, &unit->folds) = (RFold){first_line, last_line, kind};
}

void unit_name(Unit *unit, Place at, Str name, Str key, NameRole role, uint32_t scope)
{
    if (unit->names.len < NAME_PLACES_MAX)
        *LIST_PUSH(unit->arena, &unit->names) = (Name){name, key, at, role, scope};
}

// Words of clang and of LLVM's assembler that a finding of ours on the same line says
// better.
typedef struct Explained {
    uint16_t number;
    Str words;
} Explained;

static const Explained explained[] = {
    {115, STR_INIT(" calling convention is not supported for this target")},
    {120, STR_INIT("without a prototype is deprecated")},
    {125, STR_INIT("no member named '")},
    {128, STR_INIT("no member named '")},
    {126, STR_INIT("undeclared identifier '__")},
    {126, STR_INIT("undeclared function '__")},
    {127, STR_INIT("clobber list contains reserved registers")},
    {205, STR_INIT("'hybrid_patchable'")},
    {501, STR_INIT("is disallowed on ARM64EC")},
    {501, STR_INIT("clobber list contains reserved registers")},
    {502, STR_INIT("is disallowed on ARM64EC")},
    {502, STR_INIT("clobber list contains reserved registers")},
    {517, STR_INIT("is disallowed on ARM64EC")},
};

bool unit_explains(uint16_t number, Str message)
{
    for (size_t i = 0; i < COUNTOF(explained); i++)
        if (explained[i].number == number && str_has(message, explained[i].words))
            return true;
    return false;
}

static bool has_on_line(const Unit *unit, uint16_t number, const Place *at)
{
    for (uint32_t i = 0; i < unit->findings.len; i++) {
        const Finding *f = &unit->findings.at[i];
        if (f->number == number && f->at.path == at->path &&
            f->severity != SEVERITY_HINT && // which says less than a warning of clang's
            f->at.start.line == at->start.line)
            return true;
    }
    return false;
}

static bool is_explained(const Unit *unit, const Finding *finding)
{
    for (size_t i = 0; i < COUNTOF(explained); i++)
        if (finding->source == SOURCE_CLANG &&
            str_has(finding->message, explained[i].words) &&
            has_on_line(unit, explained[i].number, &finding->at))
            return true;
    return false;
}

static void drop_explained(Unit *unit)
{
    uint32_t n = 0;
    // Only clang's go, so what explains the rest is still there while this runs: ours
    // move towards the front, over places already looked at.
    for (uint32_t i = 0; i < unit->findings.len; i++)
        if (!is_explained(unit, &unit->findings.at[i]))
            unit->findings.at[n++] = unit->findings.at[i];
    unit->findings.len = n;
}

// Past the limit of findings this one still has room.
static void report_limit(Unit *unit)
{
    Finding *finding = next_slot(unit);
    unit->findings.len++;
    Str limit = arena_format(unit->arena, "%d", FINDINGS_MAX);
    *finding = (Finding){
        .number = EC905,
        .severity = diag_spec(EC905)->severity,
        .source = SOURCE_ARM64ECD,
        .at = unit_first_line(unit),
        .message = diag_format(unit->arena, EC905_findings, 1, &limit),
    };
}

// What lies in a header is told where the document includes it: the reader of the
// document sees that something is wrong, and the note says where.
static void tell_headers_at_includes(Unit *unit)
{
    for (uint32_t i = 0; i < unit->findings.len; i++) {
        Finding *finding = &unit->findings.at[i];
        Place there = finding->at;
        if (there.path == 0 || !unit_include_place(unit, there.path, &finding->at))
            continue;
        unit_note(unit, finding, there, STR("it lies in this included file"));
        if (finding->source == SOURCE_CLANG)
            finding->message = arena_format(unit->arena, "in included file: %.*s",
                                            STR_ARG(finding->message));
        finding->fixes.len = 0;
    }
}

void unit_finish(Unit *unit, Stage stage, Buf *out)
{
    if (!unit->sees_other_files)
        tell_headers_at_includes(unit);
    drop_explained(unit);
    suppress_apply(unit, stage);
    if (unit->over_limit)
        report_limit(unit);
    unit_write(unit, stage, out);
}
