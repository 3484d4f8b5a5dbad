// The words every other file uses: strings, errors, memory that cannot fail.
//
// Depends on libc alone. This is the one place where malloc and abort live: running out
// of memory is not an error anybody handles, it ends the process with one line on stderr
// (a worker that dies so is a diagnostic; see server/pool.h).
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

// Under AddressSanitizer address space means nothing, everything is slower, and the
// sanitizer executes its symbolizer and traces itself for leaks.
#if defined __SANITIZE_ADDRESS__
enum { IS_SANITIZED = 1 };
#elif defined __has_feature
enum { IS_SANITIZED = __has_feature(address_sanitizer) };
#else
enum { IS_SANITIZED = 0 };
#endif

#define MUST_USE          __attribute__((warn_unused_result))
#define PRINTF_LIKE(f, a) __attribute__((format(printf, f, a)))
#define COUNTOF(a)        (sizeof(a) / sizeof *(a))
#define DEFER(f)          __attribute__((cleanup(f)))
#define CONTAINER_OF(p, type, member)                                                    \
    ((type *)(void *)((char *)(p)-offsetof(type, member)))

// Things a caller acts on. What nobody branches on is not a code but a log line.
typedef enum Err {
    ERR_NONE = 0,
    ERR_IO,     // the operating system refused; errno or libuv's text was logged
    ERR_SHORT,  // it has too few descriptors or too little memory now: later, perhaps
    ERR_ABSENT, // no such file, key or entry
    ERR_LIMIT,  // larger than a named limit allows
    ERR_RANGE,  // a position outside the text it speaks of
    ERR_FORMAT, // bytes that do not mean what they should
} Err;

// A borrowed run of bytes, usually UTF-8, not necessarily followed by NUL. Whoever hands
// one out says until when it may be read.
typedef struct Str {
    const char *at;
    size_t len;
} Str;

// Borrowed strings in a row.
typedef struct StrSpan {
    const Str *at;
    size_t len;
} StrSpan;

#define STR(literal) ((Str){"" literal, sizeof(literal) - 1})
#define STR_INIT(literal)                                                                \
    {                                                                                    \
        "" literal, sizeof(literal) - 1                                                  \
    }                                   // for static tables
#define STR_ARG(s) (int)(s).len, (s).at // for "%.*s"

Str str_of(const char *z); // NULL gives the empty Str
bool str_eq(Str a, Str b);
bool str_eq_nocase(Str a, Str b); // ASCII
int str_compare(Str a, Str b);    // bytewise, for qsort
bool str_starts(Str s, Str prefix);
bool str_ends(Str s, Str suffix);
bool str_has(Str s, Str needle);
size_t str_find(Str s, Str needle);       // s.len if absent
size_t str_find_char(Str s, char c);      // s.len if absent
size_t str_find_char_last(Str s, char c); // s.len if absent
Str str_from(Str s, size_t begin);        // the rest from begin; empty past the end
Str str_sub(Str s, size_t begin, size_t end);
Str str_trim(Str s);                          // without ASCII white space at both ends
bool str_take_line(Str *rest, Str *ret_line); // splits at LF, drops a CR before it
bool str_to_u64(Str s, uint64_t *ret_value);  // whole string, decimal, no sign
bool str_is_utf8(Str s);                      // well formed, no surrogates, no overlong

// Character classes by ASCII alone, whatever the locale.
bool is_space(char c); // blank, tab, CR, LF, VT, FF
bool is_digit(char c);
bool is_alpha(char c);
bool is_word(char c); // letter, digit or underscore
bool is_hex(char c);
int hex_value(char c); // -1 if it is none

// Memory that never fails: out of memory ends the process. mem_free(NULL) is fine.
void *mem_new(size_t n_bytes); // zeroed; n_bytes 0 gives a unique pointer
void *mem_grow(void *p, size_t n_bytes);
void mem_free(const void *p);
char *mem_copy(Str s); // NUL behind it

// Sorts in place and keeps the order of equal items (qsort need not).
void list_sort(void *at, size_t n, size_t item_bytes,
               int (*compare)(const void *left, const void *right));

// Name what ran out and abort.
_Noreturn void mem_out(const char *what);

// What cannot happen happened. Aborts, with the place on stderr.
_Noreturn void bug_at(const char *file, int line, const char *why);
#define BUG(why) bug_at(__FILE__, __LINE__, why)
#define CHECK_BUG(condition)                                                             \
    do {                                                                                 \
        if (!(condition))                                                                \
            BUG(#condition);                                                             \
    } while (0)
