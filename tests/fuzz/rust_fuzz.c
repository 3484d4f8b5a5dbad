// Rust from bytes to findings, and files of Cargo's: the first byte chooses. Whatever the
// text, tokens cover it in order, brackets match both ways, gates nest, and every place
// of a finding lies in the text.
#include "codegen/rules/cargo.h"
#include "codegen/rules/rust.h"
#include "codegen/rust/boundary.h"

enum { ARENA_BYTES_MAX = 1024 * 1024 * 1024 };

static void check_tokens(const RustTokens *tokens)
{
    uint32_t end = 0;
    for (uint32_t i = 0; i < tokens->all.len; i++) {
        const RustToken *token = &tokens->all.at[i];
        CHECK_BUG(token->begin >= end);
        end = token->begin + token->len;
        CHECK_BUG(end <= tokens->text.len);
        if (token->match != RUST_NONE)
            CHECK_BUG(tokens->all.at[token->match].match == i);
    }
    CHECK_BUG(tokens->all.at[tokens->all.len - 1].kind == RUST_END);
}

static void check_gates(const RustGates *gates, uint32_t n_tokens)
{
    for (uint32_t i = 0; i < gates->all.len; i++) {
        const RustGate *gate = &gates->all.at[i];
        CHECK_BUG(gate->body_begin <= gate->body_end && gate->body_end <= n_tokens);
        CHECK_BUG(gate->parent == RUST_NO_GATE || gate->parent < i);
        CHECK_BUG((gate->own.sure & ~gate->own.may) == 0);
        CHECK_BUG((gate->live.sure & ~gate->live.may) == 0);
    }
}

static void check_findings(const Unit *unit)
{
    for (uint32_t i = 0; i < unit->findings.len; i++) {
        const Finding *finding = &unit->findings.at[i];
        CHECK_BUG(finding->at.start.line < unit->lines.len);
        CHECK_BUG(finding->at.end.line < unit->lines.len);
    }
}

static void run_rust(Unit *unit)
{
    RustUnit rust;
    RustItems items;
    rust_unit_read(&rust, unit, true);
    check_tokens(&rust.tokens);
    check_gates(&rust.gates, rust.tokens.all.len);
    rust_items(&rust, &items);
    rules_rust(&rust, &items);
    rust_boundary(&rust, &items);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
    static const Str paths[] = {
        STR_INIT("/a/lib.rs"), STR_INIT("/a/Cargo.toml"), STR_INIT("/a/Cargo.lock"),
        STR_INIT("/a/.cargo/config.toml"), STR_INIT("/a/build.rs")};
    if (!n)
        return 0;
    Arena arena;
    Unit unit;
    Buf block;
    Job job = {.path = paths[data[0] % COUNTOF(paths)],
               .text = {(const char *)data + 1, n - 1}};
    arena_init(&arena, ARENA_BYTES_MAX);
    buf_init(&block, RESULT_BYTES_MAX);
    unit_init(&unit, &arena, &job);
    if (str_ends(job.path, STR(".rs")))
        run_rust(&unit);
    else
        rules_cargo(&unit, true);
    check_findings(&unit);
    unit_finish(&unit, STAGE_LIVE, &block);
    unit_done(&unit);
    buf_done(&block);
    arena_done(&arena);
    return 0;
}
