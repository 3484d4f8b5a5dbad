#include "server/hover_assembly.h"

#include "codegen/assembly/words.h"
#include "codegen/frontend/document.h"

static bool is_word_char(char c)
{
    return is_word(c) || c == '.' || c == '$' || c == '#' || c == '?' || c == '@' ||
           c == '+';
}

// An immediate's '#' belongs to no name.
static Str word_at(Str text, uint32_t offset, uint32_t *ret_begin)
{
    uint32_t begin = offset, end = offset;
    while (begin > 0 && is_word_char(text.at[begin - 1]))
        begin--;
    while (end < text.len && is_word_char(text.at[end]))
        end++;
    bool is_quoted =
        begin > 0 && (text.at[begin - 1] == '"' || text.at[begin - 1] == '|');
    if (begin < end && text.at[begin] == '#' && !is_quoted)
        begin++;
    *ret_begin = begin;
    return begin < end ? str_sub(text, begin, end) : STR("");
}

static bool is_a_name(const Result *result, Str word)
{
    for (uint32_t i = 0; i < result->n_names; i++)
        if (!result->names[i].scope &&
            str_eq(result_str(result, result->names[i].name), word))
            return true;
    return false;
}

bool hover_assembly(Arena *arena, const Doc *doc, const Result *result, uint32_t offset,
                    Str *ret_word, Str *ret_text, uint32_t *ret_begin, uint32_t *ret_end)
{
    Job job = {.path = str_of(doc->path), .language_id = str_of(doc->language_id)};
    if (!document_has_assembly(&job) || offset > doc->text.len)
        return false;
    Str word = word_at(doc->text, offset, ret_begin);
    if (!word.len || is_digit(word.at[0]))
        return false;
    *ret_word = word;
    *ret_end = *ret_begin + (uint32_t)word.len;
    return asm_word_explain(arena, word, is_a_name(result, word), ret_text);
}
