// Tokens, predicates and gates of Rust; TOML.
#include "codegen/rust/gate.h"
#include "codegen/rust/string.h"
#include "codegen/rust/toml.h"

#include "tests/unit/harness.h"

enum { ARENA_BYTES_MAX = 16 * 1024 * 1024 };

// The kinds and texts of all tokens, one a line.
static Str tokens_of(Arena *arena, Str text)
{
    RustTokens tokens;
    Str out = STR("");
    rust_lex(arena, text, &tokens);
    for (uint32_t i = 0; i + 1 < tokens.all.len; i++)
        out = arena_format(arena, "%.*s%s%.*s", STR_ARG(out), i ? " " : "",
                           STR_ARG(rust_token_text(&tokens, i)));
    return out;
}

TEST(rust_tokens)
{
    static const struct {
        Str text, tokens;
    } rows[] = {
        {STR_INIT("a/* /* x */ y */b//c\nd"), STR_INIT("a b d")},
        {STR_INIT("r#\"a\"b\"#c"), STR_INIT("r#\"a\"b\"#c")},
        {STR_INIT("'a 'b' '\\'' b'x' 'r#a"), STR_INIT("'a 'b' '\\'' b'x' 'r#a")},
        {STR_INIT("1.0e5 1..2 1.f() 0x1fu8 1_0."),
         STR_INIT("1.0e5 1 . . 2 1 . f ( ) 0x1fu8 1_0.")},
        {STR_INIT("#!/bin/sh\nfn"), STR_INIT("fn")},
        {STR_INIT("#![a]"), STR_INIT("# ! [ a ]")},
        {STR_INIT("\xEF\xBB\xBF"
                  "a"),
         STR_INIT("a")},
        {STR_INIT("\"open"), STR_INIT("\"open")},
        {STR_INIT("br\"\\\" c\"x\" r#match"), STR_INIT("br\"\\\" c\"x\" r#match")},
    };
    Arena arena;
    arena_init(&arena, ARENA_BYTES_MAX);
    for (size_t i = 0; i < COUNTOF(rows); i++)
        CHECK_STR(tokens_of(&arena, rows[i].text), rows[i].tokens);
    arena_done(&arena);
}

TEST(rust_brackets_match_or_stay_single)
{
    Arena arena;
    RustTokens tokens;
    arena_init(&arena, ARENA_BYTES_MAX);
    rust_lex(&arena, STR("{ ( ] } )"), &tokens);
    CHECK_EQ(tokens.all.at[0].match, 3);
    CHECK_EQ(tokens.all.at[1].match, RUST_NONE);
    CHECK_EQ(tokens.all.at[2].match, RUST_NONE);
    CHECK_EQ(tokens.all.at[4].match, RUST_NONE);
    arena_done(&arena);
}

TEST(rust_strings_are_decoded)
{
    Arena arena;
    RustTokens tokens;
    RustString string;
    arena_init(&arena, ARENA_BYTES_MAX);
    rust_lex(&arena, STR("\"a\\n\\x41\\u{42}\\\n   c\""), &tokens);
    REQUIRE(rust_string_decode(&arena, &tokens, 0, &string));
    CHECK_STR(string.bytes, STR("a\nABc"));
    CHECK_EQ(string.source[0], 1);
    CHECK_EQ(string.source[2], 4);
    arena_done(&arena);
}

// "xae": who takes it surely; capitals would be perhaps.
static Str takers(Arena *arena, Str predicate)
{
    static const ArchTarget targets[] = {TARGET_X64, TARGET_A64, TARGET_EC};
    RustTokens tokens;
    char out[4] = {0};
    rust_lex(arena, predicate, &tokens);
    Truth truth = rust_cfg_truth(rust_cfg_parse(arena, &tokens, 0, tokens.all.len - 1));
    for (size_t i = 0; i < 3; i++)
        out[i] = truth_sure(truth, targets[i])  ? "xae"[i]
                 : truth_may(truth, targets[i]) ? '?'
                                                : '-';
    return arena_str(arena, (Str){out, 3});
}

