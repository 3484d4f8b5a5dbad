// arm64ecd: the heap, and memory of the stack frame.
#pragma once
#include <corecrt.h>

_CRT_BEGIN_C_HEADER
void *malloc(size_t size);
void *calloc(size_t count, size_t size);
void *realloc(void *memory, size_t size);
void free(void *memory);
void *_recalloc(void *memory, size_t count, size_t size);
void *_expand(void *memory, size_t size);
size_t _msize(void *memory);
void *_aligned_malloc(size_t size, size_t alignment);
void *_aligned_realloc(void *memory, size_t size, size_t alignment);
void *_aligned_offset_malloc(size_t size, size_t alignment, size_t offset);
void _aligned_free(void *memory);
void *_malloca(size_t size);
void _freea(void *memory);
int _heapmin(void);
int _heapchk(void);
int _resetstkoflw(void);
intptr_t _get_heap_handle(void);
_CRT_END_C_HEADER

#define _alloca __builtin_alloca
#define alloca __builtin_alloca
#define _malloca(size) __builtin_alloca(size)
#define _freea(memory) ((void)(memory))
