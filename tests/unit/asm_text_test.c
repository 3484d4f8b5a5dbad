#include "codegen/frontend/asm_mnemonics.h"
#include "codegen/frontend/asm_text.h"

#include "tests/unit/harness.h"

enum { SCAN_BYTES_MAX = 16 * 1024 * 1024 };

static Str verdict_name(AsmVerdict verdict)
{
    switch (verdict) {
    case ASM_FINE:
        return STR("fine");
    case ASM_DISALLOWED_GPR:
        return STR("gpr");
    case ASM_DISALLOWED_VECTOR:
        return STR("vector");
    case ASM_DISALLOWED_LIST:
        return STR("list");
    case ASM_SVE:
        return STR("sve");
    case ASM_X18_WRITTEN:
        return STR("teb");
    }
    return STR("?");
}

// What is wrong in a text, as "x13:gpr {v15.4s-v18.4s}:list(v16)". The text in front of
// the colon is cut out of the source by its range.
static Str bad(Arena *arena, Str text)
{
    AsmRegisters found = {0};
    asm_scan(arena, text, &found);
    Str said = {0};
    for (uint32_t i = 0; i < found.len; i++) {
        const AsmRegister *use = &found.at[i];
        if (use->verdict == ASM_FINE)
            continue;
        Str where = str_sub(text, use->begin, use->end);
        said = arena_format(arena, "%.*s%s%.*s:%.*s", STR_ARG(said), said.len ? " " : "",
                            STR_ARG(where), STR_ARG(verdict_name(use->verdict)));
        if (use->verdict == ASM_DISALLOWED_LIST) {
            CHECK_STR(use->list, where);
            said = arena_format(arena, "%.*s(%.*s)", STR_ARG(said), STR_ARG(use->name));
        }
    }
    return said;
}

// All registers that were seen, by name.
static Str seen(Arena *arena, Str text)
{
    AsmRegisters found = {0};
    asm_scan(arena, text, &found);
    Str said = {0};
    for (uint32_t i = 0; i < found.len; i++)
        said = arena_format(arena, "%.*s%s%.*s", STR_ARG(said), i ? " " : "",
                            STR_ARG(found.at[i].name));
    return said;
}

#define CHECK_BAD(text, expected)                                                        \
    do {                                                                                 \
        Arena arena;                                                                     \
        arena_init(&arena, SCAN_BYTES_MAX);                                              \
        CHECK_STR(bad(&arena, STR(text)), STR(expected));                                \
        arena_done(&arena);                                                              \
    } while (0)

#define CHECK_SEEN(text, expected)                                                       \
    do {                                                                                 \
        Arena arena;                                                                     \
        arena_init(&arena, SCAN_BYTES_MAX);                                              \
        CHECK_STR(seen(&arena, STR(text)), STR(expected));                               \
        arena_done(&arena);                                                              \
    } while (0)

TEST(asm_text_general_registers)
{
    CHECK_BAD("mov x13, x0", "x13:gpr");
    CHECK_BAD("mov w14, w0\n\tadd\tX23, x24, w28, uxtw #2",
              "w14:gpr X23:gpr x24:gpr w28:gpr");
    CHECK_BAD("mov x0, x1; add x9, x12, x15\nmov x16, x17\nmov x25, x27\nmov x29, lr",
              "");
    CHECK_BAD("ldp x13, x14, [x28, #-16]!", "x13:gpr x14:gpr x28:gpr");
    CHECK_BAD("add x1, x2, x130", "");
    CHECK_BAD("add x1, x2, x013", "");
}

TEST(asm_text_vector_registers)
{
    CHECK_BAD("fadd v16.4s, v0.4s, v1.4s", "v16.4s:vector");
    CHECK_BAD("fadd d31, d15, s16", "d31:vector s16:vector");
    CHECK_BAD("ldr q16, [x0]\nldr b17, [x0]\nldr h18, [x0]",
              "q16:vector b17:vector h18:vector");
    CHECK_BAD("mov v16.s[1], w0", "v16.s:vector");
    CHECK_BAD("fmla v0.4s, v1.4s, v31.s[3]", "v31.s:vector");
    CHECK_BAD("add.4s v0, v16, v1", "v16:vector");
    CHECK_BAD("fadd v15.4s, v14.4s, v0.4s", "");
}

