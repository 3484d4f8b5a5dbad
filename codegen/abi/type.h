// C types as the ABI sees them: plain data, no libclang. One pool of types a job.
//
// frontend/clang_type.c makes them from CXType; tests make them from text. Canonical:
// typedefs, qualifiers and _Atomic of scalars are gone, arrays and functions as
// parameters are pointers. Sizes and offsets are those of the Arm64EC parse, which are
// x64's, but for `long double` in the GNU environment.
#pragma once

#include "protocol/base/arena.h"
#include "protocol/base/base.h"

typedef enum AbiKind {
    ABI_VOID,
    ABI_BOOL,
    ABI_INT,     // integers, enums, characters up to 64 bits, and __int128
    ABI_BIT_INT, // _BitInt(bits)
    ABI_HALF,    // _Float16, __fp16
    ABI_BFLOAT,  // __bf16
    ABI_FLOAT,
    ABI_DOUBLE,
    ABI_LONG_DOUBLE, // 8 bytes here; in the GNU environment 16 (x87) on the x64 side
    ABI_POINTER,     // and references, member pointers of one word
    ABI_VECTOR,      // element and count
    ABI_SCALABLE,    // SVE
    ABI_COMPLEX,     // element
    ABI_ARRAY,       // element and count; count 0: zero-length; only inside records
    ABI_FLEXIBLE,    // T[] at a record's end
    ABI_RECORD,
    ABI_UNKNOWN, // incomplete (align 0), erroneous, or too large to walk: no place is
                 // told of a signature with one
} AbiKind;

typedef struct AbiType AbiType;

typedef struct AbiField {
    const AbiType *type;
    Str name;
    uint64_t offset_bits;
    uint32_t width_bits; // of a bit-field
    bool is_bit_field, is_base;
    bool has_attributes; // an alignment of its own, perhaps
} AbiField;

struct AbiType {
    AbiKind kind;
    uint64_t bytes, align; // in bytes
    uint32_t bits;         // ABI_INT, ABI_BIT_INT, ABI_BOOL (1)
    bool is_signed;
    const AbiType *element; // ABI_VECTOR, ABI_COMPLEX, ABI_ARRAY
    uint64_t count;
    const AbiField *fields; // ABI_RECORD, in order
    uint32_t n_fields;
    uint32_t n_nodes; // types in it, counted as a tree; only frontend/clang_type.c counts
    bool is_union, is_packed, is_transparent_union;
    bool is_aligned; // ABI_RECORD: by an attribute of its own, which may ask for less
    bool is_ext_vector;
    bool is_atomic; // no member of a homogeneous aggregate, and none itself
    // C++: passed by a pointer to a copy (non-trivial copy, move or destructor), and
    // returned through a hidden pointer whatever the size (Microsoft's rule for what is
    // no plain aggregate).
    bool is_non_trivial, is_no_cxx14_aggregate;
    bool is_cxx; // a record of C++: an empty one is passed as its one byte, not dropped
    Str name;    // as a person writes it: "struct rgb", "size_t"
};

typedef struct AbiParameter {
    const AbiType *type;
    Str name; // empty if unnamed
} AbiParameter;

typedef enum AbiConvention {
    ABI_CDECL,      // and everything that means the same here
    ABI_VECTORCALL, // cannot be compiled
    ABI_CONTRACT,   // preserve_most/all/none, swiftcall...: EC116; `convention_name`
    ABI_IGNORED,    // __regcall, sysv_abi: clang ignores it and says so
} AbiConvention;

typedef struct AbiSignature {
    const AbiType *result;
    const AbiParameter *parameters;
    uint32_t n_parameters;
    bool is_variadic, is_unprototyped; // K&R: no parameter is known
    bool is_member;                    // C++: `this` is parameters[0], results by pointer
    AbiConvention convention;
    Str convention_name;
} AbiSignature;

typedef enum AbiEnvironment { ABI_ENVIRONMENT_MSVC, ABI_ENVIRONMENT_GNU } AbiEnvironment;

bool abi_is_empty(const AbiType *type); // a record with no data, as clang's isEmptyRecord
bool abi_has_flexible(const AbiType *type); // as its last member, or in a member record
bool abi_is_integer_like(const AbiType *type);

// A homogeneous aggregate of 1 to 4 equal floating or short-vector members
// (AAPCS64 5.9.5, as clang counts: domain.md 1.5). ret_base and ret_n may be NULL.
bool abi_is_homogeneous(const AbiType *type, const AbiType **ret_base, uint32_t *ret_n);

// Clang walks records as trees; so do we, but a record that holds one twice, which holds
// one twice and so on has no end in sight. Real signatures need some dozens of nodes.
enum { ABI_NODES_MAX = 20000 };

// Of a record whose members cannot be told. Beyond the largest homogeneous aggregate both
// sides pass any record by pointer, so that it stands for that many bytes; a smaller one
// becomes ABI_UNKNOWN.
void abi_make_opaque(Arena *arena, AbiType *record);

// False if anything in it makes the signature untellable: ABI_UNKNOWN, or records too
// large to walk. Ask before abi_lower() and everything else that walks types.
bool abi_is_known(const AbiSignature *signature);
