#include "codegen/frontend/suppress.h"

#include "codegen/frontend/c_lexer.h"
#include "codegen/frontend/document.h"
#include "codegen/frontend/lexical.h"
#include "codegen/rust/token.h"

#include <string.h>

enum { PIPELINE_FAMILY = 900 }; // EC9xx

// One code of one comment.
typedef struct Allowance {
    uint16_t number;
    uint32_t begin, end;            // of the code as written
    uint32_t first_line, last_line; // of the findings it takes out
    bool is_used;
    bool is_alone; // the comment has no other code
    uint32_t comment_begin, comment_end;
} Allowance;

typedef struct Suppressor {
    Unit *unit;
    LIST(Allowance) allowances;
} Suppressor;

static Place place_of(const Suppressor *suppressor, Str part)
{
    const char *text = suppressor->unit->text.at;
    uint32_t begin = (uint32_t)(part.at - text);
    return unit_place(suppressor->unit, begin, begin + (uint32_t)part.len);
}

static void report_malformed(const Suppressor *suppressor, Str instruction)
{
    Str line = str_trim(str_sub(instruction, 0, str_find_char(instruction, '\n')));
    REPORT0(suppressor->unit, EC907_form, place_of(suppressor, line));
}

// "EC301, EC501" between the parentheses of one comment.
static void read_codes(Suppressor *suppressor, Str codes, const Allowance *comment)
{
    uint32_t first = suppressor->allowances.len, n_codes = 0;
    for (Str rest = codes; rest.len || !n_codes;) {
        size_t comma = str_find_char(rest, ',');
        Str code = str_trim(str_sub(rest, 0, comma));
        rest = str_from(rest, comma + 1);
        n_codes++;
        const DiagSpec *spec = diag_find(code);
        if (!spec) {
            REPORT(suppressor->unit, EC907_unknown, place_of(suppressor, code), code);
            continue;
        }
        Allowance *allowance =
            LIST_PUSH(suppressor->unit->arena, &suppressor->allowances);
        *allowance = *comment;
        allowance->number = spec->number;
        allowance->begin = (uint32_t)(code.at - suppressor->unit->text.at);
        allowance->end = allowance->begin + (uint32_t)code.len;
    }
    for (uint32_t i = first; i < suppressor->allowances.len; i++)
        suppressor->allowances.at[i].is_alone = n_codes == 1;
}

static void read_comment(Suppressor *suppressor, Str comment, Str instruction)
{
    const Unit *unit = suppressor->unit;
    if (!str_starts(instruction, STR("arm64ecd:")))
        return;
    Str rest = str_trim(str_from(instruction, STR("arm64ecd:").len));
    Str list = str_trim(str_from(rest, STR("allow").len));
    size_t close = str_find_char(list, ')');
    bool is_well_formed = str_starts(rest, STR("allow")) && str_starts(list, STR("(")) &&
                          close < list.len && str_trim(str_sub(list, 1, close)).len;
    if (!is_well_formed) {
        report_malformed(suppressor, instruction);
        return;
    }
    uint32_t begin = (uint32_t)(comment.at - unit->text.at);
    uint32_t end = begin + (uint32_t)comment.len;
    Allowance about = {.first_line = lines_of(&unit->lines, begin),
                       .last_line = lines_of(&unit->lines, end) + 1,
                       .comment_begin = begin,
                       .comment_end = end};
    read_codes(suppressor, str_sub(list, 1, close), &about);
}

// Rust's quotes are not C's: 'a is a lifetime.
static void read_rust_comments(Suppressor *suppressor)
{
    RustTokens tokens;
    rust_lex(suppressor->unit->arena, suppressor->unit->text, &tokens);
    for (uint32_t i = 0; i < tokens.comments.len; i++) {
        Str comment =
            str_sub(tokens.text, tokens.comments.at[i].begin, tokens.comments.at[i].end);
        read_comment(suppressor, comment, str_trim(c_comment_body(comment)));
    }
}

// Assembly's comments begin with //, /*, ;, @ or #, by its dialect: what stands right
// before the instruction says which.
static void read_assembly_comments(Suppressor *suppressor)
{
    static const Str mark = STR_INIT("arm64ecd:");
    Str text = suppressor->unit->text;
    for (size_t at = str_find(text, mark); at < text.len;) {
        size_t begin = at, end = at + str_find_char(str_from(text, at), '\n');
        while (begin > 0 && (text.at[begin - 1] == ' ' || text.at[begin - 1] == '\t'))
            begin--;
        size_t behind = begin;
        while (begin > 0 && text.at[begin - 1] && strchr(";/*@#", text.at[begin - 1]))
            begin--;
        Str instruction = str_sub(text, at, end);
        instruction = str_sub(instruction, 0, str_find(instruction, STR("*/")));
        if (begin < behind)
            read_comment(suppressor, str_trim(str_sub(text, begin, end)),
                         str_trim(instruction));
        at = end + str_find(str_from(text, end), mark);
    }
}

