#include "codegen/cut/cut.h"

#include <string.h>

enum { MAIN_BYTES_MAX = 64 * 1024 * 1024, TEXT_BYTES_MAX = 256 * 1024 * 1024 };

struct Cuts {
    Cut at[CUTS_MAX];
    uint64_t turn;
};

Cuts *cuts_new(void)
{
    return mem_new(sizeof(Cuts));
}

static void cut_done(Cut *cut)
{
    if (!cut->path)
        return;
    mem_free(cut->path);
    mem_free(cut->include);
    buf_done(&cut->text);
    buf_done(&cut->main);
    buf_done(&cut->later);
    lines_done(&cut->lines);
    lines_done(&cut->prefix_lines);
    cut_prefix_done(&cut->prefix);
    *cut = (Cut){0};
}

void cuts_free(Cuts *owned_cuts)
{
    for (size_t i = 0; owned_cuts && i < CUTS_MAX; i++)
        cut_done(&owned_cuts->at[i]);
    mem_free(owned_cuts);
}

static Cut *find(Cuts *cuts, Str path)
{
    for (size_t i = 0; i < CUTS_MAX; i++)
        if (cuts->at[i].path && str_eq(str_of(cuts->at[i].path), path))
            return &cuts->at[i];
    return NULL;
}

const Cut *cuts_find(Cuts *cuts, Str path)
{
    return find(cuts, path);
}

void cuts_forget(Cuts *cuts, Str path)
{
    Cut *cut = find(cuts, path);
    if (cut)
        cut_done(cut);
}

static uint32_t line_at(const Cut *cut)
{
    return lines_of(&cut->lines, cut->begin) + 1;
}

// A declaration ends the preamble: what #line says there holds for the preamble alone.
static void write_main(Cut *cut)
{
    Buf *out = &cut->main;
    buf_clear(out);
    buf_format(out, "#include \"%s\"\n", cut->include);
    buf_put(out, buf_str(&cut->prefix.reopened));
    buf_format(out, "struct arm64ecd_cut;\n#line %u \"%s\"\n", line_at(cut), cut->path);
    cut->function_at = (uint32_t)out->len;
    buf_put(out, str_sub(buf_str(&cut->text), cut->begin, cut->end));
    buf_put_char(out, '\n');
    buf_put(out, buf_str(&cut->prefix.closing));
}

static void keep_later(Cut *cut, StrSpan names)
{
    buf_init(&cut->later, TEXT_BYTES_MAX);
    buf_put_char(&cut->later, '\0');
    for (size_t i = 0; i < names.len; i++) {
        buf_put(&cut->later, names.at[i]);
        buf_put_char(&cut->later, '\0');
    }
}

static bool make(Cut *cut, const Job *job, bool is_cpp)
{
    static const char tail[] = ".arm64ecd-cut.h";
    cut->path = mem_copy(job->path);
    cut->key = job->cut.key;
    cut->is_cpp = is_cpp;
    cut->has_renames = str_has(job->text, STR("redefine_extname"));
    buf_init(&cut->text, TEXT_BYTES_MAX);
    buf_init(&cut->main, MAIN_BYTES_MAX);
    buf_splice(&cut->text, 0, 0, job->text);
    lines_init(&cut->lines, job->text);
    cut->begin = job->cut.begin;
    cut->end = job->cut.end;
    cut->include = mem_new(job->path.len + sizeof tail);
    memcpy(cut->include, job->path.at, job->path.len);
    memcpy(cut->include + job->path.len, tail, sizeof tail);
    keep_later(cut, job->cut.later);
    bool is_sane =
        cut->begin <= cut->end && cut->end <= job->text.len && !buf_is_over(&cut->text);
    if (!is_sane || !cut_prefix_make(&cut->prefix, job->text, cut->begin, job->path,
                                     job->cut.functions, is_cpp))
        return false;
    lines_init(&cut->prefix_lines, buf_str(&cut->prefix.text));
    write_main(cut);
    return !buf_is_over(&cut->main);
}

static Cut *place_for(Cuts *cuts, Str path)
{
    Cut *place = find(cuts, path);
    for (size_t i = 0; !place && i < CUTS_MAX; i++)
        if (!cuts->at[i].path)
            place = &cuts->at[i];
    if (!place) {
        place = &cuts->at[0];
        for (size_t i = 1; i < CUTS_MAX; i++)
            if (cuts->at[i].used < place->used)
                place = &cuts->at[i];
    }
    cut_done(place);
    return place;
}

Cut *cuts_take(Cuts *cuts, const Job *job, bool is_cpp)
{
    Cut *cut = find(cuts, job->path);
    if (job->text.len) {
        cut = place_for(cuts, job->path);
        if (!make(cut, job, is_cpp)) {
            cut_done(cut);
            return NULL;
        }
    } else if (!cut || cut->key != job->cut.key || cut->is_cpp != is_cpp) {
        return NULL;
    }
    cut->used = ++cuts->turn;
    return cut;
}

void cut_replace(Cut *cut, Str function)
{
    uint32_t end = cut->begin + (uint32_t)function.len;
    buf_splice(&cut->text, cut->begin, cut->end, function);
    lines_edit(&cut->lines, buf_str(&cut->text), cut->begin, cut->end, end);
    cut->end = end;
    write_main(cut);
}

bool cut_is_later(const Cut *cut, Str name)
{
    Str rest = buf_str(&cut->later);
    if (!name.len || memchr(name.at, '\0', name.len))
        return false;
    for (;;) {
        size_t at = str_find(rest, name);
        if (at >= rest.len)
            return false;
        if (rest.at[at - 1] == '\0' && rest.at[at + name.len] == '\0')
            return true;
        rest = str_from(rest, at + name.len);
    }
}

uint32_t cut_offset_in_main(const Cut *cut, uint32_t offset)
{
    if (offset <= cut->function_at)
        return cut->begin;
    uint32_t at = cut->begin + (offset - cut->function_at);
    return at <= cut->end ? at : cut->end + 1; // what closes a cut is behind the function
}

uint32_t cut_offset_in_prefix(const Cut *cut, uint32_t offset)
{
    uint32_t line = lines_of(&cut->prefix_lines, offset);
    uint32_t column = offset - cut->prefix_lines.start[line];
    if (line < CUT_PREFIX_LINES)
        return 0;
    line -= CUT_PREFIX_LINES;
    if (line >= cut->lines.len)
        return cut->begin;
    uint32_t at = cut->lines.start[line] + column;
    return at < cut->begin ? at : cut->begin;
}