TEST(asm_text_lists)
{
    CHECK_BAD("ld1 {v16.4s, v17.4s}, [x0]", "{v16.4s, v17.4s}:list(v16)");
    CHECK_BAD("ld1 {v0.4s, v1.4s}, [x0]", "");
    CHECK_BAD("tbl v0.16b, {v15.16b-v18.16b}, v1.16b", "{v15.16b-v18.16b}:list(v16)");
    CHECK_BAD("ld1 {v30.16b-v1.16b}, [x0]", "{v30.16b-v1.16b}:list(v30)");
    CHECK_BAD("ld1 { v15.16b - v16.16b }, [x0], #32", "{ v15.16b - v16.16b }:list(v16)");
    CHECK_BAD("ld4 {v12.b, v13.b, v14.b, v15.b}[3], [x0]", "");
    CHECK_BAD("st1 {v16.b}[3], [x0], x1", "{v16.b}:list(v16)");
    CHECK_BAD("ld1 {%0.4s, v16.4s}, [%1]", "{%0.4s, v16.4s}:list(v16)");
    CHECK_BAD("ld1 {%0.4s-%1.4s}, [%2]", "");
    CHECK_BAD("ld1.4s {v16}, [x0]", "{v16}:list(v16)");
    CHECK_BAD("ld1 {v0.4s, v1.4s", "");
    CHECK_SEEN("ld1 {v0.4s, v1.4s}, [x0], #32", "v0 v1 x0");
}

TEST(asm_text_scalable)
{
    CHECK_BAD("add z0.s, p1/m, z0.s, z31.s", "z0.s:sve p1:sve z0.s:sve z31.s:sve");
    CHECK_BAD("ld1w {z0.s}, p0/z, [x0]", "{z0.s}:sve p0:sve");
    CHECK_BAD("ld1b {z0.b-z3.b}, pn8/z, [x0]", "{z0.b-z3.b}:sve pn8:sve");
    CHECK_BAD("ptrue p15.b", "p15.b:sve");
    CHECK_BAD("mov x0, p16", "");
}

TEST(asm_text_writes_of_x18)
{
    CHECK_BAD("mov x18, x0", "x18:teb");
    CHECK_BAD("mov w18, #0", "w18:teb");
    CHECK_BAD("ldr x0, [x18, #0x30]", "");
    CHECK_BAD("mov x0, x18\nadd x1, x18, x2\ncmp x18, x0\ncbz x18, 1f", "");
    CHECK_BAD("str x18, [sp, #-16]!", "");
    CHECK_BAD("ldr x18, [sp], #16", "x18:teb");
    CHECK_BAD("stp x18, x19, [sp, #-16]!", "");
    CHECK_BAD("ldp x17, x18, [sp]", "x18:teb");
    CHECK_BAD("str x30, [x18], #8", "x18:teb");
    CHECK_BAD("ldr x30, [x18, #-8]!", "x18:teb");
    CHECK_BAD("ldr x18, [x18, #8]", "x18:teb");
    CHECK_BAD("stxr w18, x0, [x1]", "w18:teb");
    CHECK_BAD("stxr w0, x18, [x1]\nstlr x18, [x0]", "");
    CHECK_BAD("swpal x0, x18, [x1]", "x18:teb");
    CHECK_BAD("swpal x18, x0, [x1]", "");
    CHECK_BAD("ldaddal w18, w0, [x1]\nldaddal w0, w18, [x1]", "w18:teb");
    CHECK_BAD("casal x18, x0, [x1]", "x18:teb");
    CHECK_BAD("casal x0, x18, [x1]", "");
    CHECK_BAD("msr tpidr_el0, x18\nmrs x18, tpidr_el0", "x18:teb");
    CHECK_BAD("dc civac, x18\nprfm pldl1keep, [x18]\nblr x18\nbr x18", "");
    CHECK_BAD("ld1 {v0.4s}, [x18], x1", "x18:teb");
    CHECK_BAD("cpyfp [x18]!, [x1]!, x2!", "x18:teb");
    CHECK_BAD("umov w0, v1.b[0]\nmov v1.b[0], w18", "");
}

TEST(asm_text_unknown_mnemonics_write_nothing)
{
    CHECK_BAD("LOAD_TEB x18, x0", "");
    CHECK_BAD("save_pair x28, x0", "x28:gpr");
    CHECK_BAD("transpose_8x8 v16, v17", "v16:vector v17:vector");
    CHECK_BAD("call_it d16, s20, p1, h31, b16", "");
}

