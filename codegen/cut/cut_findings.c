#include "codegen/cut/cut_edit.h"
#include "codegen/cut/cut_merging.h"

bool merging_in_old(const Merging *merging, const RRange *range)
{
    return cut_lies_in(range, merging->in->begin, merging->in->old_end);
}

bool merging_in_new(const Merging *merging, const RRange *range)
{
    return cut_lies_in(range, merging->in->begin, merging->in->new_end);
}

// --- What comes from the part
// ---------------------------------------------------------------------

RStr merging_part_str(const Merging *merging, RStr s)
{
    return (RStr){s.at + (uint32_t)merging->base->pool.len, s.len};
}

RRange merging_part_range(Merging *merging, RRange range)
{
    if (range.path == 0)
        return range;
    Str name = result_path(merging->part, range.path);
    for (uint32_t i = 0; i < merging->paths.len; i++) {
        RStr path = merging->paths.at[i];
        Str known = i < merging->base->n_paths
                        ? result_str(merging->base, path)
                        : str_sub(merging->part->pool, path.at - merging->base->pool.len,
                                  path.at - merging->base->pool.len + path.len);
        if (str_eq(known, name)) {
            range.path = i;
            return range;
        }
    }
    *PUSH(merging, paths) = merging_part_str(merging, merging->part->paths[range.path]);
    range.path = merging->paths.len - 1;
    return range;
}

// --- Findings
// ---------------------------------------------------------------------------------

// Ours in front of the body speak of the signature, and of who calls it.
static bool is_of_base(const Merging *merging, const Result *result,
                       const RFinding *finding)
{
    bool is_in_head = cut_order(finding->range.start, merging->in->body) < 0;
    return cut_is_of_file_end(result, finding) ||
           (finding->source == SOURCE_ARM64ECD && is_in_head);
}

static void take_base_notes(Merging *merging, RFinding *made, RSpan notes)
{
    made->notes = (RSpan){merging->notes.len, 0};
    for (uint32_t i = 0; i < notes.len; i++) {
        RNote note = merging->base->notes[notes.at + i];
        if (!cut_move(merging->in, &note.range))
            continue;
        *PUSH(merging, notes) = note;
        made->notes.len++;
    }
}

// A fix of which a part is gone is none.
static void take_base_fixes(Merging *merging, RFinding *made, RSpan fixes)
{
    made->fixes = (RSpan){merging->fixes.len, 0};
    for (uint32_t i = 0; i < fixes.len; i++) {
        RFix fix = merging->base->fixes[fixes.at + i];
        RSpan edits = {merging->edits.len, fix.edits.len};
        bool is_there = true;
        for (uint32_t k = 0; k < edits.len; k++) {
            REdit edit = merging->base->edits[fix.edits.at + k];
            is_there &= cut_move(merging->in, &edit.range);
            *PUSH(merging, edits) = edit;
        }
        fix.edits = edits;
        if (!is_there) {
            merging->edits.len = edits.at;
            continue;
        }
        *PUSH(merging, fixes) = fix;
        made->fixes.len++;
    }
}

static bool notes_function(const Merging *merging, const RFinding *finding)
{
    for (uint32_t i = 0; i < finding->notes.len; i++)
        if (merging_in_old(merging, &merging->base->notes[finding->notes.at + i].range))
            return true;
    return false;
}

// A label in file-scope assembly that is lost because the function calls it: whether it
// still does, the whole file tells.
static bool hangs_on_function(const Merging *merging, const RFinding *finding)
{
    return finding->number == EC202 && notes_function(merging, finding);
}

static bool is_unchanged(const CutMerge *in)
{
    return !cut_order(in->change_begin, in->change_old_end) &&
           !cut_order(in->change_begin, in->change_new_end);
}

