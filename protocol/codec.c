#include "protocol/codec.h"

#include <cjson/cJSON.h>

#include <math.h>
#include <stdlib.h>
#include <string.h>

// One way down a tree: where we are, for the error's path.
typedef struct Step {
    const struct Step *up;
    Str key;      // of a member
    size_t index; // of an item, when key.at is NULL
} Step;

typedef struct Decoder {
    Arena *arena;
    CodecErrors *errors; // NULL: the first error ends it
    CodecError *first;   // of a decoder without `errors`; NULL: nobody asks
} Decoder;

static void delete_tree(cJSON **tree)
{
    cJSON_Delete(*tree);
}

static Str path_of(Arena *arena, const Step *step)
{
    if (!step)
        return STR("");
    Str up = path_of(arena, step->up);
    if (!step->key.at)
        return arena_format(arena, "%.*s[%zu]", STR_ARG(up), step->index);
    return arena_format(arena, "%.*s%s%.*s", STR_ARG(up),
                        up.len && step->key.len ? "." : "", STR_ARG(step->key));
}

static bool refuse(Decoder *decoder, const Step *step, const char *why)
{
    if (decoder->errors ? decoder->errors->len == CODEC_ERRORS_MAX : !decoder->first)
        return false;
    CodecError error = {.path = path_of(decoder->arena, step), .why = str_of(why)};
    if (decoder->errors)
        *LIST_PUSH(decoder->arena, decoder->errors) = error;
    else
        *decoder->first = error;
    return false;
}

// With `errors` a wrong field is noted and the walk goes on.
static bool goes_on(const Decoder *decoder)
{
    return decoder->errors;
}

// The last member of that name; NULL if there is none or it is null.
static const cJSON *member_of(const cJSON *object, const char *key)
{
    const cJSON *found = NULL;
    for (const cJSON *child = object->child; child; child = child->next)
        if (strcmp(child->string, key) == 0)
            found = child;
    return found && !cJSON_IsNull(found) ? found : NULL;
}

static size_t count_of(const cJSON *parent)
{
    size_t n = 0;
    for (const cJSON *child = parent->child; child; child = child->next)
        n++;
    return n;
}

static bool is_whole(const cJSON *node, double min, double max)
{
    return cJSON_IsNumber(node) && node->valuedouble == floor(node->valuedouble) &&
           node->valuedouble >= min && node->valuedouble <= max;
}

static bool is_object(const cJSON *node)
{
    return cJSON_IsObject(node) || (cJSON_IsArray(node) && !node->child);
}

static bool decode_str(Decoder *decoder, const cJSON *node, const Step *step, Str *ret)
{
    if (!cJSON_IsString(node))
        return refuse(decoder, step, "not a string");
    *ret = arena_str(decoder->arena, str_of(node->valuestring));
    return true;
}

static bool decode_uint(Decoder *decoder, const cJSON *node, const Step *step,
                        uint32_t *ret)
{
    if (!is_whole(node, 0, INT32_MAX))
        return refuse(decoder, step, "not an unsigned integer");
    *ret = (uint32_t)node->valuedouble;
    return true;
}

static bool decode_int(Decoder *decoder, const cJSON *node, const Step *step,
                       int32_t *ret)
{
    if (!is_whole(node, INT32_MIN, INT32_MAX))
        return refuse(decoder, step, "not an integer");
    *ret = (int32_t)node->valuedouble;
    return true;
}

static bool decode_bool(Decoder *decoder, const cJSON *node, const Step *step, bool *ret)
{
    if (!cJSON_IsBool(node))
        return refuse(decoder, step, "not true or false");
    *ret = cJSON_IsTrue(node);
    return true;
}

static bool decode_strs(Decoder *decoder, const cJSON *node, const Step *step,
                        StrSpan *ret)
{
    if (!cJSON_IsArray(node))
        return refuse(decoder, step, "not an array");
    Str *items = ARENA_ARRAY(decoder->arena, Str, count_of(node));
    size_t n = 0, index = 0;
    for (const cJSON *item = node->child; item; item = item->next) {
        Step down = {.up = step, .index = index++};
        if (decode_str(decoder, item, &down, &items[n]))
            n++;
        else if (!goes_on(decoder))
            return false;
    }
    *ret = (StrSpan){items, n};
    return true;
}

static bool decode_uints(Decoder *decoder, const cJSON *node, const Step *step,
                         UintList *ret)
{
    if (!cJSON_IsArray(node))
        return refuse(decoder, step, "not an array");
    uint32_t *items = ARENA_ARRAY(decoder->arena, uint32_t, count_of(node));
    size_t n = 0, index = 0;
    for (const cJSON *item = node->child; item; item = item->next) {
        Step down = {.up = step, .index = index++};
        if (decode_uint(decoder, item, &down, &items[n]))
            n++;
        else if (!goes_on(decoder))
            return false;
    }
    *ret = (UintList){items, n};
    return true;
}

