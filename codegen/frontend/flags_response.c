// Words of a command line, with response files opened.
//
// A compile database is written by the project, so "@/etc/shadow" must not put a user's
// secrets on the screen: only regular files that really lie inside the job's roots, after
// all links are followed, are read. MSBuild writes response files in UTF-16.
#include "codegen/frontend/flags_words.h"

#include <fcntl.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { NOTES_MAX = 1000 };

void flags_note(Arena *arena, Flags *flags, FlagNote note)
{
    if (flags->notes.len >= NOTES_MAX)
        return;
    for (uint32_t i = 0; i < flags->notes.len; i++)
        if (flags->notes.at[i].kind == note.kind &&
            str_eq(flags->notes.at[i].text, note.text))
            return;
    *LIST_PUSH(arena, &flags->notes) = note;
}

// The path with every link followed; false if it does not exist.
static bool real_path(Arena *arena, Str path, Str *ret_path)
{
    char real[PATH_MAX];
    if (memchr(path.at, 0, path.len) || !realpath(arena_z(arena, path), real))
        return false;
    *ret_path = arena_str(arena, str_of(real));
    return true;
}

static bool is_in_roots(Arena *arena, StrSpan roots, Str real)
{
    for (size_t i = 0; i < roots.len; i++) {
        Str root;
        if (roots.at[i].len && real_path(arena, roots.at[i], &root) &&
            path_is_inside(real, root))
            return true;
    }
    return false;
}

static Str utf8_of_utf16(Arena *arena, Str bytes)
{
    const unsigned char *in = (const unsigned char *)bytes.at;
    char *out = arena_alloc(arena, bytes.len / 2 * 3 + 1);
    size_t n = 0;
    for (size_t i = 0; i + 1 < bytes.len; i += 2) {
        uint32_t c = in[i] | (uint32_t)in[i + 1] << 8;
        if (c >= 0xD800 && c < 0xDC00 && i + 3 < bytes.len) {
            uint32_t low = in[i + 2] | (uint32_t)in[i + 3] << 8;
            c = 0x10000 + ((c - 0xD800) << 10) + ((low - 0xDC00) & 0x3FF);
            i += 2;
            out[n++] = (char)(0xF0 | c >> 18);
            out[n++] = (char)(0x80 | (c >> 12 & 0x3F));
        } else if (c >= 0x800) {
            out[n++] = (char)(0xE0 | c >> 12);
        }
        if (c >= 0x800)
            out[n++] = (char)(0x80 | (c >> 6 & 0x3F));
        else if (c >= 0x80)
            out[n++] = (char)(0xC0 | c >> 6);
        out[n++] = (char)(c < 0x80 ? c : 0x80 | (c & 0x3F));
    }
    return (Str){out, n};
}

static Str decoded(Arena *arena, Str bytes)
{
    if (str_starts(bytes, STR("\xFF\xFE")))
        return utf8_of_utf16(arena, str_from(bytes, 2));
    if (str_starts(bytes, STR("\xEF\xBB\xBF")))
        return str_from(bytes, 3);
    return bytes;
}

static bool read_whole(int fd, char *at, size_t n)
{
    while (n) {
        ssize_t got = read(fd, at, n);
        if (got <= 0)
            return false;
        at += got;
        n -= (size_t)got;
    }
    return true;
}

static FlagNote unread(Str written, bool exists)
{
    return (FlagNote){.kind = FLAG_BROKEN,
                      .text = written,
                      .why = exists ? STR("cannot be read") : STR("does not exist")};
}

bool flags_read_response(FlagWords *words, Str name, Str written, Str *ret_text)
{
    Arena *arena = words->arena;
    Flags *flags = words->flags;
    Str path, real;
    path = path_absolute(arena, words->job->directory, name, flags->is_cl);
    bool exists = real_path(arena, path, &real);
    // A name that leads outside is refused before it is said whether something is there.
    if (!is_in_roots(arena, words->job->roots, exists ? real : path_clean(arena, path))) {
        flags_note(arena, flags,
                   (FlagNote){.kind = FLAG_REFUSED,
                              .text = written,
                              .why = STR("names a response file outside the project")});
        return false;
    }
    int fd = exists ? open(arena_z(arena, real), O_RDONLY | O_CLOEXEC | O_NONBLOCK) : -1;
    struct stat st;
    bool good = fd >= 0 && fstat(fd, &st) == 0 && S_ISREG(st.st_mode);
    bool large = good && st.st_size > FLAGS_RESPONSE_BYTES_MAX - (off_t)words->n_bytes;
    if (good && !large) {
        Str bytes = {arena_alloc(arena, (size_t)st.st_size + 1), (size_t)st.st_size};
        char *at = arena_z(arena, bytes);
        good = read_whole(fd, at, bytes.len);
        words->n_bytes += (uint32_t)st.st_size;
        *ret_text = decoded(arena, (Str){at, bytes.len});
    }
    if (fd >= 0)
        close(fd);
    if (large)
        flags_note(arena, flags, (FlagNote){.kind = FLAG_LIMIT, .text = written});
    else if (!good)
        flags_note(arena, flags, unread(written, exists));
    return good && !large;
}

