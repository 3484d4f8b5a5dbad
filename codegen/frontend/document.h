// What a document is, and so who reads it: the one place that says it.
//
// By the client's languageId; without one, or with one that several kinds of text share
// ("asm"), by the file's ending and its words. Assembly for other processors, and in
// dialects that no Arm64EC build reads, is recognised and left alone: mixed trees are
// full of it.
#pragma once

#include "codegen/job.h"

typedef enum DocumentKind {
    DOCUMENT_OTHER,   // nothing of ours
    DOCUMENT_C,       // C, C++ and their kin; also what nobody knows
    DOCUMENT_GNU_ASM, // for AArch64; .S goes through the C preprocessor
    DOCUMENT_ARMASM,  // for armasm64
    DOCUMENT_FOREIGN_ASM,
    DOCUMENT_RUST,
    DOCUMENT_CARGO,   // Cargo.toml, Cargo.lock, .cargo/config.toml
    DOCUMENT_IR,      // LLVM's, as text
    DOCUMENT_BITCODE, // and as bytes
} DocumentKind;

typedef struct Document {
    DocumentKind kind;
    Str words; // what it was taken for: "GNU assembly for AArch64", "x64 assembly (MASM)"
} Document;

// `job->text` is looked at only where language and ending leave a choice.
Document document_of(const Job *job);
// By language and ending alone: worth reading at all.
bool document_may_be_ours(const Job *job);
bool document_is_c_family(const Job *job);
bool document_is_rust(const Job *job);
bool document_is_cargo(const Job *job);
bool document_is_ir(const Job *job); // of LLVM, as text or as bytes
bool document_is_bitcode(const Job *job);
bool document_has_assembly(const Job *job); // whosever it is
// .S, .sx and .asm that armasm64's users send through cl: with #include and #if.
bool document_is_preprocessed(const Job *job);
bool document_has_assembly_ending(Str path);
