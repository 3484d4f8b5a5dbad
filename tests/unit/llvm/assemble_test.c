// Linked with LLVM, unlike the tests one folder up.
#include "codegen/lower/assemble.h"
#include "codegen/lower/assemble_guard.h"
#include "codegen/toolchain/llvm_versions.h"

#include <llvm/Config/llvm-config.h>
#include <sys/resource.h>

#include "tests/unit/harness.h"

enum { TEXT_BYTES_MAX = 64 * 1024 * 1024 };

// "2:4 error: message" for each complaint, joined by newlines.
static Str said(Arena *arena, Assembler *assembler, Str text, Str features)
{
    AsmComplaints found = {0};
    assembler_run(assembler, arena, text, features, &found);
    Str all = {0};
    for (uint32_t i = 0; i < found.len; i++) {
        const AsmComplaint *c = &found.at[i];
        all = arena_format(arena, "%.*s%s%u:%u %s: %.*s", STR_ARG(all), i ? "\n" : "",
                           c->line, c->column,
                           c->is_register ? "register"
                           : c->is_error  ? "error"
                                          : "warning",
                           STR_ARG(c->message));
    }
    return all;
}

static void check_said(Str text, Str features, Str expected, const char *file, int line)
{
    Arena arena;
    arena_init(&arena, TEXT_BYTES_MAX);
    Assembler *assembler = assembler_open(STR("arm64ec-pc-windows-msvc"));
    if (check_true(assembler != NULL, "assembler", file, line))
        check_str(said(&arena, assembler, text, features), expected, "said", "expected",
                  file, line);
    assembler_close(assembler);
    arena_done(&arena);
}

#define CHECK_SAID(text, expected)                                                       \
    check_said(STR(text), STR(""), STR(expected), __FILE__, __LINE__)

TEST(assemble_good_text)
{
    CHECK_SAID("mov x0, x1\n\tadd w0, w1, #3; ldr x0, [x18, #0x30]\n", "");
    CHECK_SAID("", "");
    CHECK_SAID("nop // comment\n/* more */ ret", "");
    CHECK_SAID("1: ldxr w0, [x1]\nstlxr w2, w0, [x1]\ncbnz w2, 1b\ndmb ish", "");
}

TEST(assemble_places_errors)
{
    CHECK_SAID("mov x0, x1\n\tbogus x1\nmov x2, x3",
               "1:1 error: unrecognized instruction mnemonic");
    CHECK_SAID("mov eax, 5", "0:4 error: invalid operand for instruction");
    CHECK_SAID("nop\r\n  cpuid\r\n", "1:2 error: unrecognized instruction mnemonic");
    CHECK_SAID("nop; add x0, x1", "0:5 error: too few operands for instruction");
}

TEST(assemble_says_registers_once)
{
    CHECK_SAID("add v16.4s, v16.4s, v16.4s",
               "0:0 register: register Q16 is disallowed on ARM64EC.");
    CHECK_SAID("ldr x13, [x14]", "0:0 register: register X13 is disallowed on ARM64EC.\n"
                                 "0:0 register: register X14 is disallowed on ARM64EC.");
}

TEST(assemble_labels_may_be_elsewhere)
{
    CHECK_SAID("b 1f\nb 1b\nb .Lfoo\nadr x0, .Lbar\ntbz x0, #1, 9f\nbl foo", "");
    CHECK_SAID(".cfi_def_cfa_offset 16", "0:0 error: this directive must appear between "
                                         ".cfi_startproc and .cfi_endproc directives");
    CHECK_SAID(".seh_save_reg x19, 8\n.seh_proc f\nnop", "");
}

TEST(assemble_errors_in_macros_stand_at_their_use)
{
    CHECK_SAID(".macro twice\n bogus\n nop\n.endm\n twice\nnop\n  twice\n",
               "4:1 error: unrecognized instruction mnemonic\n"
               "6:2 error: unrecognized instruction mnemonic");
    CHECK_SAID(".rept 3\n bogus\n.endr", "0:0 error: unrecognized instruction mnemonic");
}

TEST(assemble_relocations_of_other_formats)
{
    const char *words =
        LLVM_VERSION_MAJOR >= LLVM_ASM_PLACES
            ? "0:9 error: relocation specifier :got: unsupported on COFF targets\n"
              "1:13 error: relocation specifier :got_lo12: unsupported on COFF targets"
            : "0:0 error: relocation variant :got: unsupported on COFF targets\n"
              "1:0 error: relocation variant :got_lo12: unsupported on COFF targets";
    check_said(STR("adrp x0, :got:sym\nldr x0, [x0, :got_lo12:sym]"), STR(""),
               str_of(words), __FILE__, __LINE__);
    CHECK_SAID("adrp x0, sym\nadd x0, x0, :lo12:sym", "");
}

