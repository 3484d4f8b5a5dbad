#include "codegen/rust/cfg.h"

static const Truth perhaps = {0, WORLDS_ALL};

static Truth in_worlds(Worlds worlds)
{
    return (Truth){worlds, worlds};
}

// --- Parsing
// ----------------------------------------------------------------------------

typedef struct Parser {
    Arena *arena;
    const RustTokens *tokens;
    uint32_t depth;
} Parser;

static RustCfg *parse(Parser *parser, uint32_t begin, uint32_t end);

static RustCfgKind list_kind(Str word, bool *ret_is_target)
{
    *ret_is_target = str_eq(word, STR("target"));
    return str_eq(word, STR("all")) || *ret_is_target ? RUST_CFG_ALL
           : str_eq(word, STR("any"))                 ? RUST_CFG_ANY
           : str_eq(word, STR("not"))                 ? RUST_CFG_NOT
                                                      : RUST_CFG_BAD;
}

// target(os = "linux", arch = "arm"): the parts without their prefix.
static void prefix_parts(Parser *parser, RustCfg *list)
{
    for (RustCfg *part = list->first; part; part = part->next)
        if (part->kind == RUST_CFG_VALUE)
            part->key = arena_format(parser->arena, "target_%.*s", STR_ARG(part->key));
}

static void parse_list(Parser *parser, RustCfg *list, uint32_t open, uint32_t end)
{
    RustCfg **tail = &list->first;
    uint32_t match = rust_token(parser->tokens, open)->match;
    uint32_t close = match != RUST_NONE && match < end ? match : end;
    for (uint32_t at = open + 1; at < close;) {
        RustCfg *part = parse(parser, at, close);
        part->parent = list;
        *tail = part;
        tail = &part->next;
        at = part->end;
        while (at < close && !rust_is_punct(parser->tokens, at, ','))
            at = rust_skip_group(parser->tokens, at);
        at++;
    }
    list->end = close < end ? close + 1 : end;
}

static RustCfg *parse(Parser *parser, uint32_t begin, uint32_t end)
{
    const RustTokens *tokens = parser->tokens;
    RustCfg *cfg = ARENA_NEW(parser->arena, RustCfg);
    cfg->begin = begin;
    cfg->end = begin < end ? begin + 1 : end;
    uint8_t kind = rust_token(tokens, begin)->kind;
    if (begin >= end || (kind != RUST_IDENT && kind != RUST_RAW_IDENT))
        return cfg;
    Str word = rust_name(tokens, begin);
    bool is_target = false;
    if (begin + 1 < end && rust_is_punct(tokens, begin + 1, '(')) {
        cfg->kind = list_kind(word, &is_target);
        if (cfg->kind == RUST_CFG_BAD || ++parser->depth > RUST_CFG_DEPTH_MAX) {
            cfg->kind = RUST_CFG_BAD;
            cfg->end = rust_skip_group(tokens, begin + 1);
            cfg->end = cfg->end < end ? cfg->end : end;
            return cfg;
        }
        parse_list(parser, cfg, begin + 1, end);
        parser->depth--;
        if (is_target)
            prefix_parts(parser, cfg);
        return cfg;
    }
    cfg->key = word;
    cfg->kind = str_eq(word, STR("true"))    ? RUST_CFG_TRUE
                : str_eq(word, STR("false")) ? RUST_CFG_FALSE
                                             : RUST_CFG_NAME;
    if (begin + 2 < end && rust_is_punct(tokens, begin + 1, '=') &&
        rust_is_string(tokens, begin + 2)) {
        cfg->kind = RUST_CFG_VALUE;
        cfg->value_token = begin + 2;
        cfg->value = rust_string_text(tokens, begin + 2);
        cfg->end = begin + 3;
    } else if (begin + 1 < end && rust_is_punct(tokens, begin + 1, '=')) {
        cfg->kind = RUST_CFG_BAD;
    }
    return cfg;
}

const RustCfg *rust_cfg_parse(Arena *arena, const RustTokens *tokens, uint32_t begin,
                              uint32_t end)
{
    Parser parser = {.arena = arena, .tokens = tokens};
    return parse(&parser, begin, end);
}

// --- Features
// ---------------------------------------------------------------------------

static bool is_one_of(Str word, const Str *words, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (str_eq(word, words[i]))
            return true;
    return false;
}

bool rust_feature_is_x86(Str feature)
{
    static const Str words[] = {
        STR_INIT("adx"),        STR_INIT("bmi1"),   STR_INIT("bmi2"),
        STR_INIT("cmpxchg16b"), STR_INIT("ermsb"),  STR_INIT("f16c"),
        STR_INIT("fma"),        STR_INIT("fma4"),   STR_INIT("fxsr"),
        STR_INIT("gfni"),       STR_INIT("kl"),     STR_INIT("widekl"),
        STR_INIT("lahfsahf"),   STR_INIT("lzcnt"),  STR_INIT("mmx"),
        STR_INIT("movbe"),      STR_INIT("movrs"),  STR_INIT("pclmulqdq"),
        STR_INIT("popcnt"),     STR_INIT("prfchw"), STR_INIT("rdrand"),
        STR_INIT("rdseed"),     STR_INIT("rtm"),    STR_INIT("sha"),
        STR_INIT("tbm"),        STR_INIT("vaes"),   STR_INIT("vpclmulqdq"),
        STR_INIT("x87"),        STR_INIT("xop"),    STR_INIT("tsc")};
    static const Str families[] = {STR_INIT("sse"), STR_INIT("ssse"), STR_INIT("avx"),
                                   STR_INIT("amx"), STR_INIT("xsave")};
    for (size_t i = 0; i < COUNTOF(families); i++)
        if (str_starts(feature, families[i]))
            return true;
    return is_one_of(feature, words, COUNTOF(words));
}

