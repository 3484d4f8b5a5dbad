#include "codegen/frontend/clang.h"

#include "codegen/arch/verdict.h"
#include "codegen/cut/cut.h"
#include "codegen/frontend/clang_skipped.h"
#include "codegen/frontend/clang_unit.h"
#include "codegen/frontend/language.h"
#include "codegen/frontend/readable.h"
#include "codegen/frontend/text_head.h"
#include "protocol/base/hash.h"

#include <clang-c/Index.h>

#include <dlfcn.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

// A translation unit that stays parsed between edits.
typedef struct Warm {
    char *path;
    Hash args; // of the argument list it was parsed with
    CXTranslationUnit tu;
    unsigned options;  // of the parse: with a preamble, or plain
    bool has_preamble; // as far as the options allow one
    ClangIncludes includes;
    uint64_t used; // turn of the last use
} Warm;

// The translation unit of a function by itself (cut/cut.h).
typedef struct WarmCut {
    const Cut *cut; // NULL: free
    uint32_t prefix_key;
    Hash args;
    CXTranslationUnit tu;
} WarmCut;

struct Clang {
    CXIndex index;
    char *resource_dir;
    PipelineReads *reads;
    Spans *spans; // the pipeline's
    Warm warm[PIPELINE_WARM_MAX];
    WarmCut cuts[CUTS_MAX];
    uint64_t turn;
};

// Excluding declarations that come from the preamble makes an edit behind windows.h cost
// 2.5 ms instead of 120-210; a preamble on disk would survive a killed worker.
Clang *clang_open(Str resource_dir, PipelineReads *reads, Spans *spans)
{
    CXIndexOptions options = {
        .Size = sizeof options,
        .ExcludeDeclarationsFromPCH = 1,
        .StorePreamblesInMemory = 1,
        .ThreadBackgroundPriorityForIndexing = CXChoice_Disabled,
        .ThreadBackgroundPriorityForEditing = CXChoice_Disabled,
    };
    CXIndex index = clang_createIndexWithOptions(&options);
    if (!index)
        return NULL;
    Clang *clang = mem_new(sizeof *clang);
    clang->index = index;
    clang->resource_dir = mem_copy(resource_dir);
    clang->reads = reads;
    clang->spans = spans;
    return clang;
}

static void warm_drop(Warm *warm)
{
    if (warm->tu)
        clang_disposeTranslationUnit(warm->tu);
    clang_includes_done(&warm->includes);
    mem_free(warm->path);
    *warm = (Warm){0};
}

static void warm_cut_drop(WarmCut *warm)
{
    if (warm->tu)
        clang_disposeTranslationUnit(warm->tu);
    *warm = (WarmCut){0};
}

void clang_close(Clang *owned_clang)
{
    if (!owned_clang)
        return;
    for (size_t i = 0; i < CUTS_MAX; i++)
        warm_cut_drop(&owned_clang->cuts[i]);
    for (size_t i = 0; i < PIPELINE_WARM_MAX; i++)
        warm_drop(&owned_clang->warm[i]);
    clang_disposeIndex(owned_clang->index);
    mem_free(owned_clang->resource_dir);
    mem_free(owned_clang);
}

Str clang_version_number(Arena *arena)
{
    Str text = clang_str(arena, clang_getClangVersion());
    Str rest = str_from(text, str_find(text, STR("version ")) + 8);
    size_t end = 0;
    while (end < rest.len && (is_digit(rest.at[end]) || rest.at[end] == '.'))
        end++;
    return str_sub(rest, 0, end);
}

static bool has_resource_headers(Arena *arena, Str dir)
{
    struct stat info;
    Str probe = arena_format(arena, "%.*s/include/stddef.h", STR_ARG(dir));
    return stat(probe.at, &info) == 0 && S_ISREG(info.st_mode);
}

