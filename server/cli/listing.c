#include "server/cli/listing.h"

#include "codegen/abi/fault.h"
#include "codegen/diag.h"
#include "server/cli/out.h"
#include "server/cli/shown.h"
#include "server/os.h"
#include "server/truth.h"

void listing_refuse(const RunFile *file, Str *ret_why)
{
    const Result *result = file->result;
    for (uint32_t i = 0; i < result->n_findings; i++) {
        if (result->findings[i].number < EC901)
            continue;
        Str why = result_str(result, result->findings[i].message);
        out_error_format("%.*s: %.*s", STR_ARG(file->name), STR_ARG(why));
        if (ret_why)
            *ret_why = why;
    }
}

static void on_refused(void *owner, Str name, Str why)
{
    Listing *listing = owner;
    listing->refused = arena_str(&listing->refused_arena, name);
    listing->why = arena_str(&listing->refused_arena, why);
}

// Who reads JSON gets some whatever happens: for one file an object that says why there
// are no functions in it.
static void put_refused(Listing *listing)
{
    Json *json = &listing->json;
    json_object_begin(json);
    json_put_int(json, "schema", 1);
    json_put_string(json, "file", listing->refused);
    json_put_string(json, "error", listing->why);
    json_key(json, "functions");
    json_array_begin(json);
    json_array_end(json);
    json_object_end(json);
}

bool listing_warn_of_errors(const RunFile *file)
{
    uint32_t n = 0, n_held = 0; // held: they follow from a missing header
    for (uint32_t i = 0; i < file->result->n_findings; i++) {
        const RFinding *finding = &file->result->findings[i];
        bool is_error =
            finding->source == SOURCE_CLANG && finding->severity == SEVERITY_ERROR;
        n += is_error && !finding->quiet;
        n_held += is_error && finding->quiet;
    }
    if (!n && n_held)
        out_error_format("%.*s: misses headers ('arm64ecd check' tells which); functions "
                         "may be missing",
                         STR_ARG(file->name));
    else if (n)
        out_error_format("%.*s: has %u error%s ('arm64ecd check' shows them); functions "
                         "may be missing",
                         STR_ARG(file->name), n, n == 1 ? "" : "s");
    return n + n_held > 0;
}

static void put(Listing *listing, const RunFile *file)
{
    arena_init(&listing->arena, LISTING_BYTES_MAX);
    listing->name = file->name;
    if (listing->options->format == FORMAT_JSON) {
        json_object_begin(&listing->json);
        json_put_int(&listing->json, "schema", 1);
        json_put_string(&listing->json, "file", file->name);
        json_put_string(&listing->json, "stage",
                        file->truth == file->full ? STR("full") : STR("live"));
        listing->put_json(listing, file);
        json_object_end(&listing->json);
    } else {
        listing->put_text(listing, file);
        if (listing->out.len && listing->n_shown++)
            out_write(STR("\n"));
    }
    listing->n_files++;
    arena_done(&listing->arena);
    out_write(buf_str(&listing->out));
    buf_clear(&listing->out);
}

static void keep(Listing *listing, const RunFile *file)
{
    Str block = file->truth->block;
    *LIST_PUSH(&listing->kept_arena, &listing->kept) =
        (ListingKept){.name = {mem_copy(file->name), file->name.len},
                      .block = {mem_copy(block), block.len}};
    listing->on_kept(listing, file);
}

static void put_kept(Listing *listing)
{
    for (uint32_t i = 0; i < listing->kept.len; i++) {
        ListingKept *kept = &listing->kept.at[i];
        Result result;
        if (result_open(kept->block, build_id(), &result) != ERR_NONE)
            BUG("a Result that was open before");
        RunFile file = {.name = kept->name, .result = &result, .truth = &result};
        put(listing, &file);
        mem_free(kept->name.at);
        mem_free(kept->block.at);
    }
    arena_done(&listing->kept_arena);
}

// --stage=full was wanted, and there is no object to read.
static void say_no_object(const RunFile *file)
{
    if (!file->full || file->truth == file->full)
        return;
    const Result *full = file->full;
    for (uint32_t i = 0; i < full->n_findings; i++) {
        const RFinding *finding = &full->findings[i];
        if (finding->number != EC632) // said once, for all files
            out_error_format("%.*s:%u: %.*s", STR_ARG(file->name),
                             finding->range.start.line + 1,
                             STR_ARG(result_str(full, finding->message)));
    }
    out_error_format("%.*s: the whole compile made no object; what is told is the live "
                     "stage's",
                     STR_ARG(file->name));
}

