// Of each file only a few names stay: one function for each pair of a thunk name and a
// convention, the functions it defines, and the findings that wait. Texts are read again
// where something is to be said.
//
// A call of a function that another file defines meets Arm64EC code, so its exit thunk
// never runs: EC103 and EC134 are not said of it, nor EC225 of two such functions.
//
// EC225 across files is about what one link puts together, which no compile database
// tells. Two files that both have a `main` are never linked together; for the rest the
// finding says so. Two declarations of one function that disagree are another matter.
#include "server/cli/across.h"

#include "codegen/abi/thunk.h"
#include "codegen/unit.h"
#include "server/disk.h"

enum {
    ACROSS_ARENA_BYTES_MAX = 1024 * 1024 * 1024,
    ACROSS_TEXT_BYTES_MAX = 256 * 1024 * 1024,
    REPRESENTATIVES_MAX = 64,
    CALLED_PER_THUNK_MAX = 4, // of one file and convention; all but one may be harmless
    RIVALS_MAX = 64,
};

typedef struct AcrossFile {
    Str name, path, folder; // folder: the working directory
    Settings settings;      // severities and what of clang's is shown
    bool has_main;
} AcrossFile;

// A function that stands for all of its file with this thunk and convention.
typedef struct Named {
    Str thunk, convention, function, symbol;
    uint32_t file, order; // file: index
    RRange at;
    bool is_exit;
    bool is_harmless;   // an exit thunk that never runs, but may be the one that is kept
    bool has_twin_here; // the file has the other convention, too: its own finding says so
    bool is_told;
} Named;

typedef struct WaitingNote {
    Str file, message;
    Pos start, end;
} WaitingNote;

// A function of the same file with the same thunk and another convention.
typedef struct Rival {
    Str symbol, name;
    RRange at;
    bool is_system, differs_in_result;
} Rival;

typedef struct Waiting {
    uint32_t file, order;
    uint16_t number;
    Severity severity;
    Str message, symbol; // symbol: of the callee
    Pos start, end;
    LIST(WaitingNote) notes;
    Str name, thunk; // EC225: of the callee
    LIST(Rival) rivals;
} Waiting;

struct Across {
    Arena arena;
    LIST(AcrossFile) files;
    LIST(Named) named;
    LIST(Str) defined; // symbols; sorted by across_report()
    LIST(Waiting) waiting;
};

Across *across_new(void)
{
    Across *across = mem_new(sizeof *across);
    *across = (Across){0};
    arena_init(&across->arena, ACROSS_ARENA_BYTES_MAX);
    return across;
}

void across_free(Across *across)
{
    if (!across)
        return;
    arena_done(&across->arena);
    mem_free(across);
}

// --- What a file tells
// ------------------------------------------------------------------

static Str keep(Across *across, const Result *result, RStr s)
{
    return arena_str(&across->arena, result_str(result, s));
}

static bool is_main(Str name)
{
    static const Str names[] = {STR_INIT("main"), STR_INIT("wmain"), STR_INIT("WinMain"),
                                STR_INIT("wWinMain"), STR_INIT("DllMain")};
    for (size_t i = 0; i < COUNTOF(names); i++)
        if (str_eq(name, names[i]))
            return true;
    return false;
}

static void add_file(Across *across, const RunFile *file)
{
    Arena *arena = &across->arena;
    const Settings *settings = file->settings;
    AcrossFile made = {
        .name = arena_str(arena, file->name),
        .path = arena_str(arena, file->path),
        .folder = arena_str(arena, file->folder),
        .settings = {.clang = settings->clang, .n_severities = settings->n_severities}};
    SettingsSeverity *severities =
        ARENA_ARRAY(arena, SettingsSeverity, settings->n_severities + 1);
    for (size_t i = 0; i < settings->n_severities; i++)
        severities[i] = settings->severities[i];
    made.settings.severities = severities;
    *LIST_PUSH(arena, &across->files) = made;
}

// NULL: the thunk is not made because of the document's own text.
static const RRange *place_of(const Result *result, const RFunction *function,
                              const RThunk *thunk)
{
    if (thunk->kind == THUNK_ENTRY)
        return function->in_document && function->reach & REACH_ENTRY ? &function->at
                                                                      : NULL;
    for (uint32_t i = 0; thunk->kind == THUNK_EXIT && i < thunk->sites.len; i++)
        if (result->sites[thunk->sites.at + i].path == 0)
            return &result->sites[thunk->sites.at + i];
    return NULL;
}

