// Executes thunks for run.py: a file of signatures in, C texts or verdicts out.
//
//   driver sources SIGNATURES FOLDER             writes FOLDER/N.ec.c and FOLDER/N.x64.c
//   driver run SIGNATURES FOLDER SEED ROUNDS     reads FOLDER/N.ec.obj and
//   FOLDER/N.x64.obj
//
// `run` prints a line a signature: its number, and for each way the outcome, what is
// wrong and what is noted, all between tabs; "no-object" where a compiler failed. Status
// 3: libunicorn is not there.
//
// SIGNATURES has a line a fact, fields between tabs: "signature LABEL", then "prelude
// TEXT", "result TYPE BYTES ALIGN PLACE LEAVES", "argument ..." and "rest ..." (a
// variadic one); "variadic" makes it so. PLACE is a letter of place_of(), LEAVES
// "OFFSET:BYTES:KIND,...".
#include "codegen/verify/verify.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

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

static Str take_field(Str *rest, char until)
{
    size_t at = str_find_char(*rest, until);
    Str field = str_sub(*rest, 0, at);
    *rest = str_from(*rest, at + 1);
    return field;
}

static uint32_t take_number(Str *rest, char until)
{
    uint64_t value;
    Str field = take_field(rest, until);
    CHECK_BUG(str_to_u64(field, &value) && value <= UINT32_MAX);
    return (uint32_t)value;
}

static VerifyPlace place_of(Str letter)
{
    static const char letters[] = "gfpv?"; // as VerifyPlace stands
    size_t i = str_find_char(STR("gfpv?"), letter.at[0]);
    CHECK_BUG(letter.len == 1 && i < sizeof letters - 1);
    return (VerifyPlace)i;
}

static VerifyLeafKind kind_of(Str letter)
{
    size_t i = str_find_char(STR("ibhfd"), letter.at[0]); // as VerifyLeafKind stands
    CHECK_BUG(letter.len == 1 && i <= LEAF_DOUBLE);
    return (VerifyLeafKind)i;
}

static VerifyType take_type(Arena *arena, Str line)
{
    VerifyType type = {.c_name = take_field(&line, '\t')};
    type.n_bytes = take_number(&line, '\t');
    type.align = take_number(&line, '\t');
    type.place = place_of(take_field(&line, '\t'));
    LIST(VerifyLeaf) leaves = {0};
    while (line.len) {
        VerifyLeaf leaf = {.offset = take_number(&line, ':')};
        leaf.n_bytes = take_number(&line, ':');
        leaf.kind = kind_of(take_field(&line, ','));
        *LIST_PUSH(arena, &leaves) = leaf;
    }
    type.leaves = leaves.at;
    type.n_leaves = leaves.len;
    return type;
}

// One signature: from behind its "signature" line to the next.
static VerifySignature take_signature(Arena *arena, Str *rest)
{
    VerifySignature signature = {0};
    LIST(VerifyType) arguments = {0};
    Buf prelude;
    buf_init(&prelude, FILE_BYTES_MAX);
    while (rest->len && !str_starts(*rest, STR("signature\t"))) {
        Str line;
        (void)str_take_line(rest, &line);
        Str word = take_field(&line, '\t');
        if (str_eq(word, STR("prelude"))) {
            buf_put(&prelude, line);
            buf_put_char(&prelude, '\n');
        } else if (str_eq(word, STR("result"))) {
            VerifyType *result = ARENA_NEW(arena, VerifyType);
            *result = take_type(arena, line);
            signature.result = result;
        } else if (str_eq(word, STR("variadic"))) {
            signature.is_variadic = true;
        } else {
            CHECK_BUG(str_eq(word, STR("argument")) || str_eq(word, STR("rest")));
            *LIST_PUSH(arena, &arguments) = take_type(arena, line);
            signature.n_fixed += str_eq(word, STR("argument"));
        }
    }
    signature.prelude = arena_str(arena, buf_str(&prelude));
    signature.arguments = arguments.at;
    signature.n_arguments = arguments.len;
    buf_done(&prelude);
    return signature;
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
    if (!read_file(arena, arena_format(arena, "%s/%u.ec.obj", folder, number).at, &ec) ||
        !read_file(arena, arena_format(arena, "%s/%u.x64.obj", folder, number).at,
                   &x64)) {
        printf("%u\tno-object\t\t\tno-object\t\t\tno-object\t\t\n", number);
        return;
    }
    VerifyVerdict verdicts[VERIFY_WAYS];
    verify_thunk(arena, unicorn, signature, ec, x64, seed, n_rounds, verdicts);
    printf("%u", number);
    for (int way = 0; way < VERIFY_WAYS; way++)
        printf("\t%.*s\t%.*s\t%.*s", STR_ARG(verify_outcome_name(verdicts[way].outcome)),
               STR_ARG(verdicts[way].why), STR_ARG(verdicts[way].note));
    printf("\n");
}

static int each(Arena *arena, Str text, int argc, char **argv)
{
    bool runs = str_eq(str_of(argv[1]), STR("run"));
    Unicorn unicorn = {0};
    uint64_t seed = 0, n_rounds = 0;
    Str why;
    if (runs && (argc != 6 || !str_to_u64(str_of(argv[4]), &seed) ||
                 !str_to_u64(str_of(argv[5]), &n_rounds)))
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
        VerifySignature signature = take_signature(arena, &text);
        if (runs)
            run(&one, &unicorn, &signature, argv[3], number, seed + number,
                (uint32_t)n_rounds);
        else
            write_sources(&one, &signature, argv[3], number);
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
                      "usage: driver sources|run SIGNATURES FOLDER [SEED ROUNDS]\n");
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
