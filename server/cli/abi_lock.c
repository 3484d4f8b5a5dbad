// The contract is written only when every file gave a whole answer: what a broken file
// does not show would look removed.
#include "server/cli/abi_lock.h"

#include "protocol/json.h"
#include "server/cli/contract_diff.h"
#include "server/cli/listing.h"
#include "server/cli/out.h"
#include "server/cli/report.h"
#include "server/disk.h"

enum { LOCK_ARENA_BYTES_MAX = 1024 * 1024 * 1024 };

typedef struct Lock {
    const Options *options;
    Arena arena;
    Contract now, was;
    Str name, folder; // of the lock file: as given; absolute
    uint32_t n_incomplete;
    bool is_mixed;
    int status;
} Lock;

static void worsen(Lock *lock, int status)
{
    if (status > lock->status)
        lock->status = status;
}

// One contract is of one target and builder: those of the first file.
static void say_other_builder(Lock *lock, const RunFile *file)
{
    const Result *result = file->result;
    Str target = result_str(result, result->info->target);
    Str builder = result_str(result, result->info->builder);
    if (lock->is_mixed ||
        (str_eq(target, lock->now.target) && str_eq(builder, lock->now.builder)))
        return;
    lock->is_mixed = true;
    out_error_format(
        "%.*s: is for %.*s, built by %.*s; the first file is for %.*s, built "
        "by %.*s, and so is the contract",
        STR_ARG(file->name), STR_ARG(target), STR_ARG(builder), STR_ARG(lock->now.target),
        STR_ARG(lock->now.builder));
}

static void on_file(void *owner, const RunFile *file)
{
    Lock *lock = owner;
    if (file->is_fallback) {
        listing_refuse(file, NULL);
        lock->n_incomplete++;
        worsen(lock, EXIT_FAILED);
        return;
    }
    if (listing_warn_of_errors(file)) {
        lock->n_incomplete++;
        worsen(lock, EXIT_FINDINGS);
    }
    contract_add(&lock->now, file, lock->folder);
    say_other_builder(lock, file);
}

static void say_twice(const ContractTwiceList *list)
{
    for (uint32_t i = 0; i < list->len; i++) {
        const ContractFunction *a = list->at[i].first, *b = list->at[i].second;
        out_error_format(
            "%.*s:%u: '%.*s' is defined in %.*s:%u, too; %s", STR_ARG(b->shown_file),
            b->line, STR_ARG(b->name), STR_ARG(a->shown_file), a->line,
            contract_same(a, b) ? "their boundary is the same"
                                : "their boundaries differ, and the contract "
                                  "has the one of that file");
    }
}

// --- Writing
// ----------------------------------------------------------------------------

static void write_lock(Lock *lock, Str path)
{
    Buf text;
    buf_init(&text, CONTRACT_BYTES_MAX);
    contract_write(&lock->now, &text);
    if (buf_is_over(&text) || disk_replace_shared(path, buf_str(&text)) != ERR_NONE) {
        out_error_format("%.*s: cannot be written", STR_ARG(lock->name));
        worsen(lock, EXIT_USAGE);
    } else {
        out_error_format("%.*s: the boundary of %u function%s is written down",
                         STR_ARG(lock->name), lock->now.functions.len,
                         lock->now.functions.len == 1 ? "" : "s");
    }
    buf_done(&text);
}

// --- Comparing: formats
// -----------------------------------------------------------------

// Where the reader can act: at the function, or in the lock file at one that is gone.
typedef struct Where {
    Str file;
    const ContractFunction *at;
} Where;

static Where where_of(const Lock *lock, const ContractChange *change)
{
    if (change->now)
        return (Where){change->now->shown_file, change->now};
    return (Where){lock->name, change->was};
}

static Str message_of(Lock *lock, const ContractChange *change)
{
    const ContractFunction *function = change->now ? change->now : change->was;
    Str prototype = contract_prototype(&lock->arena, function);
    switch (change->kind) {
    case CONTRACT_ADDED:
        return arena_format(&lock->arena,
                            "'%.*s' is exported, but not in the contract: %.*s",
                            STR_ARG(function->name), STR_ARG(prototype));
    case CONTRACT_REMOVED:
        return arena_format(
            &lock->arena, "'%.*s' of the contract is no longer exported: %.*s in %.*s",
            STR_ARG(function->name), STR_ARG(prototype), STR_ARG(function->file));
    case CONTRACT_CHANGED:
        return arena_format(&lock->arena,
                            "the boundary of '%.*s' is not that of the contract",
                            STR_ARG(function->name));
    }
    BUG("kind of a change");
}

static void put_rows(Json *json, const ContractFunction *function)
{
    json_key(json, "rows");
    json_array_begin(json);
    for (uint32_t i = 0; i < function->rows.len; i++) {
        const ContractRow *row = &function->rows.at[i];
        json_object_begin(json);
        json_put_string(json, "name", row->name);
        json_put_string(json, "type", row->type);
        json_put_int(json, "bytes", (int64_t)row->bytes);
        json_put_string(json, "x64", row->x64);
        json_put_string(json, "arm64ec", row->ec);
        json_object_end(json);
    }
    json_array_end(json);
}

