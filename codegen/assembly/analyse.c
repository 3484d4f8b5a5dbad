#include "codegen/assembly/analyse.h"

#include "codegen/assembly/armasm.h"
#include "codegen/assembly/colour.h"
#include "codegen/assembly/complaints.h"
#include "codegen/assembly/dialect.h"
#include "codegen/assembly/expand.h"
#include "codegen/assembly/model.h"
#include "codegen/assembly/outline.h"
#include "codegen/assembly/preprocess.h"
#include "codegen/frontend/document.h"
#include "codegen/rules/assembly_file.h"

#include <string.h>

enum { EARLY_BYTES_MIN = 16 * 1024 };

typedef struct Analysis {
    Unit *unit;
    ArchCache *cache;
    const Flags *flags;
    const Headers *headers;
    const AssemblyTools *tools;
    AsmComplaints carried; // of the Result that came first
    LIST(Str) declarations;
    AsmFiles files;
    AsmText flat; // preprocessed, with what .include brings
    bool has_unseen, is_armasm, leaves_out_arm;
    AssemblerFlight *flight; // NULL: LLVM does not read it
    AsmModel model;
} Analysis;

// --- What it was taken for
// --------------------------------------------------------------

// The head of RInfo.command, which `check -v`, hover and status show.
static void taken_for(Unit *unit, Str words)
{
    unit->command =
        arena_format(unit->arena, "%.*s; %.*s", STR_ARG(words), STR_ARG(unit->command));
}

// A command of the file's own says that it is built for Arm64EC.
static bool has_own_command(const Job *job)
{
    return job->origin == COMMAND_DATABASE || job->origin == COMMAND_ARGUMENTS ||
           job->origin == COMMAND_SETTINGS;
}

static void leave_alone(Unit *unit, Str words)
{
    taken_for(unit, arena_format(unit->arena, "%.*s, left alone", STR_ARG(words)));
}

static bool is_x86(AsmDialect dialect)
{
    return dialect == DIALECT_X86_MASM || dialect == DIALECT_X86_NASM ||
           dialect == DIALECT_X86_INTEL || dialect == DIALECT_X86_ATT;
}

static void report_x64(Unit *unit, Str words)
{
    if (has_own_command(unit->job) && is_x86(asm_dialect(unit->text)))
        REPORT(unit, EC508_file, unit_first_line(unit), words);
}

// --- The text
// ---------------------------------------------------------------------------

// Block comments, which may run over many lines, become blanks of the same length.
static Str without_block_comments(Arena *arena, Str text)
{
    if (!str_has(text, STR("/*")))
        return text;
    char *copy = arena_z(arena, text);
    for (size_t i = 0; i + 1 < text.len; i++) {
        if (copy[i] == '/' && copy[i + 1] == '/') {
            while (i < text.len && copy[i] != '\n')
                i++;
        } else if (copy[i] == '"') {
            for (i++; i < text.len && copy[i] != '"' && copy[i] != '\n'; i++)
                i += copy[i] == '\\';
        } else if (copy[i] == '/' && copy[i + 1] == '*') {
            size_t end = i + 2 + str_find(str_from(text, i + 2), STR("*/")) + 2;
            for (; i < end && i < text.len; i++)
                if (copy[i] != '\n')
                    copy[i] = ' ';
            i--;
        }
    }
    return (Str){copy, text.len};
}

// .include of GNU's: beside the document, as the command's folders have it.
typedef struct Opener {
    ArchWalk walk;
    Unit *unit;
} Opener;