static void read_comments(Suppressor *suppressor)
{
    const Job *job = suppressor->unit->job;
    if (document_is_rust(job) || document_is_cargo(job) || document_has_assembly(job) ||
        document_is_ir(job)) {
        if (document_is_rust(job))
            read_rust_comments(suppressor);
        else
            read_assembly_comments(suppressor);
        return;
    }
    CLexer lexer;
    c_lexer_init(&lexer, str_sub(suppressor->unit->text, 0, suppressor->unit->scan_end));
    if (suppressor->unit->scan_begin)
        lexer.at = suppressor->unit->scan_begin;
    for (;;) {
        CToken token = c_lexer_next(&lexer);
        if (token.kind == C_END)
            return;
        if (token.kind == C_COMMENT) {
            Str comment = c_token_text(&lexer, token);
            read_comment(suppressor, comment, str_trim(c_comment_body(comment)));
        }
    }
}

static bool stands_alone(const Unit *unit, const Allowance *allowance)
{
    uint32_t line_start = unit->lines.start[allowance->first_line];
    return str_trim(str_sub(unit->text, line_start, allowance->comment_begin)).len == 0;
}

// Comments that follow each other line by line all speak of the line behind the last.
static void join_comments(Suppressor *suppressor)
{
    for (uint32_t i = suppressor->allowances.len; i-- > 1;) {
        const Allowance *next = &suppressor->allowances.at[i];
        Allowance *allowance = &suppressor->allowances.at[i - 1];
        bool is_same_comment = allowance->comment_begin == next->comment_begin;
        if (is_same_comment || (allowance->last_line == next->first_line &&
                                stands_alone(suppressor->unit, next)))
            allowance->last_line = next->last_line;
    }
}

static bool is_allowed(Suppressor *suppressor, const Finding *finding)
{
    if (finding->source != SOURCE_ARM64ECD || finding->at.path != 0 ||
        finding->number >= PIPELINE_FAMILY)
        return false;
    bool is_allowed = false;
    for (uint32_t i = 0; i < suppressor->allowances.len; i++) {
        Allowance *allowance = &suppressor->allowances.at[i];
        uint32_t line = finding->at.start.line;
        if (allowance->number == finding->number && allowance->first_line <= line &&
            line <= allowance->last_line)
            is_allowed = allowance->is_used = true;
    }
    return is_allowed;
}

static void drop_allowed(Suppressor *suppressor)
{
    Unit *unit = suppressor->unit;
    uint32_t n = 0;
    for (uint32_t i = 0; i < unit->findings.len; i++)
        if (!is_allowed(suppressor, &unit->findings.at[i]))
            unit->findings.at[n++] = unit->findings.at[i];
    unit->findings.len = n;
}

// Whether whatever could be found has been found: neither a failure of ours nor an error
// of clang's stands between a rule and the code it would speak of.
static bool is_complete(const Unit *unit, Stage stage)
{
    if (stage != STAGE_LIVE || unit->sees_other_files || unit->job->cut.has_errors)
        return false;
    for (uint32_t i = 0; i < unit->findings.len; i++) {
        const Finding *finding = &unit->findings.at[i];
        bool is_failure = finding->number >= EC901 && finding->number <= EC908 &&
                          finding->number != EC906 && finding->number != EC907;
        bool is_clang_error =
            finding->source == SOURCE_CLANG && finding->severity == SEVERITY_ERROR;
        if (is_failure || is_clang_error)
            return false;
    }
    return true;
}

static bool is_futile(const Allowance *allowance)
{
    return allowance->number >= PIPELINE_FAMILY;
}

static void report_unused(Unit *unit, const Allowance *allowance)
{
    char code[DIAG_CODE_BYTES_MAX];
    diag_code(allowance->number, code);
    Place at = unit_place(unit, allowance->begin, allowance->end);
    Finding *finding = is_futile(allowance)
                           ? REPORT(unit, EC906_never, at, str_of(code))
                           : REPORT(unit, EC906_unused, at, str_of(code));
    finding->tags = TAG_UNNECESSARY;
    if (!allowance->is_alone)
        return;
    uint32_t begin = allowance->comment_begin;
    while (begin > 0 &&
           (unit->text.at[begin - 1] == ' ' || unit->text.at[begin - 1] == '\t'))
        begin--;
    Fix *fix = unit_fix(unit, finding, STR("Remove this suppression"));
    fix->preferred = true;
    unit_edit(unit, fix, unit_place(unit, begin, allowance->comment_end), STR(""));
}

void suppress_apply(Unit *unit, Stage stage)
{
    Str scanned = str_sub(unit->text, unit->scan_begin, unit->scan_end);
    if (!document_may_be_ours(unit->job) || !str_has(scanned, STR("arm64ecd:")))
        return;
    Suppressor suppressor = {.unit = unit};
    read_comments(&suppressor);
    join_comments(&suppressor);
    drop_allowed(&suppressor);
    bool is_whole = is_complete(unit, stage);
    for (uint32_t i = 0; i < suppressor.allowances.len; i++) {
        const Allowance *allowance = &suppressor.allowances.at[i];
        bool is_unused = is_whole && !allowance->is_used &&
                         allowance->number != EC225; // another file may bring it
        if (is_unused || (is_futile(allowance) && stage != STAGE_FULL))
            report_unused(unit, allowance);
    }
}
