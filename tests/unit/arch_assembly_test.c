// Statements of real libraries, by processor. All texts are decoded.
#include "codegen/arch/token.h"

#include "tests/unit/harness.h"

static const char *name_of(ArchKind kind)
{
    switch (kind) {
    case ARCH_X86_ASM:
        return "x86";
    case ARCH_A64_ASM:
        return "a64";
    case ARCH_A32_ASM:
        return "a32";
    case ARCH_ARM_BARRIER:
        return "arm-barrier";
    case ARCH_COMPILER_BARRIER:
        return "compiler-barrier";
    default:
        return "none";
    }
}

typedef struct Row {
    const char *text;
    const char *token; // NULL: any
    Str operands[4];   // constraints
} Row;

static void check_rows(const Row *rows, size_t n, ArchKind expected, int line)
{
    for (size_t i = 0; i < n; i++) {
        StrSpan constraints = {rows[i].operands, 0};
        while (constraints.len < COUNTOF(rows[i].operands) &&
               rows[i].operands[constraints.len].len)
            constraints.len++;
        ArchAsm statement = {.text = str_of(rows[i].text), .constraints = constraints};
        Str token;
        ArchKind kind = arch_asm(&statement, &token);
        if (kind != expected)
            check_str(str_of(name_of(kind)), str_of(name_of(expected)), rows[i].text,
                      "expected", __FILE__, line);
        if (rows[i].token)
            check_str(token, str_of(rows[i].token), rows[i].text, "token", __FILE__,
                      line);
    }
}

#define CHECK_ROWS(rows, kind) check_rows((rows), COUNTOF(rows), (kind), __LINE__)

TEST(arch_assembly_tells_x86)
{
    static const Row rows[] = {
        {"pause\n", "pause", {{0}}},
        {"rep; nop", "rep", {{0}}},
        {"rdtsc", "rdtsc", {STR_INIT("=a"), STR_INIT("=d")}},
        {"lfence\n\trdtsc\n\t", "lfence", {{0}}},
        {"mfence", NULL, {{0}}},
        {"int $3", "int", {{0}}},
        {"ud2", NULL, {{0}}},
        {".byte 0x0f, 0x01, 0xd0", ".byte", {{0}}},
        {".byte 0xf, 0x1, 0xe8", ".byte", {{0}}},
        {"addq %2,%0; adcq %3,%1", "addq", {{0}}},
        {"add %7, %k2\n\tadc %5, %k1\n\tadc $0, %k0", NULL, {{0}}},
        {"bsfl %1,%0\n\t", NULL, {{0}}},
        {"bswap   %0", NULL, {STR_INIT("+r")}},
        {"xchgb %b0,%h0", NULL, {{0}}},
        {"rorw $8, %w0", NULL, {STR_INIT("+r")}},
        {"crc32b %[data], %[init_val];", NULL, {{0}}},
        {"cmpxchg16b %[dst]; sete %[res]", "cmpxchg16b", {{0}}},
        {"lock ; xchgl %0, (%1)\n", "lock", {{0}}},
        {"lock addl $0, %0", "lock", {{0}}},
        {"cld \n rep ; stosl \n", "cld", {{0}}},
        {"mul %%ecx\n\t", "%%ecx", {{0}}},
        {"mov %%cr4, %0\n", "%%cr4", {{0}}},
        {"movq %%gs:0x30, %0", "movq", {{0}}},
        {"mov %%gs:%1, %0", "%%gs", {{0}}},
        {"popl %eax\nret", NULL, {{0}}},
        {"mov{l}\t{%1, %0|%0, %1}", "mov", {{0}}},
        {"vpaddd %%ymm1, %%ymm2, %%ymm0", NULL, {{0}}},
        {"pxor %%mm7, %%mm7", "pxor", {{0}}},
        {"ldmxcsr %0", NULL, {STR_INIT("m")}},
        {"shrdl %4, %%edx, %%eax", NULL, {{0}}},
        {"imull $10, %1, %0", NULL, {{0}}},
        {"fildl %1; fistpll %0", NULL, {{0}}},
        {"prefetchnta (%0)\n\t", NULL, {{0}}},
        {"lea %c3(%0), %0", NULL, {{0}}},
        {"mul %3", "=a", {STR_INIT("=a"), STR_INIT("=d"), STR_INIT("%0"), STR_INIT("r")}},
        {"in %w1, %b0", "=a", {STR_INIT("=a"), STR_INIT("d")}},
        {"cmpl $0x1000000, %1\nsbbl %0, %0\n", NULL, {{0}}},
        {".intel_syntax noprefix\nmov eax, 1", ".intel_syntax", {{0}}},
        {"mov rax, rbx", "rax", {{0}}},
        {"1: movb %1, %0\n2:\n", "movb", {{0}}},
        {"incw %w0", "incw", {STR_INIT("+m")}},
    };
    CHECK_ROWS(rows, ARCH_X86_ASM);
}

