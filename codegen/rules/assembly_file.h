// Rules for assembly files, over codegen/assembly's model: EC118, EC131, EC201, EC208,
// EC209, EC211-EC215, EC501-EC511, EC513-EC516. Inline assembly has rules/assembly.c.
#pragma once

#include "codegen/assembly/model.h"
#include "codegen/rules/rules.h"

// The name of the entry thunk of a signature, and its code. False: there is none.
typedef bool AsmThunkMaker(void *owner, const AbiSignature *signature, Str *ret_name,
                           Str *ret_assembly);

typedef struct AssemblyFile {
    Unit *unit;
    AsmFiles *files;
    const AsmModel *model;
    bool is_preprocessed;
    bool has_unseen; // includes that nobody could read: symbols may come from there
    AsmThunkMaker *make_thunk; // NULL: none
    void *thunk_owner;
    const Str *declarations; // C texts that may declare the functions
    uint32_t n_declarations;
} AssemblyFile;

void assembly_file_registers(const AssemblyFile *file); // EC118 EC501-EC503
void assembly_file_symbols(const AssemblyFile *file);   // EC201 EC504 EC505 EC507
void assembly_file_map(const AssemblyFile *file);       // EC208 EC209
void assembly_file_names(const AssemblyFile *file);     // EC215 EC506 EC509
void assembly_file_calls(const AssemblyFile *file);     // EC212 EC213 EC214
void assembly_file_frames(const AssemblyFile *file);    // EC131 EC510 EC516
void assembly_file_thunks(const AssemblyFile *file);    // EC211 EC511 EC513 EC514

Place assembly_file_place(const AssemblyFile *file, AsmSpan span);
// The same of a name that a macro may have put together: of its longest piece.
Place assembly_file_name_place(const AssemblyFile *file, AsmSpan span);
bool assembly_file_is_written(const AssemblyFile *file, AsmSpan span);
// Of functions that a person wrote for others to call, no thunk and no local one.
bool assembly_file_is_boundary(const AssemblyFile *file, const AsmFunction *function);
Str assembly_file_function_name(const AssemblyFile *file, const AsmFunction *function);

typedef struct AsmRegisterNumber {
    uint32_t number;
    bool is_vector, is_general;
} AsmRegisterNumber;
AsmRegisterNumber assembly_file_register(Str name); // neither: sp, a symbol, ...
// The operand is this general register, in any width.
bool assembly_file_operand_is(const AssemblyFile *file, const AsmInstruction *instruction,
                              uint32_t operand, uint32_t number);
// The instruction puts a value into the general register.
bool assembly_file_writes(const AssemblyFile *file, const AsmInstruction *instruction,
                          uint32_t number);
// What the register holds before the instruction is the address of code of this file, as
// far as the file's own text shows.
bool assembly_file_is_own_code(const AssemblyFile *file, uint32_t at, uint32_t number);
// It loads what the symbol's cell holds: "ldr x16, [x16, :lo12:NAME]".
bool assembly_file_loads(const AssemblyFile *file, const AsmInstruction *instruction,
                         Str prefix);
