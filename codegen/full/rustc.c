#include "codegen/full/rustc.h"

#include "codegen/rust/gate.h"
#include "codegen/unit.h"

enum { RUSTC_ARENA_BYTES_MAX = 256 * 1024 * 1024 };

// --- Whose fault
// ------------------------------------------------------------------------

// Words of rustc 1.96 that speak of the target. Its own tests keep most of them stable.
static bool has_words_of_target(Str text)
{
    static const Str words[] = {
        STR_INIT("Arm64EC"),
        STR_INIT("ARM64EC"),
        STR_INIT("current target"),
        STR_INIT("this target"),
        STR_INIT("on this architecture"),
        STR_INIT("only supported on x86"),
        STR_INIT("unknown register"),
        STR_INIT("invalid register"),
        STR_INIT("cannot use register"),
        STR_INIT("`clobber_abi`"),
        STR_INIT("none of the predicates in this `cfg_select` evaluated to true"),
        STR_INIT("core::arch::x86"),
        STR_INIT("std::arch::x86"),
        STR_INIT("cannot find `x86"),
        STR_INIT("`target_arch`"),
        STR_INIT("`target_feature`"),
    };
    for (size_t i = 0; i < COUNTOF(words); i++)
        if (str_has(text, words[i]))
            return true;
    return false;
}

// A condition of which the target decides: rustc shows its line.
static bool asks_for_target(const RustcNote *note)
{
    return note->is_cfg && (str_has(note->at.first_text, STR("target_")) ||
                            str_has(note->at.first_text, STR("windows")) ||
                            str_has(note->at.first_text, STR("unix")) ||
                            str_has(note->at.last_text, STR("target_")));
}

bool rustc_is_of_target(const RustcMessage *message)
{
    if (message->is_compile_error || has_words_of_target(message->text))
        return true;
    for (uint32_t i = 0; i < message->notes.len; i++) {
        const RustcNote *note = &message->notes.at[i];
        bool lists_values = str_eq(message->code, STR("unexpected_cfgs")) &&
                            has_words_of_target(note->text);
        if (asks_for_target(note) || lists_values)
            return true;
    }
    return false;
}

// --- Places
// -----------------------------------------------------------------------------

static Pos pos_in_line(Str text, uint32_t line, uint32_t column)
{
    size_t at = 0;
    for (uint32_t n = 1; at < text.len && n < column; n++)
        do
            at++;
        while (at < text.len && (text.at[at] & 0xC0) == 0x80);
    Lines lines;
    lines_init(&lines, text);
    Pos pos = lines_pos(&lines, text, (uint32_t)at);
    lines_done(&lines);
    pos.line = line - 1;
    return pos;
}

static Place place_of(Unit *unit, const RustcSpan *span)
{
    bool is_here = str_eq(span->path, unit->job->path);
    if (is_here && span->begin <= span->end && span->end <= unit->text.len)
        return unit_place(unit, span->begin, span->end);
    return (Place){unit_path(unit, span->path),
                   pos_in_line(span->first_text, span->first_line, span->first_column),
                   pos_in_line(span->last_text, span->last_line, span->end_column)};
}

// --- One message
// ------------------------------------------------------------------------

// What the live stage says of the same fault, at the same line: it knows more of Arm64EC.
static bool is_known(const RustcMessage *message, const Result *live, const Place *at)
{
    static const struct {
        uint16_t number;
        Str word; // of rustc's message
    } rows[] = {
        {401, STR_INIT("cannot find")},
        {403, STR_INIT("unexpected `cfg` condition value")},
        {404, STR_INIT("x86")},
        {405, STR_INIT("cannot be used on the current target")},
        {406, STR_INIT("is not valid for this target")},
        {407, STR_INIT("cannot find")},
        {408, STR_INIT("register")},
        {411, STR_INIT("is not a supported ABI")},
        {412, STR_INIT("f128")},
    };
    for (uint32_t i = 0; live && i < live->n_findings; i++) {
        const RFinding *finding = &live->findings[i];
        if (finding->range.path || finding->range.start.line > at->start.line ||
            finding->range.end.line < at->start.line)
            continue;
        for (size_t k = 0; k < COUNTOF(rows); k++)
            if (finding->number == rows[k].number && str_has(message->text, rows[k].word))
                return true;
    }
    return false;
}

// What the conditions of a file are, read when the first message asks.
typedef struct Gates {
    RustTokens tokens;
    RustGates gates;
    bool is_read;
} Gates;