TEST(arch_assembly_tells_a64)
{
    static const Row rows[] = {
        {"yield", "yield", {{0}}},
        {"isb", NULL, {{0}}},
        {"isb sy\n", NULL, {{0}}},
        {"mrs %0, cntvct_el0", NULL, {STR_INIT("=r")}},
        {"mrs %1, spsr_el2\n mrs %2, elr_el2\n", NULL, {{0}}},
        {"ldaxr %w0, %1\n\tstxr %w2, %w3, %1", "ldaxr", {{0}}},
        {"casb %w[original], %w[desired], %[storage]\n\t", NULL, {{0}}},
        {"ldaddal %w2, %w0, [%1]", NULL, {{0}}},
        {"umulh %0, %1, %2", "umulh", {{0}}},
        {"adds %1, %x4, %5\n\tadc %0, %x2, %x3", NULL, {{0}}},
        {"rbit %0, %1", NULL, {STR_INIT("=r"), STR_INIT("r")}},
        {"clz %w0, %w1", NULL, {{0}}},
        {"rev %w0, %w1", NULL, {{0}}},
        {"crc32cx %w0, %w1, %x2", NULL, {{0}}},
        {"crc32cb %w0, %w1, %w2", NULL, {{0}}},
        {"crc32b %w0, %w1, %w2", NULL, {{0}}},
        {"mov x0, #1\n\tsvc #0x80", NULL, {{0}}},
        {"ldr %0, [x18, #0x60]", NULL, {{0}}},
        {"ld1 {v0.16b}, [%0]", NULL, {{0}}},
        {"fmla %0.4s, %1.4s, %2.s[0]", "fmla", {{0}}},
        {"add %0.16b, %1.16b, %2.16b", "%0.16b", {{0}}},
        {"uaddlv %h0, %1.8b", NULL, {{0}}},
        {"brk #0xf000", NULL, {{0}}},
        {"prfm pldl1keep, [%0]", NULL, {{0}}},
        {"dmb ish\n\tisb", NULL, {{0}}},
        {"dc cvau, %0", NULL, {{0}}},
        {"ic ivau, %0", NULL, {{0}}},
        {"b.eq 1f", NULL, {{0}}},
        {"add %w0, %w1, %w2", NULL, {{0}}},
        {"1:\n ldxrb %w[original], %[storage]\n add %w[result], %w[original], %w[value]",
         NULL,
         {{0}}},
    };
    CHECK_ROWS(rows, ARCH_A64_ASM);
}

TEST(arch_assembly_tells_a32)
{
    static const Row rows[] = {
        {"vzip.8 %e0, %f0", "vzip.8", {{0}}},
        {"vld1.32 {d0}, [%0]", NULL, {{0}}},
        {"mcr p15, 0, %0, c7, c10, 5", "mcr", {{0}}},
        {"mrrc p15, 1, %Q0, %R0, c14", NULL, {{0}}},
        {"@ atomic_add\n1: ldrex %0, [%3]\n add %0, %0, %4\n strex %1, %0, [%3]\n",
         "ldrex",
         {{0}}},
        {"push {r4, lr}\n", NULL, {{0}}},
        {"rsbs %1, %5, %4\n\trsc %0, %3, %2", NULL, {{0}}},
        {"umull %0, %1, %2, %3", NULL, {{0}}},
        {"umlal %Q0, %R0, %Q1, %Q2\n mov %Q0, #0", NULL, {{0}}},
        {".fpu neon\n", NULL, {{0}}},
        {"bx lr", NULL, {{0}}},
        {"mrs %0, cpsr @ save\n orr %1, %0, #128\n msr cpsr_c, %1", "mrs", {{0}}},
        {"ldrd %0, %H0, [%1]", NULL, {{0}}},
        {"usat %0, #8, %1", NULL, {{0}}},
    };
    CHECK_ROWS(rows, ARCH_A32_ASM);
}

TEST(arch_assembly_tells_barriers_of_arm)
{
    static const Row rows[] = {
        {"dmb ish", "dmb", {{0}}},
        {"dmb sy\n", "dmb", {{0}}},
        {"dsb ishst", "dsb", {{0}}},
        {"dmb", "dmb", {{0}}},
        {"dmb ishld\n\tdmb ishst", "dmb", {{0}}},
    };
    CHECK_ROWS(rows, ARCH_ARM_BARRIER);
}

