#include "server/rustc_words.h"

#include "protocol/codec.h"
#include "server/disk.h"

enum { EXPANSIONS_MAX = 32, TEXT_BYTES_MAX = 4096, NOTE_BYTES_MAX = 200 };

typedef struct RawText {
    Str text;
} RawText;

typedef struct RawSpan {
    Str file;
    uint32_t byte_start, byte_end, line_start, line_end, column_start, column_end;
    bool is_primary;
    Str label;
    Str replacement, applicability;
    bool has_replacement;
    RECORD_LIST(RawText) text;
    Str expansion; // JSON
} RawSpan;

typedef struct RawExpansion {
    RawSpan span;
    Str macro;
} RawExpansion;

typedef struct RawCode {
    Str code;
} RawCode;

typedef struct RawChild {
    Str level, text;
    RECORD_LIST(RawSpan) spans;
} RawChild;

typedef struct RawMessage {
    Str level, text;
    RawCode code;
    RECORD_LIST(RawSpan) spans;
    RECORD_LIST(RawChild) children;
} RawMessage;

typedef struct RawTarget {
    Str name;
} RawTarget;

typedef struct RawLine {
    Str reason;
    RawTarget target;
    Str message; // JSON
} RawLine;

static const Field text_fields[] = {
    FIELD_OF(RawText, text, "text", FIELD_STR, REQUIRED),
};
static const Record text_record = RECORD_OF(RawText, text_fields);

static const Field span_fields[] = {
    FIELD_OF(RawSpan, file, "file_name", FIELD_STR, REQUIRED),
    FIELD_OF(RawSpan, byte_start, "byte_start", FIELD_UINT, REQUIRED),
    FIELD_OF(RawSpan, byte_end, "byte_end", FIELD_UINT, REQUIRED),
    FIELD_OF(RawSpan, line_start, "line_start", FIELD_UINT, REQUIRED),
    FIELD_OF(RawSpan, line_end, "line_end", FIELD_UINT, REQUIRED),
    FIELD_OF(RawSpan, column_start, "column_start", FIELD_UINT, REQUIRED),
    FIELD_OF(RawSpan, column_end, "column_end", FIELD_UINT, REQUIRED),
    FIELD_OF(RawSpan, is_primary, "is_primary", FIELD_BOOL, OPTIONAL),
    FIELD_OF(RawSpan, label, "label", FIELD_STR, OPTIONAL),
    FIELD_OF(RawSpan, replacement, "suggested_replacement", FIELD_STR, OPTIONAL),
    FIELD_OF(RawSpan, has_replacement, "suggested_replacement", FIELD_PRESENT, OPTIONAL),
    FIELD_OF(RawSpan, applicability, "suggestion_applicability", FIELD_STR, OPTIONAL),
    FIELD_SUB(RawSpan, text, "text", FIELD_RECORDS, OPTIONAL, &text_record),
    FIELD_OF(RawSpan, expansion, "expansion", FIELD_RAW, OPTIONAL),
};
static const Record span_record = RECORD_OF(RawSpan, span_fields);

static const Field expansion_fields[] = {
    FIELD_SUB(RawExpansion, span, "span", FIELD_RECORD, REQUIRED, &span_record),
    FIELD_OF(RawExpansion, macro, "macro_decl_name", FIELD_STR, OPTIONAL),
};
static const Record expansion_record = RECORD_OF(RawExpansion, expansion_fields);

static const Field code_fields[] = {
    FIELD_OF(RawCode, code, "code", FIELD_STR, OPTIONAL),
};
static const Record code_record = RECORD_OF(RawCode, code_fields);

static const Field child_fields[] = {
    FIELD_OF(RawChild, level, "level", FIELD_STR, REQUIRED),
    FIELD_OF(RawChild, text, "message", FIELD_STR, REQUIRED),
    FIELD_SUB(RawChild, spans, "spans", FIELD_RECORDS, OPTIONAL, &span_record),
};
static const Record child_record = RECORD_OF(RawChild, child_fields);

static const Field message_fields[] = {
    FIELD_OF(RawMessage, level, "level", FIELD_STR, REQUIRED),
    FIELD_OF(RawMessage, text, "message", FIELD_STR, REQUIRED),
    FIELD_SUB(RawMessage, code, "code", FIELD_RECORD, OPTIONAL, &code_record),
    FIELD_SUB(RawMessage, spans, "spans", FIELD_RECORDS, OPTIONAL, &span_record),
    FIELD_SUB(RawMessage, children, "children", FIELD_RECORDS, OPTIONAL, &child_record),
};
static const Record message_record = RECORD_OF(RawMessage, message_fields);

static const Field target_fields[] = {
    FIELD_OF(RawTarget, name, "name", FIELD_STR, OPTIONAL),
};
static const Record target_record = RECORD_OF(RawTarget, target_fields);

