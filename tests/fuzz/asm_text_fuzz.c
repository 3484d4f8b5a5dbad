// The register scanner: its finds lie in order inside the text, are registers, and do not
// change when a comment or a blank line is put in front.
#include "codegen/frontend/asm_text.h"

enum { ARENA_BYTES_MAX = 64 * 1024 * 1024, TEXT_BYTES_MAX = 4096 };

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n);

static void check_one(Str text, const AsmRegister *reg, uint32_t before)
{
    CHECK_BUG(reg->begin < reg->end && reg->end <= text.len && reg->begin >= before);
    CHECK_BUG(asm_is_register(reg->name));
    Str written = str_sub(text, reg->begin, reg->end);
    if (reg->verdict == ASM_DISALLOWED_LIST) {
        CHECK_BUG(str_eq(reg->list, written));
        CHECK_BUG(str_starts(written, STR("{")) && str_ends(written, STR("}")));
        CHECK_BUG(asm_register_verdict(reg->name) == ASM_DISALLOWED_VECTOR);
    } else {
        CHECK_BUG(!reg->list.len);
        CHECK_BUG(reg->verdict == ASM_FINE ||
                  reg->verdict == asm_register_verdict(reg->name));
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n)
{
    if (n > TEXT_BYTES_MAX)
        return -1;
    Arena arena;
    AsmRegisters found = {0}, again = {0};
    Str text = {(const char *)bytes, n}, head = STR("/* mov x13, x0 */ # x14\n\n");
    arena_init(&arena, ARENA_BYTES_MAX);
    asm_scan(&arena, text, &found);
    uint32_t before = 0;
    for (uint32_t i = 0; i < found.len; i++) {
        check_one(text, &found.at[i], before);
        before = found.at[i].end;
    }
    Str longer = arena_format(&arena, "%.*s%.*s", STR_ARG(head), STR_ARG(text));
    if (longer.len == head.len + text.len) { // no NUL in the text
        asm_scan(&arena, longer, &again);
        CHECK_BUG(again.len == found.len);
        for (uint32_t i = 0; i < found.len; i++)
            CHECK_BUG(again.at[i].begin == found.at[i].begin + head.len &&
                      again.at[i].verdict == found.at[i].verdict);
    }
    arena_done(&arena);
    return 0;
}
