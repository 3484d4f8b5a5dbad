// The text is the module-level asm of an empty module, and the module goes through LLVM's
// code generator: no other door of the C API leads to the assembler. What it says comes
// to the context's diagnostic handler as "<inline asm>:LINE:COLUMN: message"; the return
// value says nothing (0 for text that does not assemble).
//
// Text with directives is assembled to text, not to an object: only the object writer
// falls over user input (a symbol equated to itself ends the process, ".space 1<<40" its
// memory), and it cannot judge a fragment's layout anyway. Plain instructions do become
// an object, because relocations that COFF lacks (:got:) come out only there.
//
// What hangs on the rest of the user's program is not said: labels of another asm
// statement, unwind directives of the function around it.
#include "codegen/lower/assemble.h"

#include "codegen/lower/assemble_guard.h"
#include "codegen/lower/probe_fork.h"
#include "codegen/lower/target.h"

#include <llvm-c/Core.h>

#include <string.h>

enum {
    MACHINES_MAX = 8,     // of different features
    COMPLAINTS_MAX = 200, // a text
};

// What clang gives every Arm64EC function.
#define DEFAULT_FEATURES "+v8a,+fp-armv8,+neon"

typedef struct Machine {
    char *features;
    LLVMTargetMachineRef machine;
    uint64_t used; // runs of the assembler when it last served
} Machine;

struct Assembler {
    char *triple;
    LLVMTargetRef target;
    Machine machines[MACHINES_MAX];
    uint32_t n_machines;
    uint64_t n_runs;
};

typedef struct Ear {
    Arena *arena;
    AsmComplaints *complaints;
    uint32_t first;          // of this run
    uint32_t first_unplaced; // inside a macro: the note that follows has the place
    bool is_file;            // nothing hangs on elsewhere
} Ear;

static Str take_until(Str *rest, char c)
{
    size_t at = str_find_char(*rest, c);
    Str taken = str_sub(*rest, 0, at);
    *rest = str_from(*rest, at + 1);
    return taken;
}

// "<inline asm>:3:12: message\n...": the source's name, line and column from 1, or 0
// where LLVM knows none ("<unknown>:0: message").
typedef struct Heard {
    Str name, message;
    uint64_t line, column;
} Heard;

static Heard parse_description(Str description)
{
    Heard heard = {0};
    Str rest = description;
    Str line = take_until(&rest, '\n');
    size_t colon = str_find(line, STR(">:"));
    if (colon < line.len) {
        heard.name = str_sub(line, 0, colon + 1);
        line = str_from(line, colon + 2);
    }
    for (int i = 0; i < 2; i++) {
        uint64_t number;
        size_t end = str_find_char(line, ':');
        if (end == line.len || !str_to_u64(str_sub(line, 0, end), &number))
            break;
        *(i == 0 ? &heard.line : &heard.column) = number;
        line = str_from(line, end + 1);
    }
    heard.message = str_trim(line);
    return heard;
}

static bool is_about_register(Str message)
{
    return str_starts(message, STR("register ")) &&
           str_has(message, STR("is disallowed on ARM64EC"));
}

static bool is_same(const AsmComplaint *a, const AsmComplaint *b)
{
    return a->line == b->line && a->column == b->column && a->is_error == b->is_error &&
           str_eq(a->message, b->message);
}

// The newest complaint is dropped if it has been made: LLVM says each register of an
// instruction again, and each error of a macro body again for each of its uses.
static void drop_repeated(Ear *ear)
{
    AsmComplaints *list = ear->complaints;
    for (uint32_t i = ear->first; i + 1 < list->len; i++) {
        if (is_same(&list->at[i], &list->at[list->len - 1])) {
            list->len--;
            return;
        }
    }
}

static void place_pending(Ear *ear, uint32_t line, uint32_t column)
{
    AsmComplaints *list = ear->complaints;
    uint32_t end = list->len;
    list->len = ear->first_unplaced;
    for (uint32_t i = ear->first_unplaced; i < end; i++) {
        AsmComplaint complaint = list->at[i];
        complaint.line = line;
        complaint.column = column;
        list->at[list->len++] = complaint;
        drop_repeated(ear);
    }
    ear->first_unplaced = list->len;
}