static void on_file(void *owner, const RunFile *file)
{
    Listing *listing = owner;
    if (file->is_fallback) {
        Str why = STR("");
        listing_refuse(file, &why);
        on_refused(listing, file->name, why);
        listing_worsen(listing, EXIT_FAILED);
        return;
    }
    if (listing->on_kept)
        keep(listing, file);
    else
        put(listing, file);
    (void)listing_warn_of_errors(file);
    say_no_object(file);
    if (run_file_fails(file, listing->options->fail_on))
        listing_worsen(listing, EXIT_FINDINGS);
}

int listing_run(Listing *listing, const RunFiles *run)
{
    RunFiles mine = *run;
    mine.on_file = on_file;
    mine.on_refused = on_refused;
    mine.owner = listing;
    bool is_json = listing->options->format == FORMAT_JSON;
    listing->is_coloured = out_is_coloured(listing->options->colour);
    listing->columns = os_terminal_columns(1);
    listing->is_single = run_files_is_single(run);
    buf_init(&listing->out, LISTING_BYTES_MAX);
    arena_init(&listing->refused_arena, LISTING_BYTES_MAX);
    if (is_json)
        json_init_pretty(&listing->json, &listing->out);
    if (is_json && !listing->is_single)
        json_array_begin(&listing->json);
    arena_init(&listing->kept_arena, LISTING_BYTES_MAX);
    listing_worsen(listing, run_files(&mine));
    if (listing->on_all_kept)
        listing->on_all_kept(listing);
    put_kept(listing);
    if (is_json && !listing->is_single)
        json_array_end(&listing->json);
    if (is_json && listing->is_single && !listing->n_files)
        put_refused(listing);
    if (is_json)
        buf_put_char(&listing->out, '\n');
    out_write(buf_str(&listing->out));
    buf_done(&listing->out);
    arena_done(&listing->refused_arena);
    return listing->status;
}

void listing_worsen(Listing *listing, int status)
{
    if (status > listing->status)
        listing->status = status;
}

void listing_put_names(Json *json, const Result *result)
{
    json_put_string(json, "thunk_names",
                    truth_names_are_exact(result) ? STR("builder") : STR("llvm"));
}

int64_t listing_line(const RFunction *function)
{
    return function->line;
}

static Str header_of(const Listing *listing, const Result *result, const RRange *site)
{
    return shown_path(listing->options->directory, listing->name,
                      result_path(result, site->path));
}

static void put_site(const Listing *listing, Json *json, const Result *result,
                     const RRange *site)
{
    json_object_begin(json);
    if (site->path) // in a header; the file itself is not named again
        json_put_string(json, "file", header_of(listing, result, site));
    json_put_int(json, "line", (int64_t)site->start.line + 1);
    json_put_int(json, "column", (int64_t)site->start.byte + 1);
    json_object_end(json);
}

void listing_put_sites(const Listing *listing, Json *json, const Result *result,
                       const RThunk *thunk)
{
    json_array_begin(json);
    for (uint32_t i = 0; i < thunk->sites.len; i++)
        put_site(listing, json, result, &result->sites[thunk->sites.at + i]);
    json_array_end(json);
}

enum { SITES_SHOWN_MAX = 8 };

Str listing_sites(Listing *listing, const Result *result, const RThunk *thunk)
{
    Buf text;
    buf_init(&text, LISTING_BYTES_MAX);
    for (uint32_t i = 0; i < thunk->sites.len && i < SITES_SHOWN_MAX; i++) {
        const RRange *site = &result->sites[thunk->sites.at + i];
        buf_put(&text, i ? STR(", ") : STR("at "));
        if (site->path)
            buf_format(&text, "%.*s:", STR_ARG(header_of(listing, result, site)));
        buf_format(&text, "%u:%u", site->start.line + 1, site->start.byte + 1);
    }
    if (thunk->sites.len > SITES_SHOWN_MAX)
        buf_format(&text, " and %u more", thunk->sites.len - SITES_SHOWN_MAX);
    Str kept = arena_str(&listing->arena, buf_str(&text));
    buf_done(&text);
    return kept;
}

void listing_put_codes(Json *json, const char *key, uint32_t faults)
{
    json_key(json, key);
    json_array_begin(json);
    for (AbiFault fault; (fault = abi_fault_take(&faults));) {
        char code[DIAG_CODE_BYTES_MAX];
        diag_code(abi_fault_number(fault), code);
        json_string(json, str_of(code));
    }
    json_array_end(json);
}
