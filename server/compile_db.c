#include "server/compile_db.h"

#include "codegen/frontend/flags.h"
#include "protocol/codec.h"
#include "server/disk.h"
#include "server/likeness.h"

#include <stdlib.h>

enum {
    DATABASES_MAX = 64,
    LISTINGS_MAX = 256,
    PARENTS_MAX = 64,
    MEMOS_MAX = 256,
    FLAGS_TXT_BYTES_MAX = 1024 * 1024,
    COMMAND_BYTES_MAX = 4 * 1024 * 1024,
    COMMAND_WORDS_MAX = 256 * 1024,
    // What COMPILE_DB_BYTES_MAX and SCAN_VALUES_MAX allow takes half of it; names are
    // made absolute until ENTRIES_BYTES_MAX is reached, and one more name still fits.
    ARENA_BYTES_MAX = 1024 * 1024 * 1024,
    ENTRIES_BYTES_MAX = ARENA_BYTES_MAX / 4 * 3,
};

typedef struct RawEntry {
    Str directory, file, command;
    StrSpan arguments;
    bool has_arguments;
} RawEntry;

static const Field entry_fields[] = {
    FIELD_OF(RawEntry, directory, "directory", FIELD_STR, OPTIONAL),
    FIELD_OF(RawEntry, file, "file", FIELD_STR, REQUIRED),
    FIELD_OF(RawEntry, command, "command", FIELD_STR, OPTIONAL),
    FIELD_OF(RawEntry, arguments, "arguments", FIELD_STRS, OPTIONAL),
    FIELD_OF(RawEntry, has_arguments, "arguments", FIELD_PRESENT, OPTIONAL),
};
static const Record entry_record = RECORD_OF(RawEntry, entry_fields);

typedef struct Entry {
    Str file, directory; // absolute
    const RawEntry *raw; // NULL: `arguments` are those of compile_flags.txt
} Entry;

// The neighbour that was found for a path.
typedef struct Memo {
    Str path;
    const Entry *entry;
} Memo;

typedef struct Database {
    struct Database *next; // newest first
    Arena arena;           // holds all below
    Str path;
    Stamp stamp;
    Entry *entries; // sorted by file
    size_t n_entries;
    LIST(Str) faulty; // files of entries that are of no use, absolute
    bool is_empty;    // an array without any entry
    StrSpan flags;    // of a compile_flags.txt, program first
    Str text;         // and its text
    LIST(Memo) memos;
    Str problem;
    uint32_t line, column;
} Database;

// The folders in a folder that may hold a database, until the folder changes.
typedef struct Listing {
    struct Listing *next;
    Arena arena;
    Str folder, prefix;
    Stamp stamp;
    StrSpan names;
} Listing;

struct CompileDb {
    Database *databases;
    Listing *listings;
    Str passed_over; // the first empty database of the search in hand
    bool is_short;   // of that search: CompileCommand
};

CompileDb *compile_db_new(void)
{
    return mem_new(sizeof(CompileDb));
}

static void database_free(Database *owned_database)
{
    arena_done(&owned_database->arena);
    mem_free(owned_database);
}

static void forget_listings(CompileDb *db)
{
    for (Listing *listing = db->listings, *next; listing; listing = next) {
        next = listing->next;
        arena_done(&listing->arena);
        mem_free(listing);
    }
    db->listings = NULL;
}

static void forget_databases(CompileDb *db)
{
    for (Database *database = db->databases, *next; database; database = next) {
        next = database->next;
        database_free(database);
    }
    db->databases = NULL;
}

void compile_db_free(CompileDb *owned_db)
{
    if (!owned_db)
        return;
    forget_databases(owned_db);
    forget_listings(owned_db);
    mem_free(owned_db);
}

static int by_file(const void *a, const void *b)
{
    const Entry *x = a, *y = b;
    int order = str_compare(x->file, y->file);
    // Of two entries of one file the first counts.
    return order ? order : (x->raw > y->raw) - (x->raw < y->raw);
}

static void tell(Database *database, Str why, uint32_t line, uint32_t column)
{
    database->problem = why;
    database->line = line;
    database->column = column;
}

