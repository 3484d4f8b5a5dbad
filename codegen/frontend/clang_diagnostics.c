// clang's own diagnostics as findings: notes, ranges, fix-its, tags.
//
// What lies in a header is told where the document includes it, once per #include, with
// the true place as a note: the reader of the document sees that something is wrong and
// where. What one of our rules says better is left to that rule, and what only follows
// from a missing header of the library is held back (clang_missing.h).
#include "codegen/arch/verdict.h"
#include "codegen/cut/cut.h"
#include "codegen/frontend/clang_missing.h"
#include "codegen/frontend/clang_older.h"

#include <string.h>

enum { HELD_MAX = 1000 };

typedef struct Collector {
    ClangView *view;
    const ClangMissing *missing;
    bool library_missing; // EC626 was said
    Quiet quiet;          // of the diagnostic in hand
    uint32_t n_held;      // they must not fill the list of findings
    uint32_t unopened;    // offset behind the last #include of what cannot be opened
    LIST(uint32_t) told;  // offsets of #includes that already have a finding
} Collector;

static uint8_t tags_of(Str option)
{
    if (str_starts(option, STR("unused")) ||
        str_starts(option, STR("unreachable-code")) ||
        str_starts(option, STR("unneeded")))
        return TAG_UNNECESSARY;
    return str_starts(option, STR("deprecated")) ? TAG_DEPRECATED : 0;
}

// The range that covers the location, else the token there.
static Place place_of(ClangView *view, CXDiagnostic diagnostic, uint32_t file,
                      uint32_t offset)
{
    unsigned n = clang_getDiagnosticNumRanges(diagnostic);
    for (unsigned i = 0; i < n; i++) {
        CXSourceRange range = clang_getDiagnosticRange(diagnostic, i);
        uint32_t begin_file, end_file, begin, end;
        if (clang_point(view, clang_getRangeStart(range), &begin_file, &begin) &&
            clang_point(view, clang_getRangeEnd(range), &end_file, &end) &&
            begin_file == file && end_file == file && begin <= offset && offset < end)
            return clang_file_place(view, file, begin, end);
    }
    Str text = clang_file_text(view, file);
    uint32_t end = offset;
    while (end < text.len && is_word(text.at[end]))
        end++;
    if (end == offset && end < text.len && text.at[end] != '\n' && text.at[end] != '\r')
        end++;
    return clang_file_place(view, file, offset, end);
}

static void add_fixes(ClangView *view, Finding *finding, CXDiagnostic diagnostic,
                      Str title)
{
    unsigned n = clang_getDiagnosticNumFixIts(diagnostic);
    Fix *fix = NULL;
    for (unsigned i = 0; i < n; i++) {
        CXSourceRange range;
        Str text =
            clang_str(view->unit->arena, clang_getDiagnosticFixIt(diagnostic, i, &range));
        Place at;
        if (!clang_place(view, range, &at) || !clang_place_in_document(&at))
            return; // half a fix is worse than none
        if (!fix)
            fix = unit_fix(view->unit, finding, title);
        unit_edit(view->unit, fix, at, text);
    }
}

static void add_notes(ClangView *view, Finding *finding, CXDiagnostic diagnostic)
{
    CXDiagnosticSet notes = clang_getChildDiagnostics(diagnostic); // not ours to dispose
    unsigned n = clang_getNumDiagnosticsInSet(notes);
    for (unsigned i = 0; i < n && i < NOTES_MAX; i++) {
        CXDiagnostic note = clang_getDiagnosticInSet(notes, i);
        Str message = clang_str(view->unit->arena, clang_getDiagnosticSpelling(note));
        uint32_t file, offset;
        if (clang_point(view, clang_getDiagnosticLocation(note), &file, &offset))
            unit_note(view->unit, finding, place_of(view, note, file, offset), message);
        add_fixes(view, finding, note, message);
        clang_disposeDiagnostic(note);
    }
}

static bool report_missing_header(Collector *collector, Place at, Str message)
{
    Unit *unit = collector->view->unit;
    Str name = clang_not_found(message);
    if (!name.len || !library_header_is_known(unit->arena, name))
        return false;
    if (!collector->library_missing)
        REPORT(unit, EC626_include, at, name);
    collector->library_missing = true;
    return true;
}

// What EC205 says with a fix: rules/thunk.c for functions, here for data.
static bool report_hybrid_patchable(Unit *unit, Place at, Str message)
{
    if (str_has(message, STR("'hybrid_patchable' attribute only applies to functions")))
        REPORT0(unit, EC205_data, at);
    return str_has(message, STR("'hybrid_patchable'"));
}

