#include "server/to_lsp.h"

#include "protocol/frame.h"
#include "protocol/uri.h"

enum { URI_ARENA_BYTES_MAX = 1 << 30, TEXT_BYTES_MAX = 64 << 20 };

Str finding_source(const RFinding *finding)
{
    return finding->source == SOURCE_CLANG   ? STR("clang")
           : finding->source == SOURCE_RUSTC ? STR("rustc")
                                             : STR("arm64ecd");
}

bool finding_is_shown(const Settings *settings, const RFinding *finding,
                      Severity *ret_severity)
{
    *ret_severity = (Severity)finding->severity;
    if (finding->quiet)
        return false;
    if (finding->source != SOURCE_ARM64ECD) {
        ClangDiagnostics wanted =
            finding->source == SOURCE_RUSTC ? settings->rustc : settings->clang;
        return wanted == CLANG_ALL || (wanted == CLANG_TARGET && finding->target);
    }
    return settings_severity(settings, finding->number, ret_severity);
}

static uint32_t column(const Pos *pos, Encoding encoding)
{
    switch (encoding) {
    case ENCODING_UTF8:
        return pos->byte;
    case ENCODING_UTF16:
        return pos->utf16;
    case ENCODING_UTF32:
        return pos->utf32;
    }
    BUG("no such encoding");
}

LspRange to_lsp_range(const RRange *range, Encoding encoding)
{
    return (LspRange){{range->start.line, column(&range->start, encoding)},
                      {range->end.line, column(&range->end, encoding)}};
}

static void put_range(Json *json, const char *key, const RRange *range, Encoding encoding)
{
    json_key(json, key);
    lsp_write_range(json, to_lsp_range(range, encoding));
}

// The URI of a path of the result; `uri` itself for the document, as the client wrote it.
static void put_uri(Json *json, const char *key, const Result *result, uint32_t path,
                    Str uri)
{
    if (path == 0) {
        json_put_string(json, key, uri);
        return;
    }
    Arena arena;
    arena_init(&arena, URI_ARENA_BYTES_MAX);
    json_put_string(json, key, uri_from_path(&arena, result_path(result, path)));
    arena_done(&arena);
}

static void put_related(Json *json, const ClientTraits *client, const Result *result,
                        const RFinding *finding, Str uri)
{
    json_key(json, "relatedInformation");
    json_array_begin(json);
    for (uint32_t i = 0; i < finding->notes.len; i++) {
        const RNote *note = &result->notes[finding->notes.at + i];
        json_object_begin(json);
        json_key(json, "location");
        json_object_begin(json);
        put_uri(json, "uri", result, note->range.path, uri);
        put_range(json, "range", &note->range, client->encoding);
        json_object_end(json);
        json_put_string(json, "message", result_str(result, note->message));
        json_object_end(json);
    }
    json_array_end(json);
}

// For a client that shows no related places they stand in the message.
static void put_message(Json *json, const ClientTraits *client, const Result *result,
                        const RFinding *finding)
{
    Buf text;
    buf_init(&text, TEXT_BYTES_MAX);
    buf_put(&text, result_str(result, finding->message));
    for (uint32_t i = 0; i < finding->notes.len && !client->related_information; i++) {
        const RNote *note = &result->notes[finding->notes.at + i];
        Str path = result_path(result, note->range.path);
        Str name = str_from(path, str_find_char_last(path, '/') + 1);
        buf_format(&text, "\n%.*s:%u: note: %.*s", STR_ARG(name.len ? name : path),
                   note->range.start.line + 1,
                   STR_ARG(result_str(result, note->message)));
    }
    json_put_string(json, "message", buf_str(&text));
    buf_done(&text);
}

static void put_tags(Json *json, const ClientTraits *client, const RFinding *finding)
{
    bool unnecessary = finding->tags & TAG_UNNECESSARY && client->tag_unnecessary;
    bool deprecated = finding->tags & TAG_DEPRECATED && client->tag_deprecated;
    if (!unnecessary && !deprecated)
        return;
    json_key(json, "tags");
    json_array_begin(json);
    if (unnecessary)
        json_int(json, 1);
    if (deprecated)
        json_int(json, 2);
    json_array_end(json);
}

static void put_code(Json *json, const ClientTraits *client, const Result *result,
                     const RFinding *finding)
{
    if (finding->source == SOURCE_RUSTC) {
        if (finding->option.len)
            json_put_string(json, "code", result_str(result, finding->option));
        return;
    }
    if (finding->source == SOURCE_CLANG) {
        if (!finding->option.len)
            return;
        Buf code;
        buf_init(&code, TEXT_BYTES_MAX);
        buf_format(&code, "-W%.*s", STR_ARG(result_str(result, finding->option)));
        json_put_string(json, "code", buf_str(&code));
        buf_done(&code);
        return;
    }
    char code[DIAG_CODE_BYTES_MAX], href[DIAG_HREF_BYTES_MAX];
    diag_code(finding->number, code);
    json_put_string(json, "code", str_of(code));
    if (client->code_description) {
        diag_href(finding->number, href);
        json_key(json, "codeDescription");
        json_object_begin(json);
        json_put_string(json, "href", str_of(href));
        json_object_end(json);
    }
}

void to_lsp_diagnostic(Json *json, const ClientTraits *client, const Result *result,
                       const RFinding *finding, Severity severity, Str uri)
{
    json_object_begin(json);
    put_range(json, "range", &finding->range, client->encoding);
    json_put_int(json, "severity", severity);
    put_code(json, client, result, finding);
    json_put_string(json, "source", finding_source(finding));
    put_message(json, client, result, finding);
    put_tags(json, client, finding);
    if (client->related_information && finding->notes.len)
        put_related(json, client, result, finding, uri);
    json_object_end(json);
}