static void hear(LLVMDiagnosticInfoRef info, void *owner)
{
    Ear *ear = owner;
    char *description = LLVMGetDiagInfoDescription(info);
    LLVMDiagnosticSeverity severity = LLVMGetDiagInfoSeverity(info);
    Heard heard = parse_description(str_of(description));
    bool is_text = str_eq(heard.name, STR("<inline asm>"));
    uint32_t line = heard.line ? (uint32_t)heard.line - 1 : 0;
    uint32_t column = heard.column ? (uint32_t)heard.column - 1 : 0;
    bool is_note = severity == LLVMDSNote || severity == LLVMDSRemark;
    if (is_note) {
        if (is_text)
            place_pending(ear, line, column);
    } else if (ear->complaints->len - ear->first < COMPLAINTS_MAX) {
        AsmComplaint *complaint = LIST_PUSH(ear->arena, ear->complaints);
        *complaint = (AsmComplaint){.message = arena_str(ear->arena, heard.message),
                                    .is_error = severity == LLVMDSError,
                                    .is_register = is_about_register(heard.message)};
        if (is_text || !str_eq(heard.name, STR("<instantiation>")))
            place_pending(ear, line, column);
    }
    LLVMDisposeMessage(description);
}

// What another part of the program may mend.
static bool hangs_on_elsewhere(Str message)
{
    static const Str parts[] = {
        STR_INIT("can not be undefined"),
        STR_INIT("directional label undefined"),
        STR_INIT("fixup with a non-zero symbol offset"),
        STR_INIT("within an active frame"),
        STR_INIT("Unfinished frame"),
    };
    for (size_t i = 0; i < COUNTOF(parts); i++)
        if (str_has(message, parts[i]))
            return true;
    return false;
}

static void settle(const Ear *ear, Str text)
{
    AsmComplaints *list = ear->complaints;
    uint32_t last_line = 0;
    for (size_t i = 0; i + 1 < text.len; i++)
        last_line += text.at[i] == '\n';
    uint32_t end = list->len;
    list->len = ear->first;
    for (uint32_t i = ear->first; i < end; i++) {
        AsmComplaint complaint = list->at[i];
        if (ear->is_file ? complaint.is_register : hangs_on_elsewhere(complaint.message))
            continue;
        if (complaint.line > last_line) { // "unmatched .ifs": behind the text
            complaint.line = last_line;
            complaint.column = 0;
        }
        list->at[list->len++] = complaint;
    }
}

Assembler *assembler_open(Str triple)
{
    char *triple_z = mem_copy(triple);
    LLVMTargetRef target = target_open(triple_z);
    if (!target) {
        mem_free(triple_z);
        return NULL;
    }
    Assembler *assembler = mem_new(sizeof *assembler);
    assembler->triple = triple_z;
    assembler->target = target;
    return assembler;
}

static void machine_done(Machine *machine)
{
    LLVMDisposeTargetMachine(machine->machine);
    mem_free(machine->features);
}

void assembler_close(Assembler *owned_assembler)
{
    if (!owned_assembler)
        return;
    for (uint32_t i = 0; i < owned_assembler->n_machines; i++)
        machine_done(&owned_assembler->machines[i]);
    mem_free(owned_assembler->triple);
    mem_free(owned_assembler);
}

static Machine *free_machine(Assembler *assembler)
{
    if (assembler->n_machines < MACHINES_MAX)
        return &assembler->machines[assembler->n_machines++];
    Machine *oldest = assembler->machines;
    for (uint32_t i = 1; i < MACHINES_MAX; i++)
        if (assembler->machines[i].used < oldest->used)
            oldest = &assembler->machines[i];
    machine_done(oldest);
    return oldest;
}

static LLVMTargetMachineRef machine_for(Assembler *assembler, Arena *arena, Str features)
{
    assembler->n_runs++;
    for (uint32_t i = 0; i < assembler->n_machines; i++) {
        Machine *machine = &assembler->machines[i];
        if (str_eq(str_of(machine->features), features)) {
            machine->used = assembler->n_runs;
            return machine->machine;
        }
    }
    Str all = features.len
                  ? arena_format(arena, DEFAULT_FEATURES ",%.*s", STR_ARG(features))
                  : STR(DEFAULT_FEATURES);
    Machine *machine = free_machine(assembler);
    machine->used = assembler->n_runs;
    machine->features = mem_copy(features);
    machine->machine = LLVMCreateTargetMachine(
        assembler->target, assembler->triple, "generic", arena_z(arena, all),
        LLVMCodeGenLevelNone, LLVMRelocPIC, LLVMCodeModelDefault);
    return machine->machine;
}