TEST(asm_text_labels_and_symbols)
{
    CHECK_BAD("x13: mov x0, x1\nv16:\n b x13\n bl d16\n b.eq p1\n cbz x0, s16", "");
    CHECK_BAD("tbz w0, #3, d16\nadrp x0, d17\nadr x0, q16", "");
    CHECK_BAD("cbz x13, 1f", "x13:gpr");
    CHECK_BAD("tbnz w24, #0, 2b", "w24:gpr");
    CHECK_BAD("ldr x0, =x13\nadd x0, x0, :lo12:d16", "");
    CHECK_BAD("1: mov x14, x0\n2: 3: mov x28, x0", "x14:gpr x28:gpr");
    CHECK_BAD(".Lx13%=: mov x0, x1\n b .Lx13%=", "");
    CHECK_BAD("b v16_loop\nldr x0, x13_table\nbl _x13", "");
    CHECK_BAD("x13 = 5\n.set d16, 3", "");
}

TEST(asm_text_comments_and_strings)
{
    CHECK_BAD("// mov x13, x0\nmov x0, x1 // x14\n", "");
    CHECK_BAD("/* mov x13, x0\n mov x28, x0 */ mov x14, x0", "x14:gpr");
    CHECK_BAD("# mov x13, x0\n  # x14\nmov x0, #13", "");
    CHECK_BAD("#define R x13 \\\n  x28\nmov x23, x0", "x23:gpr");
    CHECK_BAD(".ascii \"mov x13, x0\"\n.asciz \"a\\\"; mov x28, x0\"", "");
    CHECK_BAD("mov w0, #'x'\nmov x13, #';'", "x13:gpr");
    CHECK_BAD("/* open mov x13, x0", "");
}

TEST(asm_text_directives_are_no_uses)
{
    CHECK_BAD(".cfi_offset x28, -16\n.seh_save_reg x23, 8\n.seh_save_fregp d16, 8", "");
    CHECK_BAD(".inst 0xd53bd04d", "");
    CHECK_BAD(".align 2; mov x13, x0", "x13:gpr");
}

TEST(asm_text_aliases_and_macros)
{
    CHECK_BAD("x13 .req x0\nmov x0, x1", "");
    CHECK_BAD("tmp .req x13\nmov tmp, x0\nadd x0, tmp, x1", "x13:gpr");
    CHECK_BAD("teb .req x18\nldr x0, [teb, #8]\nmov teb, x0", "teb:teb");
    CHECK_BAD(
        ".macro save x13, v16\n str \\x13, [sp]\n fadd v\\v16\\().4s, \\v16, v0.4s\n"
        ".endm",
        "");
    CHECK_BAD(".macro save reg\n mov \\reg, x28\n.endm", "x28:gpr");
    CHECK_BAD("mov x1\\n, x2\nadd \\a\\()13, x0, x0", "");
}

TEST(asm_text_operand_references)
{
    CHECK_BAD("add %w0, %w[x13], %2\nmov %x[d16], %[v16]\nldr %q0, [%1]", "");
    CHECK_BAD("fmla %0.4s, %1.4s, %2.s[1]", "");
    CHECK_BAD("add {0:w}, {x13:w}, {}\nmov {value}, x13", "x13:gpr");
    CHECK_BAD("movq %%r13, %%rax; mov %rax, %x13", "");
    CHECK_BAD("ldr %x0, [x18], %1", "x18:teb");
}

TEST(asm_text_other_machines)
{
    CHECK_BAD("vadd.i32 d16, d17, d18\nvld1.8 {d16-d19}, [r0]!", "");
    CHECK_BAD("mov eax, 5\ncpuid\nrdtsc\nlock; cmpxchg %1, %2", "");
    CHECK_BAD("lw a0, 0(x13)", "");
}

