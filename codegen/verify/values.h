// Values of arguments and results in guest memory. Private to verify.
#pragma once

#include "codegen/verify/machine.h"
#include "codegen/verify/verify.h"

// Where verify_source() makes both sides read and write; `extern` arrays in the C texts.
enum {
    AREA_BYTES = 0x3000,
    AREA_ARGUMENTS = MACHINE_DATA_USER,        // the caller takes them from here
    AREA_RECORD = AREA_ARGUMENTS + AREA_BYTES, // the callee puts them here
    AREA_RESULT = AREA_RECORD + AREA_BYTES,    // the callee takes it from here
    AREA_GOT = AREA_RESULT + AREA_BYTES,       // the caller puts it here
    UNWRITTEN = 0xEE,                          // what record and got hold before
};
enum { AREAS = 4 };
void values_given(LoadGiven ret_given[AREAS]);

typedef struct Values {
    const VerifySignature *signature;
    uint32_t offset[VERIFY_ARGUMENTS_MAX]; // in AREA_ARGUMENTS and AREA_RECORD
    uint32_t n_bytes;
    uint8_t arguments[AREA_BYTES], result[VERIFY_TYPE_BYTES_MAX];
    uint8_t argument_mask[AREA_BYTES], result_mask[VERIFY_TYPE_BYTES_MAX]; // 0xFF: counts
} Values;

// Offsets of the arguments; false: they do not fit.
bool values_layout(const VerifySignature *signature, uint32_t *ret_offsets,
                   uint32_t *ret_n_bytes);
void values_make(Machine *machine, const VerifySignature *signature, Values *ret_values);
bool values_equal(const uint8_t *a, const uint8_t *b, const uint8_t *mask, size_t n);
uint64_t values_junk_above(Machine *machine, uint64_t value, uint32_t n_bytes);
