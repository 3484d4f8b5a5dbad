#include "codegen/assembly/words.h"

#include "codegen/abi/symbol_key.h"
#include "codegen/abi/thunk.h"

typedef struct Word {
    Str name, text;
} Word;

static const Word words[] = {
#define ASM_WORD(name, text) {STR_INIT(name), STR_INIT(text)},
#include "codegen/assembly/words.def"
#undef ASM_WORD
};

static const Word *find(Str word)
{
    Str plain = str_starts(word, STR("#")) ? str_from(word, 1) : word;
    bool is_global = str_eq_nocase(plain, STR(".global"));
    for (size_t i = 0; i < COUNTOF(words); i++)
        if (str_eq_nocase(words[i].name, is_global ? STR(".globl") : plain))
            return &words[i];
    return NULL;
}

static bool explain_symbol(Arena *arena, Str word, Str *ret_text)
{
    Str key = symbol_key(arena, word);
    if (str_starts(word, STR("EXP+")))
        *ret_text = arena_format(arena,
                                 "the x64 code that an image exports for '%.*s': a "
                                 "fast-forward sequence, which the loader redirects",
                                 STR_ARG(key));
    else if (str_starts(word, STR("__imp_aux_")))
        *ret_text = arena_format(arena,
                                 "the regular import of '%.*s': what GetProcAddress "
                                 "gives, perhaps x64 code",
                                 STR_ARG(key));
    else if (str_starts(word, STR("__imp_")))
        *ret_text =
            arena_format(arena, "the import of '%.*s' that Arm64EC code may always call",
                         STR_ARG(key));
    else if (str_has(word, STR("$exit_thunk")))
        *ret_text = arena_format(arena,
                                 "guest exit thunk of '%.*s': what Arm64EC code calls "
                                 "where the function may be x64's; it asks the checker",
                                 STR_ARG(key));
    else if (str_has(word, STR("$hp_target")))
        *ret_text = arena_format(
            arena, "the code of the hybrid-patchable function '%.*s'", STR_ARG(key));
    else if (is_decorated(word))
        *ret_text = arena_format(
            arena, "the Arm64EC function '%.*s'; for x64 code its name is '%.*s'",
            STR_ARG(key), STR_ARG(undecorate(arena, word)));
    else
        *ret_text =
            arena_format(arena, "the plain name, which is x64's; Arm64EC code is '%.*s'",
                         STR_ARG(decorate(arena, word)));
    return true;
}

bool asm_word_explain(Arena *arena, Str word, bool is_symbol, Str *ret_text)
{
    Str described;
    const Word *known = find(word);
    if (known) {
        *ret_text = known->text;
        return true;
    }
    if (thunk_describe(arena, word, &described)) {
        bool is_entry = str_starts(word, STR("$ientry"));
        *ret_text = arena_format(arena, "%s thunk: %.*s", is_entry ? "entry" : "exit",
                                 STR_ARG(described));
        return true;
    }
    bool is_special = is_decorated(word) || str_starts(word, STR("EXP+")) ||
                      str_starts(word, STR("__imp_"));
    return (is_symbol || is_special) && !str_starts(word, STR(".")) &&
           explain_symbol(arena, word, ret_text);
}