static bool decode_pairs(Decoder *decoder, const cJSON *node, const Step *step,
                         PairList *ret)
{
    if (!is_object(node))
        return refuse(decoder, step, "not an object");
    StrPair *pairs = ARENA_ARRAY(decoder->arena, StrPair, count_of(node));
    size_t n = 0;
    for (const cJSON *item = node->child; item; item = item->next) {
        Step down = {.up = step, .key = str_of(item->string)};
        pairs[n].key = arena_str(decoder->arena, down.key);
        if (decode_str(decoder, item, &down, &pairs[n].value))
            n++;
        else if (!goes_on(decoder))
            return false;
    }
    *ret = (PairList){pairs, n};
    return true;
}

static void decode_raw(Decoder *decoder, const cJSON *node, Str *ret)
{
    char *text = cJSON_PrintUnformatted(node);
    if (!text)
        mem_out("memory");
    *ret = arena_str(decoder->arena, str_of(text));
    cJSON_free(text);
}

static bool decode_record(Decoder *decoder, const cJSON *node, const Step *step,
                          const Record *record, char *ret_struct);

static bool decode_records(Decoder *decoder, const cJSON *node, const Step *step,
                           const Record *record, void *ret_list)
{
    if (!cJSON_IsArray(node))
        return refuse(decoder, step, "not an array");
    char *items = arena_alloc(decoder->arena, count_of(node) * record->n_bytes);
    size_t n = 0, index = 0;
    for (const cJSON *item = node->child; item; item = item->next) {
        Step down = {.up = step, .index = index++};
        char *at = items + n * record->n_bytes;
        if (decode_record(decoder, item, &down, record, at))
            n++;
        else if (goes_on(decoder))
            memset(at, 0, record->n_bytes);
        else
            return false;
    }
    // RECORD_LIST(T) looks the same for every T.
    RECORD_LIST(void) list = {items, n};
    memcpy(ret_list, &list, sizeof list);
    return true;
}

static bool decode_field(Decoder *decoder, const cJSON *node, const Step *step,
                         const Field *field, char *at)
{
    void *ret = at + field->offset;
    switch (field->kind) {
    case FIELD_STR:
        return decode_str(decoder, node, step, ret);
    case FIELD_BOOL:
        return decode_bool(decoder, node, step, ret);
    case FIELD_INT:
        return decode_int(decoder, node, step, ret);
    case FIELD_UINT:
        return decode_uint(decoder, node, step, ret);
    case FIELD_RECORD:
        return decode_record(decoder, node, step, field->record, ret);
    case FIELD_RECORDS:
        return decode_records(decoder, node, step, field->record, ret);
    case FIELD_STRS:
        return decode_strs(decoder, node, step, ret);
    case FIELD_UINTS:
        return decode_uints(decoder, node, step, ret);
    case FIELD_PAIRS:
        return decode_pairs(decoder, node, step, ret);
    case FIELD_RAW:
        decode_raw(decoder, node, ret);
        return true;
    case FIELD_PRESENT:
        *(bool *)ret = !cJSON_IsFalse(node);
        return true;
    }
    BUG("field kind");
}

static bool has_field(const Record *record, const char *key)
{
    for (size_t i = 0; i < record->n_fields; i++)
        if (strcmp(record->fields[i].key, key) == 0)
            return true;
    return false;
}

static void refuse_unknown(Decoder *decoder, const cJSON *node, const Step *step,
                           const Record *record)
{
    for (const cJSON *child = node->child; child; child = child->next) {
        Step down = {.up = step, .key = str_of(child->string)};
        if (!has_field(record, child->string))
            refuse(decoder, &down, "unknown key");
    }
}

static bool decode_record(Decoder *decoder, const cJSON *node, const Step *step,
                          const Record *record, char *ret_struct)
{
    bool is_good = true;
    if (record->n_fields == 0)
        return true;
    if (!is_object(node))
        return refuse(decoder, step, "not an object");
    for (size_t i = 0; i < record->n_fields; i++) {
        const Field *field = &record->fields[i];
        const cJSON *value = member_of(node, field->key);
        Step down = {.up = step, .key = str_of(field->key)};
        if (!value && field->need == OPTIONAL)
            continue;
        if (value ? decode_field(decoder, value, &down, field, ret_struct)
                  : refuse(decoder, &down, "missing"))
            continue;
        is_good = false;
        if (!goes_on(decoder))
            return false;
    }
    if (decoder->errors)
        refuse_unknown(decoder, node, step, record);
    return is_good;
}