static void tell_bad_entries(Database *database, const CodecError *error, uint32_t n_bad)
{
    Arena *arena = &database->arena;
    Str more = n_bad > 1 ? arena_format(arena, " (and %u more %s)", n_bad - 1,
                                        n_bad > 2 ? "entries" : "entry")
                         : STR("");
    tell(database,
         arena_format(arena, "entry %.*s: %.*s%.*s", STR_ARG(error->path),
                      STR_ARG(error->why), STR_ARG(more)),
         0, 0);
}

// Which quoting wrote a command: CMake on Windows writes for CreateProcess, and there a
// path with a drive stands in the entry; everybody else writes for a shell.
static Quoting quoting_of(const RawEntry *raw)
{
    Str command = str_trim(raw->command);
    if (str_starts(command, STR("\"")))
        command = str_from(command, 1);
    bool is_windows = disk_has_drive(raw->directory) || disk_has_drive(raw->file) ||
                      disk_has_drive(command);
    return is_windows ? QUOTING_WINDOWS : QUOTING_POSIX;
}

// Why the words of a command cannot be told; empty if they can. Most have no quotes.
static Str fault_in_command(const RawEntry *raw, Arena *scratch)
{
    Str command = raw->command;
    bool closes = true;
    if (!str_trim(command).len)
        return STR("\"command\" is empty");
    if (str_find_char(command, '"') < command.len ||
        str_find_char(command, '\'') < command.len)
        closes = flags_quotes_close(scratch, command, quoting_of(raw));
    arena_reset(scratch);
    return closes ? STR("") : STR("a quote in \"command\" is not closed");
}

// Why an entry is of no use; empty if it is fine.
static Str fault_of(const RawEntry *raw, Arena *scratch)
{
    size_t n_bytes = raw->command.len;
    for (size_t i = 0; i < raw->arguments.len; i++)
        n_bytes += raw->arguments.at[i].len;
    if (!raw->has_arguments && raw->command.len == 0)
        return STR("neither \"command\" nor \"arguments\"");
    if (n_bytes > COMMAND_BYTES_MAX || raw->arguments.len > COMMAND_WORDS_MAX)
        return STR("the command is too long");
    if (raw->has_arguments)
        return raw->arguments.len ? STR("") : STR("\"arguments\" is empty");
    return fault_in_command(raw, scratch);
}

// Gives why it is of no use.
static Str add_entry(Database *database, const RawEntry *raw, Arena *scratch)
{
    Arena *arena = &database->arena;
    if (arena->n_bytes > ENTRIES_BYTES_MAX)
        return STR("too many long names");
    Str directory = disk_absolute(arena, disk_folder_of(database->path), raw->directory);
    Str file = disk_absolute(arena, directory, raw->file);
    Str fault = fault_of(raw, scratch);
    if (fault.len)
        *LIST_PUSH(arena, &database->faulty) = file;
    else
        database->entries[database->n_entries++] = (Entry){file, directory, raw};
    return fault;
}

static void fill(Database *database, Str text, Arena *scratch)
{
    Arena *arena = &database->arena;
    RECORD_LIST(RawEntry) list;
    uint32_t n_bad;
    CodecError error;
    if (codec_decode_array(arena, text, &entry_record, &list, &n_bad, &error) !=
        ERR_NONE) {
        tell(database, error.why, error.line, error.column);
        return;
    }
    database->entries = ARENA_ARRAY(arena, Entry, list.len);
    for (size_t i = 0; i < list.len; i++) {
        Str fault = add_entry(database, &list.at[i], scratch);
        if (fault.len && n_bad++ == 0)
            error = (CodecError){.path = arena_format(arena, "[%zu]", i), .why = fault};
    }
    qsort(database->entries, database->n_entries, sizeof *database->entries, by_file);
    if (n_bad)
        tell_bad_entries(database, &error, n_bad);
    database->is_empty = !list.len && !n_bad;
    if (database->is_empty)
        tell(database, STR("it has no entries"), 0, 0);
}

// One argument a line; blank lines and lines that start with "#" are none.
static void fill_flags(Database *database, Str text)
{
    LIST(Str) flags = {0};
    Str line;
    *LIST_PUSH(&database->arena, &flags) = STR("clang");
    while (str_take_line(&text, &line)) {
        line = str_trim(line);
        if (line.len && line.at[0] != '#')
            *LIST_PUSH(&database->arena, &flags) = line;
    }
    database->flags = (StrSpan){flags.at, flags.len};
}

