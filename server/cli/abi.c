// The words of the command are files, but for the last ones: those that name nothing on
// disk and are written like identifiers are the functions that are asked for.
#include "server/cli/abi.h"

#include "codegen/abi/fault.h"
#include "codegen/diag.h"
#include "server/cli/abi_lock.h"
#include "server/cli/listing.h"
#include "server/cli/near.h"
#include "server/cli/out.h"
#include "server/disk.h"
#include "server/table.h"
#include "server/truth.h"

typedef struct Asked {
    uint32_t n_found;
    Near near; // and its name
} Asked;

typedef struct Question {
    Asked *asked;
    size_t n_asked;   // 0: all functions
    uint32_t n_found; // of any
} Question;

// --- The command line
// -------------------------------------------------------------------

static bool is_identifier(Str word)
{
    for (size_t i = 0; i < word.len; i++)
        if (!is_word(word.at[i]) && word.at[i] != ':' && word.at[i] != '~')
            return false;
    return word.len > 0 && !is_digit(word.at[0]);
}

static bool is_on_disk(const Options *options, Str word)
{
    Arena arena;
    arena_init(&arena, 1 << 20);
    Str path = disk_absolute(&arena, options->directory, word);
    bool is_there = disk_stamp(path).kind != STAMP_ABSENT;
    arena_done(&arena);
    return is_there;
}

// Takes the functions off the end of the paths.
static Question take_functions(Arena *arena, const Options *options, StrSpan *paths)
{
    size_t n = paths->len;
    while (n > 1 && is_identifier(paths->at[n - 1]) &&
           !is_on_disk(options, paths->at[n - 1]))
        n--;
    Question question = {.n_asked = paths->len - n};
    question.asked = ARENA_ARRAY(arena, Asked, question.n_asked);
    for (size_t i = 0; i < question.n_asked; i++)
        question.asked[i] = (Asked){.near = {.wanted = paths->at[n + i], .arena = arena}};
    paths->len = n;
    return question;
}

// Functions that are asked for, also those of which no table is known.
static bool is_asked(const Listing *listing, const Result *result,
                     const RFunction *function)
{
    Question *question = listing->owner;
    Str name = result_str(result, function->name);
    bool is_it = question->n_asked == 0;
    for (size_t i = 0; i < question->n_asked; i++) {
        Asked *asked = &question->asked[i];
        if (str_eq(name, asked->near.wanted)) {
            asked->n_found++;
            is_it = true;
        } else {
            near_offer(&asked->near, name);
        }
    }
    question->n_found += is_it;
    return is_it;
}

// --- json
// -------------------------------------------------------------------------------

// Which thunks a table speaks of: x64 code calls in through an entry thunk, and is called
// through an exit thunk. What has neither meets no x64 code, and nothing is wrong with
// it.
typedef struct Sides {
    bool inward, outward;
} Sides;

static Sides sides_of(const Result *result, const RFunction *function)
{
    bool crosses = truth_has_entry(result, function) || truth_has_exit(result, function);
    return (Sides){crosses, crosses};
}

static const Sides by_pointer = {false, true};

static void put_row_json(Json *json, const Result *result, const RRow *row, Sides sides)
{
    uint32_t entry_faults = sides.inward ? row->entry_faults : 0;
    uint32_t exit_faults = sides.outward ? row->exit_faults : 0;
    json_object_begin(json);
    json_put_string(json, "name", result_str(result, row->name));
    json_put_string(json, "type", result_str(result, row->type));
    json_put_int(json, "bytes", (int64_t)row->bytes);
    json_put_string(json, "x64", result_str(result, row->x64));
    json_put_string(json, "arm64ec", result_str(result, row->ec));
    json_put_string(json, "entry", result_str(result, row->entry_does));
    json_put_string(json, "exit", result_str(result, row->exit_does));
    listing_put_codes(json, "faults", entry_faults | exit_faults);
    listing_put_codes(json, "entry_faults", entry_faults);
    listing_put_codes(json, "exit_faults", exit_faults);
    json_object_end(json);
}

static void put_rows_json(Json *json, const Result *result, RSpan rows, Sides sides)
{
    json_key(json, "rows");
    json_array_begin(json);
    for (uint32_t k = 0; k < rows.len; k++)
        put_row_json(json, result, &result->rows[rows.at + k], sides);
    json_array_end(json);
}

