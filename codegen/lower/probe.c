// The memo, the batches, and what to do when a batch dies.
//
// A batch is lowered in a child, as one module with a definition and a called declaration
// for each new shape: clang dies of some signatures only when they are called (three
// halves as a result), so a definition alone would predict too little (c-abi.md, "Probe:
// entry or exit"). A batch that dies is halved until the signature stands alone: about
// two children for each halving, and every other signature keeps its answer. One that
// dies when it is called is tried once more as a definition, which may well have a thunk.
//
// A signature of nothing but integers up to 64 bits, pointers, float and double is
// lowered here, without a child: LLVM survives these in every version, and most that a
// person writes are such. What a child costs is more than LLVM itself: it meets each page
// of LLVM's code anew (make bench, "a signature that is new").
//
// The child's LLVM is a copy of ours. So ours lowers one harmless signature when it
// opens: what LLVM sets up on first use (4 to 6 ms) would be paid in every child
// otherwise.
#include "codegen/lower/probe.h"

#include "codegen/abi/thunk.h"
#include "codegen/lower/probe_build.h"
#include "codegen/lower/probe_fork.h"
#include "codegen/lower/target.h"
#include "protocol/base/hash.h"

#include <llvm-c/Core.h>

enum {
    BATCH_MAX = 256, // signatures; past it nothing is gained (c-abi.md, "Timings")
    MEMO_BYTES_MAX = 256 * 1024 * 1024,
    KEPT_MAX = 500,                         // assemblies of thunks
    MEMO_KEPT_BYTES_MAX = 64 * 1024 * 1024, // above it the memo starts anew
    SLOTS_MIN = 256,                        // a power of two
};

typedef enum MemoState {
    MEMO_NEW, // not asked yet, or the child told nothing
    MEMO_ANSWERED,
} MemoState;

typedef struct Memo {
    Hash key; // of low_key()
    MemoState state;
    ProbeAnswer answer;
} Memo;

typedef struct KeptAssembly {
    Str key, text;
    bool is_entry;
} KeptAssembly;

struct Probe {
    Arena arena; // of the memo
    char *triple;
    LLVMTargetMachineRef machine;
    LIST(Memo) memos;
    uint32_t *slots; // index of memos + 1 by hash of the key
    uint32_t n_slots;
    Arena kept_arena; // of what follows
    LIST(KeptAssembly) kept;
};

// --- Opening
// ----------------------------------------------------------------------------

static void warm_up(const Probe *probe)
{
    static const LowType nothing = {.kind = LOW_VOID};
    static const LowSignature harmless = {.result = &nothing};
    const LowSignature *const one = &harmless;
    ProbeModule module = {probe->machine, probe->triple, &one, 1,
                          PROBE_ENTRY | PROBE_EXIT};
    Buf names;
    buf_init(&names, 4096);
    (void)probe_build_names(&module, &names);
    buf_done(&names);
}

Probe *probe_open(Str triple)
{
    char *triple_z = mem_copy(triple);
    LLVMTargetRef target = target_open(triple_z);
    if (!target) {
        mem_free(triple_z);
        return NULL;
    }
    Probe *probe = mem_new(sizeof *probe);
    arena_init(&probe->arena, MEMO_BYTES_MAX);
    arena_init(&probe->kept_arena, MEMO_BYTES_MAX);
    probe->triple = triple_z;
    probe->machine =
        LLVMCreateTargetMachine(target, triple_z, "generic", "", LLVMCodeGenLevelNone,
                                LLVMRelocDefault, LLVMCodeModelDefault);
    warm_up(probe);
    return probe;
}

void probe_close(Probe *owned_probe)
{
    if (!owned_probe)
        return;
    LLVMDisposeTargetMachine(owned_probe->machine);
    mem_free(owned_probe->triple);
    arena_done(&owned_probe->arena);
    arena_done(&owned_probe->kept_arena);
    mem_free(owned_probe);
}

// --- The memo
// ---------------------------------------------------------------------------

// The slot that holds the key or would.
static uint32_t *slot_of(const Probe *probe, Hash key)
{
    for (uint64_t i = key.word[0];; i++) {
        uint32_t *slot = &probe->slots[i & (probe->n_slots - 1)];
        if (*slot == 0 || hash_eq(probe->memos.at[*slot - 1].key, key))
            return slot;
    }
}

static void grow_slots(Probe *probe)
{
    uint32_t n = probe->n_slots ? probe->n_slots * 2 : SLOTS_MIN;
    probe->slots = ARENA_ARRAY(&probe->arena, uint32_t, n);
    probe->n_slots = n;
    for (uint32_t i = 0; i < probe->memos.len; i++)
        *slot_of(probe, probe->memos.at[i].key) = i + 1;
}