static bool is_flags_txt(Str path)
{
    return str_eq(disk_name_of(path), STR("compile_flags.txt"));
}

static Database *database_read(Str path, Stamp stamp)
{
    Database *database = mem_new(sizeof *database);
    arena_init(&database->arena, ARENA_BYTES_MAX);
    database->path = arena_str(&database->arena, path);
    database->stamp = stamp;
    bool is_flags = is_flags_txt(path);
    Arena scratch, words;
    Str text, why;
    arena_init(&scratch, ARENA_BYTES_MAX);
    arena_init(&words, ARENA_BYTES_MAX);
    size_t bytes_max = is_flags ? FLAGS_TXT_BYTES_MAX : COMPILE_DB_BYTES_MAX;
    Err err = disk_read_of_project(&scratch, path, bytes_max, &text, &why);
    if (err == ERR_SHORT)
        database->stamp = (Stamp){.kind = STAMP_OTHER}; // read again at the next look-up
    if (err != ERR_NONE)
        tell(database, arena_str(&database->arena, why), 0, 0);
    else if (is_flags)
        fill_flags(database, database->text = arena_str(&database->arena, text));
    else
        fill(database, text, &words);
    arena_done(&scratch);
    arena_done(&words);
    return database;
}

static Database *database_unlink(Database **at)
{
    Database *database = *at;
    *at = database->next;
    return database;
}

// The database at `path` as it is now; NULL if there is none.
static Database *database_get(CompileDb *db, Str path)
{
    Stamp stamp = disk_stamp(path);
    size_t n = 0;
    for (Database **at = &db->databases; *at; at = &(*at)->next, n++) {
        if (!str_eq((*at)->path, path))
            continue;
        if (stamp_eq((*at)->stamp, stamp))
            return *at;
        database_free(database_unlink(at));
        break;
    }
    if (stamp.kind == STAMP_ABSENT || stamp.kind == STAMP_FOLDER)
        return NULL;
    if (n >= DATABASES_MAX)
        forget_databases(db);
    Database *database = database_read(path, stamp);
    db->is_short |= database->stamp.kind == STAMP_OTHER && stamp.kind == STAMP_FILE;
    database->next = db->databases;
    db->databases = database;
    return database;
}

static bool has_content(const Database *database)
{
    return database &&
           (database->n_entries || database->flags.len || database->problem.len) &&
           !database->is_empty;
}

static StrSpan folders_of(CompileDb *db, Str folder, Str prefix)
{
    Stamp stamp = disk_stamp(folder);
    bool is_short = false;
    Listing *listing = db->listings;
    size_t n = 0;
    while (listing &&
           !(str_eq(listing->folder, folder) && str_eq(listing->prefix, prefix))) {
        listing = listing->next;
        n++;
    }
    if (listing && stamp_eq(listing->stamp, stamp))
        return listing->names;
    if (!listing) {
        if (n >= LISTINGS_MAX)
            forget_listings(db);
        listing = mem_new(sizeof *listing);
        listing->next = db->listings;
        db->listings = listing;
    } else {
        arena_done(&listing->arena);
    }
    arena_init(&listing->arena, ARENA_BYTES_MAX);
    listing->folder = arena_str(&listing->arena, folder);
    listing->prefix = prefix;
    listing->stamp = stamp;
    listing->names = (StrSpan){0};
    if (stamp.kind == STAMP_FOLDER)
        listing->names = disk_folders(&listing->arena, folder, prefix, &is_short);
    if (is_short)
        listing->stamp = (Stamp){.kind = STAMP_OTHER};
    db->is_short |= is_short;
    return listing->names;
}

static Database *database_in(CompileDb *db, Arena *arena, Str folder)
{
    Str path = disk_join(arena, folder, "compile_commands.json");
    Database *database = database_get(db, path);
    if (database && database->is_empty && !db->passed_over.len)
        db->passed_over = path;
    return has_content(database) ? database : NULL;
}

static Database *database_below(CompileDb *db, Arena *arena, Str folder, Str prefix)
{
    StrSpan names = folders_of(db, folder, prefix);
    Database *database = NULL;
    for (size_t i = 0; i < names.len && !database; i++)
        database = database_in(db, arena, disk_join(arena, folder, names.at[i].at));
    return database;
}