// libclang's own guess is relative to the working directory on Debian: a hostile folder
// could supply headers. So: beside the library that is really loaded, absolute, checked.
Str clang_resource_dir(Arena *arena)
{
    static const char *const below[] = {"clang", "../lib/clang", "../llvm-%.*s/lib/clang",
                                        "../../lib/llvm-%.*s/lib/clang"};
    Str version = clang_version_number(arena);
    Str major = str_sub(version, 0, str_find_char(version, '.'));
    Dl_info info;
    union {
        CXString (*function)(void);
        const void *address;
    } here = {clang_getClangVersion};
    if (!dladdr(here.address, &info) || !info.dli_fname || info.dli_fname[0] != '/')
        return STR("");
    Str library = str_of(info.dli_fname);
    Str folder = str_sub(library, 0, str_find_char_last(library, '/'));
    for (size_t i = 0; i < COUNTOF(below); i++) {
        char step[64];
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
        snprintf(step, sizeof step, below[i], STR_ARG(major));
#pragma GCC diagnostic pop
        Str dir =
            arena_format(arena, "%.*s/%s/%.*s", STR_ARG(folder), step, STR_ARG(major));
        if (has_resource_headers(arena, dir))
            return dir;
    }
    Str built = arena_format(arena, "%s/clang/%.*s", LLVM_LIBDIR, STR_ARG(major));
    return has_resource_headers(arena, built) ? built : STR("");
}

typedef struct Arguments {
    const char **at;
    int n;
    int cap;
} Arguments;

static void add(Arguments *args, const char *text)
{
    CHECK_BUG(args->n < args->cap);
    args->at[args->n++] = text;
}

static Arguments arguments(const Clang *clang, const Unit *unit, const Flags *flags,
                           const Headers *headers)
{
    Arena *arena = unit->arena;
    Arguments args = {.cap = (int)(flags->args.len + headers->args.len) + 16};
    args.at = ARENA_ARRAY(arena, const char *, (size_t)args.cap);
    bool cpp = flags->language == LANGUAGE_CPP;
    bool header = language_is_header(unit->job->path);
    add(&args, "-x");
    add(&args, cpp ? header ? "c++-header" : "c++" : header ? "c-header" : "c");
    add(&args,
        arena_z(arena, arena_format(arena, "--target=%.*s", STR_ARG(unit->target))));
    add(&args, "-resource-dir");
    add(&args, clang->resource_dir);
    add(&args, "-nostdlibinc"); // the host's own headers are never right for the target
    for (uint32_t i = 0; i < flags->args.len; i++)
        add(&args, arena_z(arena, flags->args.at[i]));
    for (uint32_t i = 0; i < headers->args.len; i++)
        add(&args, arena_z(arena, headers->args.at[i]));
    add(&args, "-Qunused-arguments");
    add(&args, "-ferror-limit=0"); // clang's limit would end the analysis of the file
    if (header)
        add(&args, "-Wno-pragma-once-outside-header");
    return args;
}

static Hash arguments_hash(const Arguments *args)
{
    Hasher hasher;
    hasher_init(&hasher);
    for (int i = 0; i < args->n; i++)
        hasher_put_str(&hasher, str_of(args->at[i]));
    return hasher_done(&hasher);
}

static Warm *warm_find(Clang *clang, Str path)
{
    for (size_t i = 0; i < PIPELINE_WARM_MAX; i++)
        if (clang->warm[i].path && str_eq(str_of(clang->warm[i].path), path))
            return &clang->warm[i];
    return NULL;
}

static Warm *warm_place(Clang *clang, Str path)
{
    Warm *oldest = &clang->warm[0];
    for (size_t i = 0; i < PIPELINE_WARM_MAX; i++) {
        if (!clang->warm[i].path) {
            oldest = &clang->warm[i];
            break;
        }
        if (clang->warm[i].used < oldest->used)
            oldest = &clang->warm[i];
    }
    warm_drop(oldest);
    oldest->path = mem_copy(path);
    return oldest;
}

// The first parse makes no preamble, and is most often the only one.
static Str text_to_parse(Unit *unit)
{
    if (!unit->job->is_edit)
        return unit->job->text;
    TextHead head = text_head(unit->arena, unit->job->text);
    unit->n_head = head.n_new;
    unit->n_head_old = head.n_old;
    return head.text;
}