// "cannot find function `gone` in this scope" -> gone
static Str missing_name(const RustcMessage *message)
{
    static const Str codes[] = {STR_INIT("E0405"), STR_INIT("E0412"), STR_INIT("E0422"),
                                STR_INIT("E0423"), STR_INIT("E0425"), STR_INIT("E0432"),
                                STR_INIT("E0433"), STR_INIT("E0599")};
    Str rest = str_from(message->text, str_find_char(message->text, '`') + 1);
    Str path = str_sub(rest, 0, str_find_char(rest, '`'));
    for (size_t i = 0; i < COUNTOF(codes); i++)
        if (str_eq(message->code, codes[i]) && path.len) {
            size_t colon = str_find_char_last(path, ':');
            return colon == path.len ? path : str_from(path, colon + 1);
        }
    return STR("");
}

// An item of that name is there for another target. rustc says so of paths alone, and for
// a plain name proposes another one that looks alike.
static bool note_gate(Unit *unit, Finding *finding, Gates *gates, Str name)
{
    if (!name.len)
        return false;
    if (!gates->is_read) {
        rust_lex(unit->arena, unit->text, &gates->tokens);
        rust_gates(unit->arena, &gates->tokens, truth_all(), &gates->gates);
        gates->is_read = true;
    }
    for (uint32_t i = 0; i < gates->gates.all.len; i++) {
        const RustGate *gate = &gates->gates.all.at[i];
        bool is_elsewhere =
            !truth_may(gate->live, TARGET_EC) &&
            (truth_may(gate->live, TARGET_X64) || truth_may(gate->live, TARGET_A64));
        if (!is_elsewhere || !str_eq(gate->name, name))
            continue;
        const RustToken *first = rust_token(&gates->tokens, gate->begin);
        const RustToken *last = rust_token(&gates->tokens, gate->end - 1);
        unit_note(unit, finding, unit_place(unit, first->begin, last->begin + last->len),
                  arena_format(unit->arena, "'%.*s' is there under this condition alone",
                               STR_ARG(name)));
        return true;
    }
    return false;
}

static void report(Unit *unit, const Result *live, Gates *gates,
                   const RustcMessage *message)
{
    Place at = place_of(unit, &message->at);
    if (is_known(message, live, &at))
        return;
    Finding *finding = unit_report_clang(unit, message->severity, at, message->text);
    finding->source = SOURCE_RUSTC;
    finding->option = arena_str(unit->arena, message->code);
    bool is_said = rustc_is_of_target(message);
    bool is_gated = !is_said && note_gate(unit, finding, gates, missing_name(message));
    finding->target = is_said || is_gated;
    for (uint32_t i = 0; i < message->notes.len; i++) {
        const RustcNote *note = &message->notes.at[i];
        unit_note(unit, finding, note->at.path.len ? place_of(unit, &note->at) : at,
                  note->text);
    }
    for (uint32_t i = 0; i < message->fixes.len && !is_gated; i++) {
        const RustcFix *given = &message->fixes.at[i];
        Fix *fix = unit_fix(unit, finding, given->title);
        fix->preferred = given->is_sure && message->fixes.len == 1;
        for (uint32_t k = 0; k < given->edits.len; k++)
            unit_edit(unit, fix, place_of(unit, &given->edits.at[k].at),
                      given->edits.at[k].text);
    }
}

static void report_end(Unit *unit, const RustcReport *report)
{
    Place at = unit_first_line(unit);
    switch (report->end) {
    case RUSTC_CHECKED:
        return;
    case RUSTC_NO_TARGET:
    case RUSTC_NO_CARGO:
        REPORT(unit, EC632_rustc, at, report->why);
        return;
    case RUSTC_REFUSED:
        REPORT(unit, EC632_cargo, at, report->why);
        return;
    case RUSTC_DIED:
        REPORT(unit, EC901_rustc, at, report->why);
        return;
    case RUSTC_TIMED_OUT:
        REPORT(unit, EC902_cargo, at, report->why);
        return;
    }
}

void rustc_write(const Job *job, const Result *live, const RustcReport *said,
                 bool tells_end, Buf *out)
{
    Arena arena;
    Unit unit;
    arena_init(&arena, RUSTC_ARENA_BYTES_MAX);
    Gates gates = {0};
    unit_init(&unit, &arena, job);
    unit.sees_other_files = true; // of what suppression comments say, it knows a part
    for (uint32_t i = 0; i < said->messages.len; i++)
        if (str_eq(said->messages.at[i].at.path, job->path))
            report(&unit, live, &gates, &said->messages.at[i]);
    if (tells_end)
        report_end(&unit, said);
    unit_finish(&unit, STAGE_FULL, out);
    unit_done(&unit);
    arena_done(&arena);
}
