#include "protocol/base/arena.h"

#include <stdio.h>
#include <string.h>

enum {
    BLOCK_BYTES_MIN = 64 * 1024,
    BLOCK_BYTES_KEPT_MAX = 1024 * 1024, // by a reset
    ALIGN = 16,
};

struct ArenaBlock {
    ArenaBlock *older;
    size_t used, cap;
    _Alignas(ALIGN) char bytes[];
};

void arena_init(Arena *arena, size_t bytes_max)
{
    *arena = (Arena){.bytes_max = bytes_max};
}

static void poison(ArenaBlock *block)
{
#ifndef NDEBUG
    memset(block->bytes, 0xA5, block->used);
#endif
    block->used = 0;
}

void arena_reset(Arena *arena)
{
    if (!arena->block)
        return;
    for (ArenaBlock *b = arena->block->older, *older; b; b = older) {
        older = b->older;
        mem_free(b);
    }
    arena->n_bytes = 0;
    if (arena->block->cap > BLOCK_BYTES_KEPT_MAX) {
        mem_free(arena->block);
        arena->block = NULL;
        return;
    }
    arena->block->older = NULL;
    poison(arena->block);
}

void arena_done(Arena *arena)
{
    for (ArenaBlock *b = arena->block, *older; b; b = older) {
        older = b->older;
        mem_free(b);
    }
    *arena = (Arena){0};
}

void *arena_alloc(Arena *arena, size_t n_bytes)
{
    size_t need = (n_bytes + ALIGN - 1) & ~(size_t)(ALIGN - 1);
    if (need < n_bytes || need > arena->bytes_max - arena->n_bytes)
        mem_out("arena");
    ArenaBlock *block = arena->block;
    if (!block || block->cap - block->used < need) {
        size_t cap = need > BLOCK_BYTES_MIN ? need : BLOCK_BYTES_MIN;
        block = mem_new(sizeof *block + cap);
        block->cap = cap;
        block->older = arena->block;
        arena->block = block;
    }
    void *p = block->bytes + block->used;
    block->used += need;
    arena->n_bytes += need;
    memset(p, 0, need);
    return p;
}

char *arena_z(Arena *arena, Str s)
{
    char *copy = arena_alloc(arena, s.len + 1);
    if (s.len)
        memcpy(copy, s.at, s.len);
    return copy;
}

Str arena_str(Arena *arena, Str s)
{
    return (Str){arena_z(arena, s), s.len};
}

Str arena_format_v(Arena *arena, const char *format, va_list args)
{
    va_list again;
    va_copy(again, args);
    int n = vsnprintf(NULL, 0, format, again);
    va_end(again);
    CHECK_BUG(n >= 0);
    char *text = arena_alloc(arena, (size_t)n + 1);
    vsnprintf(text, (size_t)n + 1, format, args);
    return (Str){text, (size_t)n};
}

Str arena_format(Arena *arena, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    Str text = arena_format_v(arena, format, args);
    va_end(args);
    return text;
}

void *arena_list_grow(Arena *arena, const void *old, uint32_t *cap, size_t item_bytes)
{
    uint32_t n = *cap, more = n ? n * 2 : 8;
    CHECK_BUG(more > n);
    void *p = arena_alloc(arena, more * item_bytes);
    if (n)
        memcpy(p, old, n * item_bytes);
    *cap = more;
    return p;
}
