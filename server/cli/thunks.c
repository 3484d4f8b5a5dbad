#include "server/cli/thunks.h"

#include "codegen/abi/thunk.h"
#include "server/cli/listing.h"
#include "server/table.h"

static Str llvm_of(const Result *result)
{
    Str compiler = result_str(result, result->info->compiler);
    return str_starts(compiler, STR("LLVM ")) ? str_from(compiler, 5) : compiler;
}

// --- json
// -------------------------------------------------------------------------------

static void put_site(Json *json, const Result *result, const RRange *site)
{
    json_object_begin(json);
    if (site->path) // in a header; the file itself is not named again
        json_put_string(json, "file", result_path(result, site->path));
    json_put_int(json, "line", (int64_t)site->start.line + 1);
    json_put_int(json, "column", (int64_t)site->start.byte + 1);
    json_object_end(json);
}

static void put_thunk(const Listing *listing, Json *json, const Result *result,
                      const RThunk *thunk)
{
    json_object_begin(json);
    json_put_string(json, "kind", thunk_kind_name((ThunkKind)thunk->kind));
    json_put_string(json, "name", result_str(result, thunk->name));
    json_key(json, "at");
    json_array_begin(json);
    for (uint32_t i = 0; i < thunk->sites.len; i++)
        put_site(json, result, &result->sites[thunk->sites.at + i]);
    json_array_end(json);
    if (listing->options->assembly)
        json_put_string(json, "assembly", result_str(result, thunk->assembly));
    json_object_end(json);
}

static void put_json(Listing *listing, const RunFile *file)
{
    const Result *result = file->truth;
    Json *json = &listing->json;
    json_put_string(json, "target", result_str(result, result->info->target));
    json_put_string(json, "llvm", llvm_of(result));
    json_put_string(json, "builder", result_str(result, result->info->builder));
    json_key(json, "functions");
    json_array_begin(json);
    for (uint32_t i = 0; i < result->n_functions; i++) {
        const RFunction *function = &result->functions[i];
        json_object_begin(json);
        json_put_string(json, "name", result_str(result, function->name));
        json_put_string(json, "symbol", result_str(result, function->symbol));
        json_put_string(json, "display", result_str(result, function->display));
        json_put_int(json, "line", listing_line(function));
        json_key(json, "thunks");
        json_array_begin(json);
        for (uint32_t k = 0; k < function->thunks.len; k++)
            put_thunk(listing, json, result, &result->thunks[function->thunks.at + k]);
        json_array_end(json);
        json_object_end(json);
    }
    json_array_end(json);
}

// --- text
// -------------------------------------------------------------------------------

enum { SITES_SHOWN_MAX = 8 };

static Str sites_text(Arena *arena, const Result *result, const RThunk *thunk)
{
    Buf text;
    buf_init(&text, LISTING_BYTES_MAX);
    for (uint32_t i = 0; i < thunk->sites.len && i < SITES_SHOWN_MAX; i++) {
        const RRange *site = &result->sites[thunk->sites.at + i];
        buf_put(&text, i ? STR(", ") : STR("at "));
        if (site->path)
            buf_format(&text, "%.*s:", STR_ARG(result_path(result, site->path)));
        buf_format(&text, "%u:%u", site->start.line + 1, site->start.byte + 1);
    }
    if (thunk->sites.len > SITES_SHOWN_MAX)
        buf_format(&text, " and %u more", thunk->sites.len - SITES_SHOWN_MAX);
    Str kept = arena_str(arena, buf_str(&text));
    buf_done(&text);
    return kept;
}

static Str meaning(Arena *arena, const Result *result, const RThunk *thunk)
{
    Str text, name = result_str(result, thunk->name);
    if (!name.len)
        return STR("LLVM cannot make it");
    return thunk_describe(arena, name, &text) ? text : STR("");
}

static void put_assembly(Buf *out, const Result *result, const RFunction *function)
{
    for (uint32_t i = 0; i < function->thunks.len; i++) {
        const RThunk *thunk = &result->thunks[function->thunks.at + i];
        if (thunk->assembly.len)
            buf_format(out, "\n%.*s", STR_ARG(result_str(result, thunk->assembly)));
    }
}

enum { INDENT = 4 };

// What a thunk means stands behind it, or below it where the terminal is narrower.
static void put_thunks(Listing *listing, const Result *result, const RFunction *function)
{
    Arena *arena = &listing->arena;
    Table table;
    table_init(&table, arena, 4);
    for (uint32_t i = 0; i < function->thunks.len; i++) {
        const RThunk *thunk = &result->thunks[function->thunks.at + i];
        table_cell(&table, thunk_kind_name((ThunkKind)thunk->kind));
        table_cell(&table, result_str(result, thunk->name));
        table_cell(&table, sites_text(arena, result, thunk));
        table_cell(&table, meaning(arena, result, thunk));
    }
    if (!listing->columns || table_width(&table) + INDENT <= listing->columns) {
        table_put(&table, INDENT, &listing->out);
        return;
    }
    for (uint32_t i = 0; i < table.cells.len; i += table.n_columns) {
        const Str *cell = &table.cells.at[i];
        buf_format(&listing->out, "%*s%.*s  %.*s\n", INDENT, "", STR_ARG(cell[0]),
                   STR_ARG(cell[1]));
        for (uint32_t k = 2; k < table.n_columns; k++)
            if (cell[k].len)
                buf_format(&listing->out, "%*s%.*s\n", 2 * INDENT, "", STR_ARG(cell[k]));
    }
}

static void put_function(Listing *listing, const Result *result,
                         const RFunction *function)
{
    Str name = result_str(result, function->name);
    Str symbol = result_str(result, function->symbol);
    Buf *out = &listing->out;
    if (function->in_document)
        buf_format(out, "%u: ", function->at.start.line + 1);
    buf_format(out, "%.*s  %.*s\n", STR_ARG(name), STR_ARG(symbol));
    if (function->thunks.len)
        put_thunks(listing, result, function);
    else
        buf_put(out, STR("    no thunk\n"));
    put_assembly(out, result, function);
}

static void put_text(Listing *listing, const RunFile *file)
{
    const Result *result = file->truth;
    buf_format(&listing->out, "%.*s  %.*s, builder %.*s, %.*s\n", STR_ARG(file->name),
               STR_ARG(result_str(result, result->info->target)),
               STR_ARG(result_str(result, result->info->builder)),
               STR_ARG(result_str(result, result->info->compiler)));
    for (uint32_t i = 0; i < result->n_functions; i++)
        put_function(listing, result, &result->functions[i]);
}

int cli_thunks(uv_loop_t *loop, const Options *options, Str program)
{
    Listing listing = {.options = options, .put_json = put_json, .put_text = put_text};
    RunFiles run = {
        .loop = loop,
        .options = options,
        .program = program,
        .paths = options->paths,
        .wants_assembly = options->assembly,
    };
    return listing_run(&listing, &run);
}
