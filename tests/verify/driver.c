// Executes thunks for run.py: a file of signatures in, C texts or verdicts out.
//
//   driver sources SIGNATURES FOLDER             writes FOLDER/N.ec.c and FOLDER/N.x64.c
//   driver run SIGNATURES FOLDER SEED ROUNDS LLVM   reads FOLDER/N.ec.obj and
//   FOLDER/N.x64.obj
//
// `run` prints a line a signature: its number, for each way the outcome, what is wrong
// and what is noted, all between tabs; "no-object" where a compiler failed. Then what the
// boundary table says of it for clang of version LLVM: "entry" and "exit", each followed
// by the codes of what is wrong. Status 3: libunicorn is not there.
//
// SIGNATURES: a line "signature LABEL ABI" (ABI: tests/unit/abi_text.h), then the lines
// of codegen/verify/signature.h.
#include "codegen/abi/fault.h"
#include "codegen/verify/c_text.h"
#include "codegen/verify/signature.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tests/unit/abi_text.h"

#if __has_include(<unicorn/unicorn.h>)
#include <unicorn/unicorn.h>
#define SAME(ours, theirs) _Static_assert((int)(ours) == (int)(theirs), #theirs)
SAME(UC_ARM64, UC_ARCH_ARM64);
SAME(UC_X86, UC_ARCH_X86);
SAME(UC_MODE_NONE, UC_MODE_ARM);
SAME(UC_MODE_64_BIT, UC_MODE_64);
SAME(UC_ON_CODE, UC_HOOK_CODE);
SAME(UC_ON_INVALID_MEMORY, UC_HOOK_MEM_INVALID);
SAME(UC_ON_READ, UC_HOOK_MEM_READ);
SAME(UC_ON_WRITE, UC_HOOK_MEM_WRITE);
SAME(UC_WRITES, UC_MEM_WRITE);
SAME(UC_MAY_READ, UC_PROT_READ);
SAME(UC_MAY_WRITE, UC_PROT_WRITE);
SAME(UC_MAY_ALL, UC_PROT_ALL);
SAME(UC_FINE, UC_ERR_OK);
SAME(UC_FETCH_UNMAPPED, UC_ERR_FETCH_UNMAPPED);
SAME(UC_FETCH_PROTECTED, UC_ERR_FETCH_PROT);
SAME(UC_X0, UC_ARM64_REG_X0);
SAME(UC_X0 + 28, UC_ARM64_REG_X28);
SAME(UC_X29, UC_ARM64_REG_X29);
SAME(UC_X30, UC_ARM64_REG_X30);
SAME(UC_SP, UC_ARM64_REG_SP);
SAME(UC_PC, UC_ARM64_REG_PC);
SAME(UC_V0, UC_ARM64_REG_V0);
SAME(UC_V0 + 31, UC_ARM64_REG_V31);
SAME(UC_RAX, UC_X86_REG_RAX);
SAME(UC_RBP, UC_X86_REG_RBP);
SAME(UC_RBX, UC_X86_REG_RBX);
SAME(UC_RCX, UC_X86_REG_RCX);
SAME(UC_RDI, UC_X86_REG_RDI);
SAME(UC_RDX, UC_X86_REG_RDX);
SAME(UC_RIP, UC_X86_REG_RIP);
SAME(UC_RSI, UC_X86_REG_RSI);
SAME(UC_RSP, UC_X86_REG_RSP);
SAME(UC_R8, UC_X86_REG_R8);
SAME(UC_R8 + 7, UC_X86_REG_R15);
SAME(UC_XMM0, UC_X86_REG_XMM0);
SAME(UC_XMM0 + 15, UC_X86_REG_XMM15);
#endif

enum { ARENA_BYTES_MAX = 256 * 1024 * 1024, FILE_BYTES_MAX = 64 * 1024 * 1024 };
enum { STATUS_USAGE = 2, STATUS_ABSENT = 3 };

static bool read_file(Arena *arena, const char *path, Str *ret_text)
{
    FILE *file = fopen(path, "rb");
    if (!file)
        return false;
    Buf buf;
    buf_init(&buf, FILE_BYTES_MAX);
    char block[4096];
    for (size_t n; (n = fread(block, 1, sizeof block, file)) > 0;)
        buf_put_bytes(&buf, block, n);
    bool is_fine = !ferror(file) && !buf_is_over(&buf);
    (void)fclose(file);
    *ret_text = arena_str(arena, buf_str(&buf));
    buf_done(&buf);
    return is_fine;
}

// "signature", the label, and the signature as tests/unit/abi_text.h writes it.
static AbiText take_abi(Arena *arena, Str line)
{
    AbiText text;
    size_t last = str_find_char_last(line, '\t');
    Str abi = str_from(line, last + 1);
    if (!abi_signature_of(arena, abi, &text)) {
        (void)fprintf(stderr, "%.*s: is no signature\n", STR_ARG(abi));
        exit(STATUS_USAGE);
    }
    return text;
}

