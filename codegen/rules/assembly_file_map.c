// EC208, EC209: the records of .hybmp$x.
#include "codegen/rules/assembly_file.h"
#include "codegen/rules/assembly_file_fix.h"

enum { RECORD_PARTS = 3 };

static const AsmFunction *function_of(const AssemblyFile *file, uint32_t symbol)
{
    for (uint32_t i = 0; i < file->model->functions.len; i++)
        if (file->model->functions.at[i].symbol == symbol)
            return &file->model->functions.at[i];
    return NULL;
}

static void report_parts(const AssemblyFile *file, uint32_t index, AsmSpan at, Str why)
{
    REPORT(file->unit, EC209_parts, assembly_file_place(file, at),
           arena_format(file->unit->arena, "%u", index), why);
}

static bool check_shape(const AssemblyFile *file, const AsmRecord *record, uint32_t index)
{
    if (record->n_parts != RECORD_PARTS) {
        report_parts(
            file, index, record->at,
            arena_format(file->unit->arena, "%u of its 3 parts", record->n_parts));
        return false;
    }
    if (record->is_short) {
        report_parts(file, index, record->at, STR("a part that is not 4 bytes"));
        return false;
    }
    if (!record->source || !record->target) {
        report_parts(file, index, record->source ? record->target_at : record->source_at,
                     STR("functions are named with .symidx"));
        return false;
    }
    if (!record->is_kind_known)
        return true;
    if (record->kind == 0 || record->kind == 1 || record->kind == 4)
        return true;
    REPORT(file->unit, EC209_kind, assembly_file_place(file, record->kind_at),
           arena_format(file->unit->arena, "%u", index),
           arena_format(file->unit->arena, "%lld", (long long)record->kind));
    return false;
}

static void check_section(const AssemblyFile *file, const AsmRecord *record)
{
    const AsmModel *model = file->model;
    const AsmFunction *function = function_of(file, record->source - 1);
    if (!function || !record->is_kind_known || record->kind != 1)
        return;
    const AsmLabel *label = &model->labels.at[function->label];
    if (label->is_at_start && model->sections.at[label->section].comdat.len)
        return;
    Str name = assembly_file_function_name(file, function);
    Finding *finding = REPORT(file->unit, EC208_section,
                              assembly_file_place(file, record->source_at), name);
    unit_note(file->unit, finding, assembly_file_name_place(file, label->name),
              STR("it is defined here"));
    assembly_fix_section(file, function, finding);
}

void assembly_file_map(const AssemblyFile *file)
{
    for (uint32_t i = 0; i < file->model->records.len; i++) {
        const AsmRecord *record = &file->model->records.at[i];
        if (check_shape(file, record, i + 1))
            check_section(file, record);
    }
}
