// What a change does to a contract, in plain words.
#pragma once

#include "server/cli/contract.h"

typedef enum ContractChangeKind {
    CONTRACT_ADDED,
    CONTRACT_REMOVED,
    CONTRACT_CHANGED,
} ContractChangeKind;

typedef struct ContractChange {
    ContractChangeKind kind;
    const ContractFunction *was, *now; // NULL: there is none
    LIST(Str) details;                 // of CONTRACT_CHANGED: one sentence each
} ContractChange;

typedef LIST(ContractChange) ContractChangeList;

// In order of the symbols. Both are settled: sorted, one of each.
void contract_diff(Arena *arena, const Contract *was, const Contract *now,
                   ContractChangeList *ret_changes);

Str contract_change_name(ContractChangeKind kind); // "added"

// "int f(struct rgb c, int x)"
Str contract_prototype(Arena *arena, const ContractFunction *function);
