// The tables behind diag.h, all read from codegen/diagnostics.def.
#include "codegen/diag.h"

#include <stdio.h>
#include <string.h>

static const DiagSpec specs[] = {
#define DIAG(number, name, severity, help)                                               \
    {number, SEVERITY_##severity, STR_INIT(name), STR_INIT(help)},
#include "codegen/diagnostics.def"
};

typedef struct Text {
    DiagNumber number;
    Str message;
} Text;

static const Text texts[DIAG_TEXT_COUNT] = {
#define DIAG_TEXT(number, variant, message)                                              \
    [EC##number##_##variant] = {EC##number, STR_INIT(message)},
#include "codegen/diagnostics.def"
};

const DiagSpec *diag_specs(size_t *ret_n)
{
    *ret_n = COUNTOF(specs);
    return specs;
}

const DiagSpec *diag_spec(uint32_t number)
{
    for (size_t i = 0; i < COUNTOF(specs); i++)
        if (specs[i].number == number)
            return &specs[i];
    return NULL;
}

const DiagSpec *diag_find(Str code)
{
    uint64_t number;
    if (str_starts(code, STR("EC")) && code.len == STR("EC501").len &&
        str_to_u64(str_from(code, 2), &number))
        return diag_spec((uint32_t)number);
    for (size_t i = 0; i < COUNTOF(specs); i++)
        if (str_eq(specs[i].name, code))
            return &specs[i];
    return NULL;
}

DiagNumber diag_number_of(DiagText text)
{
    CHECK_BUG(text < DIAG_TEXT_COUNT);
    return texts[text].number;
}

Str diag_message(DiagText text)
{
    CHECK_BUG(text < DIAG_TEXT_COUNT);
    return texts[text].message;
}

// The argument that {n} at `at` names; -1 if no argument stands there. One digit is
// enough for a sentence a person can read.
static int argument_at(Str message, size_t at)
{
    bool is_one = message.at[at] == '{' && message.len - at >= 3 &&
                  is_digit(message.at[at + 1]) && message.at[at + 2] == '}';
    return is_one ? message.at[at + 1] - '0' : -1;
}

size_t diag_n_args(DiagText text)
{
    Str message = diag_message(text);
    int highest = -1;
    for (size_t i = 0; i < message.len; i++) {
        int argument = argument_at(message, i);
        highest = argument > highest ? argument : highest;
    }
    return (size_t)(highest + 1);
}

static size_t put(char *at, Str s)
{
    if (at)
        memcpy(at, s.at, s.len);
    return s.len;
}

// Writes to `to` unless it is NULL; the bytes needed. An argument is put in as it is: a
// "{0}" inside one means nothing.
static size_t fill(char *to, Str message, size_t n_args, const Str *args)
{
    size_t n = 0, i = 0;
    while (i < message.len) {
        int argument = argument_at(message, i);
        if (argument < 0) {
            n += put(to ? to + n : NULL, str_sub(message, i, i + 1));
            i++;
            continue;
        }
        if ((size_t)argument < n_args && args[argument].len > 0)
            n += put(to ? to + n : NULL, args[argument]);
        i += 3;
    }
    return n;
}

Str diag_format(Arena *arena, DiagText text, size_t n_args, const Str *args)
{
#ifndef NDEBUG
    if (n_args != diag_n_args(text))
        BUG("a message got the wrong number of arguments");
#endif
    Str message = diag_message(text);
    size_t n = fill(NULL, message, n_args, args);
    char *at = arena_alloc(arena, n + 1);
    fill(at, message, n_args, args);
    return (Str){at, n};
}

Str severity_name(Severity severity)
{
    switch (severity) {
    case SEVERITY_ERROR:
        return STR("error");
    case SEVERITY_WARNING:
        return STR("warning");
    case SEVERITY_INFO:
        return STR("info");
    case SEVERITY_HINT:
        return STR("hint");
    }
    BUG("not a severity");
}

void diag_code(uint32_t number, char ret_code[DIAG_CODE_BYTES_MAX])
{
    CHECK_BUG(number <= 999);
    snprintf(ret_code, DIAG_CODE_BYTES_MAX, "EC%03u", number);
}

// The public page that has the rule behind a run of codes. What a code itself means is
// said by hover and by `arm64ecd explain`.
typedef struct Page {
    uint16_t first, last;
    const char *href;
} Page;

#define ARM64EC "https://learn.microsoft.com/en-us/windows/arm/arm64ec"

static const Page pages[] = {
    {100, 299, ARM64EC "-abi"},
    {500, 599,
     "https://learn.microsoft.com/en-us/cpp/build/arm64ec-windows-abi-conventions"},
    {601, 609, "https://clang.llvm.org/docs/ClangCommandLineReference.html"},
    {626, 626, ARM64EC "-build"},
    {627, 628, "https://clang.llvm.org/docs/ClangCommandLineReference.html"},
    {629, 630, "https://clang.llvm.org/docs/JSONCompilationDatabase.html"},
    {901, 904, "https://llvm.org/docs/HowToSubmitABug.html"},
};

void diag_href(uint32_t number, char ret_href[DIAG_HREF_BYTES_MAX])
{
    const char *href = ARM64EC;
    for (size_t i = 0; i < COUNTOF(pages); i++)
        if (number >= pages[i].first && number <= pages[i].last)
            href = pages[i].href;
    snprintf(ret_href, DIAG_HREF_BYTES_MAX, "%s", href);
}