void to_lsp_diagnostics(Json *json, const ClientTraits *client, const Settings *settings,
                        const Result *result, Str uri)
{
    for (uint32_t i = 0; i < result->n_findings; i++) {
        const RFinding *finding = &result->findings[i];
        Severity severity;
        if (finding->range.path == 0 && finding_is_shown(settings, finding, &severity))
            to_lsp_diagnostic(json, client, result, finding, severity, uri);
    }
}

static void put_symbol(Json *json, const ClientTraits *client, const Result *result,
                       uint32_t index)
{
    const RSymbol *symbol = &result->symbols[index];
    json_object_begin(json);
    json_put_string(json, "name", result_str(result, symbol->name));
    if (symbol->detail.len)
        json_put_string(json, "detail", result_str(result, symbol->detail));
    json_put_int(json, "kind", symbol->kind);
    put_range(json, "range", &symbol->full, client->encoding);
    put_range(json, "selectionRange", &symbol->selection, client->encoding);
    json_key(json, "children");
    json_array_begin(json);
    for (uint32_t i = index + 1; i < result->n_symbols; i++) {
        if (result->symbols[i].parent == index + 1)
            put_symbol(json, client, result, i);
        else if (result->symbols[i].parent <= index)
            break; // members follow their record
    }
    json_array_end(json);
    json_object_end(json);
}

static void put_flat_symbol(Json *json, const ClientTraits *client, const Result *result,
                            uint32_t index, Str uri)
{
    const RSymbol *symbol = &result->symbols[index];
    json_object_begin(json);
    json_put_string(json, "name", result_str(result, symbol->name));
    json_put_int(json, "kind", symbol->kind);
    json_key(json, "location");
    json_object_begin(json);
    json_put_string(json, "uri", uri);
    put_range(json, "range", &symbol->selection, client->encoding);
    json_object_end(json);
    if (symbol->parent)
        json_put_string(json, "containerName",
                        result_str(result, result->symbols[symbol->parent - 1].name));
    json_object_end(json);
}

void to_lsp_symbols(Json *json, const ClientTraits *client, const Result *result, Str uri)
{
    json_array_begin(json);
    for (uint32_t i = 0; i < result->n_symbols; i++) {
        if (!client->hierarchical_symbols)
            put_flat_symbol(json, client, result, i, uri);
        else if (result->symbols[i].parent == 0)
            put_symbol(json, client, result, i);
    }
    json_array_end(json);
}

// The edits of one file.
static void put_text_edits(Json *json, const ClientTraits *client, const Result *result,
                           const RFix *fix, uint32_t path)
{
    json_array_begin(json);
    for (uint32_t i = 0; i < fix->edits.len; i++) {
        const REdit *edit = &result->edits[fix->edits.at + i];
        if (edit->range.path != path)
            continue;
        json_object_begin(json);
        put_range(json, "range", &edit->range, client->encoding);
        json_put_string(json, "newText", result_str(result, edit->text));
        json_object_end(json);
    }
    json_array_end(json);
}

// A TextDocumentEdit. The document's carries the version, so that a stale one is refused;
// other files are not open as far as we know.
static void put_document_edit(Json *json, const ClientTraits *client,
                              const Result *result, const RFix *fix, uint32_t path,
                              Str uri, int32_t version)
{
    json_object_begin(json);
    json_key(json, "textDocument");
    json_object_begin(json);
    put_uri(json, "uri", result, path, uri);
    json_key(json, "version");
    if (path == 0)
        json_int(json, version);
    else
        json_null(json);
    json_object_end(json);
    json_key(json, "edits");
    put_text_edits(json, client, result, fix, path);
    json_object_end(json);
}

static void put_changes(Json *json, const ClientTraits *client, const Result *result,
                        const RFix *fix, uint32_t path, Str uri)
{
    Arena arena;
    arena_init(&arena, URI_ARENA_BYTES_MAX);
    Str key = path ? uri_from_path(&arena, result_path(result, path)) : uri;
    json_key(json, arena_z(&arena, key));
    put_text_edits(json, client, result, fix, path);
    arena_done(&arena);
}

// Each file once, where its first edit stands.
static bool is_first_of_path(const Result *result, const RFix *fix, uint32_t index)
{
    const REdit *edits = &result->edits[fix->edits.at];
    for (uint32_t i = 0; i < index; i++)
        if (edits[i].range.path == edits[index].range.path)
            return false;
    return true;
}

void to_lsp_edit(Json *json, const ClientTraits *client, const Result *result,
                 const RFix *fix, Str uri, int32_t version)
{
    json_object_begin(json);
    json_key(json, client->document_changes ? "documentChanges" : "changes");
    if (client->document_changes)
        json_array_begin(json);
    else
        json_object_begin(json);
    for (uint32_t i = 0; i < fix->edits.len; i++) {
        uint32_t path = result->edits[fix->edits.at + i].range.path;
        if (!is_first_of_path(result, fix, i))
            continue;
        if (client->document_changes)
            put_document_edit(json, client, result, fix, path, uri, version);
        else
            put_changes(json, client, result, fix, path, uri);
    }
    if (client->document_changes)
        json_array_end(json);
    else
        json_object_end(json);
    json_object_end(json);
}
