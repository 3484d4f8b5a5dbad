#include "codegen/rust/sink.h"

#include "codegen/arch/assembly_sign.h"
#include "codegen/arch/token.h"
#include "codegen/frontend/asm_text.h"

#include <string.h>

typedef struct Finder {
    Arena *arena;
    const RustTokens *tokens;
    RustGates *gates;
    RustSinks *sinks;
    Truth around;
    uint32_t gate;
    uint32_t macro_end; // tokens before this belong to a macro_rules!
    uint32_t arch_end;  // tokens before this belong to a path of core::arch
} Finder;

static bool says(const Finder *f, uint32_t at, const char *word)
{
    return rust_is_word(f->tokens, at, str_of(word));
}

static bool is_mark(const Finder *f, uint32_t at, char ch)
{
    return rust_is_punct(f->tokens, at, ch);
}

static RustSink *add(Finder *f, RustSinkKind kind, uint32_t token, uint32_t end, Str word)
{
    RustSink *sink = LIST_PUSH(f->arena, &f->sinks->all);
    *sink = (RustSink){.kind = kind,
                       .token = token,
                       .end = end,
                       .gate = f->gate,
                       .asm_index = RUST_NONE,
                       .in_macro = token < f->macro_end,
                       .word = word};
    Truth live = rust_sink_live(f->gates, f->around, sink);
    uint32_t ec = truth_may(live, TARGET_EC) ? RUST_HOLDS(kind) : 0;
    for (uint32_t i = f->gate; i != RUST_NO_GATE; i = f->gates->all.at[i].parent) {
        f->gates->all.at[i].holds |= RUST_HOLDS(kind);
        f->gates->all.at[i].holds_ec |= ec;
    }
    return sink;
}

Truth rust_sink_live(const RustGates *gates, Truth around, const RustSink *sink)
{
    return sink->gate == RUST_NO_GATE ? around : gates->all.at[sink->gate].live;
}

// --- Paths
// ------------------------------------------------------------------------------

static void arch_module(Finder *f, uint32_t at)
{
    Str name = rust_token_text(f->tokens, at);
    if (str_eq(name, STR("x86_64")) || str_eq(name, STR("x86")))
        add(f, RUST_X86_PATH, at, at + 1, name);
    else if (str_eq(name, STR("aarch64")))
        add(f, RUST_ARM_PATH, at, at + 1, name);
}

// core::arch::x86_64::..., core::arch::{x86_64, aarch64}; `at` is core or std.
static void arch_path(Finder *f, uint32_t at)
{
    if (!rust_is_path_sep(f->tokens, at + 1))
        return;
    uint32_t next = at + 3;
    if (is_mark(f, next, '{')) { // use core::{arch::x86_64::*, mem}
        uint32_t end = rust_skip_group(f->tokens, next);
        for (uint32_t i = next + 1; i + 1 < end; i++)
            if (says(f, i, "arch") && rust_is_path_sep(f->tokens, i + 1) &&
                !is_mark(f, i - 1, ':'))
                arch_module(f, i + 3);
        f->arch_end = end;
        return;
    }
    if (!says(f, next, "arch") || !rust_is_path_sep(f->tokens, next + 1))
        return;
    uint32_t module = next + 3;
    f->arch_end = module; // which may be a macro: core::arch::asm!
    if (!is_mark(f, module, '{')) {
        arch_module(f, module);
        return;
    }
    uint32_t end = rust_skip_group(f->tokens, module);
    bool starts = true;
    for (uint32_t i = module + 1; i + 1 < end; i = rust_skip_group(f->tokens, i)) {
        if (starts && rust_token(f->tokens, i)->kind == RUST_IDENT)
            arch_module(f, i);
        starts = is_mark(f, i, ',');
    }
    f->arch_end = end;
}

// --- Words
// ------------------------------------------------------------------------------

typedef struct OsWord {
    Str word;
    RustSinkKind kind;
} OsWord;