TEST(rust_predicates)
{
    static const struct {
        Str predicate, takers;
    } rows[] = {
        {STR_INIT("target_arch = \"x86_64\""), STR_INIT("x--")},
        {STR_INIT("any(target_arch=\"aarch64\", target_arch=\"arm64ec\")"),
         STR_INIT("-ae")},
        {STR_INIT("not(any(target_arch=\"x86_64\", target_arch=\"aarch64\"))"),
         STR_INIT("--e")},
        {STR_INIT("all(windows, target_env = \"msvc\")"), STR_INIT("xae")},
        {STR_INIT("target_os = \"linux\""), STR_INIT("---")},
        {STR_INIT("all(target_arch=\"x86_64\", feature = \"simd\")"), STR_INIT("?--")},
        {STR_INIT("target_feature = \"neon\""), STR_INIT("-ae")},
        {STR_INIT("target_feature = \"sse2\""), STR_INIT("x--")},
        {STR_INIT("not(target_feature = \"avx2\")"), STR_INIT("?ae")},
        {STR_INIT("any(unix, custom)"), STR_INIT("???")},
        {STR_INIT("any()"), STR_INIT("---")},
        {STR_INIT("all()"), STR_INIT("xae")},
        {STR_INIT("target(os = \"windows\", arch = \"aarch64\")"), STR_INIT("-a-")},
        {STR_INIT("any(target_arch = \"x86_64\", target_arch ="), STR_INIT("x??")},
    };
    Arena arena;
    arena_init(&arena, ARENA_BYTES_MAX);
    for (size_t i = 0; i < COUNTOF(rows); i++)
        CHECK_STR(takers(&arena, rows[i].predicate), rows[i].takers);
    arena_done(&arena);
}

TEST(rust_gates_nest_and_end)
{
    Arena arena;
    RustTokens tokens;
    RustGates gates;
    arena_init(&arena, ARENA_BYTES_MAX);
    rust_lex(
        &arena,
        STR("#[inline] #[cfg(target_arch=\"x86_64\")] fn f() { #[cfg(unix)] a(); b }\n"
            "fn after() {}"),
        &tokens);
    rust_gates(&arena, &tokens, truth_all(), &gates);
    REQUIRE(gates.all.len == 2);
    const RustGate *outer = &gates.all.at[0], *inner = &gates.all.at[1];
    CHECK_EQ(outer->body_begin, 0); // the attribute in front belongs to it
    CHECK_STR(outer->name, STR("f"));
    CHECK_EQ(inner->parent, 0);
    CHECK(rust_is_word(&tokens, outer->body_end, STR("fn")));
    CHECK(!truth_may(inner->live, TARGET_X64));
    CHECK(truth_sure(rust_live_at(&gates, truth_all(), outer->body_end), TARGET_EC));
    arena_done(&arena);
}

TEST(toml_places_and_faults)
{
    Arena arena;
    Toml toml;
    arena_init(&arena, ARENA_BYTES_MAX);
    Str text = STR("[target.'cfg(a = \"b\")'.dependencies] # c\nx = { version = \"1\", "
                   "features = [\"y\", 'z'] }\nbad\na.\"b\" = '''q'''\n");
    toml_read(&arena, text, &toml);
    REQUIRE(toml.tables.len == 2 && toml.entries.len == 6);
    CHECK_STR(toml.tables.at[1].keys[1].name, STR("cfg(a = \"b\")"));
    CHECK_EQ(toml.tables.at[1].keys[1].at.begin, 9);
    const TomlEntry *version = &toml.entries.at[1];
    CHECK_STR(version->value, STR("1"));
    CHECK_STR(toml_path(&toml, version, 3), STR("x"));
    CHECK_STR(toml_path(&toml, version, 4), STR("version"));
    CHECK(toml.entries.at[3].is_element);
    CHECK_STR(toml.entries.at[5].value, STR("q"));
    CHECK_EQ(toml.faults.len, 1);
    arena_done(&arena);
}
