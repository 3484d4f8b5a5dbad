// Bump allocation: many small things with one lifetime.
//
// An Arena grows in blocks up to a cap and gives everything back at once. Its owner says
// what the lifetime is (a message, a job). Going over the cap ends the process by
// mem_out(), so callers bound what input controls first.
#pragma once

#include "protocol/base/base.h"

#include <stdarg.h>

typedef struct ArenaBlock ArenaBlock;

typedef struct Arena {
    ArenaBlock *block; // newest first; NULL while empty
    size_t n_bytes;    // handed out, over all blocks
    size_t bytes_max;
} Arena;

void arena_init(Arena *arena, size_t bytes_max);
void arena_reset(Arena *arena); // keeps one block; poisons it in debug builds
void arena_done(Arena *arena);  // zeroed and reusable after arena_init

void *arena_alloc(Arena *arena, size_t n_bytes); // zeroed, aligned for anything
Str arena_str(Arena *arena, Str s);              // a copy with NUL behind it
char *arena_z(Arena *arena, Str s);              // the same as a C string
Str arena_format(Arena *arena, const char *format, ...) PRINTF_LIKE(2, 3);
Str arena_format_v(Arena *arena, const char *format, va_list args) PRINTF_LIKE(2, 0);

#define ARENA_NEW(arena, type)      ((type *)arena_alloc((arena), sizeof(type)))
#define ARENA_ARRAY(arena, type, n) ((type *)arena_alloc((arena), sizeof(type) * (n)))

// A growing array inside an arena: LIST(T) is a struct {T *at; uint32_t len, cap;} and
// LIST_PUSH gives a pointer to a new zeroed element. Old copies stay in the arena.
#define LIST(type)                                                                       \
    struct {                                                                             \
        type *at;                                                                        \
        uint32_t len, cap;                                                               \
    }
#define LIST_PUSH(arena, list)                                                           \
    ((list)->len == (list)->cap                                                          \
         ? (void)((list)->at = arena_list_grow((arena), (list)->at, &(list)->cap,        \
                                               sizeof *(list)->at))                      \
         : (void)0,                                                                      \
     &(list)->at[(list)->len++])

void *arena_list_grow(Arena *arena, const void *old, uint32_t *cap, size_t item_bytes);
