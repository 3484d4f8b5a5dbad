// The shapes of a unit's thunks ("i8$i8d"), by the call that needs one and by signature.
//
// Findings name them. Files have thousands of calls, thunks and findings, so both are
// looked up in sorted lists, made at the first question.
#pragma once

#include "codegen/unit.h"

typedef struct PlacedShape {
    Place at;
    uint32_t function; // whose thunk it is
    Str shape;
} PlacedShape;

typedef struct KeyedShape {
    Str key; // of low_key()
    Str shape;
} KeyedShape;

typedef struct AbiShapes {
    bool is_read;
    LIST(PlacedShape) placed;
    LIST(KeyedShape) keyed;
} AbiShapes;

// " ($i8$i8d)", as far as the call's thunk is known; else empty.
Str abi_shape_of_call(Unit *unit, AbiShapes *shapes, const Call *call);
// The same of a signature that some function of the unit has.
Str abi_shape_of_signature(Unit *unit, AbiShapes *shapes, const LowSignature *low);

void abi_check_prototype(Unit *unit, AbiShapes *shapes, const Call *call); // EC119
