// The client's methods as an enum, and what the table methods.def says of each.
#pragma once

#include "protocol/codec.h"
#include "protocol/lsp.h"

typedef enum MethodId {
#define METHOD(symbol, wire, kind, params, allowed) METHOD_##symbol,
#include "protocol/methods.def"
#undef METHOD
    METHOD_COUNT,
} MethodId;

typedef enum MethodKind { METHOD_IS_REQUEST, METHOD_IS_NOTIFY } MethodKind;

// FRESH before initialize, RUNNING after it, ENDING after shutdown; ANY is all three.
typedef enum LifeState {
    LIFE_FRESH = 1,
    LIFE_RUNNING = 2,
    LIFE_ENDING = 4,
    LIFE_ANY = 7,
} LifeState;

typedef struct Method {
    const char *wire;
    MethodKind kind;
    LifeState allowed;
    const Record *params;
} Method;

const Method *method_get(MethodId id);
bool method_find(Str wire, MethodId *ret_id);