static Named kept(Across *across, const Named *named)
{
    Named made = *named;
    made.thunk = arena_str(&across->arena, named->thunk);
    made.convention = arena_str(&across->arena, named->convention);
    made.function = arena_str(&across->arena, named->function);
    made.symbol = arena_str(&across->arena, named->symbol);
    return made;
}

typedef LIST(Named) NamedList;

static void add_thunks(const Across *across, const Result *result,
                       const RFunction *function, Arena *arena, NamedList *found)
{
    for (uint32_t i = 0; i < function->thunks.len && function->convention.len; i++) {
        const RThunk *thunk = &result->thunks[function->thunks.at + i];
        const RRange *at = place_of(result, function, thunk);
        if (!at || !thunk->name.len)
            continue;
        bool is_exit = thunk->kind == THUNK_EXIT;
        *LIST_PUSH(arena, found) = (Named){
            .thunk = result_str(result, thunk->name),
            .convention = result_str(result, function->convention),
            .function = result_str(result, function->name),
            .symbol = result_str(result, function->symbol),
            .file = across->files.len - 1,
            .order = found->len,
            .at = *at,
            .is_exit = is_exit,
            .is_harmless = is_exit && function->reach & REACH_SYSTEM,
        };
    }
}

static int by_convention(const void *left, const void *right)
{
    const Named *a = left, *b = right;
    int order = str_compare(a->thunk, b->thunk);
    if (!order)
        order = str_compare(a->convention, b->convention);
    if (!order)
        order = a->is_harmless - b->is_harmless;
    return order ? order : (a->order > b->order) - (a->order < b->order);
}

// Of each convention one function, and of called ones, which may prove harmless, some.
static void keep_named(Across *across, const NamedList *found)
{
    const Named *before = NULL;
    uint32_t n = 0, first = across->named.len; // of this thunk
    for (uint32_t i = 0; i < found->len; i++) {
        const Named *named = &found->at[i];
        bool is_same_thunk = before && str_eq(before->thunk, named->thunk);
        bool is_alike = is_same_thunk && str_eq(before->convention, named->convention);
        first = is_same_thunk ? first : across->named.len;
        n = is_alike ? n + 1 : 0;
        bool is_one_more = named->is_exit && !named->is_harmless &&
                           n < CALLED_PER_THUNK_MAX && is_alike &&
                           !str_eq(before->symbol, named->symbol);
        before = named;
        if (is_alike && !is_one_more)
            continue;
        Named made = kept(across, named);
        *LIST_PUSH(&across->arena, &across->named) = made;
        for (uint32_t k = first; is_same_thunk && k < across->named.len; k++)
            across->named.at[k].has_twin_here |=
                !str_eq(across->named.at[first].convention, named->convention);
    }
}

static bool starts_at(const RRange *a, const RRange *b)
{
    return a->path == b->path && a->start.line == b->start.line &&
           a->start.byte == b->start.byte;
}

// The function that is called where the finding stands, by its exit thunk; NULL: through
// a pointer, or the finding is no call's.
static const RFunction *callee_at(const Result *result, const RRange *at, uint32_t reach,
                                  const RThunk **ret_thunk)
{
    for (uint32_t i = 0; i < result->n_functions; i++) {
        const RFunction *function = &result->functions[i];
        if ((function->reach & reach) != reach)
            continue;
        for (uint32_t k = 0; k < function->thunks.len; k++) {
            const RThunk *thunk = &result->thunks[function->thunks.at + k];
            for (uint32_t n = 0; thunk->kind == THUNK_EXIT && n < thunk->sites.len; n++) {
                if (!starts_at(&result->sites[thunk->sites.at + n], at))
                    continue;
                *ret_thunk = thunk;
                return function;
            }
        }
    }
    return NULL;
}