// The first finding of each #include is told, the rest follows from it as a rule.
static bool include_place(Collector *collector, uint32_t path, Place *ret_place)
{
    if (!unit_include_place(collector->view->unit, path, ret_place))
        return false;
    const Lines *lines = &collector->view->unit->lines;
    uint32_t offset = lines->start[ret_place->start.line] + ret_place->start.byte;
    for (uint32_t k = 0; k < collector->told.len; k++)
        if (collector->told.at[k] == offset)
            return false;
    *LIST_PUSH(collector->view->unit->arena, &collector->told) = offset;
    return true;
}

static Severity severity_of(enum CXDiagnosticSeverity severity)
{
    switch (severity) {
    case CXDiagnostic_Ignored:
    case CXDiagnostic_Note:
        return SEVERITY_INFO;
    case CXDiagnostic_Warning:
        return SEVERITY_WARNING;
    case CXDiagnostic_Error:
    case CXDiagnostic_Fatal:
        return SEVERITY_ERROR;
    }
    return SEVERITY_ERROR;
}

static void collect_in_header(Collector *collector, CXDiagnostic diagnostic,
                              uint32_t file, uint32_t offset, Severity severity,
                              Str message)
{
    ClangView *view = collector->view;
    Place here;
    uint32_t path = clang_file(view, file)->path;
    if (collector->quiet && severity == SEVERITY_ERROR) {
        if (unit_include_place(view->unit, path, &here))
            unit_report_clang(view->unit, severity, here, message)->quiet =
                (uint8_t)collector->quiet;
        return;
    }
    if (severity != SEVERITY_ERROR || !include_place(collector, path, &here))
        return; // a header's warnings are told in the header
    if (!clang_is_quoted(clang_file_text(view, file), offset) &&
        report_missing_header(collector, here, message))
        return;
    Finding *finding = unit_report_clang(
        view->unit, severity, here,
        arena_format(view->unit->arena, "in included file: %.*s", STR_ARG(message)));
    finding->target = clang_is_target_error(message, view->unit->paths.at[path]);
    unit_note(view->unit, finding, place_of(view, diagnostic, file, offset),
              STR("error occurred here"));
}

// Of a file that is there and cannot be opened clang says why, and then that it has found
// none, or has not opened '<invalid buffer>'.
static bool repeats_unopened(Collector *collector, uint32_t offset, Str message)
{
    if (str_starts(message, STR("cannot open file '")) ||
        str_has(message, STR("byte order mark detected in '")))
        collector->unopened = offset + 1;
    else if (collector->unopened == offset + 1)
        return str_ends(message, STR("file not found")) ||
               str_starts(message, STR("error opening file '"));
    return false;
}

// What helps. A worker opens no pipe, no device, and nothing outside of what belongs to
// the document (server/os.h); clang tells the errno of that.
static Str in_words(Arena *arena, Str message)
{
    if (str_has(message, STR("byte order mark detected in '")))
        return arena_format(arena, "%.*s; save it as UTF-8", STR_ARG(message));
    static const struct {
        Str errno_text, words;
    } refusals[] = {
        {STR_INIT(": No such device"),
         STR_INIT("it is a pipe or a device; include a regular file")},
        {STR_INIT(": Operation not permitted"),
         STR_INIT("it lies outside of the project and of the include folders; add its "
                  "folder with -I if it is meant")},
    };
    if (!str_starts(message, STR("cannot open file '")))
        return message;
    for (size_t i = 0; i < COUNTOF(refusals); i++) {
        Str text = refusals[i].errno_text;
        if (str_ends(message, text))
            return arena_format(arena, "%.*s: %.*s",
                                STR_ARG(str_sub(message, 0, message.len - text.len)),
                                STR_ARG(refusals[i].words));
    }
    return message;
}

// Of a cut: what stands before the function is told by the Result of the whole file.
static bool is_before_cut(const ClangView *view, CXDiagnostic diagnostic)
{
    const Cut *cut = view->unit->cut;
    CXFile file = NULL;
    unsigned offset = 0;
    if (!cut)
        return false;
    clang_getFileLocation(clang_getDiagnosticLocation(diagnostic), &file, NULL, NULL,
                          &offset);
    return !file || !clang_is_same_file(file, view->document) ||
           offset < cut->function_at;
}