static VerifySignature take_signature(Arena *arena, Str label, Str *rest)
{
    VerifySignature signature;
    AbiText text = take_abi(arena, label);
    Str why = STR("its lines mean nothing");
    bool is_fine = str_starts(label, STR("abi\t"))
                       ? c_text_of(arena, &text.signature, ABI_ENVIRONMENT_MSVC,
                                   text.variadic, text.n_variadic, &signature, &why)
                       : signature_read(arena, rest, &signature);
    if (!is_fine) {
        (void)fprintf(stderr, "%.*s: %.*s\n", STR_ARG(label), STR_ARG(why));
        exit(STATUS_USAGE);
    }
    signature.bank = c_text_bank(arena, &text.signature, ABI_ENVIRONMENT_MSVC);
    return signature;
}

static void put_faults(const char *way, uint32_t faults)
{
    printf("\t%s", way);
    for (AbiFault fault; (fault = abi_fault_take(&faults));)
        printf(" EC%u", abi_fault_number(fault));
}

// What the product says of it, without having executed anything.
static void put_boundary(Arena *arena, Str line, uint32_t llvm)
{
    AbiText text = take_abi(arena, line);
    Boundary boundary = abi_boundary(arena, &text.signature, ABI_ENVIRONMENT_MSVC,
                                     (Builder){.kind = BUILDER_CLANG, .major = llvm},
                                     llvm, text.variadic, text.n_variadic);
    CHECK_BUG(boundary.known);
    put_faults("entry", boundary.entry_faults);
    put_faults("exit", boundary.exit_faults);
}

static void write_source(Arena *arena, const char *folder, uint32_t number,
                         const char *side, const Buf *source)
{
    Str path = arena_format(arena, "%s/%u.%s.c", folder, number, side);
    FILE *file = fopen(path.at, "wb");
    CHECK_BUG(file && fwrite(source->at, 1, source->len, file) == source->len);
    CHECK_BUG(fclose(file) == 0);
}

static void write_sources(Arena *arena, const VerifySignature *signature,
                          const char *folder, uint32_t number)
{
    Buf ec, x64;
    buf_init(&ec, FILE_BYTES_MAX);
    buf_init(&x64, FILE_BYTES_MAX);
    CHECK_BUG(verify_is_possible(signature));
    verify_source(signature, &ec, &x64);
    write_source(arena, folder, number, "ec", &ec);
    write_source(arena, folder, number, "x64", &x64);
    buf_done(&ec);
    buf_done(&x64);
}

static void run(Arena *arena, const Unicorn *unicorn, const VerifySignature *signature,
                const char *folder, uint32_t number, uint64_t seed, uint32_t n_rounds)
{
    Str ec, x64;
    printf("%u", number);
    if (!read_file(arena, arena_format(arena, "%s/%u.ec.obj", folder, number).at, &ec) ||
        !read_file(arena, arena_format(arena, "%s/%u.x64.obj", folder, number).at,
                   &x64)) {
        printf("\tno-object\t\t\tno-object\t\t\tno-object\t\t");
        return;
    }
    VerifyVerdict verdicts[VERIFY_WAYS];
    verify_thunk(arena, unicorn, signature, ec, x64, seed, n_rounds, verdicts);
    for (int way = 0; way < VERIFY_WAYS; way++)
        printf("\t%.*s\t%.*s\t%.*s", STR_ARG(verify_outcome_name(verdicts[way].outcome)),
               STR_ARG(verdicts[way].why), STR_ARG(verdicts[way].note));
}

static int each(Arena *arena, Str text, int argc, char **argv)
{
    bool runs = str_eq(str_of(argv[1]), STR("run"));
    Unicorn unicorn = {0};
    uint64_t seed = 0, n_rounds = 0, llvm = 0;
    Str why;
    if (runs &&
        (argc != 7 || !str_to_u64(str_of(argv[4]), &seed) ||
         !str_to_u64(str_of(argv[5]), &n_rounds) || !str_to_u64(str_of(argv[6]), &llvm)))
        return STATUS_USAGE;
    if (runs && !unicorn_open(&unicorn, &why)) {
        printf("%.*s\n", STR_ARG(why));
        return STATUS_ABSENT;
    }
    Arena one;
    arena_init(&one, ARENA_BYTES_MAX);
    for (uint32_t number = 0; text.len; number++) {
        Str label;
        (void)str_take_line(&text, &label);
        VerifySignature signature = take_signature(arena, label, &text);
        if (runs) {
            run(&one, &unicorn, &signature, argv[3], number, seed + number,
                (uint32_t)n_rounds);
            put_boundary(&one, label, (uint32_t)llvm);
            printf("\n");
        } else {
            write_sources(&one, &signature, argv[3], number);
        }
        arena_reset(&one);
    }
    arena_done(&one);
    unicorn_close(&unicorn);
    return 0;
}

int main(int argc, char **argv)
{
    if (argc < 4) {
        (void)fprintf(stderr,
                      "usage: driver sources|run SIGNATURES FOLDER [SEED ROUNDS LLVM]\n");
        return STATUS_USAGE;
    }
    Arena arena;
    arena_init(&arena, ARENA_BYTES_MAX);
    Str text;
    CHECK_BUG(read_file(&arena, argv[2], &text));
    int status = each(&arena, text, argc, argv);
    arena_done(&arena);
    return status;
}
