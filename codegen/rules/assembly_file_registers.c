// EC118, EC501-EC503 of assembly files. What a macro's body says is told once, in that
// body, however often it is called.
#include "codegen/rules/assembly_file.h"
#include "codegen/rules/assembly_file_rename.h"
#include "codegen/rules/assembly_registers.h"

typedef struct Told { // places that were told, by origin
    uint32_t *slots;
    uint32_t n_slots, n;
} Told;

static bool tell_once(Arena *arena, Told *told, uint32_t origin)
{
    if (told->n >= told->n_slots / 2) {
        Told larger = {.n_slots = told->n_slots ? told->n_slots * 2 : 256};
        larger.slots = ARENA_ARRAY(arena, uint32_t, larger.n_slots);
        for (uint32_t i = 0; i < told->n_slots; i++)
            if (told->slots[i])
                (void)tell_once(arena, &larger, told->slots[i] - 1);
        *told = larger;
    }
    for (uint32_t at = origin * 2654435761u;; at++) {
        uint32_t *slot = &told->slots[at & (told->n_slots - 1)];
        if (*slot == origin + 1)
            return false;
        if (!*slot) {
            *slot = origin + 1;
            told->n++;
            return true;
        }
    }
}

static bool is_scalable(Str name)
{
    char kind = name.len ? (char)(name.at[0] | 0x20) : '\0';
    return (kind == 'z' || kind == 'p') && name.len > 1 && is_digit(name.at[1]);
}

void assembly_file_registers(const AssemblyFile *file)
{
    const AsmModel *model = file->model;
    Told told = {0};
    LIST(AsmToldRegister) reported = {0};
    bool has_sve = false;
    for (uint32_t i = 0; i < model->registers.len; i++) {
        const AsmRegister *reg = &model->registers.at[i];
        bool is_sve = !has_sve && is_scalable(reg->name);
        if (reg->verdict == ASM_FINE && !is_sve)
            continue;
        Place at = assembly_file_place(file, (AsmSpan){reg->begin, reg->end});
        if (is_sve)
            REPORT(file->unit, EC118_register, at, reg->name);
        has_sve |= is_sve;
        if (reg->verdict == ASM_FINE ||
            !tell_once(file->unit->arena, &told, asm_origin(&model->text, reg->begin)))
            continue;
        uint32_t finding = file->unit->findings.len;
        assembly_report_register(file->unit, reg, at);
        if (file->unit->findings.len > finding)
            *LIST_PUSH(file->unit->arena, &reported) = (AsmToldRegister){i, finding};
    }
    assembly_file_rename(file, reported.at, reported.len);
}