TEST(asm_text_real_shapes)
{
    // ffmpeg libavcodec/aarch64: macro bodies and post-indexed lists.
    CHECK_BAD(".macro lowpass_const r\n mov w12, \\r\n mov v4.h[0], w12\n.endm\n"
              "1: ld1 {v0.8b, v1.8b}, [x1], x2\n uaddl v16.8h, v0.8b, v5.8b\n"
              " mla v16.8h, v17.8h, v4.h[0]\n b.gt 1b\n",
              "v16.8h:vector v16.8h:vector v17.8h:vector");
    // gemmlowp: named operands, numeric registers in the clobber list only.
    CHECK_BAD("ld1 {v0.16b}, [%[lhs_ptr]], #16\nsmull v16.8h, v0.8b, v2.8b\n"
              "subs %w[depth], %w[depth], #16\nbne 34b\n",
              "v16.8h:vector");
    // Linux, arm64 atomics.
    CHECK_BAD("// atomic_add_return\n prfm pstl1strm, %2\n1: ldxr %w0, %2\n"
              " add %w0, %w0, %w3\n stlxr %w1, %w0, %2\n cbnz %w1, 1b\n dmb ish",
              "");
    // compiler-rt outline atomics, openssl's save area.
    CHECK_BAD("stp x23, x24, [sp, #32]\nstp x25, x26, [sp, #48]\nstr x28, [sp, #80]",
              "x23:gpr x24:gpr x28:gpr");
    CHECK_BAD("paciasp\nhint #25\nbti c\nret\nmrs x0, fpcr\nisb sy\nat s1e1r, x0", "");
}

TEST(asm_text_verdict_of_names)
{
    CHECK_EQ(asm_register_verdict(STR("x13")), ASM_DISALLOWED_GPR);
    CHECK_EQ(asm_register_verdict(STR("w28")), ASM_DISALLOWED_GPR);
    CHECK_EQ(asm_register_verdict(STR("v16")), ASM_DISALLOWED_VECTOR);
    CHECK_EQ(asm_register_verdict(STR("%d31")), ASM_DISALLOWED_VECTOR);
    CHECK_EQ(asm_register_verdict(STR("z3")), ASM_SVE);
    CHECK_EQ(asm_register_verdict(STR("ffr")), ASM_SVE);
    CHECK_EQ(asm_register_verdict(STR("x18")), ASM_X18_WRITTEN);
    CHECK_EQ(asm_register_verdict(STR("x12")), ASM_FINE);
    CHECK_EQ(asm_register_verdict(STR("memory")), ASM_FINE);
    CHECK(asm_is_register(STR("lr")) && asm_is_register(STR("IP0")));
    CHECK(!asm_is_register(STR("x31")) && !asm_is_register(STR("cc")));
    CHECK(!asm_is_register(STR("x")) && !asm_is_register(STR("")));
}

TEST(asm_text_register_info)
{
    AsmRegisterInfo info;
    REQUIRE(asm_register_info(STR("w27"), &info));
    CHECK_STR(info.canonical, STR("x27"));
    CHECK_STR(info.x64, STR("rbx"));
    CHECK_STR(info.volatility, STR("non-volatile"));
    CHECK_STR(info.why, STR(""));
    REQUIRE(asm_register_info(STR("d6"), &info));
    CHECK_STR(info.canonical, STR("v6"));
    CHECK_STR(info.x64, STR("xmm6"));
    REQUIRE(asm_register_info(STR("fp"), &info));
    CHECK_STR(info.canonical, STR("x29"));
    REQUIRE(asm_register_info(STR("q31"), &info));
    CHECK_STR(info.volatility, STR("disallowed"));
    CHECK(info.why.len > 0);
    REQUIRE(asm_register_info(STR("nzcv"), &info));
    CHECK(!asm_register_info(STR("rax"), &info));
}

TEST(asm_mnemonics_are_all_found)
{
#define A64(mnemonic, writes)                                                            \
    CHECK_EQ(asm_mnemonic_writes(STR(#mnemonic)), ASM_WRITES_##writes);
#include "codegen/frontend/asm_mnemonics.def"
#undef A64
    CHECK_EQ(asm_mnemonic_writes(STR("ADD")), ASM_WRITES_FIRST);
    CHECK_EQ(asm_mnemonic_writes(STR("b.eq")), ASM_WRITES_LABEL);
    CHECK_EQ(asm_mnemonic_writes(STR("add.4s")), ASM_WRITES_FIRST);
    CHECK_EQ(asm_mnemonic_writes(STR("cpuid")), ASM_NOT_A64);
    CHECK_EQ(asm_mnemonic_writes(STR("")), ASM_NOT_A64);
    CHECK_EQ(asm_mnemonic_writes(STR("averyverylongmnemonic")), ASM_NOT_A64);
}