// Makes every half of a surrogate pair \ufffd: cJSON refuses the text otherwise. `text`
// is JSON, so a backslash starts an escape.
static void mend_surrogates(char *text, size_t n)
{
    for (size_t i = 0; i + 5 < n; i++) {
        if (text[i] != '\\')
            continue;
        i++;
        if (text[i] != 'u' || hex_value(text[i + 1]) != 0xD || hex_value(text[i + 2]) < 8)
            continue;
        bool is_high = hex_value(text[i + 2]) < 0xC;
        if (is_high && i + 10 < n && text[i + 5] == '\\' && text[i + 6] == 'u' &&
            hex_value(text[i + 7]) == 0xD && hex_value(text[i + 8]) >= 0xC)
            i += 10;
        else
            memcpy(text + i + 1, "fffd", 4);
    }
}

static Err refuse_syntax(Str text, size_t at, const char *why, CodecError *ret_error)
{
    *ret_error = (CodecError){.why = str_of(why)};
    scan_place(text, at, &ret_error->line, &ret_error->column);
    return ERR_FORMAT;
}

// The tree of `text`; NULL with ret_error set. The caller deletes it.
static cJSON *parse(Arena *arena, Str text, CodecError *ret_error)
{
    Scan scan;
    if (str_trim(text).len == 0)
        text = STR("{}");
    if (!scan_text(&scan, text) || scan.has_nul) {
        (void)refuse_syntax(text, scan.why ? scan.at : scan.nul_at,
                            scan.why ? scan.why : "\\u0000 in a string", ret_error);
        return NULL;
    }
    if (scan.has_lone_surrogate) {
        char *copy = arena_z(arena, text);
        mend_surrogates(copy, text.len);
        text.at = copy;
    }
    const char *end = NULL;
    cJSON *tree = cJSON_ParseWithLengthOpts(text.at, text.len, &end, 0);
    if (!tree) // older releases refuse a number of more than 63 characters
        (void)refuse_syntax(text, end ? (size_t)(end - text.at) : 0, "malformed value",
                            ret_error);
    return tree;
}

static bool decode_top(Decoder *decoder, const cJSON *tree, const Record *record,
                       Str root, void *ret_struct)
{
    const cJSON empty = {.type = cJSON_Object};
    Step top = {.key = root};
    return decode_record(decoder, cJSON_IsNull(tree) ? &empty : tree, &top, record,
                         ret_struct);
}

Err codec_decode(Arena *arena, Str text, const Record *record, Str root, void *ret_struct,
                 CodecError *ret_error)
{
    memset(ret_struct, 0, record->n_bytes);
    DEFER(delete_tree) cJSON *tree = parse(arena, text, ret_error);
    if (!tree)
        return ERR_FORMAT;
    Decoder decoder = {.arena = arena, .first = ret_error};
    return decode_top(&decoder, tree, record, root, ret_struct) ? ERR_NONE : ERR_FORMAT;
}

Err codec_decode_array(Arena *arena, Str text, const Record *record, void *ret_list,
                       uint32_t *ret_n_bad, CodecError *ret_error)
{
    DEFER(delete_tree) cJSON *tree = parse(arena, text, ret_error);
    if (!tree)
        return ERR_FORMAT;
    if (!cJSON_IsArray(tree)) {
        *ret_error = (CodecError){.why = STR("not an array")};
        return ERR_FORMAT;
    }
    char *items = arena_alloc(arena, count_of(tree) * record->n_bytes);
    size_t n = 0, index = 0;
    uint32_t n_bad = 0;
    for (const cJSON *item = tree->child; item; item = item->next) {
        Decoder decoder = {.arena = arena, .first = n_bad ? NULL : ret_error};
        Step down = {.index = index++};
        char *at = items + n * record->n_bytes;
        if (decode_record(&decoder, item, &down, record, at)) {
            n++;
            continue;
        }
        memset(at, 0, record->n_bytes);
        n_bad++;
    }
    RECORD_LIST(void) list = {items, n};
    memcpy(ret_list, &list, sizeof list);
    *ret_n_bad = n_bad;
    return ERR_NONE;
}

Err codec_decode_loose(Arena *arena, Str text, const Record *record, Str root,
                       void *ret_struct, CodecErrors *ret_errors)
{
    CodecError error;
    *ret_errors = (CodecErrors){0};
    memset(ret_struct, 0, record->n_bytes);
    DEFER(delete_tree) cJSON *tree = parse(arena, text, &error);
    if (!tree) {
        *LIST_PUSH(arena, ret_errors) = error;
        return ERR_FORMAT;
    }
    Decoder decoder = {.arena = arena, .errors = ret_errors};
    (void)decode_top(&decoder, tree, record, root, ret_struct);
    return is_object(tree) || cJSON_IsNull(tree) || record->n_fields == 0 ? ERR_NONE
                                                                          : ERR_FORMAT;
}
