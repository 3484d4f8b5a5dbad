#include "protocol/base/buf.h"
#include "protocol/codec.h"

#include "tests/unit/harness.h"

typedef struct Inner {
    Str name;
    uint32_t size;
} Inner;

typedef struct Sample {
    Str text, raw;
    bool flag, has_inner;
    int32_t number;
    uint32_t count;
    Inner inner;
    RECORD_LIST(Inner) items;
    StrSpan words;
    UintList sizes;
    PairList pairs;
    struct {
        bool deep;
    } outer;
} Sample;

static const Field inner_fields[] = {
    FIELD_OF(Inner, name, "name", FIELD_STR, REQUIRED),
    FIELD_OF(Inner, size, "size", FIELD_UINT, OPTIONAL),
};
static const Record inner_record = RECORD_OF(Inner, inner_fields);

static const Field outer_fields[] = {
    FIELD_OF(Sample, outer.deep, "deep", FIELD_BOOL, OPTIONAL),
};
static const Record outer_record = RECORD_OF(Sample, outer_fields);

static const Field sample_fields[] = {
    FIELD_OF(Sample, text, "text", FIELD_STR, OPTIONAL),
    FIELD_OF(Sample, raw, "raw", FIELD_RAW, OPTIONAL),
    FIELD_OF(Sample, flag, "flag", FIELD_BOOL, OPTIONAL),
    FIELD_OF(Sample, number, "number", FIELD_INT, OPTIONAL),
    FIELD_OF(Sample, count, "count", FIELD_UINT, OPTIONAL),
    FIELD_OF(Sample, has_inner, "inner", FIELD_PRESENT, OPTIONAL),
    FIELD_SUB(Sample, inner, "inner", FIELD_RECORD, OPTIONAL, &inner_record),
    FIELD_SUB(Sample, items, "items", FIELD_RECORDS, OPTIONAL, &inner_record),
    FIELD_OF(Sample, words, "words", FIELD_STRS, OPTIONAL),
    FIELD_OF(Sample, sizes, "sizes", FIELD_UINTS, OPTIONAL),
    FIELD_OF(Sample, pairs, "pairs", FIELD_PAIRS, OPTIONAL),
    {.key = "outer", .kind = FIELD_RECORD, .need = OPTIONAL, .record = &outer_record},
};
static const Record sample_record = RECORD_OF(Sample, sample_fields);

static Err decode(Arena *arena, Str text, Sample *ret_sample, CodecError *ret_error)
{
    return codec_decode(arena, text, &sample_record, STR("params"), ret_sample,
                        ret_error);
}

TEST(codec_fills_every_kind)
{
    Arena arena;
    Sample sample;
    CodecError error;
    arena_init(&arena, 1 << 24);
    Str text = STR("{\"text\":\"a\\nb\\u00e9\",\"raw\":{\"x\":[1, 2]},\"flag\":true,"
                   "\"number\":-2147483648,\"count\":2147483647,"
                   "\"inner\":{\"name\":\"n\",\"size\":3},"
                   "\"items\":[{\"name\":\"p\"},{\"name\":\"q\",\"size\":4}],"
                   "\"words\":[\"w\",\"\"],\"sizes\":[1,2,3],"
                   "\"pairs\":{\"k\":\"v\",\"l\":\"w\"},\"outer\":{\"deep\":true},"
                   "\"unknown\":{\"text\":7}}");
    CHECK_EQ(decode(&arena, text, &sample, &error), ERR_NONE);
    CHECK_STR(sample.text, STR("a\nb\xC3\xA9"));
    CHECK_STR(sample.raw, STR("{\"x\":[1,2]}"));
    CHECK(sample.flag && sample.has_inner && sample.outer.deep);
    CHECK_EQ(sample.number, INT32_MIN);
    CHECK_EQ(sample.count, INT32_MAX);
    CHECK_STR(sample.inner.name, STR("n"));
    CHECK_EQ(sample.inner.size, 3);
    REQUIRE(sample.items.len == 2 && sample.words.len == 2);
    CHECK_STR(sample.items.at[0].name, STR("p"));
    CHECK_EQ(sample.items.at[0].size, 0);
    CHECK_STR(sample.items.at[1].name, STR("q"));
    CHECK_EQ(sample.items.at[1].size, 4);
    CHECK_STR(sample.words.at[0], STR("w"));
    CHECK_STR(sample.words.at[1], STR(""));
    REQUIRE(sample.sizes.len == 3 && sample.pairs.len == 2);
    CHECK_EQ(sample.sizes.at[2], 3);
    CHECK_STR(sample.pairs.at[1].key, STR("l"));
    CHECK_STR(sample.pairs.at[1].value, STR("w"));
    arena_done(&arena);
}

