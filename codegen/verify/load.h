// Loads Arm64EC and x64 COFF objects straight into memory, without a linker.
//
// What the emulator runs must be what clang wrote, with nothing between that could repair
// or break it, and no linker need be installed. So this does the few things that a linker
// does for one small program: it places sections (first COMDAT wins), follows weak
// aliases (Arm64EC's "anti-dependency": a strong definition first, so that `g` becomes
// the x64 function and `#g` its guest exit thunk), applies relocations, and writes the
// word before each Arm64EC function that leads the x64 world to its entry thunk
// (domain.md 2.3). Sources: Microsoft, "PE Format"; LLVM, COFF.h (Arm64ECThunkType).
//
// Objects are not trusted: every offset, size, index and relocation is checked.
#pragma once

#include "protocol/base/arena.h"
#include "protocol/base/base.h"

enum {
    LOAD_PAGE_BYTES = 4096,
    LOAD_IMAGE_BYTES_MAX = 16 * 1024 * 1024,
    LOAD_OBJECT_BYTES_MAX = 32 * 1024 * 1024,
    LOAD_OBJECTS_MAX = 8,
};

// A symbol that the world outside has; used where no object defines it.
typedef struct LoadGiven {
    Str name;
    uint64_t address;
} LoadGiven;

typedef struct LoadSymbols LoadSymbols;

// Code and data lie on pages of their own, so that page permissions can play the role of
// the EC code bitmap: [base, thunks) Arm64EC code, [thunks, x64) its thunks,
// [x64, data) x64 code, [data, base + n_bytes) data. The first page is empty.
typedef struct LoadImage {
    uint64_t base, thunks, x64, data;
    uint8_t *bytes; // aligned to a page
    size_t n_bytes; // whole pages
    const LoadSymbols *symbols;
    void *owned;
} LoadImage;

// `base` is a multiple of the page. ERR_FORMAT: an object is broken, of another machine,
// or needs what is not implemented or not defined; ERR_LIMIT: too large. `ret_why` is a
// sentence for people then. Symbols live as long as the arena, bytes until load_done().
MUST_USE Err load_image(Arena *arena, const Str *objects, uint32_t n_objects,
                        const LoadGiven *given, uint32_t n_given, uint64_t base,
                        LoadImage *ret_image, Str *ret_why);
void load_done(LoadImage *image); // a zeroed one is fine

// Follows weak aliases. False: not defined.
bool load_find(const LoadImage *image, Str name, uint64_t *ret_address);