static const Field line_fields[] = {
    FIELD_OF(RawLine, reason, "reason", FIELD_STR, OPTIONAL),
    FIELD_SUB(RawLine, target, "target", FIELD_RECORD, OPTIONAL, &target_record),
    FIELD_OF(RawLine, message, "message", FIELD_RAW, OPTIONAL),
};
static const Record line_record = RECORD_OF(RawLine, line_fields);

typedef struct Reader {
    Arena *arena;
    Str folder, project;
    RustcMessage *message;
} Reader;

// --- Places
// -----------------------------------------------------------------------------

static bool is_of_project(const Reader *reader, Str path)
{
    Str project = reader->project;
    return str_starts(path, project) &&
           (path.len == project.len || path.at[project.len] == '/' ||
            str_ends(project, STR("/")));
}

// "<anon>", "<::std::macros>" are no files.
static Str path_of(const Reader *reader, Str name)
{
    if (!name.len || str_starts(name, STR("<")))
        return STR("");
    return disk_absolute(reader->arena, reader->folder, name);
}

static Str text_line(const RawSpan *raw, bool is_last)
{
    if (!raw->text.len)
        return STR("");
    return str_sub(raw->text.at[is_last ? raw->text.len - 1 : 0].text, 0, TEXT_BYTES_MAX);
}

static RustcSpan plain_span(const Reader *reader, const RawSpan *raw)
{
    bool is_sane = raw->line_start && raw->line_end >= raw->line_start;
    return (RustcSpan){
        .path = is_sane ? path_of(reader, raw->file) : STR(""),
        .begin = raw->byte_start,
        .end = raw->byte_end,
        .first_line = raw->line_start,
        .last_line = raw->line_end,
        .first_column = raw->column_start,
        .end_column = raw->column_end,
        .first_text = text_line(raw, false),
        .last_text = text_line(raw, true),
    };
}

static bool expansion_of(const Reader *reader, const RawSpan *raw, RawExpansion *ret)
{
    CodecError error;
    return raw->expansion.len && !str_eq(raw->expansion, STR("null")) &&
           codec_decode(reader->arena, raw->expansion, &expansion_record, STR(""), ret,
                        &error) == ERR_NONE;
}

// The span itself or the innermost call around it that is the project's. Calls further
// out that are the project's too become notes. False: nothing of it is.
static bool written_span(Reader *reader, const RawSpan *raw, RustcSpan *ret_span)
{
    RawSpan at = *raw;
    RawExpansion expansion;
    bool is_found = false;
    for (int i = 0; i < EXPANSIONS_MAX; i++) {
        RustcSpan span = plain_span(reader, &at);
        bool is_ours = span.path.len && is_of_project(reader, span.path);
        if (is_ours && !is_found) {
            *ret_span = span;
        } else if (is_ours) {
            *LIST_PUSH(reader->arena, &reader->message->notes) =
                (RustcNote){.at = span, .text = STR("in this macro call")};
        }
        is_found |= is_ours;
        if (!expansion_of(reader, &at, &expansion))
            break;
        reader->message->is_compile_error |=
            str_eq(expansion.macro, STR("compile_error!"));
        at = expansion.span;
    }
    return is_found;
}

// --- Parts of a message
// -----------------------------------------------------------------

static bool is_gate(Str label)
{
    return str_starts(label, STR("the item is gated"));
}

static void add_note(Reader *reader, const RustcSpan *span, Str text, bool is_cfg)
{
    *LIST_PUSH(reader->arena, &reader->message->notes) =
        (RustcNote){.at = *span, .text = text, .is_cfg = is_cfg};
}

static void take_spans(Reader *reader, const RawMessage *raw)
{
    RustcMessage *message = reader->message;
    for (size_t i = 0; i < raw->spans.len && !message->at.path.len; i++)
        if (raw->spans.at[i].is_primary)
            (void)written_span(reader, &raw->spans.at[i], &message->at);
    for (size_t i = 0; i < raw->spans.len; i++) {
        const RawSpan *span = &raw->spans.at[i];
        RustcSpan at = plain_span(reader, span);
        bool is_the_place = span->is_primary && at.begin == message->at.begin &&
                            str_eq(at.path, message->at.path);
        if (span->label.len && !is_the_place && is_of_project(reader, at.path))
            add_note(reader, &at, span->label, is_gate(span->label));
    }
}

// In one line: some of the standard library's own messages are indented like its source.
static Str one_line(Arena *arena, Str text)
{
    char *out = arena_alloc(arena, text.len + 1);
    size_t n = 0;
    for (size_t i = 0; i < text.len; i++) {
        bool is_blank = text.at[i] == '\n' || text.at[i] == ' ' || text.at[i] == '\t';
        if (!is_blank)
            out[n++] = text.at[i];
        else if (n && out[n - 1] != ' ')
            out[n++] = ' ';
    }
    return (Str){out, n};
}