static struct CXUnsavedFile *unsaved_files(Unit *unit, unsigned *ret_n)
{
    const Job *job = unit->job;
    const Cut *cut = unit->cut;
    struct CXUnsavedFile *files =
        ARENA_ARRAY(unit->arena, struct CXUnsavedFile, job->n_dirty + 2);
    unsigned n = 0;
    Str main = cut ? buf_str(&cut->main) : text_to_parse(unit);
    files[n++] = (struct CXUnsavedFile){arena_z(unit->arena, job->path), main.at,
                                        (unsigned long)main.len};
    if (cut)
        files[n++] = (struct CXUnsavedFile){cut->include, cut->prefix.text.at,
                                            (unsigned long)cut->prefix.text.len};
    for (uint32_t i = 0; i < job->n_dirty; i++)
        if (!str_eq(job->dirty[i].path, job->path))
            files[n++] = (struct CXUnsavedFile){arena_z(unit->arena, job->dirty[i].path),
                                                job->dirty[i].text.at,
                                                (unsigned long)job->dirty[i].text.len};
    *ret_n = n;
    return files;
}

static const char *error_name(enum CXErrorCode code)
{
    switch (code) {
    case CXError_Success:
        return "success";
    case CXError_Failure:
        return "it could not read the file or the arguments";
    case CXError_Crashed:
        return "it crashed";
    case CXError_InvalidArguments:
        return "invalid arguments";
    case CXError_ASTReadError:
        return "AST read error";
    }
    return "unknown error";
}

// The record is for clang_skipped(). Of a cut nobody asks.
static const unsigned plain_options =
    CXTranslationUnit_KeepGoing | CXTranslationUnit_DetailedPreprocessingRecord;
// The preamble is made by the second parse: it costs as much again, and the first Result
// does not need it.
static const unsigned first_options = CXTranslationUnit_PrecompiledPreamble |
                                      CXTranslationUnit_KeepGoing |
                                      CXTranslationUnit_DetailedPreprocessingRecord;
static const unsigned warm_options = CXTranslationUnit_PrecompiledPreamble |
                                     CXTranslationUnit_CreatePreambleOnFirstParse |
                                     CXTranslationUnit_KeepGoing;

// A source that includes itself cannot have a preamble; libclang says so in an error.
static bool includes_itself(CXTranslationUnit tu)
{
    bool yes = false;
    unsigned n = tu ? clang_getNumDiagnostics(tu) : 0;
    for (unsigned i = 0; i < n && !yes; i++) {
        CXDiagnostic diagnostic = clang_getDiagnostic(tu, i);
        CXString text = clang_getDiagnosticSpelling(diagnostic);
        yes = str_has(str_of(clang_getCString(text)),
                      STR("main file cannot be included recursively"));
        clang_disposeString(text);
        clang_disposeDiagnostic(diagnostic);
    }
    return yes;
}

static CXTranslationUnit parse_new(Clang *clang, Unit *unit, const Arguments *args,
                                   unsigned options, enum CXErrorCode *ret_code)
{
    unsigned n_unsaved = 0;
    struct CXUnsavedFile *unsaved = unsaved_files(unit, &n_unsaved);
    CXTranslationUnit tu = NULL;
    *ret_code = clang_parseTranslationUnit2(clang->index, unsaved[0].Filename, args->at,
                                            args->n, unsaved, n_unsaved, options, &tu);
    return *ret_code == CXError_Success ? tu : NULL;
}

// The warm unit, brought up to date. NULL: there is none, or it can only be dropped.
static CXTranslationUnit reparse(Clang *clang, Unit *unit, Warm *warm, Hash args)
{
    unsigned n_unsaved = 0;
    if (!warm || !hash_eq(warm->args, args))
        return NULL;
    struct CXUnsavedFile *unsaved = unsaved_files(unit, &n_unsaved);
    warm->used = clang->turn;
    warm->has_preamble = true;
    if (clang_reparseTranslationUnit(warm->tu, n_unsaved, unsaved, warm->options) != 0)
        return NULL; // libclang allows nothing but disposal after it
    bool stumbles = warm->options != plain_options && includes_itself(warm->tu);
    return stumbles ? NULL : warm->tu;
}