bool rust_feature_is_sve(Str feature)
{
    return str_starts(feature, STR("sve")) || str_starts(feature, STR("sme"));
}

bool rust_feature_is_arm(Str feature)
{
    static const Str words[] = {
        STR_INIT("neon"),  STR_INIT("asimd"), STR_INIT("crc"),   STR_INIT("lse"),
        STR_INIT("lse2"),  STR_INIT("rdm"),   STR_INIT("sha2"),  STR_INIT("sha3"),
        STR_INIT("sm4"),   STR_INIT("pmull"), STR_INIT("fp16"),  STR_INIT("dotprod"),
        STR_INIT("i8mm"),  STR_INIT("bf16"),  STR_INIT("fcma"),  STR_INIT("jsconv"),
        STR_INIT("rcpc"),  STR_INIT("rcpc2"), STR_INIT("paca"),  STR_INIT("pacg"),
        STR_INIT("fhm"),   STR_INIT("rand"),  STR_INIT("flagm"), STR_INIT("frintts"),
        STR_INIT("dpb"),   STR_INIT("dpb2"),  STR_INIT("sb"),    STR_INIT("ssbs"),
        STR_INIT("crypto")};
    return rust_feature_is_sve(feature) || is_one_of(feature, words, COUNTOF(words));
}

static Truth feature_truth(Str feature)
{
    static const Str baseline[] = {STR_INIT("fxsr"), STR_INIT("sse"), STR_INIT("sse2"),
                                   STR_INIT("x87")};
    if (str_eq(feature, STR("neon")))
        return in_worlds(WORLDS_A64 | WORLDS_EC);
    if (is_one_of(feature, baseline, COUNTOF(baseline)))
        return in_worlds(WORLDS_X64);
    if (str_eq(feature, STR("outline-atomics"))) // never on Windows
        return in_worlds(0);
    if (rust_feature_is_sve(feature))
        return (Truth){0, WORLDS_A64};
    if (rust_feature_is_x86(feature))
        return (Truth){0, WORLDS_X64};
    if (rust_feature_is_arm(feature))
        return (Truth){0, WORLDS_A64 | WORLDS_EC};
    return perhaps;
}

// --- Truth
// ------------------------------------------------------------------------------

static Truth arch_truth(Str arch)
{
    return in_worlds(str_eq(arch, STR("x86_64"))    ? WORLDS_X64
                     : str_eq(arch, STR("aarch64")) ? WORLDS_A64
                     : str_eq(arch, STR("arm64ec")) ? WORLDS_EC
                                                    : 0);
}

static Truth atomic_truth(Str width)
{
    if (str_eq(width, STR("128")))
        return (Truth){WORLDS_A64 | WORLDS_EC, WORLDS_ALL};
    return in_worlds(WORLDS_ALL);
}

static Truth is_value(Str value, Str wanted)
{
    return in_worlds(str_eq(value, wanted) ? WORLDS_ALL : 0);
}

Truth rust_cfg_value_truth(Str key, Str value)
{
    Worlds gnu = WORLDS_FLAVOUR(FLAVOUR_MINGW);
    if (str_eq(key, STR("target_arch")))
        return arch_truth(value);
    if (str_eq(key, STR("target_os")) || str_eq(key, STR("target_family")))
        return is_value(value, STR("windows"));
    if (str_eq(key, STR("target_env")))
        return str_eq(value, STR("gnu"))    ? in_worlds(gnu)
               : str_eq(value, STR("msvc")) ? in_worlds(WORLDS_ALL & (Worlds)~gnu)
                                            : in_worlds(0);
    if (str_eq(key, STR("target_pointer_width")))
        return is_value(value, STR("64"));
    if (str_eq(key, STR("target_endian")))
        return is_value(value, STR("little"));
    if (str_eq(key, STR("target_vendor")))
        return is_value(value, STR("pc"));
    if (str_eq(key, STR("target_feature")))
        return feature_truth(value);
    if (str_eq(key, STR("feature")))
        return (Truth){WORLDS_FLAVOUR(RUST_FLAVOUR_FEATURES), WORLDS_ALL};
    if (str_eq(key, STR("target_has_atomic")))
        return atomic_truth(value);
    if (str_eq(key, STR("target_abi")) && value.len)
        return str_eq(value, STR("llvm")) ? (Truth){0, gnu} : in_worlds(0);
    return perhaps;
}

