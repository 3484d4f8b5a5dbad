// The unit tests' few words. A test is a function that registers itself:
//
//     TEST(frame_splits_two)
//     {
//         CHECK_EQ(count(STR("ab")), 2);
//     }
//
// All test files and harness.c are linked into one program; its arguments, if any, are
// parts of the names of the tests to run.
#pragma once

#include "protocol/base/base.h"

typedef struct Test {
    const char *file, *name;
    void (*run)(void);
    struct Test *next;
} Test;

void test_register(Test *test);

#define TEST(test_name)                                                                  \
    static void test_##test_name(void);                                                  \
    __attribute__((constructor)) static void register_##test_name(void)                  \
    {                                                                                    \
        static Test test = {                                                             \
            .file = __FILE__, .name = #test_name, .run = test_##test_name};              \
        test_register(&test);                                                            \
    }                                                                                    \
    static void test_##test_name(void)

// A check that fails is printed with its place and both values; the test goes on.
#define CHECK(condition) (void)check_true((condition), #condition, __FILE__, __LINE__)
#define CHECK_EQ(a, b)                                                                   \
    (void)check_eq((long long)(a), (long long)(b), #a, #b, __FILE__, __LINE__)
#define CHECK_STR(a, b) (void)check_str((a), (b), #a, #b, __FILE__, __LINE__)

// The same, but leaves the function: for what the next line would crash on.
#define REQUIRE(condition)                                                               \
    do {                                                                                 \
        if (!check_true((condition), #condition, __FILE__, __LINE__))                    \
            return;                                                                      \
    } while (0)

// Leaves the test and counts it as skipped.
#define SKIP(why)                                                                        \
    do {                                                                                 \
        test_skip((why));                                                                \
        return;                                                                          \
    } while (0)

bool check_true(bool condition, const char *text, const char *file, int line);
bool check_eq(long long a, long long b, const char *a_text, const char *b_text,
              const char *file, int line);
bool check_str(Str a, Str b, const char *a_text, const char *b_text, const char *file,
               int line);
void test_skip(const char *why);