static bool open_include(void *owner, Str name, Str *ret_path, Str *ret_text)
{
    Opener *opener = owner;
    uint32_t file = arch_sources_find(&opener->walk.sources, 0, name, false);
    if (file == UINT32_MAX || !opener->walk.sources.files.at[file].scanned)
        return false;
    *ret_path = opener->walk.sources.files.at[file].path;
    *ret_text = opener->walk.sources.files.at[file].scanned->text;
    uint32_t index = unit_path(opener->unit, *ret_path);
    Place where;
    if (!unit_include_place(opener->unit, index, &where)) {
        uint32_t at = (uint32_t)str_find(opener->unit->text, name);
        uint32_t end = at + (uint32_t)name.len;
        *LIST_PUSH(opener->unit->arena, &opener->unit->includes) = index;
        *LIST_PUSH(opener->unit->arena, &opener->unit->include_places) =
            end <= opener->unit->text.len ? unit_place(opener->unit, at, end)
                                          : unit_first_line(opener->unit);
    }
    return true;
}

static void inline_includes(Analysis *a)
{
    if (!str_has(a->flat.text, STR(".include")))
        return;
    Opener *opener = ARENA_NEW(a->unit->arena, Opener);
    opener->unit = a->unit;
    arch_begin(&opener->walk, a->cache, a->unit->arena, a->unit->job, a->unit->text,
               a->flags, a->headers, ARCH_SOURCE);
    AsmText inlined;
    asm_inline_includes(&a->files, &a->flat, open_include, opener, &inlined);
    a->flat = inlined;
    a->has_unseen |= str_has(a->flat.text, STR(".include"));
}

static bool goes_through_preprocessor(const Analysis *a)
{
    if (a->is_armasm) // cl does it, where somebody asks for it
        return str_has(a->unit->text, STR("#include")) ||
               str_has(a->unit->text, STR("#if")) ||
               str_has(a->unit->text, STR("#define"));
    return document_is_preprocessed(a->unit->job);
}

static void read_text(Analysis *a)
{
    if (goes_through_preprocessor(a)) {
        AsmPreprocessed done;
        asm_preprocess(&a->files, a->cache, a->flags, a->headers, &done);
        a->flat = done.text;
        a->has_unseen = done.has_unseen;
        a->leaves_out_arm = done.left_out_arm;
        if (done.is_cut_short)
            REPORT(a->unit, EC905_assembly, unit_first_line(a->unit),
                   STR("included text"));
    } else {
        a->flat.text = a->is_armasm
                           ? a->unit->text
                           : without_block_comments(a->unit->arena, a->unit->text);
    }
    if (!a->is_armasm)
        inline_includes(a);
    else
        asm_from_armasm(&a->files, &a->flat, &a->has_unseen, &a->flat);
}

// --- The whole
// --------------------------------------------------------------------------

// After the preprocessor: what a mixed file holds for Arm64EC.
static bool holds_other_processor(const Analysis *a, Str *ret_words)
{
    if (a->is_armasm || !a->flat.origin)
        return false;
    AsmDialect dialect = asm_dialect(a->flat.text);
    if (dialect == DIALECT_UNKNOWN || dialect == DIALECT_A64_GNU ||
        dialect == DIALECT_A32_GNU)
        return false;
    *ret_words = arena_format(a->unit->arena, "%.*s for Arm64EC",
                              STR_ARG(asm_dialect_name(dialect)));
    return true;
}

static bool is_for_other_system(const Analysis *a, Str *ret_words)
{
    if (!a->model.is_elf && !a->model.is_mach_o)
        return false;
    *ret_words =
        a->model.is_elf ? STR("GNU assembly for ELF") : STR("GNU assembly for Mach-O");
    return !has_own_command(a->unit->job);
}

static void report_limit(const Analysis *a, const AsmExpanded *expanded)
{
    if (!expanded->limit.len)
        return;
    Str line = str_from(a->flat.text, expanded->limit_at);
    uint32_t n = (uint32_t)str_find_char(line, '\n');
    AsmFiles files = a->files;
    REPORT(a->unit, EC905_assembly,
           asm_place(&files, &a->flat, expanded->limit_at, expanded->limit_at + n),
           expanded->limit);
}

// --- Thunks
// -----------------------------------------------------------------------------

