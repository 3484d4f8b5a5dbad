// C types as LLVM types in memory, the way clang's CodeGenTypes and CGRecordLayoutBuilder
// make them, and their sizes by the data layout of Arm64EC. Private to abi/.
#pragma once

#include "codegen/abi/lower.h"

const LowType *low_new(Arena *arena, LowKind kind);
const LowType *low_int(Arena *arena, uint32_t bits);
const LowType *low_array(Arena *arena, uint64_t count, const LowType *element);
const LowType *low_vector(Arena *arena, uint64_t count, const LowType *element);

// As a value: bool is i1, _BitInt(37) is i37.
const LowType *low_scalar(Arena *arena, const AbiType *type);
// As it lies in memory: bool is i8, _BitInt(37) is i64, a record a struct.
const LowType *low_memory(Arena *arena, const AbiType *type);
const LowType *low_record(Arena *arena, const AbiType *record);

uint64_t low_bits(const LowType *type);  // DataLayout::getTypeSizeInBits
uint64_t low_bytes(const LowType *type); // getTypeAllocSize
uint64_t low_align(const LowType *type); // getABITypeAlign
bool low_is_floating(const LowType *type);

static inline uint64_t align_up(uint64_t value, uint64_t align)
{
    return (value + align - 1) / align * align;
}
