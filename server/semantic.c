#include "server/semantic.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

enum { NUMBERS = 5 }; // of a token

static const char *const type_names[SEMANTIC_TYPES] = {
    [SEMANTIC_COMMENT] = "comment",     [SEMANTIC_STRING] = "string",
    [SEMANTIC_NUMBER] = "number",       [SEMANTIC_KEYWORD] = "keyword",
    [SEMANTIC_MACRO] = "macro",         [SEMANTIC_VARIABLE] = "variable",
    [SEMANTIC_PARAMETER] = "parameter", [SEMANTIC_PROPERTY] = "property",
    [SEMANTIC_FUNCTION] = "function",   [SEMANTIC_TYPE] = "type",
    [SEMANTIC_LABEL] = "label",         [SEMANTIC_OPERATOR] = "operator",
    [SEMANTIC_DECORATOR] = "decorator",
};

static const char *const modifier_names[] = {"declaration", "definition", "readonly",
                                             "deprecated", "defaultLibrary"};
_Static_assert(SEMANTIC_MODIFIER_BITS == (1 << COUNTOF(modifier_names)) - 1,
               "a name for each bit");

static void write_names(Json *json, const char *key, const char *const *names, size_t n)
{
    json_key(json, key);
    json_array_begin(json);
    for (size_t i = 0; i < n; i++)
        json_string(json, str_of(names[i]));
    json_array_end(json);
}

void semantic_write_legend(Json *json)
{
    json_object_begin(json);
    write_names(json, "tokenTypes", type_names, COUNTOF(type_names));
    write_names(json, "tokenModifiers", modifier_names, COUNTOF(modifier_names));
    json_object_end(json);
}

SemanticNumbers semantic_numbers(Arena *arena, const Doc *doc, const Result *result,
                                 Encoding encoding, uint32_t first, uint32_t last)
{
    SemanticNumbers numbers = {0};
    uint32_t line = 0, column = 0;
    for (uint32_t i = 0; i < result->n_semantics; i++) {
        const RSemantic *token = &result->semantics[i];
        if (token->line < first || token->line >= doc->lines.len)
            continue;
        if (token->line > last)
            break;
        Str text = lines_line(&doc->lines, doc->text, token->line);
        if (token->line != line)
            column = 0;
        uint32_t begin = text_column(text, token->byte, encoding);
        uint32_t end = text_column(text, token->byte + token->n_bytes, encoding);
        const uint32_t five[NUMBERS] = {token->line - line, begin - column, end - begin,
                                        token->type, token->modifiers};
        for (size_t k = 0; k < NUMBERS; k++)
            *LIST_PUSH(arena, &numbers) = five[k];
        line = token->line;
        column = begin;
    }
    return numbers;
}

static void write_numbers(Json *json, const uint32_t *at, uint32_t n)
{
    json_key(json, "data");
    json_array_begin(json);
    for (uint32_t i = 0; i < n; i++)
        json_int(json, at[i]);
    json_array_end(json);
}

// Whole tokens that both lists share in front; with `back` at their ends.
static uint32_t shared(const SemanticSent *sent, const SemanticNumbers *numbers,
                       uint32_t front, bool back)
{
    uint32_t old_n = sent->n, new_n = numbers->len, n = 0;
    while (front + n < old_n && front + n < new_n) {
        const uint32_t *a = sent->at + (back ? old_n - n - NUMBERS : front + n);
        const uint32_t *b = numbers->at + (back ? new_n - n - NUMBERS : front + n);
        if (memcmp(a, b, NUMBERS * sizeof *a) != 0)
            break;
        n += NUMBERS;
    }
    return n;
}

static void write_edits(Json *json, const SemanticSent *sent,
                        const SemanticNumbers *numbers)
{
    uint32_t front = shared(sent, numbers, 0, false);
    uint32_t back = shared(sent, numbers, front, true);
    uint32_t gone = sent->n - front - back, come = numbers->len - front - back;
    json_key(json, "edits");
    json_array_begin(json);
    if (gone || come) {
        json_object_begin(json);
        json_put_int(json, "start", front);
        json_put_int(json, "deleteCount", gone);
        write_numbers(json, numbers->at ? numbers->at + front : NULL, come);
        json_object_end(json);
    }
    json_array_end(json);
}

static void remember(SemanticSent *sent, const SemanticNumbers *numbers)
{
    uint64_t id = sent->id + 1;
    semantic_forget(sent);
    sent->id = id;
    sent->is_known = numbers->len <= SEMANTIC_SENT_MAX;
    if (!sent->is_known || !numbers->len)
        return;
    sent->at = mem_new(numbers->len * sizeof *sent->at);
    memcpy(sent->at, numbers->at, numbers->len * sizeof *sent->at);
    sent->n = numbers->len;
}

void semantic_write(Json *json, SemanticSent *sent, const SemanticNumbers *numbers,
                    Str before)
{
    char id[24];
    snprintf(id, sizeof id, "%" PRIu64, sent->id);
    bool is_last = sent->is_known && str_eq(before, str_of(id));
    snprintf(id, sizeof id, "%" PRIu64, sent->id + 1);
    json_object_begin(json);
    if (numbers->len <= SEMANTIC_SENT_MAX)
        json_put_string(json, "resultId", str_of(id));
    if (is_last)
        write_edits(json, sent, numbers);
    else
        write_numbers(json, numbers->at, numbers->len);
    json_object_end(json);
    remember(sent, numbers);
}

void semantic_forget(SemanticSent *sent)
{
    mem_free(sent->at);
    *sent = (SemanticSent){.id = sent->id};
}
