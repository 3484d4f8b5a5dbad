#include "codegen/rules/assembly_fix.h"

#include "codegen/frontend/asm_text.h"
#include "codegen/rules/assembly_registers.h"

#include <string.h>

enum {
    REGISTERS = 32,
    FIXED_MAX = 1000, // registers of a statement; a person renames so many otherwise
};

// Volatile on both sides of the boundary and free of a role in a plain asm statement
// (domain.md 1.1, 1.2).
static const uint8_t free_gprs[] = {9, 10, 11, 12, 15, 16, 17};
static const uint8_t free_vectors[] = {0, 1, 2, 3, 4, 5};

typedef struct Use {
    AsmRegisters text;
    bool taken[2][REGISTERS];    // general, vector: named in the statement, or given out
    uint8_t other[2][REGISTERS]; // number + 1 of the one given out for each; 0: none yet
    bool has_list;               // of vectors; renumbering would have to keep their order
} Use;

static bool number_of(Str name, uint32_t *ret_number, bool *ret_is_vector)
{
    uint64_t number;
    if (name.len < 2 || !str_to_u64(str_from(name, 1), &number) || number >= REGISTERS)
        return false;
    char kind = (char)(name.at[0] | 0x20);
    bool general = kind == 'x' || kind == 'w';
    if (!general && !strchr("vqdshb", kind))
        return false;
    *ret_number = (uint32_t)number;
    *ret_is_vector = !general;
    return true;
}

static void take(Use *use, Str name)
{
    uint32_t number;
    bool is_vector;
    if (number_of(name, &number, &is_vector))
        use->taken[is_vector][number] = true;
}

static void read_use(Unit *unit, const AsmBlock *block, Use *use)
{
    asm_scan(unit->arena, block->text, &use->text);
    for (uint32_t i = 0; i < use->text.len; i++) {
        take(use, use->text.at[i].name);
        use->has_list |= use->text.at[i].verdict == ASM_DISALLOWED_LIST;
    }
    for (uint32_t i = 0; i < block->clobbers.len; i++)
        take(use, block->clobbers.at[i].name);
    for (uint32_t i = 0; i < block->operands.len; i++)
        take(use, block->operands.at[i].bound);
}

static bool calls_something(Str text)
{
    return str_has(text, STR("bl ")) || str_has(text, STR("bl\t")) ||
           str_has(text, STR("blr")) || str_has(text, STR("svc"));
}

static const AsmClobber *clobber_of(const AsmBlock *block, uint32_t number,
                                    bool is_vector)
{
    for (uint32_t i = 0; i < block->clobbers.len; i++) {
        uint32_t n;
        bool vector;
        if (number_of(block->clobbers.at[i].name, &n, &vector) && n == number &&
            vector == is_vector)
            return &block->clobbers.at[i];
    }
    return NULL;
}

// Each register gets its own, so that several fixes of a statement go together.
static bool give_out(Use *use, uint32_t number, bool is_vector, uint32_t *ret_other)
{
    const uint8_t *candidates = is_vector ? free_vectors : free_gprs;
    size_t n = is_vector ? COUNTOF(free_vectors) : COUNTOF(free_gprs);
    uint8_t *given = &use->other[is_vector][number];
    for (size_t i = 0; i < n && !*given; i++)
        if (!use->taken[is_vector][candidates[i]]) {
            use->taken[is_vector][candidates[i]] = true;
            *given = (uint8_t)(candidates[i] + 1);
        }
    *ret_other = *given ? *given - 1u : 0;
    return *given != 0;
}

// Every use in the text is written out, so that an edit can reach it.
static bool is_written_out(const AsmBlock *block, const Use *use, uint32_t number,
                           bool is_vector)
{
    for (uint32_t i = 0; i < use->text.len; i++) {
        uint32_t n;
        bool vector;
        if (number_of(use->text.at[i].name, &n, &vector) && n == number &&
            vector == is_vector && block->source[use->text.at[i].begin] == NO_SOURCE)
            return false;
    }
    return true;
}

static void add_fix(Unit *unit, const AsmBlock *block, Use *use, Finding *finding,
                    uint32_t number, bool is_vector)
{
    Arena *arena = unit->arena;
    const AsmClobber *clobber = clobber_of(block, number, is_vector);
    uint32_t other;
    if (!clobber || !is_written_out(block, use, number, is_vector) ||
        !give_out(use, number, is_vector, &other))
        return;
    const char *letter = is_vector ? "v" : "x";
    Fix *fix = unit_fix(unit, finding,
                        arena_format(arena, "use %s%u instead of %s%u in this statement",
                                     letter, other, letter, number));
    fix->preferred = true;
    for (uint32_t i = 0; i < use->text.len; i++) {
        const AsmRegister *reg = &use->text.at[i];
        uint32_t n;
        bool vector;
        if (!number_of(reg->name, &n, &vector) || n != number || vector != is_vector)
            continue;
        uint32_t end = reg->begin + (uint32_t)reg->name.len; // without ".4s"
        unit_edit(unit, fix, assembly_place(unit, block, reg->begin, end),
                  arena_format(arena, "%c%u", reg->name.at[0], other));
    }
    unit_edit(unit, fix, clobber->at,
              arena_format(arena, "%c%u", clobber->name.at[0], other));
}

void assembly_fix(Unit *unit, const AsmBlock *block, uint32_t first_finding)
{
    if (!block->is_template || block->reads_macro || !block->in_document ||
        block->clobbers.len == 0 || calls_something(block->text))
        return;
    Use use = {0};
    read_use(unit, block, &use);
    if (use.text.len > FIXED_MAX)
        return;
    for (uint32_t i = 0; i < use.text.len; i++) {
        const AsmRegister *reg = &use.text.at[i];
        uint32_t number;
        bool is_vector;
        if ((reg->verdict != ASM_DISALLOWED_GPR &&
             reg->verdict != ASM_DISALLOWED_VECTOR) ||
            !number_of(reg->name, &number, &is_vector) || (is_vector && use.has_list))
            continue;
        Place at = assembly_place(unit, block, reg->begin, reg->end);
        for (uint32_t k = first_finding; k < unit->findings.len; k++) {
            Finding *finding = &unit->findings.at[k];
            if ((finding->number == 501 || finding->number == 502) &&
                finding->fixes.len == 0 && finding->at.start.line == at.start.line &&
                finding->at.start.byte == at.start.byte)
                add_fix(unit, block, &use, finding, number, is_vector);
        }
    }
}
