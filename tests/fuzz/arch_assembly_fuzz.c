// Whose assembly a text is, and what its words, names and target strings say: any bytes
// have an answer, the token stands in the text, and it is the same the second time. The
// first byte says whether it is Microsoft's syntax and whether macros are left out.
#include "codegen/arch/token.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n);

static void check_words(Str text)
{
    for (size_t at = 0; at < text.len;) {
        size_t begin = at;
        while (at < text.len && is_word(text.at[at]))
            at++;
        Str word = str_sub(text, begin, at);
        ArchWord is = arch_word(word);
        CHECK_BUG(is.kind < ARCH_KIND_COUNT);
        CHECK_BUG(is.kind == ARCH_NONE || arch_word_may_have_kind(word));
        CHECK_BUG(!is.is_one_to_one || is.instead.len);
        (void)arch_is_foreign_name(word);
        (void)arch_header(word);
        at += at == begin;
    }
}

static bool is_part_of(Str part, Str text)
{
    return part.len == 0 ||
           (part.at >= text.at && part.at + part.len <= text.at + text.len);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n)
{
    if (n == 0)
        return 0;
    Str text = {(const char *)bytes + 1, n - 1};
    Str constraints[3] = {str_sub(text, 0, 1), str_sub(text, 1, 3), str_sub(text, 3, 5)};
    ArchAsm statement = {.text = text,
                         .is_msvc = bytes[0] & 1,
                         .has_macros = bytes[0] & 2,
                         .constraints = {constraints, bytes[0] & 4 ? 3 : 0}};
    Str token, again;
    ArchKind kind = arch_asm(&statement, &token);
    CHECK_BUG(is_part_of(token, text));
    CHECK_BUG(arch_asm(&statement, &again) == kind && str_eq(token, again));
    CHECK_BUG(kind != ARCH_NONE || token.len == 0);
    (void)arch_target(text);
    check_words(text);
    return 0;
}
