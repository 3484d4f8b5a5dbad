// The catalogue of diagnostics, from codegen/diagnostics.def (domain.md 7).
//
// A code is a number and never changes its meaning. Adding one costs a line there, one
// place that emits it, and one explained example in codegen/explain/.
#pragma once

#include "protocol/base/arena.h"
#include "protocol/base/base.h"

typedef enum Severity { // LSP's numbers
    SEVERITY_ERROR = 1,
    SEVERITY_WARNING = 2,
    SEVERITY_INFO = 3,
    SEVERITY_HINT = 4,
} Severity;

typedef enum DiagNumber {
#define DIAG(number, name, severity, help) EC##number = number,
#include "codegen/diagnostics.def"
} DiagNumber;

// One enumerator a message: EC501_operand.
typedef enum DiagText {
#define DIAG_TEXT(number, variant, message) EC##number##_##variant,
#include "codegen/diagnostics.def"
    DIAG_TEXT_COUNT,
} DiagText;

// A number is taken once and for ever: a second DIAG or DIAG_RETIRED with it does not
// compile.
enum {
#define DIAG(number, name, severity, help) DIAG_NUMBER_TAKEN_##number,
#define DIAG_RETIRED(number)               DIAG_NUMBER_TAKEN_##number,
#include "codegen/diagnostics.def"
};

typedef struct DiagSpec {
    uint16_t number;
    Severity severity; // the default; an emitter may raise or lower it as domain.md says
    Str name;          // "disallowed-gpr"
    Str help;          // one line: what to do
} DiagSpec;

const DiagSpec *diag_specs(size_t *ret_n);  // ascending by number
const DiagSpec *diag_spec(uint32_t number); // NULL if there is no such code
const DiagSpec *diag_find(Str code);        // "EC501" or "disallowed-gpr"; NULL if none

DiagNumber diag_number_of(DiagText text);
Str diag_message(DiagText text);   // with {0} {1} where arguments go
size_t diag_n_args(DiagText text); // how many of them
// The message with its arguments. Debug builds insist on their number.
Str diag_format(Arena *arena, DiagText text, size_t n_args, const Str *args);

Str severity_name(Severity severity); // "error" "warning" "info" "hint"

// The page that explains a code; goes into codeDescription.href and SARIF's helpUri.
enum { DIAG_CODE_BYTES_MAX = 8, DIAG_HREF_BYTES_MAX = 96 };
void diag_code(uint32_t number, char ret_code[DIAG_CODE_BYTES_MAX]); // "EC501"
void diag_href(uint32_t number, char ret_href[DIAG_HREF_BYTES_MAX]);

// The long explanation: the head comment of codegen/explain/EC501.c as plain text, its
// body as example, and the language of the example ("c", "cpp", "json", "txt").
typedef struct Explanation {
    uint16_t number;
    Str language, text, example;
} Explanation;
const Explanation *diag_explain(uint32_t number); // NULL if there is no such code
