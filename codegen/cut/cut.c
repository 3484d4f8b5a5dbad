#include "codegen/cut/cut.h"

#include <string.h>

enum {
    MAIN_BYTES_MAX = 64 * 1024 * 1024,
    TEXT_BYTES_MAX = 256 * 1024 * 1024,
    CPP_MIDDLE_BYTES_MAX = 16 * 1024,
};

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
    buf_done(&cut->middle);
    buf_done(&cut->closing);
    lines_done(&cut->middle_lines);
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

static uint32_t count_lines(Str text)
{
    uint32_t n = 0;
    for (size_t i = 0; i < text.len; i++)
        n += text.at[i] == '\n';
    return n;
}

// What stands behind the head has to be on the line it has in the document: clang
// compares lines in places with and without #line. Only near the top there is no room for
// the head.
static void put_lines(Cut *cut)
{
    Buf *out = &cut->main;
    uint32_t line = lines_of(&cut->lines, cut->prefix_end);
    uint32_t n = count_lines(buf_str(out));
    if (n > line)
        buf_format(out, "#line %u \"%s\"\n", line + 1, cut->path);
    for (; n < line; n++)
        buf_put_char(out, '\n');
}

// The declaration ends the preamble, whatever follows: what #line says in that holds for
// it alone, and comments of what follows would make it another one.
static void write_main(Cut *cut)
{
    Buf *out = &cut->main;
    buf_clear(out);
    buf_format(out, "#include \"%s\"\n", cut->include);
    buf_put(out, buf_str(&cut->prefix.reopened));
    buf_put(out, STR("struct arm64ecd_cut;\n"));
    put_lines(cut);
    cut->middle_at = (uint32_t)out->len;
    buf_put(out, buf_str(&cut->middle));
    cut->function_at = (uint32_t)out->len;
    buf_put(out, str_sub(buf_str(&cut->text), cut->begin, cut->end));
    buf_put_char(out, '\n');
    buf_put(out, buf_str(&cut->closing));
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

static bool make_prefix(Cut *cut, const Job *job)
{
    static const char tail[] = ".arm64ecd-cut.h";
    cut->prefix_key = job->cut.key;
    cut->prefix_end = cut->begin;
    cut->include = mem_new(job->path.len + sizeof tail);
    memcpy(cut->include, job->path.at, job->path.len);
    memcpy(cut->include + job->path.len, tail, sizeof tail);
    if (!cut_prefix_make(&cut->prefix, job->text, cut->begin, job->path,
                         job->cut.functions, cut->is_cpp))
        return false;
    lines_init(&cut->prefix_lines, buf_str(&cut->prefix.text));
    return true;
}

// All but the prefix.
static bool make_rest(Cut *cut, const Job *job)
{
    buf_init(&cut->middle, MAIN_BYTES_MAX);
    buf_init(&cut->closing, MAIN_BYTES_MAX);
    if (!cut_middle_make(&cut->prefix, job->text, cut->prefix_end, cut->begin,
                         job->cut.functions, cut->is_cpp, &cut->middle, &cut->closing))
        return false;
    lines_init(&cut->middle_lines, buf_str(&cut->middle));
    write_main(cut);
    return !buf_is_over(&cut->main);
}

static bool take_text(Cut *cut, const Job *job, bool is_cpp)
{
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
    keep_later(cut, job->cut.later);
    return cut->begin <= cut->end && cut->end <= job->text.len &&
           !buf_is_over(&cut->text);
}

// The text has the same beginning, and the function lies behind it. In C++ bodies between
// them stay, and are parsed with each edit.
static bool keeps_prefix(const Cut *cut, const Job *job, bool is_cpp)
{
    if (is_cpp && job->cut.begin - cut->prefix_end > CPP_MIDDLE_BYTES_MAX)
        return false;
    return cut->path && cut->is_cpp == is_cpp && job->cut.prefix_key != job->cut.key &&
           cut->prefix_key == job->cut.prefix_key && cut->prefix_end <= job->cut.begin &&
           cut->prefix_end <= job->text.len &&
           str_eq(str_sub(buf_str(&cut->text), 0, cut->prefix_end),
                  str_sub(job->text, 0, cut->prefix_end));
}

static bool make(Cut *cut, const Job *job, bool is_cpp)
{
    Cut old = *cut;
    *cut = (Cut){0};
    if (!keeps_prefix(&old, job, is_cpp)) {
        cut_done(&old);
        return take_text(cut, job, is_cpp) && make_prefix(cut, job) &&
               make_rest(cut, job);
    }
    cut->prefix = old.prefix;
    cut->prefix_lines = old.prefix_lines;
    cut->prefix_key = old.prefix_key;
    cut->prefix_end = old.prefix_end;
    cut->include = old.include;
    old.prefix = (CutPrefix){0};
    old.prefix_lines = (Lines){0};
    old.include = NULL;
    cut_done(&old);
    return take_text(cut, job, is_cpp) && make_rest(cut, job);
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
    if (place->path && !str_eq(str_of(place->path), path))
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

// The byte of the document at a line, from 0, and a column of it.
static uint32_t offset_at(const Cut *cut, uint32_t line, uint32_t column)
{
    if (line >= cut->lines.len)
        return cut->begin;
    uint32_t at = cut->lines.start[line] + column;
    return at < cut->begin ? at : cut->begin;
}

uint32_t cut_offset_in_main(const Cut *cut, uint32_t offset)
{
    if (offset >= cut->function_at) {
        uint32_t at = cut->begin + (offset - cut->function_at);
        return at <= cut->end ? at
                              : cut->end + 1; // what closes it is behind the function
    }
    if (offset < cut->middle_at)
        return cut->prefix_end;
    offset -= cut->middle_at;
    uint32_t line = lines_of(&cut->middle_lines, offset);
    uint32_t column = offset - cut->middle_lines.start[line];
    uint32_t first = lines_of(&cut->lines, cut->prefix_end);
    if (line == 0)
        column += cut->prefix_end - cut->lines.start[first];
    return offset_at(cut, first + line, column);
}

uint32_t cut_offset_in_prefix(const Cut *cut, uint32_t offset)
{
    uint32_t line = lines_of(&cut->prefix_lines, offset);
    uint32_t column = offset - cut->prefix_lines.start[line];
    return line < CUT_PREFIX_LINES ? 0 : offset_at(cut, line - CUT_PREFIX_LINES, column);
}