static void put_side(Json *json, const char *key, const ContractFunction *function)
{
    if (!function) {
        json_put_null(json, key);
        return;
    }
    json_key(json, key);
    json_object_begin(json);
    json_put_string(json, "thunk", function->thunk);
    put_rows(json, function);
    json_object_end(json);
}

static void put_change_json(Lock *lock, Json *json, const ContractChange *change)
{
    Where where = where_of(lock, change);
    json_object_begin(json);
    json_put_string(json, "kind", contract_change_name(change->kind));
    json_put_string(json, "function", where.at->name);
    json_put_string(json, "symbol", where.at->symbol);
    json_put_string(json, "file", where.file);
    json_put_int(json, "line", where.at->line);
    json_put_int(json, "column", where.at->column);
    json_put_string(json, "message", message_of(lock, change));
    json_key(json, "details");
    json_array_begin(json);
    for (uint32_t i = 0; i < change->details.len; i++)
        json_string(json, change->details.at[i]);
    json_array_end(json);
    put_side(json, "old", change->was);
    put_side(json, "new", change->now);
    json_object_end(json);
}

static void put_json(Lock *lock, const ContractChangeList *changes, Buf *out)
{
    Json json;
    json_init_pretty(&json, out);
    json_object_begin(&json);
    json_put_int(&json, "schema", 1);
    json_put_string(&json, "lock", lock->name);
    json_key(&json, "compared");
    json_bool(&json, !lock->n_incomplete);
    json_key(&json, "changes");
    json_array_begin(&json);
    for (uint32_t i = 0; i < changes->len; i++)
        put_change_json(lock, &json, &changes->at[i]);
    json_array_end(&json);
    json_object_end(&json);
    buf_put_char(out, '\n');
}

static void put_head(Buf *out, const Where *where)
{
    report_put_clean(out, where->file);
    buf_format(out, ":%u:%u: ", where->at->line, where->at->column);
}

static void put_text(Lock *lock, const ContractChange *change, Buf *out)
{
    bool is_gcc = lock->options->format == FORMAT_GCC;
    Where where = where_of(lock, change);
    put_head(out, &where);
    buf_put(out, STR("error: "));
    report_put_clean(out, message_of(lock, change));
    buf_put_char(out, '\n');
    for (uint32_t i = 0; i < change->details.len; i++) {
        if (is_gcc)
            put_head(out, &where);
        buf_put(out, is_gcc ? STR("note: ") : STR("    "));
        report_put_clean(out, change->details.at[i]);
        buf_put_char(out, '\n');
    }
}

static void put_github(Lock *lock, const ContractChange *change, Buf *out)
{
    Where where = where_of(lock, change);
    Str message = message_of(lock, change);
    for (uint32_t i = 0; i < change->details.len; i++)
        message = arena_format(&lock->arena, "%.*s%s%.*s", STR_ARG(message),
                               i ? "; " : ": ", STR_ARG(change->details.at[i]));
    buf_put(out, STR("::error file="));
    report_put_escaped(out, where.file, true);
    buf_format(out, ",line=%u,col=%u,title=boundary contract::", where.at->line,
               where.at->column);
    report_put_escaped(out, message, false);
    buf_put_char(out, '\n');
}

static void put_changes(Lock *lock, const ContractChangeList *changes)
{
    Buf out;
    buf_init(&out, REPORT_BYTES_MAX);
    if (lock->options->format == FORMAT_JSON)
        put_json(lock, changes, &out);
    else
        for (uint32_t i = 0; i < changes->len; i++) {
            if (lock->options->format == FORMAT_GITHUB)
                put_github(lock, &changes->at[i], &out);
            else
                put_text(lock, &changes->at[i], &out);
        }
    out_write(buf_str(&out));
    buf_done(&out);
}

// --- Comparing
// --------------------------------------------------------------------------

static bool read_lock(Lock *lock, Str path)
{
    Str text, why;
    uint32_t line;
    if (disk_read(&lock->arena, path, CONTRACT_BYTES_MAX, &text, &why) != ERR_NONE) {
        out_error_format("%.*s: %.*s; 'arm64ecd abi --lock' writes it",
                         STR_ARG(lock->name), STR_ARG(why));
        return false;
    }
    if (!contract_read(&lock->was, text, &line, &why)) {
        out_error_format("%.*s:%u: %.*s", STR_ARG(lock->name), line, STR_ARG(why));
        return false;
    }
    if (lock->options->exports != EXPORTS_BY_LOCK &&
        lock->was.only_dllexport != (lock->options->exports == EXPORTS_DLLEXPORT)) {
        out_error_format("%.*s: was written with --exports=%s", STR_ARG(lock->name),
                         lock->was.only_dllexport ? "dllexport" : "all");
        return false;
    }
    lock->now.only_dllexport = lock->was.only_dllexport;
    return true;
}