static void collect(Collector *collector, CXDiagnostic diagnostic)
{
    ClangView *view = collector->view;
    if (is_before_cut(view, diagnostic))
        return;
    Arena *arena = view->unit->arena;
    enum CXDiagnosticSeverity clang_severity = clang_getDiagnosticSeverity(diagnostic);
    if (clang_severity < CXDiagnostic_Warning)
        return;
    Severity severity = severity_of(clang_severity);
    Str message =
        in_words(arena, clang_str(arena, clang_getDiagnosticSpelling(diagnostic)));
    uint32_t file, offset;
    if (!clang_point(view, clang_getDiagnosticLocation(diagnostic), &file, &offset)) {
        if (severity == SEVERITY_ERROR) // of the command line; warnings there are noise
            unit_report_clang(view->unit, severity, unit_first_line(view->unit), message);
        return;
    }
    if (!clang_file(view, file)->is_document) {
        collect_in_header(collector, diagnostic, file, offset, severity, message);
        return;
    }
    Place at = place_of(view, diagnostic, file, offset);
    if (repeats_unopened(collector, offset, message) ||
        report_hybrid_patchable(view->unit, at, message) ||
        (!clang_is_quoted(view->unit->text, offset) &&
         report_missing_header(collector, at, message)))
        return;
    Finding *finding = unit_report_clang(view->unit, severity, at, message);
    finding->quiet = (uint8_t)collector->quiet;
    Str option = clang_str(arena, clang_getDiagnosticOption(diagnostic, NULL));
    finding->option = str_starts(option, STR("-W")) ? str_from(option, 2) : STR("");
    finding->tags = tags_of(finding->option);
    finding->target =
        severity == SEVERITY_ERROR && clang_is_target_error(message, STR(""));
    add_fixes(view, finding, diagnostic, message);
    add_notes(view, finding, diagnostic);
}

static void report_names(Collector *collector)
{
    Unit *unit = collector->view->unit;
    Place at;
    Str names = clang_missing_names(collector->missing, &at);
    if (names.len &&
        (clang_place_in_document(&at) || unit_include_place(unit, at.path, &at)))
        REPORT(unit, EC626_names, at, names);
}

// --- What follows from a condition that takes Arm64EC for x64
// -----------------------------

enum { SPOTS_MAX = 32 };

static uint32_t add_spot(const ClangView *view, ArchSpot *spots, uint32_t n, CXFile file,
                         unsigned offset)
{
    if (!file || n >= SPOTS_MAX)
        return n;
    bool is_document = clang_is_same_file(file, view->document);
    Str path = is_document ? view->unit->job->path
                           : clang_str(view->unit->arena, clang_getFileName(file));
    spots[n] = (ArchSpot){path, clang_document_offset(view, file, offset)};
    return n + 1;
}

// Where it was told, where the macro around it was written, and every #include on the
// way.
ArchVerdict *clang_arch_verdict(ClangView *view, CXDiagnostic diagnostic)
{
    Unit *unit = view->unit;
    if (!unit->arch || clang_getDiagnosticSeverity(diagnostic) < CXDiagnostic_Error)
        return NULL;
    ArchSpot spots[SPOTS_MAX];
    CXSourceLocation at = clang_getDiagnosticLocation(diagnostic);
    CXFile file = NULL;
    unsigned offset = 0;
    clang_getFileLocation(at, &file, NULL, NULL, &offset);
    uint32_t n = add_spot(view, spots, 0, file, offset);
    clang_getSpellingLocation(at, &file, NULL, NULL, &offset);
    n = add_spot(view, spots, n, file, offset);
    for (Str path = n ? spots[0].path : STR(""); path.len && n < SPOTS_MAX;
         path = spots[n - 1].path) {
        const ClangInclusion *inclusion = clang_inclusion(view, path);
        if (!inclusion || str_eq(inclusion->from, path))
            break;
        spots[n++] = (ArchSpot){inclusion->from, inclusion->from_offset};
    }
    Str message = clang_str(unit->arena, clang_getDiagnosticSpelling(diagnostic));
    return arch_explains(unit->arch, spots, n, message);
}

static bool follows_from_target(ClangView *view, CXDiagnostic diagnostic)
{
    ArchVerdict *verdict = clang_arch_verdict(view, diagnostic);
    if (verdict)
        verdict->n_errors++;
    return verdict != NULL;
}

void clang_collect_diagnostics(ClangView *view)
{
    Collector collector = {.view = view, .missing = clang_missing_find(view)};
    unsigned n = clang_getNumDiagnostics(view->tu);
    report_names(&collector);
    for (unsigned i = 0; i < n; i++) {
        CXDiagnostic diagnostic = clang_getDiagnostic(view->tu, i);
        collector.quiet = clang_missing_holds(collector.missing, i) ? QUIET_HELD
                          : follows_from_target(view, diagnostic)   ? QUIET_FOLDED
                                                                    : QUIET_NO;
        if (!collector.quiet || collector.n_held++ < HELD_MAX)
            collect(&collector, diagnostic);
        clang_disposeDiagnostic(diagnostic);
    }
}
