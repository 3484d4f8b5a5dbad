#include "server/seat.h"

#include "tests/unit/harness.h"

#define PEAK(mib) "arm64ecd: peak address space " mib " MiB\n"

TEST(seat_tells_a_lack_of_memory_from_llvms_words)
{
    static const struct {
        const char *words;
        bool expected;
    } rows[] = {
        {"LLVM ERROR: out of memory\n" PEAK("1900"), true}, // at the limit
        {"LLVM ERROR: out of memory\n" PEAK("900"), true},  // twice the size was refused
        {"LLVM ERROR: out of memory\n" PEAK("310"), false}, // domain.md 3.1 C8
        {"LLVM ERROR: Cannot select\n" PEAK("900"), false}, // another fault
        {"terminate: std::bad_alloc\n" PEAK("1200"), true}, //
        {"libc++abi: terminating\n" PEAK("1850"), true}, // at the limit, without a word
        {"LLVM ERROR: out of memory\n", false},          // its size is not known
        {"", false},
    };
    for (size_t i = 0; i < COUNTOF(rows); i++)
        CHECK_EQ(seat_words_tell_memory(str_of(rows[i].words), (uint64_t)2048 << 20),
                 rows[i].expected);
    CHECK(!seat_words_tell_memory(str_of(rows[0].words), 0)); // there is no limit
}