static bool make_thunk(void *owner, const AbiSignature *signature, Str *ret_name,
                       Str *ret_assembly)
{
    Analysis *a = owner;
    Arena *arena = a->unit->arena;
    bool is_gnu = a->headers->environment == ENVIRONMENT_GNU;
    LowSignature low =
        abi_lower(arena, signature, is_gnu ? ABI_ENVIRONMENT_GNU : ABI_ENVIRONMENT_MSVC,
                  a->tools->own_llvm);
    *ret_assembly = probe_assembly_kept(a->tools->probe, arena, &low, true);
    *ret_name = str_sub(*ret_assembly, 0, str_find_char(*ret_assembly, ':'));
    return str_starts(*ret_name, STR("$ientry_thunk$"));
}

// C texts that may declare what is defined here: open documents, and the header and
// source of the same name.
static void find_declarations(Analysis *a)
{
    Arena *arena = a->unit->arena;
    const Job *job = a->unit->job;
    static const char *const endings[] = {".h", ".c", ".cpp"};
    for (uint32_t i = 0; i < job->n_dirty; i++)
        *LIST_PUSH(arena, &a->declarations) = job->dirty[i].text;
    ArchWalk *walk = ARENA_NEW(arena, ArchWalk);
    arch_begin(walk, a->cache, arena, job, a->unit->text, a->flags, a->headers,
               ARCH_SOURCE);
    Str stem = str_sub(job->path, 0, str_find_char_last(job->path, '.'));
    for (size_t i = 0; i < COUNTOF(endings); i++) {
        Str path = arena_format(arena, "%.*s%s", STR_ARG(stem), endings[i]);
        uint32_t file = arch_sources_open(&walk->sources, path);
        if (file != UINT32_MAX && walk->sources.files.at[file].scanned)
            *LIST_PUSH(arena, &a->declarations) =
                walk->sources.files.at[file].scanned->text;
    }
}

static bool has_function_without_record(const Analysis *a)
{
    for (uint32_t i = 0; i < a->model.functions.len; i++) {
        const AsmSymbol *symbol = &a->model.symbols.at[a->model.functions.at[i].symbol];
        if (symbol->is_global && !symbol->has_record &&
            str_starts(symbol->name, STR("#")))
            return true;
    }
    return false;
}

static void judge(Analysis *a)
{
    AssemblyFile file = {.unit = a->unit,
                         .files = &a->files,
                         .model = &a->model,
                         .is_preprocessed = goes_through_preprocessor(a),
                         .has_unseen = a->has_unseen,
                         .make_thunk = a->tools->probe ? make_thunk : NULL,
                         .thunk_owner = a};
    if (a->tools->probe && !a->is_armasm && has_function_without_record(a))
        find_declarations(a);
    file.declarations = a->declarations.at;
    file.n_declarations = a->declarations.len;
    rules_assembly_file(&file);
}

// False: the file is left alone.
static bool read_model(Analysis *a, Str words)
{
    Str others;
    AsmExpanded expanded;
    asm_expand(&a->files, &a->flat, &expanded);
    // What is too much for our scanner would take LLVM all the time that it has.
    if (a->tools->assembler && !a->is_armasm && !a->has_unseen && !expanded.is_cut_short)
        a->flight =
            assembler_start_file(a->tools->assembler, a->unit->arena, a->flat.text);
    asm_model_read(&a->model, a->unit->arena, &expanded.text, a->is_armasm);
    if (is_for_other_system(a, &others)) {
        leave_alone(a->unit, others);
        return false;
    }
    if (a->leaves_out_arm && a->model.instructions.len == 0)
        words = arena_format(a->unit->arena,
                             "%.*s, whose conditions leave nothing for Arm64EC",
                             STR_ARG(words));
    taken_for(a->unit, words);
    report_limit(a, &expanded);
    judge(a);
    asm_outline(a->unit, &a->files, &a->model);
    asm_colour(a->unit, &a->model, a->is_armasm);
    return true;
}

// --- LLVM's assembler
// -----------------------------------------------------------------------

