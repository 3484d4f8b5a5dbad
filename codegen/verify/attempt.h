// One run of one signature, and what is found wrong in it. Private to verify.
#pragma once

#include "codegen/verify/machine.h"
#include "codegen/verify/values.h"
#include "codegen/verify/verify.h"

typedef struct Attempt {
    Machine *machine;
    const VerifySignature *signature;
    VerifyWay way;
    uint64_t callee;
    bool has_hidden;         // the result goes through a pointer in slot 1
    MachineRegisters before; // as the entry thunk or the Arm64EC caller was entered
    bool is_wrong, is_result_wrong;
    uint64_t wrong_arguments; // bits
    Buf why, note;
    Values values;
} Attempt;

void attempt_wrong(Attempt *attempt, const char *format, ...) PRINTF_LIKE(2, 3);

void check_access(void *attempt, const MachineAccess *access); // a MachineWatch
void check_x64_slots(Attempt *attempt);    // Arm64EC is about to call x64
void check_entry_return(Attempt *attempt); // an entry thunk is about to return
void check_ec_caller(Attempt *attempt);    // an Arm64EC caller got its result
void check_values(Attempt *attempt);       // all is over
