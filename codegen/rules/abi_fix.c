// "pad to 4 bytes": a member at the end of a record that the document defines.
//
// A record of a size that x64 keeps in a register, or that LLVM's entry thunk fills
// exactly, crosses the boundary right, so one more member mends it. Such an edit changes
// the record's layout everywhere, which no rule can look at: it is offered, never
// preferred, and not at all where the text itself counts on the size.
#include "codegen/frontend/c_lexer.h"
#include "codegen/rules/abi.h"

enum { BRACES_MAX = 64 };

typedef struct RecordScan {
    CLexer lexer;
    Str tag, alias; // "struct rgb" has a tag; what has none is a typedef's name
    struct {
        uint32_t open;
        bool is_wanted, is_record; // `struct tag {`, or `struct {`
        bool has_directive;
    } braces[BRACES_MAX];
    uint32_t depth;
    uint32_t n_found, open, close; // of the record's braces
} RecordScan;

static bool is_record_word(const CLexer *lexer, CToken token)
{
    return c_token_is_word(lexer, token, STR("struct")) ||
           c_token_is_word(lexer, token, STR("union"));
}

static void found(RecordScan *scan, uint32_t open, uint32_t close)
{
    scan->n_found++;
    scan->open = open;
    scan->close = close;
}

// `before` are the three tokens in front of the brace, the nearest last.
static void open_brace(RecordScan *scan, CToken brace, const CToken before[3])
{
    if (scan->depth < BRACES_MAX) {
        const CLexer *lexer = &scan->lexer;
        bool tagged = is_record_word(lexer, before[1]);
        scan->braces[scan->depth].open = brace.end;
        scan->braces[scan->depth].is_record = tagged || is_record_word(lexer, before[2]);
        scan->braces[scan->depth].is_wanted =
            tagged && scan->tag.len && c_token_is_word(lexer, before[2], scan->tag);
        scan->braces[scan->depth].has_directive = false;
    }
    scan->depth++;
}

static void close_brace(RecordScan *scan, CToken brace)
{
    if (scan->depth == 0 || --scan->depth >= BRACES_MAX)
        return;
    uint32_t at = scan->depth;
    if (scan->braces[at].has_directive || !scan->braces[at].is_record)
        return;
    CLexer ahead = scan->lexer;
    CToken name = c_lexer_next_code(&ahead);
    bool is_alias = scan->alias.len && c_token_is_word(&ahead, name, scan->alias);
    if (scan->braces[at].is_wanted || is_alias)
        found(scan, scan->braces[at].open, brace.begin);
}

static void scan_records(RecordScan *scan)
{
    CToken before[3] = {{0}};
    for (;;) {
        CToken token = c_lexer_next_code(&scan->lexer);
        if (token.kind == C_END)
            return;
        if (token.in_directive) {
            if (scan->depth && scan->depth <= BRACES_MAX)
                scan->braces[scan->depth - 1].has_directive = true;
            continue;
        }
        if (c_token_is(&scan->lexer, token, '{'))
            open_brace(scan, token, before);
        else if (c_token_is(&scan->lexer, token, '}'))
            close_brace(scan, token);
        before[0] = before[1];
        before[1] = before[2];
        before[2] = token;
    }
}

// "struct rgb" of "const struct rgb".
static Str plain_name(const AbiType *record)
{
    static const Str qualifiers[] = {STR_INIT("const "), STR_INIT("volatile ")};
    Str name = record->name;
    for (size_t i = 0; i < COUNTOF(qualifiers); i++)
        if (str_starts(name, qualifiers[i]))
            name = str_from(name, qualifiers[i].len);
    return name;
}

// The text counts on the size: sizeof(RGB), offsetof and static assertions name it.
static bool is_size_used(const Unit *unit, const AbiType *record)
{
    CLexer lexer;
    c_lexer_init(&lexer, unit->text);
    Str name = plain_name(record);
    if (str_find_char(name, ' ') < name.len)
        name = str_from(name, str_find_char_last(name, ' ') + 1);
    for (uint32_t near = 0;;) {
        CToken token = c_lexer_next_code(&lexer);
        if (token.kind == C_END)
            return false;
        if (c_token_is_word(&lexer, token, STR("sizeof")) ||
            c_token_is_word(&lexer, token, STR("_Alignof")) ||
            c_token_is_word(&lexer, token, STR("offsetof")))
            near = 4; // ( struct tag
        else if (near && c_token_is_word(&lexer, token, name))
            return true;
        near -= near > 0;
    }
}

// The byte behind the last member; 0 if it cannot be told plainly.
static uint64_t end_of_members(const AbiType *record)
{
    uint64_t end = 0;
    for (uint32_t i = 0; i < record->n_fields; i++) {
        const AbiField *field = &record->fields[i];
        if (field->is_bit_field || field->is_base || field->type->kind == ABI_FLEXIBLE)
            return 0;
        uint64_t here = field->offset_bits / 8 + field->type->bytes;
        end = here > end ? here : end;
    }
    return end;
}

static bool has_member(const AbiType *record, Str name)
{
    for (uint32_t i = 0; i < record->n_fields; i++)
        if (str_eq(record->fields[i].name, name))
            return true;
    return false;
}

// In front of the closing brace, on a line of its own if the brace has one.
static void insert_member(Unit *unit, Fix *fix, uint32_t close, Str member)
{
    uint32_t line = lines_of(&unit->lines, close), start = unit->lines.start[line];
    if (str_trim(str_sub(unit->text, start, close)).len || line == 0) {
        Place at = unit_place(unit, close, close);
        bool blank = close && is_space(unit->text.at[close - 1]);
        unit_edit(
            unit, fix, at,
            arena_format(unit->arena, "%s%.*s ", blank ? "" : " ", STR_ARG(member)));
        return;
    }
    Str above = lines_line(&unit->lines, unit->text, line - 1);
    size_t indent = 0;
    while (indent < above.len && (above.at[indent] == ' ' || above.at[indent] == '\t'))
        indent++;
    unit_edit(
        unit, fix, unit_place(unit, start, start),
        arena_format(unit->arena, "%.*s%.*s\n", (int)indent, above.at, STR_ARG(member)));
}

void abi_fix_padding(Unit *unit, Finding *finding, const AbiType *record, uint64_t to)
{
    if (record->kind != ABI_RECORD || record->align > to || to % record->align != 0)
        return;
    uint64_t end = end_of_members(record);
    if (end == 0 || end >= to || has_member(record, STR("padding")) ||
        is_size_used(unit, record))
        return;
    RecordScan scan = {0};
    Str name = plain_name(record);
    size_t blank = str_find_char_last(name, ' ');
    if (blank < name.len)
        scan.tag = str_from(name, blank + 1);
    else
        scan.alias = name;
    c_lexer_init(&scan.lexer, unit->text);
    scan_records(&scan);
    if (scan.n_found != 1)
        return;
    uint64_t bytes = record->is_union ? to : to - end;
    Str member = bytes == 1 ? STR("unsigned char padding;")
                            : arena_format(unit->arena, "unsigned char padding[%llu];",
                                           (unsigned long long)bytes);
    Fix *fix = unit_fix(unit, finding,
                        arena_format(unit->arena, "pad '%.*s' to %llu bytes",
                                     STR_ARG(name), (unsigned long long)to));
    insert_member(unit, fix, scan.close, member);
}
