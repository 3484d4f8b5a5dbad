// The full stage: whatever clang writes, to stdout and to stderr, gives a Result that can
// be read; never a crash.
//
// The first byte chooses how the compile ended, the second where clang's words end; the
// rest behind them is edits of a valid object, three bytes each: offset and value.
#include "codegen/full/full.h"

#include "tests/fuzz/coff_seed.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n);

static const RRange place = {0, {0, 5, 5, 5}, {0, 6, 6, 6}};

static void put_live(Buf *out)
{
    static const char pool[] = "/p/a.cf#fgLLVM 22.1.8";
    const RInfo info = {.compiler = {10, 11}};
    const RStr paths[] = {{0, 6}};
    const RFinding finding = {
        .range = {0, {0, 5, 5, 5}, {0, 6, 6, 6}},
        .message = {10, 4},
        .number = 501,
        .severity = SEVERITY_ERROR,
        .source = SOURCE_ARM64ECD,
    };
    const RFunction functions[] = {
        {.name = {6, 1},
         .symbol = {7, 2},
         .at = {0, {0, 5, 5, 5}, {0, 6, 6, 6}},
         .thunks = {0, 1},
         .in_document = 1,
         .is_defined = 1,
         .line = 1},
        {.name = {9, 1}, .symbol = {9, 1}, .thunks = {1, 1}},
    };
    const RThunk thunks[] = {{.name = {6, 1}, .sites = {0, 0}},
                             {.name = {9, 1}, .sites = {0, 1}, .kind = 3}};
    const ResultParts parts = {.stage = STAGE_LIVE,
                               .array = {
                                   [RESULT_INFO] = {&info, 1},
                                   [RESULT_PATHS] = {paths, 1},
                                   [RESULT_FINDINGS] = {&finding, 1},
                                   [RESULT_FUNCTIONS] = {functions, 2},
                                   [RESULT_THUNKS] = {thunks, 2},
                                   [RESULT_SITES] = {&place, 1},
                                   [RESULT_POOL] = {pool, sizeof pool - 1},
                               }};
    result_write(out, build_id(), &parts);
}

static void edit(Buf *object, const uint8_t *bytes, size_t n)
{
    for (size_t i = 0; i + 3 <= n; i += 3) {
        size_t at = (size_t)bytes[i] | (size_t)bytes[i + 1] << 8;
        if (at < object->len)
            object->at[at] = (char)bytes[i + 2];
    }
}

static void check(Str block)
{
    Result result;
    CHECK_BUG(result_open(block, build_id(), &result) == ERR_NONE);
    CHECK_BUG(result.stage == STAGE_FULL);
    CHECK_BUG(result.n_functions == 0 || result.n_functions >= 2); // without an object: 0
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n)
{
    if (n < 2)
        return 0;
    Buf live_block, object, block;
    Result live;
    buf_init(&live_block, 1 << 16);
    buf_init(&object, SEED_BYTES_MAX);
    buf_init(&block, RESULT_BYTES_MAX);
    put_live(&live_block);
    CHECK_BUG(result_open(buf_str(&live_block), build_id(), &live) == ERR_NONE);
    seed_ec_object(&object);
    Str rest = {(const char *)bytes + 2, n - 2};
    size_t n_words = bytes[1] < rest.len ? bytes[1] : rest.len;
    edit(&object, bytes + 2 + n_words, rest.len - n_words);
    Job job = {.path = STR("/p/a.c"), .text = STR("void f(void);\n#include \"a.h\"\n")};
    FullCompile compile = {.end = (FullEnd)(bytes[0] % (FULL_NO_CLANG + 1)),
                           .object = buf_str(&object),
                           .words = str_sub(rest, 0, n_words),
                           .why = STR("why")};
    full_write(&job, &live, &compile, &block);
    check(buf_str(&block));
    buf_done(&live_block);
    buf_done(&object);
    buf_done(&block);
    return 0;
}
