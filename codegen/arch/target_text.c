// The string of a target attribute: features and processors, as clang and gcc read it.
#include "codegen/arch/token.h"

// Features of x86 by their beginnings: "avx512f", "sse4.2", "bmi2".
static const Str x86_features[] = {
    STR_INIT("3dnow"),       STR_INIT("adx"),        STR_INIT("aes"),
    STR_INIT("amx-"),        STR_INIT("apxf"),       STR_INIT("avx"),
    STR_INIT("bmi"),         STR_INIT("cldemote"),   STR_INIT("clflushopt"),
    STR_INIT("clwb"),        STR_INIT("clzero"),     STR_INIT("cmpccxadd"),
    STR_INIT("cx16"),        STR_INIT("crc32"),      STR_INIT("enqcmd"),
    STR_INIT("evex512"),     STR_INIT("f16c"),       STR_INIT("fma"),
    STR_INIT("fsgsbase"),    STR_INIT("fxsr"),       STR_INIT("general-regs-only"),
    STR_INIT("gfni"),        STR_INIT("hle"),        STR_INIT("hreset"),
    STR_INIT("invpcid"),     STR_INIT("kl"),         STR_INIT("lwp"),
    STR_INIT("lzcnt"),       STR_INIT("mmx"),        STR_INIT("movbe"),
    STR_INIT("movdir"),      STR_INIT("mwait"),      STR_INIT("pclmul"),
    STR_INIT("pconfig"),     STR_INIT("pku"),        STR_INIT("popcnt"),
    STR_INIT("prefetchwt1"), STR_INIT("prfchw"),     STR_INIT("ptwrite"),
    STR_INIT("rdpid"),       STR_INIT("rdrnd"),      STR_INIT("rdseed"),
    STR_INIT("rtm"),         STR_INIT("sahf"),       STR_INIT("serialize"),
    STR_INIT("sgx"),         STR_INIT("sha"),        STR_INIT("shstk"),
    STR_INIT("sse"),         STR_INIT("ssse3"),      STR_INIT("tbm"),
    STR_INIT("tsxldtrk"),    STR_INIT("uintr"),      STR_INIT("usermsr"),
    STR_INIT("vaes"),        STR_INIT("vpclmulqdq"), STR_INIT("vzeroupper"),
    STR_INIT("waitpkg"),     STR_INIT("wbnoinvd"),   STR_INIT("widekl"),
    STR_INIT("xop"),         STR_INIT("xsave"),
};

// Features that A64 has under the same name: "aes" and "sha2" tell nothing.
static const Str shared_features[] = {STR_INIT("aes"), STR_INIT("sha2"), STR_INIT("sha3"),
                                      STR_INIT("general-regs-only")};

static const Str x86_processors[] = {
    STR_INIT("x86-64"),        STR_INIT("i386"),         STR_INIT("i486"),
    STR_INIT("i586"),          STR_INIT("i686"),         STR_INIT("pentium"),
    STR_INIT("prescott"),      STR_INIT("nocona"),       STR_INIT("core2"),
    STR_INIT("penryn"),        STR_INIT("nehalem"),      STR_INIT("westmere"),
    STR_INIT("sandybridge"),   STR_INIT("ivybridge"),    STR_INIT("haswell"),
    STR_INIT("broadwell"),     STR_INIT("skylake"),      STR_INIT("cannonlake"),
    STR_INIT("icelake"),       STR_INIT("tigerlake"),    STR_INIT("rocketlake"),
    STR_INIT("alderlake"),     STR_INIT("raptorlake"),   STR_INIT("meteorlake"),
    STR_INIT("arrowlake"),     STR_INIT("lunarlake"),    STR_INIT("sapphirerapids"),
    STR_INIT("graniterapids"), STR_INIT("cascadelake"),  STR_INIT("cooperlake"),
    STR_INIT("emeraldrapids"), STR_INIT("sierraforest"), STR_INIT("corei7"),
    STR_INIT("core-avx"),      STR_INIT("core_"),        STR_INIT("atom"),
    STR_INIT("bonnell"),       STR_INIT("silvermont"),   STR_INIT("slm"),
    STR_INIT("goldmont"),      STR_INIT("tremont"),      STR_INIT("knl"),
    STR_INIT("knm"),           STR_INIT("k8"),           STR_INIT("opteron"),
    STR_INIT("athlon"),        STR_INIT("amdfam10"),     STR_INIT("barcelona"),
    STR_INIT("bdver"),         STR_INIT("btver"),        STR_INIT("znver"),
    STR_INIT("geode"),
};

static bool begins(Str word, const Str *table, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (str_starts(word, table[i]))
            return true;
    return false;
}

static ArchKind kind_of_processor(Str name)
{
    if (str_has(name, STR("+sve")) || str_has(name, STR("+sme")))
        return ARCH_SVE;
    return begins(name, x86_processors, COUNTOF(x86_processors)) ? ARCH_X86_TARGET
                                                                 : ARCH_NONE;
}

static ArchKind kind_of_feature(Str word)
{
    size_t equals = str_find_char(word, '=');
    if (equals < word.len) {
        Str key = str_sub(word, 0, equals);
        bool is_known = str_eq(key, STR("arch")) || str_eq(key, STR("tune")) ||
                        str_eq(key, STR("cpu"));
        return is_known ? kind_of_processor(str_from(word, equals + 1)) : ARCH_NONE;
    }
    if (str_starts(word, STR("no-")))
        word = str_from(word, 3);
    if (str_starts(word, STR("+")))
        word = str_from(word, 1);
    if (begins(word, (Str[]){STR("sve"), STR("sme")}, 2))
        return ARCH_SVE;
    for (size_t i = 0; i < COUNTOF(shared_features); i++)
        if (str_eq(word, shared_features[i]))
            return ARCH_NONE;
    return begins(word, x86_features, COUNTOF(x86_features)) ? ARCH_X86_TARGET
                                                             : ARCH_NONE;
}

ArchKind arch_target(Str features)
{
    ArchKind kind = ARCH_NONE;
    while (features.len && kind != ARCH_X86_TARGET) {
        size_t comma = str_find_char(features, ',');
        ArchKind here = kind_of_feature(str_trim(str_sub(features, 0, comma)));
        kind = here == ARCH_NONE ? kind : here;
        features = str_from(features, comma + 1);
    }
    return kind;
}