static CXTranslationUnit parse(Clang *clang, Unit *unit, const Arguments *args,
                               enum CXErrorCode *ret_code)
{
    Str path = unit->job->path;
    Hash hash = arguments_hash(args);
    unsigned options = unit->job->is_once ? plain_options : first_options;
    clang->turn++;
    *ret_code = CXError_Success;
    Warm *warm = warm_find(clang, path);
    CXTranslationUnit tu = reparse(clang, unit, warm, hash);
    if (tu)
        return tu;
    if (warm)
        warm_drop(warm);
    tu = parse_new(clang, unit, args, options, ret_code);
    if (tu && includes_itself(tu)) {
        clang_disposeTranslationUnit(tu);
        options = plain_options;
        tu = parse_new(clang, unit, args, options, ret_code);
    }
    if (!tu)
        return NULL;
    warm = warm_place(clang, path);
    *warm = (Warm){.path = warm->path,
                   .args = hash,
                   .tu = tu,
                   .options = options,
                   .used = clang->turn};
    return tu;
}

static void keep_arguments(const Clang *clang, Unit *unit, const Arguments *args)
{
    for (int i = 0; i < args->n; i++)
        *LIST_PUSH(unit->arena, &unit->arguments) = str_of(args->at[i]);
    if (clang->reads)
        clang->reads(readable_folders(
            unit->arena, unit->job, (StrSpan){unit->arguments.at, unit->arguments.len}));
}

static ArchVerdicts *verdicts_of(Unit *unit, const Flags *flags, const Headers *headers,
                                 ArchCache *cache, ArchMode mode,
                                 const ArchSkipped *skipped)
{
    ArchWalk *walk = ARENA_NEW(unit->arena, ArchWalk);
    bool is_gnu = headers->environment == ENVIRONMENT_GNU;
    arch_walk(walk, cache, unit->arena, unit->job, unit->text, flags, headers, mode,
              skipped);
    return arch_verdicts(walk, world_flavour(unit->builder, is_gnu));
}

// The conditions, before clang's diagnostics: many follow from one of them.
static void judge_conditions(ClangView *view, ArchCache *cache)
{
    Unit *unit = view->unit;
    const Flags *flags = view->flags;
    const Headers *headers = view->headers;
    const ArchSkipped *skipped = clang_skipped(view);
    arch_cache_settle(cache);
    ArchVerdicts *closed = verdicts_of(unit, flags, headers, cache, ARCH_SOURCE, skipped);
    unit->arch = closed;
    if (!language_is_header(unit->job->path))
        return;
    unit->arch = verdicts_of(unit, flags, headers, cache, ARCH_HEADER, skipped);
    arch_verdicts_confirm(unit->arch, closed);
}

bool clang_analyse(Clang *clang, Unit *unit, const Flags *flags, const Headers *headers,
                   ArchCache *arch, Str *ret_why)
{
    Arguments args = arguments(clang, unit, flags, headers);
    enum CXErrorCode code = CXError_Success;
    keep_arguments(clang, unit, &args);
    for (uint32_t i = 0; i < flags->compile_args.len; i++)
        *LIST_PUSH(unit->arena, &unit->arguments) = flags->compile_args.at[i];
    spans_next(clang->spans, SPAN_PARSE);
    ClangView view = {.unit = unit,
                      .index = clang->index,
                      .headers = headers,
                      .flags = flags,
                      .tu = parse(clang, unit, &args, &code)};
    if (!view.tu) {
        *ret_why = str_of(error_name(code));
        return false;
    }
    spans_next(clang->spans, SPAN_WALK);
    view.document = clang_getFile(view.tu, arena_z(unit->arena, unit->job->path));
    view.kept = &warm_find(clang, unit->job->path)->includes;
    clang_collect_includes(&view);
    judge_conditions(&view, arch);
    clang_collect_diagnostics(&view);
    clang_collect_symbols(&view);
    clang_collect_functions(&view);
    return true;
}

