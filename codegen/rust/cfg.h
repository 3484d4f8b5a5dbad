// What stands between the parentheses of cfg(...), as a tree, and its truth.
//
// Three-valued in the same nine worlds as the conditions of C (arch/world.h), so that a
// gate of Rust is compared under three targets by the same code. The compilers of these
// worlds mean something else here: mingw is target_env = "gnu", the other two are "msvc",
// and in one of these all features of the crate are on. Every world is Windows. What no
// target decides (features in the first, custom names everywhere) is perhaps.
#pragma once

#include "codegen/arch/macro.h"
#include "codegen/rust/token.h"

typedef enum RustCfgKind {
    RUST_CFG_BAD, // half typed; perhaps
    RUST_CFG_TRUE,
    RUST_CFG_FALSE,
    RUST_CFG_NAME,  // windows, test
    RUST_CFG_VALUE, // key = "value"
    RUST_CFG_ALL,
    RUST_CFG_ANY,
    RUST_CFG_NOT,
} RustCfgKind;

typedef struct RustCfg {
    RustCfgKind kind;
    uint32_t begin, end;   // tokens
    Str key, value;        // of NAME and VALUE: target_arch, x86_64
    uint32_t value_token;  // of VALUE
    struct RustCfg *first; // of ALL, ANY, NOT
    struct RustCfg *next;  // of the same parent
    const struct RustCfg *parent;
} RustCfg;

enum { RUST_CFG_DEPTH_MAX = 64 }; // deeper is BAD

// The predicate that starts at a token and ends before `end`; what stands behind it is
// left. Never NULL.
const RustCfg *rust_cfg_parse(Arena *arena, const RustTokens *tokens, uint32_t begin,
                              uint32_t end);
Truth rust_cfg_truth(const RustCfg *cfg);
// Of one `key = "value"`: what `--cfg` of the targets says.
Truth rust_cfg_value_truth(Str key, Str value);

// The first leaf, in order of the text, that asks for target_arch = `arch`; NULL: none.
const RustCfg *rust_cfg_arch(const RustCfg *cfg, Str arch);
// The next leaf behind `leaf` in the tree of `root`; NULL as `leaf` is the first.
const RustCfg *rust_cfg_next(const RustCfg *root, const RustCfg *leaf);
bool rust_cfg_names_arch(const RustCfg *cfg); // asks for any target_arch
// Same words in the same order.
bool rust_cfg_same(const RustTokens *tokens, const RustCfg *a, const RustCfg *b);

// What somebody meant who wrote "arm64-ec" or "amd64"; empty: it is no such slip.
Str rust_arch_meant(Str arch);
bool rust_feature_is_x86(Str feature); // "avx2"; "aes", which both have, is none
bool rust_feature_is_sve(Str feature);
bool rust_feature_is_arm(Str feature); // "neon", "crc"

#define RUST_FLAVOUR          FLAVOUR_CL    // the one that Arm64EC builds have: msvc
#define RUST_FLAVOUR_FEATURES FLAVOUR_CLANG // with all features on

static inline bool truth_may(Truth truth, ArchTarget target)
{
    return (truth.may & WORLD(RUST_FLAVOUR, target)) != 0;
}
static inline bool truth_sure(Truth truth, ArchTarget target)
{
    return (truth.sure & WORLD(RUST_FLAVOUR, target)) != 0;
}
// Without a doubt, or once the features that it asks for are on.
static inline bool truth_is_plain(Truth truth, ArchTarget target)
{
    Worlds worlds = WORLD(RUST_FLAVOUR, target) | WORLD(RUST_FLAVOUR_FEATURES, target);
    return (truth.sure & worlds) != 0;
}
static inline Truth truth_all(void)
{
    return (Truth){WORLDS_ALL, WORLDS_ALL};
}