static void assemble(const Assembler *assembler, LLVMTargetMachineRef machine,
                     const GuardedText *guarded, Ear *ear)
{
    LLVMContextRef context = LLVMContextCreate();
    LLVMContextSetDiagnosticHandler(context, hear, ear);
    LLVMModuleRef module = LLVMModuleCreateWithNameInContext("asm", context);
    LLVMSetTarget(module, assembler->triple);
    LLVMSetModuleInlineAsm2(module, guarded->text.at, guarded->text.len);
    LLVMMemoryBufferRef written = NULL;
    char *why = NULL;
    // Nothing but the ear decides: success and failure both leave complaints there.
    (void)LLVMTargetMachineEmitToMemoryBuffer(
        machine, module, guarded->is_plain ? LLVMObjectFile : LLVMAssemblyFile, &why,
        &written);
    LLVMDisposeMessage(why);
    if (written)
        LLVMDisposeMemoryBuffer(written);
    LLVMDisposeModule(module);
    LLVMContextDispose(context);
}

void assembler_run(Assembler *assembler, Arena *arena, Str text, Str features,
                   AsmComplaints *complaints)
{
    Ear ear = {.arena = arena,
               .complaints = complaints,
               .first = complaints->len,
               .first_unplaced = complaints->len};
    GuardedText guarded = assemble_guard(arena, text);
    LLVMTargetMachineRef machine = machine_for(assembler, arena, features);
    assemble(assembler, machine, &guarded, &ear);
    settle(&ear, text);
}

// --- A whole file
// -----------------------------------------------------------------------

typedef struct FileWork {
    Assembler *assembler;
    LLVMTargetMachineRef machine;
    Str text;
    bool is_object;
} FileWork;

// What comes home: {line, column, is_error, length, bytes} for each complaint.
typedef struct WireComplaint {
    uint32_t line, column, is_error, n_bytes;
} WireComplaint;

static bool assemble_file(void *owner, Buf *out)
{
    const FileWork *work = owner;
    Arena arena;
    AsmComplaints complaints = {0};
    arena_init(&arena, FORK_BYTES_MAX);
    Ear ear = {.arena = &arena, .complaints = &complaints, .is_file = true};
    GuardedText guarded = assemble_guard_file(&arena, work->text);
    guarded.is_plain = work->is_object;
    assemble(work->assembler, work->machine, &guarded, &ear);
    settle(&ear, work->text);
    for (uint32_t i = 0; i < complaints.len; i++) {
        const AsmComplaint *complaint = &complaints.at[i];
        WireComplaint wire = {complaint->line, complaint->column, complaint->is_error,
                              (uint32_t)complaint->message.len};
        buf_put_bytes(out, &wire, sizeof wire);
        buf_put(out, complaint->message);
    }
    arena_done(&arena);
    return true;
}

static void read_complaints(Arena *arena, Str bytes, AsmComplaints *complaints)
{
    WireComplaint wire;
    while (bytes.len >= sizeof wire) {
        memcpy(&wire, bytes.at, sizeof wire);
        bytes = str_from(bytes, sizeof wire);
        *LIST_PUSH(arena, complaints) =
            (AsmComplaint){.line = wire.line,
                           .column = wire.column,
                           .is_error = wire.is_error != 0,
                           .message = arena_str(arena, str_sub(bytes, 0, wire.n_bytes))};
        bytes = str_from(bytes, wire.n_bytes);
    }
}

struct AssemblerFlight {
    FileWork work;
    ForkRun *run;
};

AssemblerFlight *assembler_start_file(Assembler *assembler, Arena *arena, Str text)
{
    AssemblerFlight *file = ARENA_NEW(arena, AssemblerFlight);
    file->work = (FileWork){.assembler = assembler, .text = text, .is_object = true};
    file->work.machine = machine_for(assembler, arena, STR(""));
    ForkWork *const works[] = {assemble_file};
    file->run = fork_begin(works, COUNTOF(works), &file->work, FORK_CPU_S);
    return file;
}

void assembler_cancel_file(AssemblerFlight *file)
{
    fork_end(file->run);
}

bool assembler_finish_file(AssemblerFlight *file, Arena *arena, AsmComplaints *complaints,
                           Str *ret_words)
{
    Str bytes = STR("");
    ForkEnd end = fork_next(file->run, arena, &bytes, ret_words);
    fork_end(file->run);
    if (end == FORK_DIED) {
        file->work.is_object = false;
        end = fork_run(arena, assemble_file, &file->work, &bytes, ret_words);
    }
    read_complaints(arena, bytes, complaints);
    return end != FORK_DIED;
}