// The database that serves the files of a folder, or NULL.
static Database *database_for(CompileDb *db, Arena *arena, Str folder)
{
    static const char *const usual[] = {"build", "out", "out/build"};
    Database *database = database_in(db, arena, folder);
    for (size_t i = 0; i < COUNTOF(usual) && !database; i++)
        database = database_in(db, arena, disk_join(arena, folder, usual[i]));
    if (!database)
        database =
            database_below(db, arena, disk_join(arena, folder, "out/build"), STR(""));
    if (!database)
        database = database_below(db, arena, folder, STR("cmake-build-"));
    if (!database)
        database = database_get(db, disk_join(arena, folder, "compile_flags.txt"));
    return has_content(database) ? database : NULL;
}

// An empty database is passed over, but better than none: it tells why there is nothing.
static Database *search(CompileDb *db, Arena *arena, Str path)
{
    Str folder = disk_folder_of(path);
    db->passed_over = STR("");
    for (int i = 0; i < PARENTS_MAX; i++) {
        Database *database = database_for(db, arena, folder);
        Str up = disk_folder_of(folder);
        if (database)
            return database;
        if (str_eq(up, folder))
            break;
        folder = up;
    }
    return db->passed_over.len ? database_get(db, db->passed_over) : NULL;
}

static Database *database_at(CompileDb *db, Arena *arena, Str path)
{
    if (disk_stamp(path).kind != STAMP_FOLDER)
        return database_get(db, path);
    Database *database =
        database_get(db, disk_join(arena, path, "compile_commands.json"));
    return database ? database
                    : database_get(db, disk_join(arena, path, "compile_flags.txt"));
}