TEST(assemble_features)
{
    CHECK_SAID("casal x0, x1, [x2]", "0:0 error: instruction requires: lse");
    check_said(STR("casal x0, x1, [x2]"), STR("+lse"), STR(""), __FILE__, __LINE__);
    CHECK_SAID(".arch_extension lse\ncasal x0, x1, [x2]", "");
}

TEST(assemble_gnu_environment)
{
    Arena arena;
    arena_init(&arena, TEXT_BYTES_MAX);
    Assembler *assembler = assembler_open(STR("arm64ec-w64-windows-gnu"));
    REQUIRE(assembler != NULL);
    CHECK_STR(said(&arena, assembler, STR("mov x13, x0"), STR("")),
              STR("0:0 register: register X13 is disallowed on ARM64EC."));
    assembler_close(assembler);
    CHECK(assembler_open(STR("no-such-target")) == NULL);
    assembler_close(NULL);
    arena_done(&arena);
}

// Each of these ended LLVM 22's process, or would have, before the guard.
TEST(assemble_survives_killers)
{
    bool is_told = LLVM_VERSION_MAJOR < LLVM_ASM_RECURSION;
    check_said(STR(".set a, b\n.set b, a\n.quad a"), STR(""),
               is_told ? STR("1:8 error: Recursive use of 'b'") : STR(""), __FILE__,
               __LINE__);
    check_said(STR("a = a + 1\n.quad a"), STR(""),
               is_told ? STR("0:4 error: Recursive use of 'a'") : STR(""), __FILE__,
               __LINE__);
    CHECK_SAID(".comm x, 8, 6", "");
    CHECK_SAID(".space 0x7fffffffff\n.fill 0x7fffffffffffffff, 8, 0", "");
    CHECK_SAID(".rept 100000000\nnop\n.endr", "");
    CHECK_SAID(".rept 60000\n.rept 60000\nnop\n.endr\n.endr", "");
    CHECK_SAID(".ds.x 100000000000\n.dcb.b 100000000000, 1", "");
    CHECK_SAID(".file 4294967295 \"x\"\n.cv_func_id 4000000000\n.loc 1 1", "");
    CHECK_SAID("nop\n.balign 0x40000000\n.p2align 31\nnop", "");
    CHECK_SAID(".incbin \"/etc/hostname\"\n.include \"/etc/hostname\"\n.print \"x\"", "");
    CHECK_SAID("foo: b foo-bar\nbar:", "");
    CHECK_SAID(".seh_proc f\n.seh_handlerdata\n.seh_endproc", "");
    CHECK_SAID(".irp x, a=b\n.endr", "");
    CHECK_SAID("# comment \\\n.incbin \"/nowhere\"", "");
    CHECK_SAID("nop\0 bogus", "0:5 error: invalid operand for instruction");
}

TEST(assemble_guard_keeps_columns)
{
    Arena arena;
    arena_init(&arena, TEXT_BYTES_MAX);
    Str text = STR("nop; .rept 99999999 // n\n x: .incbin \"a;b\" ; bogus\n.endr");
    GuardedText guarded = assemble_guard(&arena, text);
    CHECK_STR(guarded.text,
              STR("nop; .rept 1        // n\n x:               ; bogus\n.endr"));
    CHECK(!guarded.is_plain);
    CHECK(assemble_guard(&arena, STR("1: nop\n.inst 0\n.p2align 2")).is_plain);
    CHECK(!assemble_guard(&arena, STR("a = 1")).is_plain);
    arena_done(&arena);
}

TEST(assemble_is_fast_and_keeps_nothing)
{
    enum { ROUNDS = 400 };
    Arena arena;
    arena_init(&arena, TEXT_BYTES_MAX);
    Assembler *assembler = assembler_open(STR("arm64ec-pc-windows-msvc"));
    REQUIRE(assembler != NULL);
    Str text = STR("ldr x0, [x1]\nadd x0, x0, #1\nbogus\nmov x28, x0\nstr x0, [x1]\nret");
    struct rusage warm, done;
    for (int i = 0; i < 2 * ROUNDS; i++) {
        if (i == ROUNDS)
            (void)getrusage(RUSAGE_SELF, &warm);
        AsmComplaints found = {0};
        assembler_run(assembler, &arena, text, i % 2 ? STR("+lse") : STR(""), &found);
        CHECK_EQ(found.len, 2);
        arena_reset(&arena);
    }
    (void)getrusage(RUSAGE_SELF, &done);
    enum { GROWTH_KIB_MAX = 4096 }; // the address sanitizer keeps freed memory
    if (!IS_SANITIZED)
        CHECK(done.ru_maxrss - warm.ru_maxrss < GROWTH_KIB_MAX);
    assembler_close(assembler);
    arena_done(&arena);
}