TEST(codec_missing_and_null_leave_zeroes)
{
    static const char *const texts[] = {
        "{}",
        "",
        " ",
        "null",
        "[]",
        "{\"text\":null,\"inner\":null,\"items\":null,\"flag\":null,\"count\":null}",
    };
    for (size_t i = 0; i < COUNTOF(texts); i++) {
        Arena arena;
        CodecError error;
        Sample sample = {.flag = true, .count = 9};
        arena_init(&arena, 1 << 20);
        CHECK_EQ(decode(&arena, str_of(texts[i]), &sample, &error), ERR_NONE);
        CHECK(!sample.flag && !sample.has_inner);
        CHECK_EQ(sample.count + sample.text.len + sample.items.len, 0);
        arena_done(&arena);
    }
}

TEST(codec_present_is_neither_null_nor_false)
{
    static const Field fields[] = {FIELD_OF(Sample, flag, "a", FIELD_PRESENT, OPTIONAL)};
    static const Record record = RECORD_OF(Sample, fields);
    static const struct {
        const char *text;
        bool expected;
    } rows[] = {
        {"{}", false},          {"{\"a\":null}", false}, {"{\"a\":false}", false},
        {"{\"a\":true}", true}, {"{\"a\":{}}", true},    {"{\"a\":0}", true},
        {"{\"a\":\"\"}", true}, {"{\"A\":true}", false},
    };
    for (size_t i = 0; i < COUNTOF(rows); i++) {
        Arena arena;
        CodecError error;
        Sample sample;
        arena_init(&arena, 1 << 20);
        CHECK_EQ(
            codec_decode(&arena, str_of(rows[i].text), &record, STR(""), &sample, &error),
            ERR_NONE);
        CHECK_EQ(sample.flag, rows[i].expected);
        arena_done(&arena);
    }
}

TEST(codec_names_the_wrong_field)
{
    static const struct {
        const char *text, *path, *why;
    } rows[] = {
        {"7", "params", "not an object"},
        {"[1]", "params", "not an object"},
        {"{\"text\":1}", "params.text", "not a string"},
        {"{\"flag\":1}", "params.flag", "not true or false"},
        {"{\"number\":\"1\"}", "params.number", "not an integer"},
        {"{\"number\":1.5}", "params.number", "not an integer"},
        {"{\"number\":2147483648}", "params.number", "not an integer"},
        {"{\"number\":1e999}", "params.number", "not an integer"},
        {"{\"count\":-1}", "params.count", "not an unsigned integer"},
        {"{\"count\":2147483648}", "params.count", "not an unsigned integer"},
        {"{\"inner\":3}", "params.inner", "not an object"},
        {"{\"inner\":{}}", "params.inner.name", "missing"},
        {"{\"inner\":{\"name\":null}}", "params.inner.name", "missing"},
        {"{\"items\":{}}", "params.items", "not an array"},
        {"{\"items\":[{\"name\":\"a\"},{\"name\":\"b\",\"size\":true}]}",
         "params.items[1].size", "not an unsigned integer"},
        {"{\"items\":[null]}", "params.items[0]", "not an object"},
        {"{\"words\":\"a\"}", "params.words", "not an array"},
        {"{\"words\":[\"a\",2]}", "params.words[1]", "not a string"},
        {"{\"sizes\":[0,1,-2]}", "params.sizes[2]", "not an unsigned integer"},
        {"{\"pairs\":{\"a\":1}}", "params.pairs.a", "not a string"},
        {"{\"outer\":{\"deep\":\"yes\"}}", "params.outer.deep", "not true or false"},
    };
    for (size_t i = 0; i < COUNTOF(rows); i++) {
        Arena arena;
        Sample sample;
        CodecError error = {0};
        arena_init(&arena, 1 << 20);
        CHECK_EQ(decode(&arena, str_of(rows[i].text), &sample, &error), ERR_FORMAT);
        CHECK_STR(error.path, str_of(rows[i].path));
        CHECK_STR(error.why, str_of(rows[i].why));
        CHECK_EQ(error.line, 0);
        arena_done(&arena);
    }
}