static const Entry *find_entry(const Database *database, Str file)
{
    size_t low = 0, high = database->n_entries;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (str_compare(database->entries[middle].file, file) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    bool is_here = low < database->n_entries && str_eq(database->entries[low].file, file);
    return is_here ? &database->entries[low] : NULL;
}

// ANY: as many of the one as of the other.
static Family majority_of(const Database *database)
{
    size_t n[] = {[FAMILY_ANY] = 0, [FAMILY_C] = 0, [FAMILY_CPP] = 0};
    for (size_t i = 0; i < database->n_entries; i++)
        n[likeness_of(database->entries[i].file).family]++;
    return n[FAMILY_C] == n[FAMILY_CPP]  ? FAMILY_ANY
           : n[FAMILY_C] > n[FAMILY_CPP] ? FAMILY_C
                                         : FAMILY_CPP;
}

static const Entry *find_neighbour(Database *database, Str path)
{
    for (uint32_t i = 0; i < database->memos.len; i++)
        if (str_eq(database->memos.at[i].path, path))
            return database->memos.at[i].entry;
    Likeness wanted = likeness_of(path);
    wanted.leaning = wanted.family == FAMILY_ANY ? majority_of(database) : FAMILY_ANY;
    const Entry *best = NULL;
    size_t best_score = 0;
    for (size_t i = 0; i < database->n_entries; i++) {
        Likeness it = likeness_of(database->entries[i].file);
        size_t s = likeness_score(&wanted, &it);
        if (best && s <= best_score)
            continue;
        best = &database->entries[i];
        best_score = s;
    }
    if (database->memos.len < MEMOS_MAX)
        *LIST_PUSH(&database->arena, &database->memos) =
            (Memo){arena_str(&database->arena, path), best};
    return best;
}

static StrSpan copy_span(Arena *arena, StrSpan span)
{
    Str *copy = ARENA_ARRAY(arena, Str, span.len);
    for (size_t i = 0; i < span.len; i++)
        copy[i] = arena_str(arena, span.at[i]);
    return (StrSpan){copy, span.len};
}

static void answer(Arena *arena, const Database *database, const Entry *entry,
                   CompileCommand *ret_command)
{
    const RawEntry *raw = entry->raw;
    ret_command->directory = arena_str(arena, entry->directory);
    ret_command->argv =
        raw->has_arguments
            ? copy_span(arena, raw->arguments)
            : flags_split(arena, arena_str(arena, raw->command), quoting_of(raw));
    ret_command->origin_path = arena_str(arena, database->path);
}

static void answer_problem(Arena *arena, const Database *database,
                           CompileCommand *ret_command)
{
    ret_command->problem = arena_str(arena, database->problem);
    ret_command->line = database->line;
    ret_command->column = database->column;
    ret_command->origin_path = arena_str(arena, database->path);
}

void compile_db_find(CompileDb *db, Arena *arena, Str path, Str explicit_path,
                     CompileCommand *ret_command)
{
    *ret_command = (CompileCommand){.origin = COMMAND_NONE};
    db->is_short = false;
    path = disk_absolute(arena, STR("."), path);
    bool is_explicit = explicit_path.len;
    if (is_explicit)
        explicit_path = disk_absolute(arena, STR("."), explicit_path);
    Database *database =
        is_explicit ? database_at(db, arena, explicit_path) : search(db, arena, path);
    ret_command->is_short = db->is_short;
    if (!database) {
        if (is_explicit) {
            ret_command->origin_path = explicit_path;
            ret_command->problem = STR("no compile database there");
        }
        return;
    }
    if (database->flags.len) {
        ret_command->origin = COMMAND_FLAGS_TXT;
        ret_command->argv = copy_span(arena, database->flags);
        ret_command->text = arena_str(arena, database->text);
        ret_command->directory = arena_str(arena, disk_folder_of(database->path));
        ret_command->origin_path = arena_str(arena, database->path);
        return;
    }
    const Entry *entry = find_entry(database, path);
    ret_command->origin = entry ? COMMAND_DATABASE : COMMAND_NEIGHBOUR;
    if (!entry && database->problem.len)
        answer_problem(arena, database, ret_command);
    if (!entry)
        entry = find_neighbour(database, path);
    if (!entry) {
        ret_command->origin = COMMAND_NONE;
        return;
    }
    if (ret_command->origin == COMMAND_NEIGHBOUR)
        ret_command->origin_file = arena_str(arena, entry->file);
    answer(arena, database, entry, ret_command);
}

bool compile_db_in(CompileDb *db, Arena *arena, Str folder, Str *ret_path)
{
    const Database *database =
        database_for(db, arena, disk_absolute(arena, STR("."), folder));
    if (database)
        *ret_path = arena_str(arena, database->path);
    return database;
}

static Str problem_of(Arena *arena, const Database *database)
{
    Str problem = database->problem;
    return database->line
               ? arena_format(arena, "line %u, column %u: %.*s", database->line,
                              database->column, STR_ARG(problem))
               : arena_str(arena, problem);
}

// A database of Windows' names files with backslashes.
static Str spelled_here(Arena *arena, Str file)
{
    if (disk_stamp(file).kind != STAMP_ABSENT || str_find_char(file, '\\') == file.len)
        return arena_str(arena, file);
    char *slashes = arena_z(arena, file);
    for (size_t i = 0; i < file.len; i++)
        if (slashes[i] == '\\')
            slashes[i] = '/';
    return (Str){slashes, file.len};
}

Err compile_db_list(CompileDb *db, Arena *arena, Str path, StrSpan *ret_files,
                    Str *ret_why)
{
    path = disk_absolute(arena, STR("."), path);
    if (disk_stamp(path).kind == STAMP_FOLDER)
        path = disk_join(arena, path, "compile_commands.json");
    const Database *database = database_get(db, path);
    if (!database)
        return ERR_ABSENT;
    bool is_told = database->faulty.len; // in the findings of these files
    if (database->n_entries == 0 && database->problem.len) {
        *ret_why = problem_of(arena, database);
        return ERR_FORMAT;
    }
    *ret_why = is_told ? STR("") : problem_of(arena, database);
    Str *files = ARENA_ARRAY(arena, Str, database->n_entries + database->faulty.len);
    size_t n = 0;
    for (size_t i = 0; i < database->n_entries; i++)
        files[n++] = spelled_here(arena, database->entries[i].file);
    for (uint32_t i = 0; i < database->faulty.len; i++)
        if (!find_entry(database, database->faulty.at[i]))
            files[n++] = arena_str(arena, database->faulty.at[i]);
    *ret_files = (StrSpan){files, n};
    return ERR_NONE;
}

void compile_db_forget(CompileDb *db, Str path)
{
    for (Database **at = &db->databases; *at;) {
        Str rest = str_from((*at)->path, path.len);
        bool is_it =
            str_starts((*at)->path, path) && (rest.len == 0 || rest.at[0] == '/');
        if (is_it)
            database_free(database_unlink(at));
        else
            at = &(*at)->next;
    }
    forget_listings(db);
}