// Structures and constants of Windows that are others on ARM64. Sorted by ASCII.
static const OsWord os_words[] = {
    {STR_INIT("ARM64_NT_CONTEXT"), RUST_OS_ARM},
    {STR_INIT("ARM64_NT_NEON128"), RUST_OS_ARM},
    {STR_INIT("CONTEXT"), RUST_OS},
    {STR_INIT("CONTEXT_AMD64"), RUST_OS_X64},
    {STR_INIT("CONTEXT_ARM64"), RUST_OS_ARM},
    {STR_INIT("DISPATCHER_CONTEXT"), RUST_OS},
    {STR_INIT("DISPATCHER_CONTEXT_ARM64"), RUST_OS_ARM},
    {STR_INIT("FLOATING_SAVE_AREA"), RUST_OS},
    {STR_INIT("GetThreadContext"), RUST_OS},
    {STR_INIT("IMAGE_FILE_MACHINE_AMD64"), RUST_OS_X64},
    {STR_INIT("IMAGE_FILE_MACHINE_ARM64"), RUST_OS_ARM},
    {STR_INIT("KNONVOLATILE_CONTEXT_POINTERS"), RUST_OS},
    {STR_INIT("KNONVOLATILE_CONTEXT_POINTERS_ARM64"), RUST_OS_ARM},
    {STR_INIT("LPCONTEXT"), RUST_OS},
    {STR_INIT("M128A"), RUST_OS_X64},
    {STR_INIT("NEON128"), RUST_OS_ARM},
    {STR_INIT("PCONTEXT"), RUST_OS},
    {STR_INIT("PEXCEPTION_ROUTINE"), RUST_OS},
    {STR_INIT("PGET_RUNTIME_FUNCTION_CALLBACK"), RUST_OS},
    {STR_INIT("PRUNTIME_FUNCTION"), RUST_OS},
    {STR_INIT("PROCESSOR_ARCHITECTURE_AMD64"), RUST_OS_X64},
    {STR_INIT("PROCESSOR_ARCHITECTURE_ARM64"), RUST_OS_ARM},
    {STR_INIT("PUNWIND_HISTORY_TABLE"), RUST_OS},
    {STR_INIT("RUNTIME_FUNCTION"), RUST_OS},
    {STR_INIT("RtlAddFunctionTable"), RUST_OS},
    {STR_INIT("RtlCaptureContext"), RUST_OS},
    {STR_INIT("RtlLookupFunctionEntry"), RUST_OS},
    {STR_INIT("RtlRestoreContext"), RUST_OS},
    {STR_INIT("RtlUnwindEx"), RUST_OS},
    {STR_INIT("RtlVirtualUnwind"), RUST_OS},
    {STR_INIT("SetThreadContext"), RUST_OS},
    {STR_INIT("UNWIND_HISTORY_TABLE"), RUST_OS},
    {STR_INIT("UNWIND_HISTORY_TABLE_SIZE"), RUST_OS},
    {STR_INIT("XMM_SAVE_AREA32"), RUST_OS_X64},
    {STR_INIT("XSAVE_FORMAT"), RUST_OS_X64},
    {STR_INIT("_CONTEXT"), RUST_OS},
};

// Types by which an interface of Windows is told.
static bool is_os_type(Str word)
{
    static const Str types[] = {
        STR_INIT("DWORD"),     STR_INIT("DWORD64"),   STR_INIT("DWORDLONG"),
        STR_INIT("HANDLE"),    STR_INIT("LPVOID"),    STR_INIT("PVOID"),
        STR_INIT("UCHAR"),     STR_INIT("ULONG"),     STR_INIT("ULONG64"),
        STR_INIT("ULONGLONG"), STR_INIT("ULONG_PTR"), STR_INIT("USHORT"),
        STR_INIT("NTSTATUS"),  STR_INIT("HMODULE")};
    for (size_t i = 0; i < COUNTOF(types); i++)
        if (str_eq(word, types[i]))
            return true;
    return false;
}