// Of other processors, or of any: a word about one of them would be wrong.
TEST(arch_assembly_tells_nothing_of_others)
{
    static const Row rows[] = {
        {"", NULL, {STR_INIT("+r")}},
        {"nop", "", {{0}}},
        {"ret", "", {{0}}},
        {"mov %1, %0", "", {STR_INIT("=r"), STR_INIT("r")}},
        {"1: mov %[val], %[ptr]\n2:\n", NULL, {{0}}},
        {"mul %0, %1, %2", NULL, {{0}}},
        {"# a comment [of] x86, #1\n", NULL, {{0}}},
        {".pushsection .note\n.long 1\n.popsection", NULL, {{0}}},
        {".globl foo\nfoo:\n", NULL, {{0}}},
        {"b %l[yes]", NULL, {{0}}},
        {"call %c[func]", NULL, {{0}}},
        // RISC-V
        {"fence rw, rw", NULL, {{0}}},
        {"0: lr.w %0, %2\n and %1, %0, %z4\n sc.w %1, %1, %2\n bnez %1, 0b\n",
         NULL,
         {STR_INIT("=&r"), STR_INIT("=&r"), STR_INIT("+A")}},
        {"amoswap.w.aq %0, %1, %2", NULL, {{0}}},
        {"csrr %0, cycle", NULL, {STR_INIT("=r")}},
        {"add x5, x6, x7", NULL, {{0}}},
        {"addw %0, %1, %2", NULL, {{0}}},
        {"fld fa0, 0(a0)", NULL, {{0}}},
        {".option push\n.option norvc\nj %l[no]", NULL, {{0}}},
        // POWER
        {"sync", NULL, {{0}}},
        {"lwsync", NULL, {{0}}},
        {"mftb %0", NULL, {{0}}},
        {"1: lwarx %1, 0, %2\n addi %1, %1, -1\n stwcx. %1, 0, %2\n bne- 1b\n isync",
         NULL,
         {STR_INIT("=m"), STR_INIT("=&b"), STR_INIT("r")}},
        {"add%I4c %1,%3,%4\n\taddme %0,%2", NULL, {{0}}},
        {"mulhdu %0,%1,%2", NULL, {{0}}},
        {"std %1, %0\n", NULL, {{0}}},
        {"popcntd %0, %1", NULL, {{0}}},
        {"or 31,31,31", NULL, {{0}}},
    };
    CHECK_ROWS(rows, ARCH_NONE);
}

TEST(arch_assembly_tells_nothing_of_rarer_others)
{
    static const Row rows[] = {
        // MIPS and Loongson
        {".set push\n.set noreorder\nll %0, %1\n.set pop", NULL, {{0}}},
        {"dmultu %2,%3\n\tmflo %0\n\tmfhi %1", NULL, {{0}}},
        {"rdhwr %0, $29", NULL, {{0}}},
        {"ldr %[val], 0(%[src])\nldl %[val], 7(%[src])", NULL, {{0}}},
        {"lw %[temp0], 0(%[w1])\nlw %[eax], 4(%[w1])", NULL, {{0}}},
        {"slt %[a], $zero, %[a]", NULL, {{0}}},
        {"and $2, $3, $4", NULL, {{0}}},
        {"paddw %[a], %[b], %[c]\npcmpeqb %[a], %[a], %[a]", NULL, {{0}}},
        {"rdtime.d %0, $zero", NULL, {{0}}},
        {"beq %[p], %[u], 1f\nadd.w %[rc], %[p], %[a]", NULL, {{0}}},
        // s390
        {"stck %0", NULL, {{0}}},
        {"algr %1,%5\n\talcgr %0,%3", NULL, {STR_INIT("=d"), STR_INIT("=a")}},
        {"stg %[i],%[counter]\n", NULL, {{0}}},
        {"lgr %0,%%r15", NULL, {{0}}},
        {"jnz 0b", NULL, {{0}}},
        // SPARC
        {"membar #StoreLoad | #LoadLoad", NULL, {{0}}},
        {"cas [%1], %2, %0", NULL, {{0}}},
        {"rd %%tick, %0", NULL, {{0}}},
        {"addcc %r4,%5,%1\n\taddx %r2,%3,%0", NULL, {{0}}},
        {"mov %1, %%g1", NULL, {{0}}},
        // Alpha, IA-64, HPPA, m68k, SuperH, AVR
        {"umulh %r1,%2,%0", NULL, {{0}}},
        {"1: ldl_l %0,0(%2)\n stl_c %1,0(%2)\n mov $31,%1", NULL, {{0}}},
        {"popcnt %0 = %1", NULL, {{0}}},
        {"hint @pause", NULL, {{0}}},
        {"sub%I4 %4,%r5,%1\n\tsubb %r2,%r3,%0", NULL, {{0}}},
        {"add%.l %5,%1\n\taddx%.l %3,%0", NULL, {{0}}},
        {"addl #1,%0", NULL, {{0}}},
        {"movsb %0, %1@", NULL, {{0}}},
        {"casl %0,%2,%1", NULL, {{0}}},
        {"mov.l @r15+, r0", NULL, {{0}}},
        {"swap.b %0,%0", NULL, {{0}}},
        {"eor r1, r1", NULL, {{0}}},
        {"tex.2d.v4.u32.f32 {%0, %1, %2, %3}, [%4, {%5, %6}];", NULL, {{0}}},
    };
    CHECK_ROWS(rows, ARCH_NONE);
}