TEST(codec_places_syntax_errors)
{
    Arena arena;
    Sample sample;
    CodecError error;
    arena_init(&arena, 1 << 20);
    CHECK_EQ(decode(&arena, STR("{\n  \"text\": \"a\",\n  flag: 1\n}"), &sample, &error),
             ERR_FORMAT);
    CHECK_STR(error.path, STR(""));
    CHECK_STR(error.why, STR("expected a string in double quotes"));
    CHECK_EQ(error.line, 3);
    CHECK_EQ(error.column, 3);
    CHECK_EQ(decode(&arena, STR("{\"text\":\"a\\u0000b\"}"), &sample, &error),
             ERR_FORMAT);
    CHECK_STR(error.why, STR("\\u0000 in a string"));
    CHECK_EQ(error.column, 11);
    CHECK_EQ(
        decode(&arena,
               STR("{\"number\":1000000000000000000000000000000000000000000000000000000"
                   "00000000000000000000000000000000000}"),
               &sample, &error),
        ERR_FORMAT);
    arena_done(&arena);
}

TEST(codec_mends_half_pairs)
{
    static const struct {
        const char *escaped, *plain;
    } rows[] = {
        {"\\ud83d\\ude00", "\xF0\x9F\x98\x80"},
        {"a\\ud83d", "a\xEF\xBF\xBD"},
        {"\\udE00z", "\xEF\xBF\xBDz"},
        {"\\ud83d\\ud83d\\ude00", "\xEF\xBF\xBD\xF0\x9F\x98\x80"},
        {"\\\\ud83d\\ud83d", "\\ud83d\xEF\xBF\xBD"},
    };
    for (size_t i = 0; i < COUNTOF(rows); i++) {
        Arena arena;
        Sample sample;
        CodecError error;
        arena_init(&arena, 1 << 20);
        Str text = arena_format(&arena, "{\"text\":\"%s\"}", rows[i].escaped);
        CHECK_EQ(decode(&arena, text, &sample, &error), ERR_NONE);
        CHECK_STR(sample.text, str_of(rows[i].plain));
        arena_done(&arena);
    }
}

TEST(codec_last_of_equal_keys_counts)
{
    Arena arena;
    Sample sample;
    CodecError error;
    arena_init(&arena, 1 << 20);
    CHECK_EQ(decode(&arena,
                    STR("{\"count\":\"x\",\"count\":1,\"inner\":3,\"inner\":null}"),
                    &sample, &error),
             ERR_NONE);
    CHECK_EQ(sample.count, 1);
    CHECK(!sample.has_inner);
    arena_done(&arena);
}

TEST(codec_raw_keeps_ids)
{
    static const char *const ids[] = {"7", "-2147483648", "\"a\\\"b\"", "2147483647",
                                      "null"};
    for (size_t i = 0; i < COUNTOF(ids); i++) {
        Arena arena;
        Sample sample;
        CodecError error;
        arena_init(&arena, 1 << 20);
        Str text = arena_format(&arena, "{\"raw\": %s }", ids[i]);
        CHECK_EQ(decode(&arena, text, &sample, &error), ERR_NONE);
        CHECK_STR(sample.raw, i == 4 ? STR("") : str_of(ids[i]));
        arena_done(&arena);
    }
}