// What clang says elsewhere because of the function: a note points into it; or a call of
// what nobody declares is told once, where it comes first.
static bool follows_from_function(const Merging *merging, const RFinding *finding)
{
    const Result *base = merging->base, *part = merging->part;
    if (is_unchanged(merging->in))
        return false;
    if (finding->source != SOURCE_CLANG)
        return hangs_on_function(merging, finding);
    if (notes_function(merging, finding))
        return true;
    if (!str_eq(result_str(base, finding->option), STR("implicit-function-declaration")))
        return false;
    Str message = result_str(base, finding->message);
    for (uint32_t i = 0; i < part->n_findings; i++)
        if (merging_in_new(merging, &part->findings[i].range) &&
            str_eq(result_str(part, part->findings[i].message), message))
            return true;
    return false;
}

// Before clang's first error a suppression that suppresses nothing is told; then not.
static void take_base_finding(Merging *merging, const RFinding *finding)
{
    RFinding made = *finding;
    if (!cut_move(merging->in, &made.range) ||
        (made.number == 906 && merging->has_errors) ||
        merging_is_in_doubt(merging, finding))
        return;
    take_base_notes(merging, &made, finding->notes);
    take_base_fixes(merging, &made, finding->fixes);
    *PUSH(merging, findings) = made;
}

static void take_part_finding(Merging *merging, const RFinding *finding)
{
    RFinding made = *finding;
    made.message = merging_part_str(merging, made.message);
    made.option = merging_part_str(merging, made.option);
    made.notes.at = merging->notes.len;
    for (uint32_t i = 0; i < finding->notes.len; i++) {
        RNote note = merging->part->notes[finding->notes.at + i];
        note.message = merging_part_str(merging, note.message);
        note.range = merging_part_range(merging, note.range);
        *PUSH(merging, notes) = note;
    }
    made.fixes.at = merging->fixes.len;
    for (uint32_t i = 0; i < finding->fixes.len; i++) {
        RFix fix = merging->part->fixes[finding->fixes.at + i];
        RSpan edits = fix.edits;
        fix.title = merging_part_str(merging, fix.title);
        fix.edits.at = merging->edits.len;
        for (uint32_t k = 0; k < edits.len; k++) {
            REdit edit = merging->part->edits[edits.at + k];
            edit.text = merging_part_str(merging, edit.text);
            edit.range = merging_part_range(merging, edit.range);
            *PUSH(merging, edits) = edit;
        }
        *PUSH(merging, fixes) = fix;
    }
    *PUSH(merging, findings) = made;
}

static bool comes_first(const Merging *merging, const RFinding *base,
                        const RFinding *part)
{
    RRange moved = base->range;
    cut_move(merging->in, &moved);
    int order = cut_order(moved.start, part->range.start);
    return order ? order < 0 : base->number <= part->number;
}

// Both lists are in the order of places: what is replaced is one run.
void merging_findings(Merging *merging)
{
    const Result *base = merging->base, *part = merging->part;
    uint32_t i = 0, k = 0;
    for (; i < base->n_findings && base->findings[i].range.path == 0 &&
           cut_order(base->findings[i].range.start, merging->in->begin) < 0;
         i++)
        if (!follows_from_function(merging, &base->findings[i]))
            take_base_finding(merging, &base->findings[i]);
    for (;;) {
        while (k < part->n_findings &&
               (!merging_in_new(merging, &part->findings[k].range) ||
                is_of_base(merging, part, &part->findings[k])))
            k++;
        while (i < base->n_findings &&
               merging_in_old(merging, &base->findings[i].range) &&
               !is_of_base(merging, base, &base->findings[i]))
            i++;
        bool is_old =
            i < base->n_findings && merging_in_old(merging, &base->findings[i].range);
        bool is_new = k < part->n_findings;
        if (!is_old && !is_new)
            break;
        if (is_old &&
            (!is_new || comes_first(merging, &base->findings[i], &part->findings[k])))
            take_base_finding(merging, &base->findings[i++]);
        else
            take_part_finding(merging, &part->findings[k++]);
    }
    for (; i < base->n_findings; i++)
        if (!follows_from_function(merging, &base->findings[i]))
            take_base_finding(merging, &base->findings[i]);
}