// Another target is another contract; another builder may explain what changed.
static bool says_other_target(const Lock *lock)
{
    const Contract *was = &lock->was, *now = &lock->now;
    if (!now->functions.len)
        return false;
    if (!str_eq(was->builder, now->builder))
        out_error_format("%.*s: is of builder %.*s, this build is of %.*s",
                         STR_ARG(lock->name), STR_ARG(was->builder),
                         STR_ARG(now->builder));
    if (was->llvm.len && !str_eq(was->llvm, now->llvm))
        out_error_format("%.*s: is of LLVM %.*s, this arm64ecd runs LLVM %.*s; --llvm "
                         "takes another one",
                         STR_ARG(lock->name), STR_ARG(was->llvm), STR_ARG(now->llvm));
    if (str_eq(was->target, now->target))
        return false;
    out_error_format("%.*s: is of target %.*s, this build is of %.*s",
                     STR_ARG(lock->name), STR_ARG(was->target), STR_ARG(now->target));
    return true;
}

static void meet_older(Lock *lock)
{
    uint32_t n_skipped;
    if (lock->was.schema == CONTRACT_SCHEMA)
        return;
    contract_meet_older(&lock->was, &lock->now, &n_skipped);
    Str skipped = n_skipped
                      ? arena_format(&lock->arena, ", and %u function%s without rows",
                                     n_skipped, n_skipped == 1 ? "" : "s")
                      : STR("");
    out_error_format(
        "%.*s: is of schema %u, an older arm64ecd wrote it; what that one did "
        "not write down is not compared (arguments behind '...'%.*s): write "
        "it again with --lock",
        STR_ARG(lock->name), lock->was.schema, STR_ARG(skipped));
}

// Their types and sizes are compared, and nobody should think that it is more.
static void say_placeless(const Lock *lock)
{
    uint32_t n = 0;
    Str name = STR("");
    for (uint32_t i = 0; i < lock->now.functions.len; i++) {
        const ContractFunction *function = &lock->now.functions.at[i];
        if (!contract_is_placeless(function))
            continue;
        name = n++ ? name : function->name;
    }
    if (n)
        out_error_format("%.*s: of %u function%s ('%.*s'%s) a type is too large to be "
                         "walked: places are not known, types and sizes stand for them",
                         STR_ARG(lock->name), n, n == 1 ? "" : "s", STR_ARG(name),
                         n == 1 ? "" : ", ...");
}

static void compare(Lock *lock)
{
    ContractChangeList changes = {0};
    meet_older(lock);
    contract_diff(&lock->arena, &lock->was, &lock->now, &changes);
    put_changes(lock, &changes);
    if (says_other_target(lock) || changes.len)
        worsen(lock, EXIT_FINDINGS);
    if (lock->options->format != FORMAT_TEXT)
        return;
    if (changes.len)
        out_error_format("%u change%s to the boundary in %.*s; if they are meant, write "
                         "it again with --lock",
                         changes.len, changes.len == 1 ? "" : "s", STR_ARG(lock->name));
    else
        out_error_format("%.*s: the boundary of %u function%s is as it was",
                         STR_ARG(lock->name), lock->now.functions.len,
                         lock->now.functions.len == 1 ? "" : "s");
}

int cli_abi_lock(uv_loop_t *loop, const Options *options, Str program)
{
    bool is_check = options->check_lock.len > 0;
    Lock lock = {.options = options,
                 .name = is_check ? options->check_lock : options->lock};
    arena_init(&lock.arena, LOCK_ARENA_BYTES_MAX);
    lock.now = (Contract){.arena = &lock.arena,
                          .only_dllexport = options->exports == EXPORTS_DLLEXPORT};
    lock.was = (Contract){.arena = &lock.arena};
    Str path = disk_absolute(&lock.arena, options->directory, lock.name);
    lock.folder = disk_folder_of(path);
    RunFiles run = {.loop = loop,
                    .options = options,
                    .program = program,
                    .paths = options->paths,
                    .on_file = on_file,
                    .owner = &lock};
    if (is_check && !read_lock(&lock, path)) {
        lock.n_incomplete++;
        if (options->format == FORMAT_JSON)
            put_changes(&lock, &(ContractChangeList){0});
        arena_done(&lock.arena);
        return EXIT_USAGE;
    }
    int status = run_files(&run);
    if (status != EXIT_CLEAN)
        lock.n_incomplete++;
    worsen(&lock, status);
    ContractTwiceList twice = {0};
    contract_settle(&lock.now, &twice);
    say_twice(&twice);
    if (lock.n_incomplete && is_check && options->format == FORMAT_JSON)
        put_changes(&lock, &(ContractChangeList){0});
    if (lock.n_incomplete)
        out_error_format("%.*s: is %s, because files are missing or have errors",
                         STR_ARG(lock.name), is_check ? "not compared" : "not written");
    else
        say_placeless(&lock);
    if (!lock.n_incomplete && is_check)
        compare(&lock);
    else if (!lock.n_incomplete)
        write_lock(&lock, path);
    status = lock.status;
    arena_done(&lock.arena);
    return status;
}