static Waiting *add_waiting(Across *across, const RunFile *file, const RFinding *finding,
                            const RFunction *callee)
{
    const Result *result = file->result;
    Waiting *made = LIST_PUSH(&across->arena, &across->waiting);
    *made = (Waiting){.file = across->files.len - 1,
                      .order = across->waiting.len,
                      .number = finding->number,
                      .severity = (Severity)finding->severity,
                      .message = keep(across, result, finding->message),
                      .symbol = keep(across, result, callee->symbol),
                      .start = finding->range.start,
                      .end = finding->range.end};
    for (uint32_t i = 0; i < finding->notes.len; i++) {
        const RNote *note = &result->notes[finding->notes.at + i];
        Str name = note->range.path ? result_path(result, note->range.path) : file->name;
        *LIST_PUSH(&across->arena, &made->notes) = (WaitingNote){
            arena_str(&across->arena, name), keep(across, result, note->message),
            note->range.start, note->range.end};
    }
    return made;
}

// "d0, d1" of "d0, d1 <- x0".
static Str result_of(Str convention)
{
    return str_sub(convention, 0, str_find(convention, STR(" <- ")));
}

static void add_rivals(Across *across, const Result *result, Waiting *waiting,
                       const RFunction *callee, const RThunk *thunk)
{
    Str convention = result_str(result, callee->convention);
    waiting->name = keep(across, result, callee->name);
    waiting->thunk = keep(across, result, thunk->name);
    for (uint32_t i = 0; i < result->n_functions; i++) {
        const RFunction *rival = &result->functions[i];
        Str other = result_str(result, rival->convention);
        for (uint32_t k = 0; k < rival->thunks.len && !str_eq(other, convention); k++) {
            const RThunk *its = &result->thunks[rival->thunks.at + k];
            const RRange *at = place_of(result, rival, its);
            if (!at || its->kind != THUNK_EXIT || !other.len ||
                waiting->rivals.len == RIVALS_MAX ||
                !str_eq(result_str(result, its->name), waiting->thunk))
                continue;
            *LIST_PUSH(&across->arena, &waiting->rivals) = (Rival){
                .symbol = keep(across, result, rival->symbol),
                .name = keep(across, result, rival->name),
                .at = *at,
                .is_system = rival->reach & REACH_SYSTEM,
                .differs_in_result = !str_eq(result_of(other), result_of(convention))};
        }
    }
}

// True: whether it is said depends on which functions the other files define.
static bool waits(Across *across, const RunFile *file, const RFinding *finding)
{
    bool is_variadic = finding->number == EC103 || finding->number == EC134;
    if ((!is_variadic && finding->number != EC225) || finding->range.path)
        return false;
    const RThunk *thunk;
    const RFunction *callee = callee_at(file->result, &finding->range,
                                        is_variadic ? REACH_VARIADIC : 0, &thunk);
    if (!callee)
        return false;
    Waiting *waiting = add_waiting(across, file, finding, callee);
    if (!is_variadic)
        add_rivals(across, file->result, waiting, callee, thunk);
    return true;
}

void across_add(Across *across, const RunFile *file, bool *ret_held)
{
    const Result *result = file->result;
    for (uint32_t i = 0; i < result->n_findings; i++)
        ret_held[i] = false;
    if (!file->is_of_project)
        return;
    Arena arena;
    NamedList found = {0};
    arena_init(&arena, ACROSS_ARENA_BYTES_MAX);
    add_file(across, file);
    for (uint32_t i = 0; i < result->n_functions; i++) {
        const RFunction *function = &result->functions[i];
        if (function->reach & REACH_DEFINED) {
            Str symbol = keep(across, result, function->symbol);
            *LIST_PUSH(&across->arena, &across->defined) = symbol;
            across->files.at[across->files.len - 1].has_main |=
                is_main(result_str(result, function->name));
        }
        add_thunks(across, result, function, &arena, &found);
    }
    if (found.len)
        list_sort(found.at, found.len, sizeof *found.at, by_convention);
    keep_named(across, &found);
    arena_done(&arena);
    for (uint32_t i = 0; i < result->n_findings; i++)
        ret_held[i] = waits(across, file, &result->findings[i]);
}

// --- What comes out
// ---------------------------------------------------------------------

// A file about which there is more to say.
typedef struct More {
    Across *across;
    uint32_t file;
    bool is_open;
    Arena arena;
    Job job;
    Unit unit;
} More;

