// A record as an LLVM struct, member for member as clang's CGRecordLayoutBuilder does it.
//
// The shape matters beyond its size: the thunk pass names `struct { double d[5]; }` D40
// and `struct { double d[5]; int i; }` m48 (c-abi.md, "Types"). So: fields in order of
// their offsets; a storage unit for each run of bit-fields by Microsoft's rule, which
// mingw follows too; nothing for empty records and zero-width bit-fields; bytes where
// natural alignment leaves a hole; packed where a member or the size does not fit it.
#include "codegen/abi/lower_type.h"

enum { INTEGER_ALIGN_MAX = 16 };

typedef struct Member {
    const LowType *type;
    uint64_t offset;
    bool is_storage; // of bit-fields: may shrink to the room that is left
} Member;

typedef struct Layout {
    Arena *arena;
    const AbiType *record;
    Member *members;
    uint32_t n;
    bool is_packed;
    LIST(const LowType *) types;
} Layout;

static const LowType *bytes_of(Arena *arena, uint64_t n)
{
    const LowType *byte = low_int(arena, 8);
    return n == 1 ? byte : low_array(arena, n, byte);
}

static bool is_empty_for_layout(const AbiType *type);

static bool is_field_empty(const AbiField *field)
{
    if (field->is_bit_field)
        return field->width_bits == 0;
    return field->type->kind == ABI_RECORD && is_empty_for_layout(field->type);
}

static bool is_empty_for_layout(const AbiType *type)
{
    for (uint32_t i = 0; i < type->n_fields; i++)
        if (!is_field_empty(&type->fields[i]))
            return false;
    return true;
}

static void push_type(Layout *layout, const LowType *type)
{
    *LIST_PUSH(layout->arena, &layout->types) = type;
}

// A union is its best member: most aligned, then largest.
static void lower_union(Layout *layout)
{
    const AbiType *record = layout->record;
    const LowType *best = NULL;
    for (uint32_t i = 0; i < record->n_fields; i++) {
        const AbiField *field = &record->fields[i];
        if (field->is_bit_field && field->width_bits == 0)
            continue;
        const LowType *type = low_memory(layout->arena, field->type);
        uint64_t align = low_align(type);
        if (!best || align > low_align(best) ||
            (align == low_align(best) && low_bytes(type) > low_bytes(best)))
            best = type;
    }
    uint64_t bytes = record->bytes;
    if (!best) {
        if (bytes)
            push_type(layout, bytes_of(layout->arena, bytes));
        return;
    }
    if (bytes < low_bytes(best))
        best = bytes_of(layout->arena, bytes);
    push_type(layout, best);
    if (bytes > low_bytes(best))
        push_type(layout, bytes_of(layout->arena, bytes - low_bytes(best)));
    layout->is_packed = bytes % low_align(best) != 0;
}

// Microsoft's rule: a run shares one unit of the declared type until a bit-field starts
// behind it or a zero-width one ends it.
static void collect_members(Layout *layout)
{
    const AbiType *record = layout->record;
    uint64_t tail_bits = 0;
    bool in_run = false;
    for (uint32_t i = 0; i < record->n_fields; i++) {
        const AbiField *field = &record->fields[i];
        if (!field->is_bit_field || field->width_bits == 0) {
            in_run = false;
            if (is_field_empty(field))
                continue;
        } else if (in_run && field->offset_bits < tail_bits) {
            continue;
        }
        const LowType *type = low_memory(layout->arena, field->type);
        if (field->is_bit_field) {
            in_run = true;
            tail_bits = field->offset_bits + low_bytes(type) * 8;
        }
        layout->members[layout->n++] =
            (Member){type, field->offset_bits / 8, field->is_bit_field};
    }
}

static int compare_members(const void *left, const void *right)
{
    const Member *a = left, *b = right;
    return (a->offset > b->offset) - (a->offset < b->offset);
}

// A storage unit that reaches into what follows becomes bytes up to there.
static void clip_tails(Layout *layout)
{
    for (uint32_t i = 0; i < layout->n; i++) {
        Member *member = &layout->members[i];
        uint64_t next =
            i + 1 < layout->n ? layout->members[i + 1].offset : layout->record->bytes;
        if (member->is_storage && member->offset + low_bytes(member->type) > next &&
            next > member->offset)
            member->type = bytes_of(layout->arena, next - member->offset);
    }
}

static void decide_packed(Layout *layout)
{
    uint64_t align = 1;
    for (uint32_t i = 0; i < layout->n; i++) {
        uint64_t own = low_align(layout->members[i].type);
        layout->is_packed |= layout->members[i].offset % own != 0;
        align = own > align ? own : align;
    }
    layout->is_packed |= layout->record->bytes % align != 0;
}

// A member, or (`type` is NULL) the end of the record: as aligned as all of it.
static uint64_t place_of(const Layout *layout, const LowType *type, uint64_t offset)
{
    if (layout->is_packed)
        return offset;
    uint64_t align = type ? low_align(type) : 1;
    for (uint32_t i = 0; i < layout->n && !type; i++)
        if (low_align(layout->members[i].type) > align)
            align = low_align(layout->members[i].type);
    // clang stands an integer of that many bits there, and none is aligned beyond 16.
    if (!type && align > INTEGER_ALIGN_MAX)
        align = INTEGER_ALIGN_MAX;
    return align_up(offset, align);
}

static void push_padded(Layout *layout)
{
    uint64_t end = 0;
    for (uint32_t i = 0; i <= layout->n; i++) {
        const LowType *type = i < layout->n ? layout->members[i].type : NULL;
        uint64_t offset = type ? layout->members[i].offset : layout->record->bytes;
        if (offset > end && offset != place_of(layout, type, end))
            push_type(layout, bytes_of(layout->arena, offset - end));
        if (!type)
            return;
        push_type(layout, type);
        end = offset + low_bytes(type);
    }
}

const LowType *low_record(Arena *arena, const AbiType *record)
{
    Layout layout = {.arena = arena, .record = record};
    if (record->is_union) {
        lower_union(&layout);
    } else {
        layout.members = ARENA_ARRAY(arena, Member, record->n_fields + 1);
        collect_members(&layout);
        list_sort(layout.members, layout.n, sizeof *layout.members, compare_members);
        clip_tails(&layout);
        decide_packed(&layout);
        push_padded(&layout);
    }
    LowType *type = ARENA_NEW(arena, LowType);
    type->kind = LOW_STRUCT;
    type->members = layout.types.at;
    type->n_members = layout.types.len;
    type->is_packed = layout.is_packed;
    type->record = record;
    return type;
}
