// The COFF loader: any bytes as objects give an image whose parts are in order, the same
// one each time, or a sentence; never a crash.
//
// The first byte of the input chooses: 0, and the rest is one object; else the rest are
// edits of two valid ones that need each other, three bytes each: offset and value.
#include "codegen/verify/load.h"

#include <string.h>

#include "tests/fuzz/coff_seed.h"

enum { ARENA_BYTES_MAX = 256 * 1024 * 1024 };
#define BASE UINT64_C(0x180000000)

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n);

static void edit(Buf *object, const uint8_t *bytes, size_t n, size_t from)
{
    for (size_t i = 0; i + 3 <= n; i += 3) {
        size_t at = (size_t)bytes[i] | (size_t)bytes[i + 1] << 8;
        if (at >= from && at - from < object->len)
            object->at[at - from] = (char)bytes[i + 2];
    }
}

static bool load(Arena *arena, const Str *objects, uint32_t n, LoadImage *ret_image)
{
    const LoadGiven given = {STR("verify_got"), BASE + 0x1000000};
    Str why = {0};
    Err err = load_image(arena, objects, n, &given, 1, BASE, ret_image, &why);
    CHECK_BUG((err == ERR_NONE) == (why.len == 0));
    CHECK_BUG((err == ERR_NONE) == (ret_image->bytes != NULL));
    return err == ERR_NONE;
}

static void check_image(const LoadImage *image)
{
    uint64_t end = image->base + image->n_bytes;
    CHECK_BUG(image->base < image->thunks && image->thunks <= image->x64 &&
              image->x64 <= image->data && image->data < end);
    CHECK_BUG((image->thunks | image->x64 | image->data | end) % LOAD_PAGE_BYTES == 0);
    CHECK_BUG((uintptr_t)image->bytes % LOAD_PAGE_BYTES == 0);
    uint64_t address;
    CHECK_BUG(load_find(image, STR("verify_got"), &address));
    CHECK_BUG(!load_find(image, STR(""), &address));
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n)
{
    if (!n)
        return 0;
    Arena arena;
    arena_init(&arena, ARENA_BYTES_MAX);
    Buf ec, x64;
    buf_init(&ec, SEED_BYTES_MAX);
    buf_init(&x64, SEED_BYTES_MAX);
    seed_ec_object(&ec);
    seed_x64_object(&x64);
    edit(&ec, bytes + 1, n - 1, 0);
    edit(&x64, bytes + 1, n - 1, ec.len);
    const Str pair[] = {buf_str(&ec), buf_str(&x64)};
    const Str raw = {(const char *)bytes + 1, n - 1};
    const Str *objects = bytes[0] ? pair : &raw;
    uint32_t n_objects = bytes[0] ? 2 : 1;
    LoadImage image, again;
    bool is_loaded = load(&arena, objects, n_objects, &image);
    CHECK_BUG(n > 1 || !bytes[0] || is_loaded); // without edits they are valid
    if (is_loaded) {
        check_image(&image);
        CHECK_BUG(load(&arena, objects, n_objects, &again));
        CHECK_BUG(image.n_bytes == again.n_bytes &&
                  memcmp(image.bytes, again.bytes, image.n_bytes) == 0);
        load_done(&again);
    }
    load_done(&image);
    buf_done(&ec);
    buf_done(&x64);
    arena_done(&arena);
    return 0;
}