// Calls through pointers: each signature once, with its places.
static void put_calls_json(const Listing *listing, Json *json, const Result *result,
                           const RFunction *function)
{
    json_key(json, "calls");
    json_array_begin(json);
    for (uint32_t i = 0; i < function->thunks.len; i++) {
        const RThunk *thunk = &result->thunks[function->thunks.at + i];
        if (thunk->kind != THUNK_INDIRECT || !thunk->rows.len)
            continue;
        json_object_begin(json);
        json_put_string(json, "thunk", result_str(result, thunk->name));
        json_key(json, "at");
        listing_put_sites(listing, json, result, thunk);
        put_rows_json(json, result, thunk->rows, by_pointer);
        json_object_end(json);
    }
    json_array_end(json);
}

static void put_json(Listing *listing, const RunFile *file)
{
    const Result *result = file->truth;
    Json *json = &listing->json;
    listing_put_names(json, result);
    json_key(json, "functions");
    json_array_begin(json);
    for (uint32_t i = 0; i < result->n_functions; i++) {
        const RFunction *function = &result->functions[i];
        if (!is_asked(listing, result, function))
            continue;
        json_object_begin(json);
        json_put_string(json, "name", result_str(result, function->name));
        json_put_string(json, "symbol", result_str(result, function->symbol));
        json_put_int(json, "line", listing_line(function));
        put_rows_json(json, result, function->rows, sides_of(result, function));
        put_calls_json(listing, json, result, function);
        json_object_end(json);
    }
    json_array_end(json);
}

// --- text
// -------------------------------------------------------------------------------

// "WRONG (EC101): takes the pointer that x64 passes for the value"
static Str words_of(Arena *arena, Str words, uint32_t faults)
{
    Str codes = truth_codes(arena, faults);
    return codes.len
               ? arena_format(arena, "WRONG (%.*s): %.*s", STR_ARG(codes), STR_ARG(words))
               : words;
}

enum {
    INDENT = 4,
    FIRST_FACT = 3, // behind name, type, bytes
    ENTRY_COLUMN = 5,
    EXIT_COLUMN
};

// Where the table is wider than the terminal: a line for each fact.
static void put_stacked(const Table *table, Sides sides, Listing *listing)
{
    static const Str labels[] = {STR_INIT("x64"), STR_INIT("Arm64EC"),
                                 STR_INIT("from x64"), STR_INIT("to x64")};
    Buf *out = &listing->out;
    for (uint32_t i = table->n_columns; i < table->cells.len; i += table->n_columns) {
        const Str *cell = &table->cells.at[i];
        buf_format(out, "%*s%.*s: %.*s, %.*s byte%s\n", INDENT, "", STR_ARG(cell[0]),
                   STR_ARG(cell[1]), STR_ARG(cell[2]),
                   str_eq(cell[2], STR("1")) ? "" : "s");
        Table facts;
        table_init(&facts, table->arena, 2);
        facts.loud = table->loud;
        for (uint32_t k = FIRST_FACT; k < table->n_columns; k++) {
            bool is_past_entry = !sides.inward && k == ENTRY_COLUMN;
            table_cell(&facts, labels[k - FIRST_FACT + is_past_entry]);
            table_cell(&facts, cell[k]);
        }
        table_put(&facts, 2 * INDENT, out);
    }
}

