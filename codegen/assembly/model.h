// The structure of an assembly file: sections, labels, functions, instructions, symbols,
// records of the hybrid map. Filled from the expanded text (armasm64's is made GNU's
// first), read by rules, symbols and fixes.
//
// Offsets are of the expanded text, AsmModel.text; asm_place() leads back.
#pragma once

#include "codegen/assembly/text.h"
#include "codegen/frontend/asm_mnemonics.h"
#include "codegen/frontend/asm_text.h"

typedef struct AsmSection {
    Str name, flags, comdat; // comdat: the symbol that leads it; empty: none
    uint32_t begin, end;     // of the directive
    bool is_code, is_hybrid_map;
    uint32_t n_bytes;   // statements that put something into it
    uint32_t map_state; // .hybmp$x: which part of a record comes next
} AsmSection;

enum { ASM_OPERANDS_MAX = 6 };

typedef enum AsmFlow {
    FLOW_NONE,
    FLOW_CALL,            // bl symbol
    FLOW_CALL_REGISTER,   // blr x8
    FLOW_BRANCH,          // b symbol
    FLOW_CONDITION,       // b.eq, cbz, tbz
    FLOW_BRANCH_REGISTER, // br x8, ret x4
    FLOW_RETURN,          // ret
} AsmFlow;

typedef struct AsmSpan {
    uint32_t begin, end;
} AsmSpan;

// An instruction, or a call of a macro that nobody knows.
typedef struct AsmInstruction {
    AsmSpan all, mnemonic;
    AsmSpan operands[ASM_OPERANDS_MAX];
    uint32_t n_operands;
    uint8_t flow;      // AsmFlow
    uint8_t writes;    // AsmWrites
    uint32_t function; // index + 1; 0: none
    uint32_t section;
    uint32_t symbol; // index + 1 of the symbol that it calls or branches to
    uint32_t first_register, n_registers; // of AsmModel.registers
    bool is_target;                       // a label stands before it
} AsmInstruction;

typedef struct AsmSymbol {
    Str name; // without quotes
    bool is_global, is_weak, is_anti_dependency, is_defined, is_function, is_data;
    bool is_called, is_local; // .L, 1f
    bool is_address;          // taken: adr, .word
    bool begins_function;
    bool has_record;   // kind 1 of the hybrid map
    uint32_t alias_of; // index + 1, of "foo = #foo"
    AsmSpan label;     // where it is defined
    AsmSpan first_use;
} AsmSymbol;

typedef struct AsmLabel {
    uint32_t symbol, section, function; // function: index + 1
    AsmSpan name;
    uint32_t instruction; // the one behind it
    bool is_at_start;     // nothing came before it in its section
    bool is_data;         // data stands behind it
    bool is_behind_data;  // right behind data, with no alignment between
    uint32_t alignment;   // in bytes, of the last directive before it; 0: none
} AsmLabel;

typedef struct AsmFunction {
    uint32_t label, symbol;
    uint32_t first, n; // instructions
    uint32_t end;      // offset behind it
    bool has_unwind;   // .seh_proc, NESTED_ENTRY
    bool calls;
    bool is_entry_thunk, is_exit_thunk, is_thunk; // by name, or the map says it
    bool is_custom;                               // armasm64's ARM64EC_CUSTOM_ENTRY_THUNK
} AsmFunction;

typedef struct AsmRecord {   // of .hybmp$x
    uint32_t source, target; // index + 1 of symbols
    int64_t kind;
    bool is_kind_known;
    AsmSpan at, source_at, target_at, kind_at;
    uint32_t n_parts; // 3: whole
    bool is_short;    // bytes between its parts
} AsmRecord;

typedef struct AsmReference {
    uint32_t symbol;
    AsmSpan at;
    uint8_t flow; // FLOW_NONE: its address
} AsmReference;

typedef struct AsmDirective {
    AsmSpan word;
    AsmSpan arguments;
} AsmDirective;

typedef struct AsmModel {
    Arena *arena;
    AsmText text;
    bool is_armasm;
    LIST(AsmSection) sections;
    LIST(AsmInstruction) instructions;
    LIST(AsmSymbol) symbols;
    LIST(AsmLabel) labels;
    LIST(AsmFunction) functions;
    LIST(AsmRecord) records;
    LIST(AsmReference) references;
    LIST(AsmDirective) directives;
    AsmRegisters registers;
    uint32_t *slots; // of symbols, index + 1
    uint32_t n_slots;
    bool is_elf, is_mach_o; // it has directives of theirs
    AsmSpan foreign;        // the first of them
} AsmModel;

void asm_model_read(AsmModel *model, Arena *arena, const AsmText *text, bool is_armasm);

Str asm_span(const AsmModel *model, AsmSpan span);
Str asm_operand(const AsmModel *model, const AsmInstruction *instruction, uint32_t n);
bool asm_mnemonic_is(const AsmModel *model, const AsmInstruction *instruction, Str name);
uint32_t asm_model_symbol(AsmModel *model, Str name); // index; new if need be
const AsmSymbol *asm_symbol_named(const AsmModel *model, Str name); // NULL: none
const AsmInstruction *asm_instructions_of(const AsmModel *model,
                                          const AsmFunction *function);