TEST(arch_assembly_reads_the_syntax_of_microsoft)
{
    static const char *const x86[] = {
        "\n    mov eax, 1\n    cpuid ; EAX is next\n",
        " int 3 ",
        "emms",
        "\n _emit 0x0f _asm _emit 0x01\n",
        "\n push ebp\n mov ebp,esp\n sub esp,20h\n fld st(0)\n",
        "\n cmp cl,40h\n jae RETZERO\n",
        "\n lock xadd dword ptr [ecx], eax\n",
        "MOV EAX, 1",
        "rdtsc",
        "\n mov ax, bx\n",
    };
    static const char *const none[] = {" nop ", "", "\n ; only words of eax\n", "{"};
    Str token;
    for (size_t i = 0; i < COUNTOF(x86); i++) {
        ArchAsm statement = {.text = str_of(x86[i]), .is_msvc = true};
        if (arch_asm(&statement, &token) != ARCH_X86_ASM)
            check_str(str_of(x86[i]), STR(""), "text", "x86", __FILE__, __LINE__);
    }
    for (size_t i = 0; i < COUNTOF(none); i++) {
        ArchAsm statement = {.text = str_of(none[i]), .is_msvc = true};
        if (arch_asm(&statement, &token) != ARCH_NONE)
            check_str(str_of(none[i]), STR(""), "text", "none", __FILE__, __LINE__);
    }
}

TEST(arch_assembly_reads_clobbers_and_constraints)
{
    static const Str memory[] = {STR_INIT("memory")};
    static const Str xmm[] = {STR_INIT("%xmm0"), STR_INIT("memory")};
    static const Str a_d[] = {STR_INIT("=a"), STR_INIT("=d")};
    static const Str s390[] = {STR_INIT("=d"), STR_INIT("a")};
    Str token;
    CHECK_EQ(arch_asm(&(ArchAsm){.clobbers = {memory, 1}}, &token),
             ARCH_COMPILER_BARRIER);
    CHECK_EQ(arch_asm(&(ArchAsm){.text = STR(" /* fence */ "), .clobbers = {memory, 1}},
                      &token),
             ARCH_COMPILER_BARRIER);
    CHECK_EQ(arch_asm(&(ArchAsm){.text = STR("nop"), .clobbers = {memory, 1}}, &token),
             ARCH_NONE);
    // PAUSE ::: "memory" may be anything
    CHECK_EQ(arch_asm(&(ArchAsm){.has_macros = true, .clobbers = {memory, 1}}, &token),
             ARCH_NONE);
    CHECK_EQ(arch_asm(&(ArchAsm){.has_macros = true, .clobbers = {xmm, 2}}, &token),
             ARCH_X86_ASM);
    CHECK_STR(token, STR("%xmm0"));
    CHECK_EQ(arch_asm(&(ArchAsm){.has_macros = true, .constraints = {a_d, 2}}, &token),
             ARCH_X86_ASM);
    CHECK_EQ(arch_asm(&(ArchAsm){.has_macros = true, .constraints = {s390, 2}}, &token),
             ARCH_NONE);
    CHECK_EQ(arch_asm(&(ArchAsm){.constraints = {a_d, 2}}, &token), ARCH_NONE);
}

TEST(arch_assembly_stands_any_bytes)
{
    static const Str texts[] = {
        STR_INIT("%"),       STR_INIT("%%"),       STR_INIT(":"),
        STR_INIT("::::"),    STR_INIT("{|}"),      STR_INIT("mov{"),
        STR_INIT(";;;\n\n"), STR_INIT("/*"),       STR_INIT("*/ /*"),
        STR_INIT(".byte"),   STR_INIT(".byte 0x"), STR_INIT("\0\xff\x80"),
        STR_INIT("v."),      STR_INIT("b."),       STR_INIT("ld1"),
        STR_INIT("mov #"),   STR_INIT("mov ["),    STR_INIT("mov %w"),
        STR_INIT("@"),       STR_INIT("x @"),      STR_INIT("mov =,")};
    Str token;
    for (size_t i = 0; i < COUNTOF(texts); i++)
        for (int is_msvc = 0; is_msvc < 2; is_msvc++)
            CHECK_EQ(arch_asm(&(ArchAsm){.text = texts[i], .is_msvc = is_msvc}, &token),
                     ARCH_NONE);
}