TEST(codec_array_leaves_out_what_is_wrong)
{
    Arena arena;
    RECORD_LIST(Inner) list;
    CodecError error = {0};
    uint32_t n_bad;
    arena_init(&arena, 1 << 20);
    Str text = STR("[{\"name\":\"a\"},{\"name\":1},{\"name\":\"b\",\"size\":2},7]");
    CHECK_EQ(codec_decode_array(&arena, text, &inner_record, &list, &n_bad, &error),
             ERR_NONE);
    CHECK_EQ(n_bad, 2);
    CHECK_STR(error.path, STR("[1].name"));
    CHECK_STR(error.why, STR("not a string"));
    REQUIRE(list.len == 2);
    CHECK_STR(list.at[0].name, STR("a"));
    CHECK_STR(list.at[1].name, STR("b"));
    CHECK_EQ(list.at[1].size, 2);
    CHECK_EQ(codec_decode_array(&arena, STR("{\"a\":1}"), &inner_record, &list, &n_bad,
                                &error),
             ERR_FORMAT);
    CHECK_STR(error.why, STR("not an array"));
    CHECK_EQ(codec_decode_array(&arena, STR("[{]"), &inner_record, &list, &n_bad, &error),
             ERR_FORMAT);
    CHECK_EQ(error.column, 3);
    arena_done(&arena);
}

TEST(codec_loose_collects_all)
{
    Arena arena;
    Sample sample;
    CodecErrors errors;
    arena_init(&arena, 1 << 20);
    Str text =
        STR("{\"text\":1,\"count\":5,\"words\":[\"a\",2,\"b\"],\"inner\":{\"nam\":\"x\"},"
            "\"typo\":1}");
    CHECK_EQ(codec_decode_loose(&arena, text, &sample_record, STR(""), &sample, &errors),
             ERR_NONE);
    CHECK_EQ(sample.count, 5);
    CHECK_EQ(sample.words.len, 2);
    static const char *const expected[] = {"text: not a string", "inner.name: missing",
                                           "inner.nam: unknown key",
                                           "words[1]: not a string", "typo: unknown key"};
    REQUIRE(errors.len == COUNTOF(expected));
    for (size_t i = 0; i < COUNTOF(expected); i++)
        CHECK_STR(arena_format(&arena, "%.*s: %.*s", STR_ARG(errors.at[i].path),
                               STR_ARG(errors.at[i].why)),
                  str_of(expected[i]));
    CHECK_EQ(
        codec_decode_loose(&arena, STR("[1]"), &sample_record, STR(""), &sample, &errors),
        ERR_FORMAT);
    CHECK_STR(errors.at[0].why, STR("not an object"));
    CHECK_EQ(
        codec_decode_loose(&arena, STR("{,"), &sample_record, STR(""), &sample, &errors),
        ERR_FORMAT);
    CHECK_EQ(errors.at[0].column, 2);
    arena_done(&arena);
}

TEST(codec_tells_no_more_than_its_limit)
{
    Arena arena;
    Sample sample;
    CodecErrors errors;
    Buf text;
    arena_init(&arena, 1 << 24);
    buf_init(&text, 1 << 20);
    buf_put(&text, STR("{\"words\":[0"));
    for (int i = 0; i < 1000; i++)
        buf_put(&text, STR(",0"));
    buf_put(&text, STR("]}"));
    CHECK_EQ(codec_decode_loose(&arena, buf_str(&text), &sample_record, STR(""), &sample,
                                &errors),
             ERR_NONE);
    CHECK_EQ(errors.len, CODEC_ERRORS_MAX);
    buf_done(&text);
    arena_done(&arena);
}
