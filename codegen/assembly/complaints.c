#include "codegen/assembly/complaints.h"

#include "codegen/diag.h"

// "-march=armv8.4-a" and its like: which instructions there are, LLVM is not told.
static bool names_processor(const Flags *flags)
{
    for (uint32_t i = 0; i < flags->compile_args.len; i++)
        if (str_starts(flags->compile_args.at[i], STR("-m")))
            return true;
    for (uint32_t i = 0; i < flags->args.len; i++)
        if (str_starts(flags->args.at[i], STR("-march")) ||
            str_starts(flags->args.at[i], STR("-mcpu")))
            return true;
    return false;
}

// The module that carries the text defines it, too: compilers' own output has it.
static bool is_of_carrier(Str message)
{
    return str_has(message, STR("'@feat.00'"));
}

static bool is_end_of_token(char c)
{
    return is_space(c) || c == ',' || c == ';';
}

static void report(Unit *unit, AsmFiles *files, const AsmText *flat, const Lines *lines,
                   const AsmComplaint *complaint)
{
    if (complaint->line >= lines->len)
        return;
    Str line = lines_line(lines, flat->text, complaint->line);
    uint32_t column =
        complaint->column < line.len ? complaint->column : (uint32_t)line.len;
    uint32_t begin = lines->start[complaint->line] + column, end = begin;
    uint32_t line_end = lines->start[complaint->line] + (uint32_t)line.len;
    while (end < line_end && !is_end_of_token(flat->text.at[end]))
        end++;
    if (end == begin && column > 0 && begin == line_end)
        begin--;
    Finding *finding =
        unit_report_clang(unit, complaint->is_error ? SEVERITY_ERROR : SEVERITY_WARNING,
                          asm_place(files, flat, begin, end), complaint->message);
    finding->target = complaint->is_error;
}

void asm_complaints_report(Unit *unit, AsmFiles *files, const AsmText *flat,
                           const AsmComplaints *complaints, const Flags *flags)
{
    Lines lines;
    bool knows_processor = !names_processor(flags);
    lines_init(&lines, flat->text);
    for (uint32_t i = 0; i < complaints->len; i++) {
        const AsmComplaint *complaint = &complaints->at[i];
        bool is_about_processor = str_has(complaint->message, STR("requires:"));
        if (!complaint->is_register && !is_of_carrier(complaint->message) &&
            (knows_processor || !is_about_processor))
            report(unit, files, flat, &lines, complaint);
    }
    lines_done(&lines);
}

// --- From one text to the next
// ------------------------------------------------------------

enum { KEPT_MAX = 4, KEPT_BYTES_MAX = 16 * 1024 * 1024 };

typedef struct Kept {
    char *path, *text;
    size_t n_bytes;
    AsmComplaint *complaints; // messages are owned
    uint32_t n;
    uint64_t used;
} Kept;

struct AsmKeptComplaints {
    Kept of[KEPT_MAX];
    uint64_t n_uses;
};

AsmKeptComplaints *asm_kept_new(void)
{
    return mem_new(sizeof(AsmKeptComplaints));
}

static void clear(Kept *kept)
{
    for (uint32_t i = 0; i < kept->n; i++)
        mem_free(kept->complaints[i].message.at);
    mem_free(kept->complaints);
    mem_free(kept->path);
    mem_free(kept->text);
    *kept = (Kept){0};
}

void asm_kept_free(AsmKeptComplaints *owned_kept)
{
    for (size_t i = 0; owned_kept && i < KEPT_MAX; i++)
        clear(&owned_kept->of[i]);
    mem_free(owned_kept);
}

static Kept *find(AsmKeptComplaints *kept, Str path)
{
    for (size_t i = 0; i < KEPT_MAX; i++)
        if (kept->of[i].path && str_eq(str_of(kept->of[i].path), path))
            return &kept->of[i];
    return NULL;
}

void asm_kept_forget(AsmKeptComplaints *kept, Str path)
{
    Kept *found = find(kept, path);
    if (found)
        clear(found);
}

void asm_kept_put(AsmKeptComplaints *kept, Str path, Str text,
                  const AsmComplaints *complaints)
{
    Kept *slot = find(kept, path);
    for (size_t i = 0; i < KEPT_MAX && !slot; i++)
        if (!kept->of[i].path)
            slot = &kept->of[i];
    for (size_t i = 0; i < KEPT_MAX && !slot; i++)
        if (kept->of[i].used + KEPT_MAX <= kept->n_uses + 1)
            slot = &kept->of[i];
    if (!slot)
        slot = &kept->of[0];
    clear(slot);
    if (text.len > KEPT_BYTES_MAX)
        return;
    slot->path = mem_copy(path);
    slot->text = mem_copy(text);
    slot->n_bytes = text.len;
    slot->complaints = mem_new(complaints->len * sizeof *slot->complaints);
    slot->n = complaints->len;
    slot->used = ++kept->n_uses;
    for (uint32_t i = 0; i < complaints->len; i++) {
        slot->complaints[i] = complaints->at[i];
        Str message = complaints->at[i].message;
        slot->complaints[i].message = (Str){mem_copy(message), message.len};
    }
}

// Lines that two texts have in common at their starts.
static uint32_t equal_head(Str a, Str b, size_t *ret_bytes)
{
    size_t n = a.len < b.len ? a.len : b.len, at = 0;
    uint32_t lines = 0;
    *ret_bytes = 0;
    for (; at < n && a.at[at] == b.at[at]; at++)
        if (a.at[at] == '\n') {
            lines++;
            *ret_bytes = at + 1;
        }
    return lines;
}

static uint32_t equal_tail(Str a, Str b, size_t head)
{
    uint32_t lines = 0;
    size_t n = 0;
    size_t most = (a.len < b.len ? a.len : b.len) - head;
    for (; n < most && a.at[a.len - 1 - n] == b.at[b.len - 1 - n]; n++)
        lines += a.at[a.len - 1 - n] == '\n';
    return lines;
}

static uint32_t count_lines(Str text)
{
    uint32_t n = 1;
    for (size_t i = 0; i < text.len; i++)
        n += text.at[i] == '\n';
    return n;
}

bool asm_kept_carry(AsmKeptComplaints *kept, Arena *arena, Str path, Str text,
                    AsmComplaints *ret_complaints)
{
    const Kept *old = find(kept, path);
    if (!old)
        return false;
    Str before = {old->text, old->n_bytes};
    size_t head_bytes;
    uint32_t head = equal_head(before, text, &head_bytes);
    uint32_t tail = equal_tail(before, text, head_bytes);
    uint32_t n_before = count_lines(before), n_now = count_lines(text);
    for (uint32_t i = 0; i < old->n; i++) {
        AsmComplaint complaint = old->complaints[i];
        bool is_behind = complaint.line + tail >= n_before;
        if (complaint.line >= head && !is_behind)
            continue;
        if (complaint.line >= head)
            complaint.line = complaint.line - n_before + n_now;
        complaint.message = arena_str(arena, complaint.message);
        *LIST_PUSH(arena, ret_complaints) = complaint;
    }
    return true;
}

bool asm_complaints_equal(const AsmComplaints *a, const AsmComplaints *b)
{
    if (a->len != b->len)
        return false;
    for (uint32_t i = 0; i < a->len; i++)
        if (a->at[i].line != b->at[i].line || a->at[i].column != b->at[i].column ||
            a->at[i].is_error != b->at[i].is_error ||
            !str_eq(a->at[i].message, b->at[i].message))
            return false;
    return true;
}