// One child is one suggestion, which may edit several places.
static bool take_fix(Reader *reader, const RawChild *child)
{
    RustcFix fix = {.title = child->text, .is_sure = true};
    for (size_t i = 0; i < child->spans.len; i++) {
        const RawSpan *span = &child->spans.at[i];
        RustcSpan at = plain_span(reader, span);
        bool is_ours = at.path.len && is_of_project(reader, at.path);
        if (!span->has_replacement || !is_ours ||
            str_eq(span->applicability, STR("HasPlaceholders")))
            return false;
        fix.is_sure &= str_eq(span->applicability, STR("MachineApplicable"));
        *LIST_PUSH(reader->arena, &fix.edits) = (RustcEdit){at, span->replacement};
    }
    if (fix.edits.len)
        *LIST_PUSH(reader->arena, &reader->message->fixes) = fix;
    return fix.edits.len > 0;
}

// "expected values for `target_arch` are: " and thirty of them
static Str shortened(Arena *arena, Str text)
{
    return text.len <= NOTE_BYTES_MAX
               ? text
               : arena_format(arena, "%.*s ...",
                              STR_ARG(str_sub(text, 0, NOTE_BYTES_MAX)));
}

static void take_child(Reader *reader, const RawChild *child)
{
    RustcSpan nowhere = {0};
    if (take_fix(reader, child))
        return;
    if (!child->spans.len) {
        bool is_advice = str_starts(child->text, STR("`#[")) ||
                         str_starts(child->text, STR("see <")) ||
                         str_starts(child->text, STR("see issue"));
        if (!is_advice)
            add_note(reader, &nowhere, shortened(reader->arena, child->text), false);
        return;
    }
    for (size_t i = 0; i < child->spans.len; i++) {
        const RawSpan *span = &child->spans.at[i];
        RustcSpan at = plain_span(reader, span);
        if (is_of_project(reader, at.path))
            add_note(reader, &at, span->label.len ? span->label : child->text,
                     is_gate(span->label));
    }
}

static bool severity_of(Str level, Severity *ret_severity)
{
    if (str_starts(level, STR("error")))
        *ret_severity = SEVERITY_ERROR;
    else if (str_eq(level, STR("warning")))
        *ret_severity = SEVERITY_WARNING;
    else if (str_eq(level, STR("note")))
        *ret_severity = SEVERITY_INFO;
    else if (str_eq(level, STR("help")))
        *ret_severity = SEVERITY_HINT;
    else
        return false; // "failure-note"
    return true;
}

// What every failed crate says at its end.
static bool is_summary(const RawMessage *raw)
{
    return raw->spans.len == 0 &&
           (str_starts(raw->text, STR("aborting due to")) ||
            (str_ends(raw->text, STR("emitted")) && str_has(raw->text, STR("warning"))));
}

// E0463 "can't find crate for `core`", of this target.
static bool lacks_core(const RawMessage *raw)
{
    static const Str names[] = {STR_INIT("`core`"), STR_INIT("`std`"),
                                STR_INIT("`alloc`"), STR_INIT("`test`")};
    if (!str_eq(raw->code.code, STR("E0463")))
        return false;
    for (size_t i = 0; i < COUNTOF(names); i++)
        if (str_has(raw->text, names[i]))
            return true;
    return false;
}

static void take_message(Reader *reader, const RawMessage *raw, RustcLine *line)
{
    RustcMessage *message = &line->message;
    if (str_eq(raw->level, STR("error: internal compiler error"))) {
        line->kind = RUSTC_LINE_DEATH;
        message->text = raw->text;
        return;
    }
    if (!severity_of(raw->level, &message->severity) || is_summary(raw))
        return;
    line->kind = lacks_core(raw) ? RUSTC_LINE_NO_CORE : RUSTC_LINE_MESSAGE;
    message->code = raw->code.code;
    message->text = one_line(reader->arena, raw->text);
    take_spans(reader, raw);
    for (size_t i = 0; i < raw->children.len; i++)
        take_child(reader, &raw->children.at[i]);
}

void rustc_line(Arena *arena, Str text, Str folder, Str project, RustcLine *ret_line)
{
    RawLine line;
    RawMessage message;
    CodecError error;
    Reader reader = {arena, folder, project, &ret_line->message};
    *ret_line = (RustcLine){0};
    text = str_trim(text);
    if (!str_starts(text, STR("{")) ||
        codec_decode(arena, text, &line_record, STR(""), &line, &error) != ERR_NONE)
        return;
    if (str_eq(line.reason, STR("compiler-artifact"))) {
        ret_line->kind = RUSTC_LINE_ARTIFACT;
        ret_line->name = line.target.name;
        return;
    }
    bool is_cargos = line.reason.len > 0;
    if (is_cargos && !str_eq(line.reason, STR("compiler-message")))
        return;
    if (codec_decode(arena, is_cargos ? line.message : text, &message_record, STR(""),
                     &message, &error) == ERR_NONE)
        take_message(&reader, &message, ret_line);
}