static bool more_open(More *more)
{
    const AcrossFile *file = &more->across->files.at[more->file];
    Str text, why;
    if (more->is_open)
        return true;
    arena_init(&more->arena, ACROSS_ARENA_BYTES_MAX);
    if (disk_read(&more->arena, file->path, ACROSS_TEXT_BYTES_MAX, &text, &why) !=
        ERR_NONE) {
        arena_done(&more->arena); // gone since
        return false;
    }
    more->job = (Job){.path = file->path, .text = text};
    unit_init(&more->unit, &more->arena, &more->job);
    more->unit.sees_other_files = true;
    more->is_open = true;
    return true;
}

static void more_close(More *more, Report *report)
{
    if (!more->is_open)
        return;
    const AcrossFile *file = &more->across->files.at[more->file];
    Buf block;
    Result result;
    buf_init(&block, RESULT_BYTES_MAX);
    unit_finish(&more->unit, STAGE_LIVE, &block);
    if (result_open(buf_str(&block), build_id(), &result) == ERR_NONE) {
        ReportFile shown = {.name = file->name,
                            .folder = file->folder,
                            .text = more->job.text,
                            .result = &result,
                            .settings = &file->settings,
                            .is_more = true};
        report_file(report, &shown);
    }
    buf_done(&block);
    unit_done(&more->unit);
    arena_done(&more->arena);
}

static int by_text(const void *left, const void *right)
{
    return str_compare(*(const Str *)left, *(const Str *)right);
}

static bool is_defined(const Across *across, Str symbol)
{
    uint32_t from = 0, to = across->defined.len;
    while (from < to) {
        uint32_t middle = from + (to - from) / 2;
        int order = str_compare(across->defined.at[middle], symbol);
        if (order == 0)
            return true;
        if (order < 0)
            from = middle + 1;
        else
            to = middle;
    }
    return false;
}

static DiagText text_of(uint16_t number)
{
    return number == EC103 ? EC103_call : number == EC134 ? EC134_call : EC225_result;
}

static void say_as_it_was(More *more, const Waiting *waiting)
{
    Unit *unit = &more->unit;
    // The words are known already; one for each of the text's arguments.
    const Str args[] = {STR_INIT(""), STR_INIT(""), STR_INIT("")};
    uint32_t n = waiting->number == EC103 ? 0 : waiting->number == EC134 ? 1 : 3;
    Finding *finding = unit_report(unit, text_of(waiting->number),
                                   (Place){0, waiting->start, waiting->end}, n, args);
    finding->severity = waiting->severity;
    finding->message = waiting->message;
    for (uint32_t i = 0; i < waiting->notes.len; i++) {
        const WaitingNote *note = &waiting->notes.at[i];
        bool is_here = str_eq(note->file, more->across->files.at[more->file].name);
        uint32_t path = is_here ? 0 : unit_path(unit, note->file);
        unit_note(unit, finding, (Place){path, note->start, note->end}, note->message);
    }
}

static void say_rival(More *more, const Waiting *waiting, const Rival *rival)
{
    Unit *unit = &more->unit;
    Finding *finding =
        REPORT(unit, rival->differs_in_result ? EC225_result : EC225_arguments,
               ((Place){0, waiting->start, waiting->end}), rival->name, waiting->name,
               waiting->thunk);
    finding->severity = waiting->severity;
    unit_note(unit, finding, (Place){0, rival->at.start, rival->at.end},
              arena_format(unit->arena, "'%.*s' is the other one", STR_ARG(rival->name)));
}

// Which function of the file may run with this one's exit thunk; NULL: none.
static const Rival *live_rival(const Across *across, const Waiting *waiting)
{
    for (uint32_t i = 0; i < waiting->rivals.len; i++) {
        const Rival *rival = &waiting->rivals.at[i];
        if (!rival->is_system && !is_defined(across, rival->symbol))
            return rival;
    }
    return NULL;
}

static void say_waiting(More *more, const Waiting *waiting)
{
    bool is_live = !is_defined(more->across, waiting->symbol);
    const Rival *rival = is_live ? NULL : live_rival(more->across, waiting);
    if ((!is_live && !rival) || !more_open(more))
        return;
    if (is_live)
        say_as_it_was(more, waiting);
    else
        say_rival(more, waiting, rival);
}

// A twin that was found: where the finding stands, and the other one.
typedef struct Twin {
    const Named *at, *other;
} Twin;
typedef LIST(Twin) TwinList;