// An own Result while the assembler still works: in large files that somebody types in.
static bool answer_early(Analysis *a)
{
    const Job *job = a->unit->job;
    AsmComplaints carried = {0};
    if (!a->tools->answer || job->is_once || !job->is_edit ||
        job->text.len < EARLY_BYTES_MIN ||
        !asm_kept_carry(a->tools->kept, a->unit->arena, job->path, a->flat.text,
                        &carried))
        return false;
    a->carried = carried;
    Unit early = *a->unit;
    early.findings.at = ARENA_ARRAY(a->unit->arena, Finding, a->unit->findings.len + 1);
    if (a->unit->findings.len)
        memcpy(early.findings.at, a->unit->findings.at,
               a->unit->findings.len * sizeof(Finding));
    early.findings.cap = a->unit->findings.len + 1;
    AsmFiles files = a->files;
    files.unit = &early;
    asm_complaints_report(&early, &files, &a->flat, &carried, a->flags);
    a->tools->answer(a->tools->owner, &early);
    return true;
}

// True: all that is known has been answered.
static bool finish_assembler(Analysis *a, AssemblerFlight *flight)
{
    AsmComplaints complaints = {0};
    Str words = STR("");
    bool is_answered = answer_early(a);
    if (!assembler_finish_file(flight, a->unit->arena, &complaints, &words)) {
        REPORT(a->unit, EC901_crash, unit_first_line(a->unit),
               str_from(a->unit->compiler, 5), words);
        return false;
    }
    asm_complaints_report(a->unit, &a->files, &a->flat, &complaints, a->flags);
    if (!a->unit->job->is_once)
        asm_kept_put(a->tools->kept, a->unit->job->path, a->flat.text, &complaints);
    return is_answered && asm_complaints_equal(&complaints, &a->carried);
}

static bool analyse(Analysis *a, Str words)
{
    Str others;
    read_text(a);
    if (holds_other_processor(a, &others)) {
        leave_alone(a->unit, others);
        return false;
    }
    if (read_model(a, words))
        return a->flight && finish_assembler(a, a->flight);
    if (a->flight)
        assembler_cancel_file(a->flight);
    return false;
}

static Str file_name(Str path)
{
    for (size_t at = path.len; at > 0; at--)
        if (path.at[at - 1] == '/' || path.at[at - 1] == '\\')
            return str_from(path, at);
    return path;
}

// armasm64 makes ARM64 objects unless it is told.
static void check_machine(Unit *unit)
{
    const Job *job = unit->job;
    if (job->argv.len == 0 || job->origin == COMMAND_NEIGHBOUR ||
        !str_starts(file_name(job->argv.at[0]), STR("armasm64")))
        return;
    for (size_t i = 1; i < job->argv.len; i++) {
        Str next = i + 1 < job->argv.len ? job->argv.at[i + 1] : STR("");
        bool is_machine = str_eq_nocase(job->argv.at[i], STR("-machine")) ||
                          str_eq_nocase(job->argv.at[i], STR("/machine"));
        if (is_machine && str_eq_nocase(next, STR("arm64ec")))
            return;
    }
    REPORT0(unit, EC515_command, unit_first_line(unit));
}

bool assembly_analyse(Unit *unit, ArchCache *cache, const Flags *flags,
                      const Headers *headers, const AssemblyTools *tools)
{
    Document document = document_of(unit->job);
    if (document.kind == DOCUMENT_FOREIGN_ASM) {
        leave_alone(unit, document.words);
        report_x64(unit, document.words);
        return false;
    }
    Analysis *a = ARENA_NEW(unit->arena, Analysis);
    a->unit = unit;
    a->cache = cache;
    a->flags = flags;
    a->headers = headers;
    a->tools = tools;
    a->is_armasm = document.kind == DOCUMENT_ARMASM;
    asm_files_init(&a->files, unit);
    if (a->is_armasm)
        check_machine(unit);
    bool is_answered = analyse(a, document.words);
    asm_files_done(&a->files);
    return is_answered;
}
