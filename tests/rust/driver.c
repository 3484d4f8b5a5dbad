// What the frontend for Rust sees in files, for tests to compare.
//
//   rust-driver --hash|--dump|--time|--gates|--rules    paths on standard input
//
// --gates: a line for each condition that parts x86_64, aarch64 and arm64ec, on Windows:
// PATH:LINE TAKERS PREDICATE
//
// --rules: the best time of all rules but LLVM's: PATH LINES MILLISECONDS
#include "codegen/rules/rust.h"
#include "codegen/rust/boundary.h"
#include "protocol/base/buf.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { FILE_BYTES_MAX = 256 * 1024 * 1024 };

static bool read_file(const char *path, Buf *buf)
{
    char chunk[65536];
    size_t n;
    FILE *file = fopen(path, "rb");
    buf_clear(buf);
    if (!file)
        return false;
    while ((n = fread(chunk, 1, sizeof chunk, file)) > 0)
        buf_put_bytes(buf, chunk, n);
    fclose(file);
    return true;
}

static char letter(const RustToken *token)
{
    static const char letters[] = {
        [RUST_IDENT] = 'I',        [RUST_RAW_IDENT] = 'R', [RUST_LIFETIME] = 'L',
        [RUST_CHAR] = 'c',         [RUST_BYTE] = 'y',      [RUST_STR] = 's',
        [RUST_BYTE_STR] = 'b',     [RUST_C_STR] = 'z',     [RUST_RAW_STR] = 'S',
        [RUST_RAW_BYTE_STR] = 'B', [RUST_RAW_C_STR] = 'Z', [RUST_INT] = 'i',
        [RUST_FLOAT] = 'f',        [RUST_PREFIX] = 'p',    [RUST_OTHER] = '?'};
    return token->ch ? token->ch : letters[token->kind];
}

static void show(const char *path, const RustTokens *tokens, bool is_dump)
{
    uint64_t hash = 0xcbf29ce484222325u;
    for (uint32_t i = 0; i + 1 < tokens->all.len; i++) {
        const RustToken *token = &tokens->all.at[i];
        uint64_t words[] = {(uint64_t)letter(token), token->begin, token->len};
        for (size_t k = 0; k < COUNTOF(words); k++)
            hash = (hash ^ words[k]) * 0x100000001b3u;
        if (is_dump)
            printf("%c %u %u\n", letter(token), token->begin, token->len);
    }
    if (!is_dump)
        printf("%s %u %016llx\n", path, tokens->all.len - 1, (unsigned long long)hash);
}

static bool takes(Truth truth, ArchTarget target)
{
    return truth_may(truth, target);
}

static uint32_t line_of(Str text, uint32_t offset)
{
    uint32_t line = 1;
    for (uint32_t i = 0; i < offset; i++)
        line += text.at[i] == '\n';
    return line;
}

static void show_gates(Arena *arena, const char *path, const RustTokens *tokens)
{
    RustGates gates;
    rust_gates(arena, tokens, truth_all(), &gates);
    for (uint32_t i = 0; i < gates.all.len; i++) {
        const RustGate *gate = &gates.all.at[i];
        bool x64 = takes(gate->own, TARGET_X64), a64 = takes(gate->own, TARGET_A64),
             ec = takes(gate->own, TARGET_EC);
        if (!gate->cfg || (x64 == a64 && a64 == ec))
            continue;
        uint32_t begin = rust_token(tokens, gate->cfg->begin)->begin;
        const RustToken *last = rust_token(tokens, gate->cfg->end - 1);
        printf("%s:%u %s%s%s ", path, line_of(tokens->text, begin), x64 ? "x" : "-",
               a64 ? "a" : "-", ec ? "e" : "-");
        for (uint32_t at = begin; at < last->begin + last->len; at++)
            if (!is_space(tokens->text.at[at]))
                putchar(tokens->text.at[at]);
        putchar('\n');
    }
}

// Of this process alone, so that others on the machine do not count.
static double now_s(void)
{
    struct timespec t;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
    return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

enum { RUNS = 30 };

static double run_rules(Arena *arena, const char *path, Str text)
{
    Job job = {.path = str_of(path), .text = text};
    Unit unit;
    RustUnit rust;
    RustItems items;
    double begin = now_s();
    unit_init(&unit, arena, &job);
    unit.target = STR("arm64ec-pc-windows-msvc");
    rust_unit_read(&rust, &unit, true);
    rust_items(&rust, &items);
    rules_rust(&rust, &items);
    rust_boundary(&rust, &items);
    unit_done(&unit);
    double seconds = now_s() - begin;
    arena_reset(arena);
    return seconds;
}

static uint64_t count_lines(Str text)
{
    uint64_t n = 0;
    for (const char *at = text.at;
         (at = memchr(at, '\n', (size_t)(text.at + text.len - at))); at++)
        n++;
    return n;
}

int main(int argc, char **argv)
{
    const char *mode = argc > 1 ? argv[1] : "--hash";
    char path[4096];
    Buf buf;
    Arena arena;
    double seconds = 0;
    uint64_t n_lines = 0;
    buf_init(&buf, FILE_BYTES_MAX);
    arena_init(&arena, (size_t)4 << 30);
    while (fgets(path, sizeof path, stdin)) {
        RustTokens tokens;
        path[strcspn(path, "\n")] = '\0';
        if (!read_file(path, &buf))
            continue;
        if (strcmp(mode, "--rules") == 0) {
            double best = 1e9;
            for (int i = 0; i < RUNS; i++) {
                double once = run_rules(&arena, path, buf_str(&buf));
                best = once < best ? once : best;
            }
            printf("%s %llu %.3f\n", path, (unsigned long long)count_lines(buf_str(&buf)),
                   best * 1e3);
            continue;
        }
        double begin = now_s();
        rust_lex(&arena, buf_str(&buf), &tokens);
        seconds += now_s() - begin;
        n_lines += count_lines(buf_str(&buf));
        if (strcmp(mode, "--gates") == 0)
            show_gates(&arena, path, &tokens);
        else if (strcmp(mode, "--time") != 0)
            show(path, &tokens, strcmp(mode, "--dump") == 0);
        arena_reset(&arena);
    }
    if (strcmp(mode, "--time") == 0)
        printf("%llu lines %.6f s\n", (unsigned long long)n_lines, seconds);
    arena_done(&arena);
    buf_done(&buf);
    return 0;
}