static void say_twin(More *more, const Twin *twin)
{
    if (!more_open(more))
        return;
    Unit *unit = &more->unit;
    const Named *at = twin->at, *other = twin->other;
    Str file = more->across->files.at[other->file].name;
    Place place = {0, at->at.start, at->at.end};
    Finding *finding =
        REPORT(unit, EC225_across, place, at->function, other->function, file, at->thunk);
    unit_note(
        unit, finding, (Place){unit_path(unit, file), other->at.start, other->at.end},
        arena_format(unit->arena, "'%.*s' is the other one", STR_ARG(other->function)));
}

static int by_thunk(const void *left, const void *right)
{
    const Named *a = left, *b = right;
    int order = str_compare(a->thunk, b->thunk);
    if (!order)
        order = (a->file > b->file) - (a->file < b->file);
    return order ? order
                 : (a->at.start.line > b->at.start.line) -
                       (a->at.start.line < b->at.start.line);
}

static bool is_twin(const Across *across, const Named *a, const Named *b)
{
    return !str_eq(a->convention, b->convention) && !(a->is_harmless && b->is_harmless) &&
           a->file != b->file && !str_eq(a->symbol, b->symbol) &&
           !(across->files.at[a->file].has_main && across->files.at[b->file].has_main);
}

// Stands for all of its convention that come later.
static bool is_represented(const Across *across, Named *const *at, uint32_t n,
                           const Named *named)
{
    for (uint32_t i = 0; i < n; i++)
        if (str_eq(at[i]->convention, named->convention) &&
            at[i]->is_harmless == named->is_harmless &&
            across->files.at[at[i]->file].has_main ==
                across->files.at[named->file].has_main)
            return true;
    return n == REPRESENTATIVES_MAX;
}

static void judge(Across *across, Named *group, uint32_t n_group, TwinList *twins)
{
    Named *earlier[REPRESENTATIVES_MAX];
    uint32_t n = 0;
    for (uint32_t i = 0; i < n_group; i++) {
        Named *named = &group[i];
        for (uint32_t k = 0; k < n; k++) {
            if (!is_twin(across, named, earlier[k]))
                continue;
            Named *at = named->is_harmless ? earlier[k] : named;
            Named *other = named->is_harmless ? named : earlier[k];
            if (at->is_told || at->has_twin_here)
                continue;
            at->is_told = true;
            *LIST_PUSH(&across->arena, twins) = (Twin){at, other};
            break;
        }
        if (!is_represented(across, earlier, n, named))
            earlier[n++] = named;
    }
}

static int by_file(const void *left, const void *right)
{
    const Named *a = ((const Twin *)left)->at, *b = ((const Twin *)right)->at;
    int order = (a->file > b->file) - (a->file < b->file);
    return order ? order : str_compare(a->thunk, b->thunk);
}

static void find_twins(Across *across, TwinList *ret_twins)
{
    Named *at = across->named.at;
    uint32_t n = across->named.len;
    if (n == 0)
        return;
    list_sort(at, n, sizeof *at, by_thunk);
    for (uint32_t begin = 0, end; begin < n; begin = end) {
        for (end = begin + 1; end < n && str_eq(at[end].thunk, at[begin].thunk);)
            end++;
        judge(across, at + begin, end - begin, ret_twins);
    }
    if (ret_twins->len)
        list_sort(ret_twins->at, ret_twins->len, sizeof *ret_twins->at, by_file);
}

void across_report(Across *across, Report *report)
{
    TwinList twins = {0};
    if (across->defined.len)
        list_sort(across->defined.at, across->defined.len, sizeof *across->defined.at,
                  by_text);
    for (uint32_t i = 0; i < across->named.len; i++) {
        Named *named = &across->named.at[i];
        named->is_harmless |= named->is_exit && is_defined(across, named->symbol);
    }
    find_twins(across, &twins);
    uint32_t waiting = 0, twin = 0;
    for (uint32_t file = 0; file < across->files.len; file++) {
        More more = {.across = across, .file = file};
        for (; waiting < across->waiting.len && across->waiting.at[waiting].file == file;
             waiting++)
            say_waiting(&more, &across->waiting.at[waiting]);
        for (; twin < twins.len && twins.at[twin].at->file == file; twin++)
            say_twin(&more, &twins.at[twin]);
        more_close(&more, report);
    }
}
