// The two steps of a child that works on LLVM IR: reading a module, and making an object
// of it. What kills LLVM kills the child; what the first step found is home by then.
#pragma once

#include "protocol/base/buf.h"

typedef struct IrWork {
    Str text;           // IR as text or as bitcode
    const char *triple; // that code is made for
    bool is_retargeted; // in place of the module's own
    bool is_left_alone; // read, but no code is made
    // Of the child alone:
    struct IrModule *module;
} IrWork;

bool ir_child_read(void *work, Buf *out); // facts: ir_facts.h
bool ir_child_emit(void *work, Buf *out); // LLVM's messages, as pairs of ir_facts.h