// neon::f(), f_neon(): somebody's own code for NEON.
static bool is_neon_path(const Finder *f, uint32_t at, Str word)
{
    bool is_used = rust_is_path_sep(f->tokens, at + 1) || is_mark(f, at + 1, '(');
    return is_used && (str_eq(word, STR("neon")) || str_ends(word, STR("_neon")));
}

static bool os_word(Finder *f, uint32_t at, Str word)
{
    size_t low = 0, high = COUNTOF(os_words);
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        int order = str_compare(os_words[middle].word, word);
        if (order == 0) {
            add(f, os_words[middle].kind, at, at + 1, word);
            return true;
        }
        if (order < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return false;
}

// Members of CONTEXT: `.Rip`, `Rip:` with its capital.
static void context_member(Finder *f, uint32_t at, Str word)
{
    static const Str x64[] = {STR_INIT("Rip"), STR_INIT("Rsp"), STR_INIT("Rbp"),
                              STR_INIT("Rax"), STR_INIT("Rcx"), STR_INIT("Rdx")};
    bool is_member = at > 0 && (is_mark(f, at - 1, '.') || is_mark(f, at + 1, ':'));
    for (size_t i = 0; i < COUNTOF(x64) && is_member; i++)
        if (str_eq(word, x64[i]))
            add(f, RUST_OS_X64, at, at + 1, word);
}

static void arch_kind(Finder *f, uint32_t at, Str word)
{
    if (!arch_word_may_have_kind(word))
        return;
    switch (arch_word(word).kind) {
    case ARCH_X86_CODE:
    case ARCH_X86_MSVC:
    case ARCH_CPUID:
    case ARCH_TIMING:
        add(f, RUST_X86_CODE, at, at + 1, word);
        return;
    case ARCH_ARM_CODE:
    case ARCH_ARM_BARRIER:
        add(f, RUST_ARM_CODE, at, at + 1, word);
        return;
    case ARCH_SVE:
        add(f, RUST_SVE, at, at + 1, word);
        return;
    case ARCH_OS_ARM:
        add(f, RUST_OS_ARM, at, at + 1, word);
        return;
    case ARCH_OS_X64:
        add(f, RUST_OS_X64, at, at + 1, word);
        return;
    default:
        return;
    }
}

// --- Macros
// -----------------------------------------------------------------------------

// Of a text that both kinds of Arm may have: its first word is Arm's alone.
static bool starts_like_arm(Str text)
{
    char word[16];
    size_t n = 0;
    text = str_trim(text);
    while (n < text.len && n < sizeof word && is_alpha(text.at[n]))
        word[n] = (char)(text.at[n] | 32), n++;
    Sign sign = n && n < sizeof word ? mnemonic_of_arm((Str){word, n}) : SIGN_NONE;
    return sign == SIGN_ARM || sign == SIGN_A64;
}

static RustSinkKind asm_kind(Finder *f, const RustAsm *block, Str *ret_word)
{
    RustGccText gcc;
    rust_asm_gcc(f->arena, block, &gcc);
    for (uint32_t i = 0; i < block->operands.len; i++) {
        const RustOperand *operand = &block->operands.at[i];
        static const Str x86[] = {STR_INIT("reg_abcd"), STR_INIT("reg_byte"),
                                  STR_INIT("xmm_reg"),  STR_INIT("ymm_reg"),
                                  STR_INIT("zmm_reg"),  STR_INIT("kreg"),
                                  STR_INIT("x87_reg"),  STR_INIT("mmx_reg")};
        static const Str arm[] = {STR_INIT("vreg"), STR_INIT("vreg_low16"),
                                  STR_INIT("preg")};
        *ret_word = operand->place_text;
        bool is_a64 = operand->is_explicit && asm_is_register(operand->place_text) &&
                      !str_eq_nocase(operand->place_text, STR("sp"));
        for (size_t k = 0; k < COUNTOF(x86) && !operand->is_explicit; k++)
            if (str_eq(operand->place_text, x86[k]))
                return RUST_X86_ASM;
        for (size_t k = 0; k < COUNTOF(arm) && !operand->is_explicit; k++)
            if (str_eq(operand->place_text, arm[k]))
                return RUST_A64_ASM;
        static const Str names[] = {
            STR_INIT("rax"), STR_INIT("rbx"),  STR_INIT("rcx"),  STR_INIT("rdx"),
            STR_INIT("rsi"), STR_INIT("rdi"),  STR_INIT("eax"),  STR_INIT("ebx"),
            STR_INIT("ecx"), STR_INIT("edx"),  STR_INIT("esi"),  STR_INIT("edi"),
            STR_INIT("ax"),  STR_INIT("al"),   STR_INIT("dx"),   STR_INIT("cl"),
            STR_INIT("r8"),  STR_INIT("xmm0"), STR_INIT("xmm1"), STR_INIT("ymm0")};
        for (size_t k = 0; k < COUNTOF(names) && operand->is_explicit; k++)
            if (str_eq(operand->place_text, names[k]))
                return RUST_X86_ASM;
        if (is_a64)
            return RUST_A64_ASM;
    }
    ArchAsm statement = {.text = gcc.text};
    switch (arch_asm(&statement, ret_word)) {
    case ARCH_X86_ASM:
        return RUST_X86_ASM;
    case ARCH_A64_ASM:
    case ARCH_ARM_BARRIER:
        return RUST_A64_ASM;
    default:
        return starts_like_arm(gcc.text) ? RUST_A64_ASM : RUST_SINK_COUNT;
    }
}

static bool asm_macro(Finder *f, uint32_t at)
{
    RustAsm block;
    Str word = STR("");
    if (!rust_asm(f->arena, f->tokens, at, &block))
        return false;
    RustSinkKind kind = asm_kind(f, &block, &word);
    *LIST_PUSH(f->arena, &f->sinks->asms) =
        (RustAsmUse){block, f->gate, at < f->macro_end, kind == RUST_X86_ASM, word};
    if (kind != RUST_SINK_COUNT)
        add(f, kind, at, block.end, word)->asm_index = f->sinks->asms.len - 1;
    return true;
}

static void macro_call(Finder *f, uint32_t at, Str word)
{
    static const Str panics[] = {STR_INIT("panic"), STR_INIT("todo"),
                                 STR_INIT("unimplemented"), STR_INIT("unreachable")};
    if (str_ends(word, STR("asm")) && asm_macro(f, at))
        return;
    if (str_eq(word, STR("is_x86_feature_detected")))
        add(f, RUST_X86_DETECT, at, at + 2, word);
    else if (str_eq(word, STR("is_aarch64_feature_detected")) ||
             str_eq(word, STR("is_arm_feature_detected")))
        add(f, RUST_ARM_DETECT, at, at + 2, word);
    else if (str_eq(word, STR("compile_error")))
        add(f, RUST_STOP, at, at + 2, word);
    for (size_t i = 0; i < COUNTOF(panics); i++)
        if (str_eq(word, panics[i]))
            add(f, RUST_PANIC, at, at + 2, word);
}

// #[target_feature(enable = "avx2,fma")]; `at` is the word.
static void target_feature(Finder *f, uint32_t at)
{
    uint32_t end = rust_skip_group(f->tokens, at + 1);
    for (uint32_t i = at + 2; i < end && is_mark(f, at + 1, '('); i++) {
        if (!rust_is_string(f->tokens, i))
            continue;
        Str rest = rust_string_text(f->tokens, i), feature;
        for (; rest.len; rest = str_from(rest, feature.len + 1)) {
            feature = str_sub(rest, 0, str_find_char(rest, ','));
            if (rust_feature_is_x86(feature))
                add(f, RUST_X86_FEATURE, i, i + 1, feature);
            else if (rust_feature_is_arm(feature))
                add(f, RUST_ARM_FEATURE, i, i + 1, feature);
        }
    }
}

// An attribute belongs to the item behind it, and so to the gates of that.
static bool is_attribute_word(const Finder *f, uint32_t at)
{
    uint32_t open = at - 1;
    if (at >= 3 && is_mark(f, at - 1, '(') && says(f, at - 2, "unsafe"))
        open = at - 3;
    return at >= 2 && is_mark(f, open, '[') && open >= 1 &&
           (is_mark(f, open - 1, '#') || is_mark(f, open - 1, '!'));
}

// The end of the attribute that starts at `at` (its '#').
static uint32_t attribute_end(const Finder *f, uint32_t at)
{
    uint32_t open = at + 1 + (is_mark(f, at + 1, '!') ? 1 : 0);
    return is_mark(f, open, '[') ? rust_skip_group(f->tokens, open) : at + 1;
}

// #[cfg(...)] and its kin hold names of features, no code.
static bool is_condition(const Finder *f, uint32_t at)
{
    uint32_t open = at + 1 + (is_mark(f, at + 1, '!') ? 1 : 0);
    return is_mark(f, open, '[') &&
           (says(f, open + 1, "cfg") || says(f, open + 1, "doc"));
}

static void read_word(Finder *f, uint32_t at)
{
    Str word = rust_token_text(f->tokens, at);
    if (at < f->arch_end)
        return;
    if (str_eq(word, STR("macro_rules")) && is_mark(f, at + 1, '!') &&
        at >= f->macro_end) {
        f->macro_end = rust_skip_group(f->tokens, at + 3);
        *LIST_PUSH(f->arena, &f->sinks->macros) = (RustRange){at, f->macro_end};
        return;
    }
    if (is_mark(f, at + 1, '!') && rust_token(f->tokens, at + 2)->kind == RUST_OPEN) {
        bool is_code =
            str_starts(word, STR("quote")) || str_starts(word, STR("parse_quote"));
        if (is_code && at >= f->macro_end) // of another crate
            f->macro_end = rust_skip_group(f->tokens, at + 2);
        macro_call(f, at, word);
        return;
    }
    if (str_eq(word, STR("core")) || str_eq(word, STR("std"))) {
        arch_path(f, at);
        return;
    }
    if (str_eq(word, STR("target_feature")) && is_attribute_word(f, at)) {
        target_feature(f, at);
        return;
    }
    if (word.len == 3 && word.at[0] == 'R')
        context_member(f, at, word);
    else if (str_ends(word, STR("neon")) && is_neon_path(f, at, word))
        add(f, RUST_ARM_CODE, at, at + 1, word);
    else if (str_eq(word, STR("NEON")))
        add(f, RUST_ARM_CODE, at, at + 1, word);
    else if (is_os_type(word))
        add(f, RUST_OS_TYPE, at, at + 1, word);
    else if (word.len >= 5 && !os_word(f, at, word))
        arch_kind(f, at, word);
}

void rust_sinks(Arena *arena, const RustTokens *tokens, RustGates *gates, Truth around,
                RustSinks *ret_sinks)
{
    Finder f = {.arena = arena,
                .tokens = tokens,
                .gates = gates,
                .sinks = ret_sinks,
                .around = around};
    RustGateCursor cursor;
    *ret_sinks = (RustSinks){0};
    rust_gate_cursor_init(&cursor, gates);
    for (uint32_t i = 0; i < tokens->all.len; i++) {
        const RustToken *token = &tokens->all.at[i];
        f.gate = rust_gate_at(&cursor, i);
        if (token->kind == RUST_IDENT)
            read_word(&f, i);
        else if (token->ch == '#' && is_condition(&f, i))
            i = attribute_end(&f, i) - 1;
    }
}
