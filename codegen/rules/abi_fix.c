// "pad to 4 bytes": a member at the end of a record that the document defines.
//
// A record of a size that x64 keeps in a register, or that LLVM's entry thunk fills
// exactly, crosses the boundary right, so one more member mends it. Such an edit changes
// the record's layout everywhere, which no rule can look at: it is offered, never
// preferred, and not at all where the text itself counts on the size.
#include "codegen/rules/abi.h"
#include "codegen/rules/abi_words.h"

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
    if (end == 0 || end >= to || has_member(record, STR("padding")))
        return;
    // "struct rgb" has a tag; what has none is a typedef's name.
    Str name = plain_name(record);
    size_t blank = str_find_char_last(name, ' ');
    bool is_tag = blank < name.len;
    const TextWord *word = abi_word(unit, is_tag ? str_from(name, blank + 1) : name);
    // The text counts on the size: sizeof(RGB), offsetof and static assertions name it.
    if (!word || word->is_size_used || (is_tag ? word->n_tags : word->n_aliases) != 1)
        return;
    uint64_t bytes = record->is_union ? to : to - end;
    Str member = bytes == 1 ? STR("unsigned char padding;")
                            : arena_format(unit->arena, "unsigned char padding[%llu];",
                                           (unsigned long long)bytes);
    Fix *fix = unit_fix(unit, finding,
                        arena_format(unit->arena, "pad '%.*s' to %llu bytes",
                                     STR_ARG(name), (unsigned long long)to));
    insert_member(unit, fix, is_tag ? word->tag_close : word->alias_close, member);
}