static Truth name_truth(Str name)
{
    static const Str never[] = {STR_INIT("unix"),   STR_INIT("doc"),
                                STR_INIT("docsrs"), STR_INIT("doctest"),
                                STR_INIT("miri"),   STR_INIT("loom"),
                                STR_INIT("kani"),   STR_INIT("rustdoc")}; // no product
    if (str_eq(name, STR("windows")) || str_eq(name, STR("target_thread_local")) ||
        str_eq(name, STR("target_has_atomic")))
        return in_worlds(WORLDS_ALL);
    return is_one_of(name, never, COUNTOF(never)) ? in_worlds(0) : perhaps;
}

Truth rust_cfg_truth(const RustCfg *cfg)
{
    Truth truth = in_worlds(WORLDS_ALL);
    switch (cfg->kind) {
    case RUST_CFG_BAD:
        return perhaps;
    case RUST_CFG_TRUE:
        return truth;
    case RUST_CFG_FALSE:
        return in_worlds(0);
    case RUST_CFG_NAME:
        return name_truth(cfg->key);
    case RUST_CFG_VALUE:
        return rust_cfg_value_truth(cfg->key, cfg->value);
    case RUST_CFG_ALL:
        for (const RustCfg *part = cfg->first; part; part = part->next)
            truth = truth_and(truth, rust_cfg_truth(part));
        return truth;
    case RUST_CFG_ANY: // by De Morgan
        for (const RustCfg *part = cfg->first; part; part = part->next)
            truth = truth_and(truth, truth_not(rust_cfg_truth(part)));
        return truth_not(truth);
    case RUST_CFG_NOT:
        return cfg->first ? truth_not(rust_cfg_truth(cfg->first)) : perhaps;
    }
    return perhaps;
}

// --- Questions
// --------------------------------------------------------------------------

static bool is_leaf(const RustCfg *cfg)
{
    return cfg->kind == RUST_CFG_VALUE || cfg->kind == RUST_CFG_NAME;
}

static const RustCfg *after(const RustCfg *root, const RustCfg *cfg)
{
    while (cfg && cfg != root && !cfg->next)
        cfg = cfg->parent;
    return !cfg || cfg == root ? NULL : cfg->next;
}

const RustCfg *rust_cfg_next(const RustCfg *root, const RustCfg *leaf)
{
    const RustCfg *cfg = leaf ? after(root, leaf) : root;
    while (cfg && !is_leaf(cfg))
        cfg = cfg->first ? cfg->first : after(root, cfg);
    return cfg;
}

const RustCfg *rust_cfg_arch(const RustCfg *cfg, Str arch)
{
    for (const RustCfg *leaf = NULL; (leaf = rust_cfg_next(cfg, leaf));)
        if (str_eq(leaf->key, STR("target_arch")) && str_eq(leaf->value, arch))
            return leaf;
    return NULL;
}

bool rust_cfg_names_arch(const RustCfg *cfg)
{
    for (const RustCfg *leaf = NULL; (leaf = rust_cfg_next(cfg, leaf));)
        if (str_eq(leaf->key, STR("target_arch")))
            return true;
    return false;
}

bool rust_cfg_same(const RustTokens *tokens, const RustCfg *a, const RustCfg *b)
{
    if (a->end - a->begin != b->end - b->begin)
        return false;
    for (uint32_t i = 0; i < a->end - a->begin; i++)
        if (!str_eq(rust_token_text(tokens, a->begin + i),
                    rust_token_text(tokens, b->begin + i)))
            return false;
    return true;
}

Str rust_arch_meant(Str arch)
{
    static const struct {
        Str slip, meant;
    } slips[] = {
        {STR_INIT("arm64-ec"), STR_INIT("arm64ec")},
        {STR_INIT("arm64_ec"), STR_INIT("arm64ec")},
        {STR_INIT("aarch64ec"), STR_INIT("arm64ec")},
        {STR_INIT("aarch64-ec"), STR_INIT("arm64ec")},
        {STR_INIT("aarch64_ec"), STR_INIT("arm64ec")},
        {STR_INIT("arm64e-c"), STR_INIT("arm64ec")},
        {STR_INIT("arm64"), STR_INIT("aarch64")},
        {STR_INIT("armv8"), STR_INIT("aarch64")},
        {STR_INIT("aarch_64"), STR_INIT("aarch64")},
        {STR_INIT("x64"), STR_INIT("x86_64")},
        {STR_INIT("amd64"), STR_INIT("x86_64")},
        {STR_INIT("x86-64"), STR_INIT("x86_64")},
    };
    static const Str right[] = {STR_INIT("arm64ec"), STR_INIT("aarch64"),
                                STR_INIT("x86_64")};
    for (size_t i = 0; i < COUNTOF(slips); i++)
        if (str_eq_nocase(arch, slips[i].slip))
            return slips[i].meant;
    for (size_t i = 0; i < COUNTOF(right); i++)
        if (str_eq_nocase(arch, right[i]) && !str_eq(arch, right[i]))
            return right[i];
    return STR("");
}