// Index of the key's memo; added if new.
static uint32_t memo_of(Probe *probe, Hash key)
{
    if (probe->memos.len >= probe->n_slots / 2)
        grow_slots(probe);
    uint32_t *slot = slot_of(probe, key);
    if (*slot == 0) {
        *LIST_PUSH(&probe->arena, &probe->memos) = (Memo){.key = key};
        *slot = probe->memos.len;
    }
    return *slot - 1;
}

static void forget_if_full(Probe *probe)
{
    if (probe->arena.n_bytes < MEMO_KEPT_BYTES_MAX)
        return;
    arena_reset(&probe->arena);
    probe->memos.at = NULL;
    probe->memos.len = probe->memos.cap = 0;
    probe->slots = NULL;
    probe->n_slots = 0;
}

// --- One run
// ----------------------------------------------------------------------------

typedef struct Fresh { // a shape that is asked for the first time
    const LowSignature *signature;
    uint32_t memo;
    ProbeAnswer answer;
    bool is_answered;
} Fresh;

typedef LIST(Fresh) FreshList;

typedef struct Run {
    Probe *probe;
    Arena *arena;    // of the caller
    FreshList fresh; // plain ones first
} Run;

static bool work_names(void *owner, Buf *out)
{
    return probe_build_names(owner, out);
}

static bool work_assembly(void *owner, Buf *out)
{
    return probe_build_assembly(owner, out);
}

static Str take_z(Str *rest)
{
    size_t at = str_find_char(*rest, '\0');
    Str taken = str_sub(*rest, 0, at);
    *rest = str_from(*rest, at + 1);
    return taken;
}

static bool is_plain_type(const LowType *low)
{
    switch (low->kind) {
    case LOW_VOID:
    case LOW_FLOAT:
    case LOW_DOUBLE:
    case LOW_POINTER:
        return true;
    case LOW_INT:
        return low->bits <= 64;
    case LOW_HALF:
    case LOW_BFLOAT:
    case LOW_FP128:
    case LOW_ARRAY:
    case LOW_VECTOR:
    case LOW_STRUCT:
        return false;
    }
    return false;
}

static bool is_plain(const LowSignature *low)
{
    bool is = is_plain_type(low->result) && !low->sret && !low->is_variadic;
    for (uint32_t i = 0; i < low->n_parameters && is; i++)
        is = is_plain_type(low->parameters[i]);
    return is;
}

static ForkEnd ask(const Run *run, uint32_t from, uint32_t n, uint32_t holds,
                   Str *ret_names, Str *ret_words)
{
    const LowSignature **signatures = ARENA_ARRAY(run->arena, const LowSignature *, n);
    for (uint32_t i = 0; i < n; i++)
        signatures[i] = run->fresh.at[from + i].signature;
    ProbeModule module = {run->probe->machine, run->probe->triple, signatures, n, holds};
    return fork_run(run->arena, work_names, &module, ret_names, ret_words);
}

// Entry and exit thunk of one signature have one shape; where only one was made, its own.
static void take_names(Run *run, uint32_t from, uint32_t n, Str names)
{
    for (uint32_t i = 0; i < n; i++) {
        Fresh *fresh = &run->fresh.at[from + i];
        Str entry = take_z(&names), exit_thunk = take_z(&names);
        fresh->answer.shape = thunk_shape(entry.len ? entry : exit_thunk);
        fresh->is_answered = true;
    }
}

static void take_death(Run *run, uint32_t index, Str words)
{
    Str names;
    Str ignored;
    if (ask(run, index, 1, PROBE_ENTRY, &names, &ignored) == FORK_DONE)
        take_names(run, index, 1, names);
    Fresh *fresh = &run->fresh.at[index];
    fresh->answer.dead = true;
    fresh->answer.words = words;
    fresh->is_answered = true;
}

// False: LLVM refuses, and a child may find out what.
static bool lower_here(Run *run, uint32_t from, uint32_t n)
{
    Buf names;
    const LowSignature **signatures = ARENA_ARRAY(run->arena, const LowSignature *, n);
    for (uint32_t i = 0; i < n; i++)
        signatures[i] = run->fresh.at[from + i].signature;
    ProbeModule module = {run->probe->machine, run->probe->triple, signatures, n,
                          PROBE_ENTRY | PROBE_EXIT};
    buf_init(&names, FORK_BYTES_MAX);
    bool is_done = probe_build_names(&module, &names) && !buf_is_over(&names);
    if (is_done)
        take_names(run, from, n, arena_str(run->arena, buf_str(&names)));
    buf_done(&names);
    return is_done;
}

// Depth is the logarithm of BATCH_MAX.
static void lower_batch(Run *run, uint32_t from, uint32_t n)
{
    Str names, words;
    switch (ask(run, from, n, PROBE_ENTRY | PROBE_EXIT, &names, &words)) {
    case FORK_DONE:
        take_names(run, from, n, names);
        return;
    case FORK_UNKNOWN:
        return;
    case FORK_DIED:
        break;
    }
    if (n == 1) {
        take_death(run, from, words);
        return;
    }
    lower_batch(run, from, n / 2);
    lower_batch(run, from + n / 2, n - n / 2);
}