static void put_table(Listing *listing, const Result *result, RSpan rows, Sides sides)
{
    static const Str headings[] = {STR_INIT(""),
                                   STR_INIT("type"),
                                   STR_INIT("bytes"),
                                   STR_INIT("x64"),
                                   STR_INIT("Arm64EC"),
                                   STR_INIT("called from x64, the thunk"),
                                   STR_INIT("calling x64, the thunk")};
    Arena *arena = &listing->arena;
    Table table;
    table_init(&table, arena, (uint32_t)ENTRY_COLUMN + sides.inward + sides.outward);
    table.has_headings = true;
    table.loud = listing->is_coloured ? STR("WRONG") : STR("");
    table.is_right[2] = true;
    for (size_t i = 0; i < COUNTOF(headings); i++)
        if ((i != ENTRY_COLUMN || sides.inward) && (i != EXIT_COLUMN || sides.outward))
            table_cell(&table, headings[i]);
    for (uint32_t i = 0; i < rows.len; i++) {
        const RRow *row = &result->rows[rows.at + i];
        table_cell(&table, result_str(result, row->name));
        table_cell(&table, result_str(result, row->type));
        table_cell(&table, arena_format(arena, "%llu", (unsigned long long)row->bytes));
        table_cell(&table, result_str(result, row->x64));
        table_cell(&table, result_str(result, row->ec));
        if (sides.inward)
            table_cell(&table, words_of(arena, result_str(result, row->entry_does),
                                        row->entry_faults));
        if (sides.outward)
            table_cell(&table, words_of(arena, result_str(result, row->exit_does),
                                        row->exit_faults));
    }
    if (listing->columns && table_width(&table) + INDENT > listing->columns)
        put_stacked(&table, sides, listing);
    else
        table_put(&table, INDENT, &listing->out);
}

static void put_function(Listing *listing, const Result *result,
                         const RFunction *function)
{
    Buf *out = &listing->out;
    buf_put_char(out, '\n');
    if (function->in_document)
        buf_format(out, "%u: ", function->at.start.line + 1);
    buf_format(out, "%.*s  %.*s\n", STR_ARG(result_str(result, function->name)),
               STR_ARG(result_str(result, function->symbol)));
    if (!function->rows.len) {
        buf_put(out, STR("    its signature is not known\n"));
        return;
    }
    if (!sides_of(result, function).outward)
        buf_put(out, function->is_defined
                         ? STR("    no thunk: x64 code cannot call it\n")
                         : STR("    no thunk: nothing here calls it directly\n"));
    put_table(listing, result, function->rows, sides_of(result, function));
    for (uint32_t i = 0; i < function->thunks.len; i++) {
        const RThunk *thunk = &result->thunks[function->thunks.at + i];
        if (thunk->kind != THUNK_INDIRECT || !thunk->rows.len)
            continue;
        buf_format(out, "\n  a call through a pointer %.*s\n",
                   STR_ARG(listing_sites(listing, result, thunk)));
        put_table(listing, result, thunk->rows, by_pointer);
    }
}

static void put_head(Listing *listing, const RunFile *file)
{
    const Result *result = file->truth;
    buf_format(&listing->out, "%.*s  %.*s, builder %.*s\n", STR_ARG(file->name),
               STR_ARG(result_str(result, result->info->target)),
               STR_ARG(result_str(result, result->info->builder)));
}

static void put_text(Listing *listing, const RunFile *file)
{
    const Result *result = file->truth;
    const Question *question = listing->owner;
    uint32_t n_before = question->n_found;
    if (!question->n_asked)
        put_head(listing, file);
    for (uint32_t i = 0; i < result->n_functions; i++) {
        if (!is_asked(listing, result, &result->functions[i]))
            continue;
        if (question->n_asked && question->n_found == n_before + 1)
            put_head(listing, file); // of files without the functions nothing is said
        put_function(listing, result, &result->functions[i]);
    }
}

int cli_abi(uv_loop_t *loop, const Options *options, Str program)
{
    if (options->lock.len || options->check_lock.len)
        return cli_abi_lock(loop, options, program);
    StrSpan paths = options->paths;
    Arena arena;
    arena_init(&arena, 1 << 20);
    Question question = take_functions(&arena, options, &paths);
    Listing listing = {.options = options,
                       .put_json = put_json,
                       .put_text = put_text,
                       .owner = &question};
    RunFiles run = {.loop = loop, .options = options, .program = program, .paths = paths};
    int status = listing_run(&listing, &run);
    for (size_t i = 0; i < question.n_asked && listing.n_files; i++) {
        const Near *near = &question.asked[i].near;
        if (question.asked[i].n_found)
            continue;
        out_error_format("no function '%.*s' is defined or called there%.*s",
                         STR_ARG(near->wanted), STR_ARG(near_text(near)));
        status = status > EXIT_USAGE ? status : EXIT_USAGE;
    }
    arena_done(&arena);
    return status;
}