// As the next edit will be parsed (text_head.h). False: libclang allows nothing but
// disposal after it.
static bool make_preamble(Unit *unit, Warm *warm)
{
    Job edit = *unit->job;
    const Job *job = unit->job;
    unsigned n_unsaved = 0;
    edit.is_edit = true;
    unit->job = &edit;
    struct CXUnsavedFile *unsaved = unsaved_files(unit, &n_unsaved);
    unit->job = job;
    warm->has_preamble = true;
    return clang_reparseTranslationUnit(warm->tu, n_unsaved, unsaved, warm->options) == 0;
}

// A reparse makes a new tree anyway and keeps no more than the preamble.
void clang_rest(Clang *clang, Unit *unit)
{
    Warm *warm = warm_find(clang, unit->job->path);
    if (!warm)
        return;
    bool wants_preamble = !unit->job->is_once && warm->options != plain_options;
    if (wants_preamble && !warm->has_preamble && !make_preamble(unit, warm))
        warm_drop(warm);
    else
        clang_suspendTranslationUnit(warm->tu);
}

// Parsed for the first time it makes the preamble, which is what costs.
static CXTranslationUnit parse_cut(Clang *clang, Unit *unit, const Arguments *args)
{
    const Cut *cut = unit->cut;
    Hash hash = arguments_hash(args);
    enum CXErrorCode code;
    WarmCut *warm = &clang->cuts[0];
    for (size_t i = 0; i < CUTS_MAX; i++)
        if (clang->cuts[i].cut == cut || (!clang->cuts[i].cut && warm->cut != cut))
            warm = &clang->cuts[i];
    unsigned n_unsaved = 0;
    struct CXUnsavedFile *unsaved = unsaved_files(unit, &n_unsaved);
    bool is_warm = warm->cut == cut && warm->prefix_key == cut->prefix_key &&
                   hash_eq(warm->args, hash);
    if (is_warm &&
        clang_reparseTranslationUnit(warm->tu, n_unsaved, unsaved, warm_options) == 0)
        return warm->tu;
    warm_cut_drop(warm);
    CXTranslationUnit tu = parse_new(clang, unit, args, warm_options, &code);
    // A first parse shows what stands in the preamble; those that follow do not.
    if (tu && clang_reparseTranslationUnit(tu, n_unsaved, unsaved, warm_options) != 0) {
        clang_disposeTranslationUnit(tu);
        return NULL;
    }
    if (tu)
        *warm =
            (WarmCut){.cut = cut, .prefix_key = cut->prefix_key, .args = hash, .tu = tu};
    return tu;
}

bool clang_analyse_cut(Clang *clang, Unit *unit, const Flags *flags,
                       const Headers *headers)
{
    Arguments args = arguments(clang, unit, flags, headers);
    keep_arguments(clang, unit, &args);
    ClangView view = {.unit = unit,
                      .index = clang->index,
                      .headers = headers,
                      .flags = flags,
                      .tu = parse_cut(clang, unit, &args)};
    if (!view.tu)
        return false;
    view.document = clang_getFile(view.tu, arena_z(unit->arena, unit->job->path));
    view.prefix = clang_getFile(view.tu, unit->cut->include);
    Warm *whole = warm_find(clang, unit->job->path);
    ClangIncludes own;
    clang_includes_init(&own);
    view.kept = whole && whole->includes.known ? &whole->includes : &own;
    clang_collect_diagnostics(&view);
    clang_collect_symbols(&view);
    clang_collect_functions(&view);
    clang_includes_done(&own);
    return true;
}

void clang_forget_cut(Clang *clang, const Cut *cut)
{
    for (size_t i = 0; cut && i < CUTS_MAX; i++)
        if (clang->cuts[i].cut == cut)
            warm_cut_drop(&clang->cuts[i]);
}

void clang_forget(Clang *clang, Str path)
{
    Warm *warm = warm_find(clang, path);
    if (warm)
        warm_drop(warm);
}