static void keep_answers(Run *run)
{
    Arena *arena = &run->probe->arena;
    for (uint32_t i = 0; i < run->fresh.len; i++) {
        const Fresh *fresh = &run->fresh.at[i];
        if (!fresh->is_answered)
            continue;
        run->probe->memos.at[fresh->memo] = (Memo){
            .key = run->probe->memos.at[fresh->memo].key,
            .state = MEMO_ANSWERED,
            .answer = {.shape = arena_str(arena, fresh->answer.shape),
                       .dead = fresh->answer.dead,
                       .words = arena_str(arena, fresh->answer.words)},
        };
    }
}

// What is asked for the first time, each shape once. Returns how many are plain.
static uint32_t take_fresh(Run *run, const LowSignature *const *signatures,
                           const uint32_t *memos, uint32_t n)
{
    const Probe *probe = run->probe;
    bool *is_asked = ARENA_ARRAY(run->arena, bool, probe->memos.len);
    uint32_t n_plain = 0;
    for (int pass = 0; pass < 2; pass++) {
        for (uint32_t i = 0; i < n; i++) {
            if (probe->memos.at[memos[i]].state == MEMO_ANSWERED || is_asked[memos[i]] ||
                is_plain(signatures[i]) != (pass == 0))
                continue;
            is_asked[memos[i]] = true;
            *LIST_PUSH(run->arena, &run->fresh) =
                (Fresh){.signature = signatures[i], .memo = memos[i]};
            n_plain += pass == 0;
        }
    }
    return n_plain;
}

// --- The interface
// ----------------------------------------------------------------------

void probe_run(Probe *probe, Arena *arena, const LowSignature *const *signatures,
               uint32_t n, ProbeAnswer *ret_answers)
{
    Run run = {.probe = probe, .arena = arena};
    forget_if_full(probe);
    uint32_t *memos = ARENA_ARRAY(arena, uint32_t, n);
    for (uint32_t i = 0; i < n; i++)
        memos[i] = memo_of(probe, hash_of(low_key(arena, signatures[i])));
    uint32_t n_plain = take_fresh(&run, signatures, memos, n);
    for (uint32_t from = 0; from < run.fresh.len;) {
        uint32_t end = from < n_plain ? n_plain : run.fresh.len;
        uint32_t n_batch = end - from < BATCH_MAX ? end - from : BATCH_MAX;
        if (from >= n_plain || !lower_here(&run, from, n_batch))
            lower_batch(&run, from, n_batch);
        from += n_batch;
    }
    keep_answers(&run);
    for (uint32_t i = 0; i < n; i++) {
        const ProbeAnswer *answer = &probe->memos.at[memos[i]].answer;
        ret_answers[i] = (ProbeAnswer){arena_str(arena, answer->shape), answer->dead,
                                       arena_str(arena, answer->words)};
    }
}

// From the thunk's label to the end of its function.
static Str cut_function(Str assembly, Str prefix)
{
    Str rest = assembly, line;
    const char *begin = NULL;
    while (str_take_line(&rest, &line)) {
        Str name = str_starts(line, STR("\"")) ? str_from(line, 1) : line;
        if (!begin && str_starts(name, prefix))
            begin = line.at;
        else if (begin && str_eq(str_trim(line), STR(".seh_endproc")))
            return (Str){begin, (size_t)(rest.at - begin)};
    }
    return STR("");
}

Str probe_assembly(Probe *probe, Arena *arena, const LowSignature *signature,
                   bool is_entry)
{
    ProbeModule module = {probe->machine, probe->triple, &signature, 1,
                          is_entry ? PROBE_ENTRY : PROBE_EXIT};
    Str assembly, words;
    if (fork_run(arena, work_assembly, &module, &assembly, &words) != FORK_DONE)
        return STR("");
    return cut_function(assembly,
                        is_entry ? STR("$ientry_thunk$") : STR("$iexit_thunk$"));
}

Str probe_assembly_kept(Probe *probe, Arena *arena, const LowSignature *signature,
                        bool is_entry)
{
    Str key = low_key(arena, signature);
    for (uint32_t i = 0; i < probe->kept.len; i++)
        if (probe->kept.at[i].is_entry == is_entry && str_eq(probe->kept.at[i].key, key))
            return probe->kept.at[i].text;
    Str text = probe_assembly(probe, arena, signature, is_entry);
    Arena *kept = &probe->kept_arena;
    if (probe->kept.len < KEPT_MAX)
        *LIST_PUSH(kept, &probe->kept) =
            (KeptAssembly){arena_str(kept, key), arena_str(kept, text), is_entry};
    return text;
}
