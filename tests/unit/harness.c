#include "tests/unit/harness.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

enum { SHOWN_BYTES_MAX = 400 };

static struct {
    Test *first, *last;
    const Test *current;
    bool failed, skipped; // the current test
} run;

void test_register(Test *test)
{
    if (run.last)
        run.last->next = test;
    else
        run.first = test;
    run.last = test;
}

bool check_true(bool condition, const char *text, const char *file, int line)
{
    if (condition)
        return true;
    run.failed = true;
    dprintf(STDOUT_FILENO, "%s:%d: %s: not true: %s\n", file, line, run.current->name,
            text);
    return false;
}

bool check_eq(long long a, long long b, const char *a_text, const char *b_text,
              const char *file, int line)
{
    if (a == b)
        return true;
    run.failed = true;
    dprintf(STDOUT_FILENO, "%s:%d: %s: %s is %lld, %s is %lld\n", file, line,
            run.current->name, a_text, a, b_text, b);
    return false;
}

bool check_str(Str a, Str b, const char *a_text, const char *b_text, const char *file,
               int line)
{
    if (str_eq(a, b))
        return true;
    run.failed = true;
    Str a_shown = str_sub(a, 0, SHOWN_BYTES_MAX),
        b_shown = str_sub(b, 0, SHOWN_BYTES_MAX);
    dprintf(STDOUT_FILENO,
            "%s:%d: %s: %s is \"%.*s\" (%zu bytes), %s is \"%.*s\" (%zu bytes)\n", file,
            line, run.current->name, a_text, STR_ARG(a_shown), a.len, b_text,
            STR_ARG(b_shown), b.len);
    return false;
}

void test_skip(const char *why)
{
    run.skipped = true;
    dprintf(STDOUT_FILENO, "skipped: %s: %s\n", run.current->name, why);
}

static bool is_wanted(const Test *test, int argc, char **argv)
{
    if (argc < 2)
        return true;
    for (int i = 1; i < argc; i++)
        if (strstr(test->name, argv[i]) || strstr(test->file, argv[i]))
            return true;
    return false;
}

int main(int argc, char **argv)
{
    int n_passed = 0, n_failed = 0, n_skipped = 0;
    for (const Test *test = run.first; test; test = test->next) {
        if (!is_wanted(test, argc, argv))
            continue;
        run.current = test;
        run.failed = run.skipped = false;
        test->run();
        if (run.failed)
            n_failed++;
        else if (run.skipped)
            n_skipped++;
        else
            n_passed++;
    }
    dprintf(STDOUT_FILENO, "%d passed, %d failed, %d skipped\n", n_passed, n_failed,
            n_skipped);
    return n_failed || n_passed + n_skipped == 0;
}