static void add(FlagWords *words, FlagWord word)
{
    if (words->list.len >= FLAGS_ARGS_MAX) {
        words->is_full = true;
        flags_note(words->arena, words->flags, (FlagNote){.kind = FLAG_LIMIT});
        return;
    }
    *LIST_PUSH(words->arena, &words->list) = word;
}

static Str joined(Arena *arena, Str a, Str b)
{
    return arena_format(arena, "%.*s %.*s", STR_ARG(a), STR_ARG(b));
}

// "-Wp,-MMD,file": the preprocessor's arguments are the driver's by other words.
static void add_preprocessor(FlagWords *words, Str word)
{
    Str rest = str_from(word, 4);
    while (rest.len) {
        size_t n = str_find_char(rest, ',');
        add(words, (FlagWord){str_sub(rest, 0, n), word, STYLE_GNU});
        rest = str_from(rest, n + 1);
    }
}

static void open_response(FlagWords *words, Str word, uint32_t depth)
{
    Str text;
    if (depth >= FLAGS_RESPONSE_DEPTH_MAX) {
        flags_note(words->arena, words->flags,
                   (FlagNote){.kind = FLAG_LIMIT, .text = word});
        return;
    }
    if (!flags_read_response(words, str_from(word, 1), word, &text))
        return;
    Quoting quoting = words->flags->is_cl ? QUOTING_WINDOWS : QUOTING_POSIX;
    flags_collect(words, flags_split(words->arena, text, quoting), depth + 1);
}

// Words that only say who is spoken to, with the one behind them. Gives how many it took.
static size_t add_addressed(FlagWords *words, StrSpan rest)
{
    Str word = rest.at[0];
    Arena *arena = words->arena;
    if (str_starts(word, STR("-Xclang="))) {
        add(words, (FlagWord){str_from(word, 8), word, STYLE_CC1});
        return 1;
    }
    if (str_starts(word, STR("-Wp,"))) {
        add_preprocessor(words, word);
        return 1;
    }
    bool clang = words->flags->is_cl &&
                 (str_starts(word, STR("/clang:")) || str_starts(word, STR("-clang:")));
    if (clang) {
        add(words, (FlagWord){str_from(word, 7), word, STYLE_GNU});
        return 1;
    }
    bool cc1 = str_eq(word, STR("-Xclang"));
    if (!cc1 && !str_eq(word, STR("-Xpreprocessor")))
        return 0;
    if (rest.len < 2) {
        flags_note(
            arena, words->flags,
            (FlagNote){.kind = FLAG_BROKEN, .text = word, .why = STR("needs a value")});
        return 1;
    }
    add(words, (FlagWord){rest.at[1], joined(arena, word, rest.at[1]),
                          cc1 ? STYLE_CC1 : STYLE_GNU});
    return 2;
}

void flags_collect(FlagWords *words, StrSpan argv, uint32_t depth)
{
    FlagStyle style = words->flags->is_cl ? STYLE_CL : STYLE_GNU;
    for (size_t i = 0; i < argv.len && !words->ended && !words->is_full;) {
        Str word = argv.at[i];
        size_t n = add_addressed(words, (StrSpan){argv.at + i, argv.len - i});
        i += n ? n : 1;
        if (n)
            continue;
        bool link = words->flags->is_cl &&
                    (str_eq_nocase(word, STR("/link")) || str_eq(word, STR("-link")));
        if (link || str_eq(word, STR("--")))
            words->ended = true;
        else if (word.len > 1 && word.at[0] == '@')
            open_response(words, word, depth);
        else
            add(words, (FlagWord){word, word, style});
    }
}
