// textDocument/definition, textDocument/references and workspace/symbol.
#include "protocol/uri.h"
#include "server/names.h"
#include "server/server.h"

enum { WORKSPACE_SYMBOLS_MAX = 1000 };

// --- Definition and references
// -----------------------------------------------------------------

static bool ask(Session *session, Str uri, LspPosition at, Reply *reply, Doc **ret_doc,
                NameKey *ret_key)
{
    const Result *result = reply_document(reply, uri, ret_doc);
    if (!result)
        return false;
    const Doc *doc = *ret_doc;
    uint32_t offset = text_offset(&doc->lines, doc->text, at.line, at.character,
                                  session->client.encoding);
    if (names_at(&session->arena, doc, result, offset, ret_key))
        return true;
    reply_null(reply);
    return false;
}

static Str uri_of(Session *session, const NamePlace *place)
{
    return place->at.path ? uri_from_path(&session->arena,
                                          result_path(place->result, place->at.path))
                          : str_of(place->doc->uri);
}

static void put_location(Json *json, Session *session, const NamePlace *place)
{
    json_object_begin(json);
    json_put_string(json, "uri", uri_of(session, place));
    json_key(json, "range");
    lsp_write_range(json, to_lsp_range(&place->at, session->client.encoding));
    json_object_end(json);
}

static bool is_same(const NamePlace *place, const Doc *doc, const NameKey *key)
{
    return place->doc == doc && place->at.path == key->at.path &&
           place->at.start.line == key->at.start.line &&
           place->at.start.byte == key->at.start.byte;
}

// Those of a role; the one that was asked at counts if there is no other.
static uint32_t put_role(Json *json, Session *session, const NamePlaces *places,
                         NameRole role, const Doc *except, const NameKey *key)
{
    uint32_t n = 0;
    for (uint32_t i = 0; i < places->len; i++) {
        const NamePlace *place = &places->at[i];
        if (place->role != role || (except && is_same(place, except, key)))
            continue;
        put_location(json, session, place);
        n++;
    }
    return n;
}

// A list of locations on its way.
typedef struct Answer {
    Doc *doc;
    NameKey key;
    NamePlaces places;
    Buf out;
    Json json;
} Answer;

// False: the reply is done, or parked.
static bool begin_answer(Answer *answer, Session *session, Str uri, LspPosition at,
                         Reply *reply)
{
    if (!ask(session, uri, at, reply, &answer->doc, &answer->key))
        return false;
    answer->places = names_find(&session->arena, &session->server->documents, answer->doc,
                                &answer->key);
    buf_init(&answer->out, FRAME_BYTES_MAX);
    json_init(&answer->json, &answer->out);
    json_array_begin(&answer->json);
    return true;
}

static void end_answer(Answer *answer, Reply *reply)
{
    json_array_end(&answer->json);
    reply_result(reply, buf_str(&answer->out));
    buf_done(&answer->out);
}

// Where else it is defined, else declared; else where it was asked. None: an empty list.
void on_definition(Session *session, const DefinitionParams *p, Reply *reply)
{
    static const NameRole roles[] = {NAME_DEFINITION, NAME_DECLARATION};
    Answer answer;
    if (!begin_answer(&answer, session, p->document.uri, p->position, reply))
        return;
    uint32_t n = 0;
    for (size_t i = 0; i < 2 * COUNTOF(roles) && !n; i++)
        n = put_role(&answer.json, session, &answer.places, roles[i % 2],
                     i < 2 ? answer.doc : NULL, &answer.key);
    end_answer(&answer, reply);
}

void on_references(Session *session, const ReferenceParams *p, Reply *reply)
{
    Answer answer;
    if (!begin_answer(&answer, session, p->document.uri, p->position, reply))
        return;
    const NamePlaces *places = &answer.places;
    for (uint32_t i = 0; i < places->len; i++)
        if (p->context.include_declaration || places->at[i].role == NAME_REFERENCE)
            put_location(&answer.json, session, &places->at[i]);
    end_answer(&answer, reply);
}

// --- Symbols of all documents
// ------------------------------------------------------------------

static char lower(char c)
{
    return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

// The letters of the query stand in the name in this order, as LSP proposes.
static bool is_wanted(Str name, Str query)
{
    size_t at = 0;
    for (size_t i = 0; i < name.len && at < query.len; i++)
        at += lower(name.at[i]) == lower(query.at[at]);
    return at == query.len;
}

static void put_symbol(Json *json, const Session *session, const Doc *doc,
                       const Result *result, const RSymbol *symbol)
{
    json_object_begin(json);
    json_put_string(json, "name", result_str(result, symbol->name));
    json_put_int(json, "kind", symbol->kind);
    json_key(json, "location");
    json_object_begin(json);
    json_put_string(json, "uri", str_of(doc->uri));
    json_key(json, "range");
    lsp_write_range(json, to_lsp_range(&symbol->selection, session->client.encoding));
    json_object_end(json);
    if (symbol->parent)
        json_put_string(json, "containerName",
                        result_str(result, result->symbols[symbol->parent - 1].name));
    json_object_end(json);
}

static uint32_t put_symbols(Json *json, const Session *session, const Doc *doc, Str query,
                            uint32_t n)
{
    const Result *result = &doc->result[STAGE_LIVE];
    for (uint32_t i = 0; i < result->n_symbols && n < WORKSPACE_SYMBOLS_MAX; i++) {
        const RSymbol *symbol = &result->symbols[i];
        if (symbol->selection.path || !is_wanted(result_str(result, symbol->name), query))
            continue;
        put_symbol(json, session, doc, result, symbol);
        n++;
    }
    return n;
}

void on_workspace_symbol(Session *session, const WorkspaceSymbolParams *p, Reply *reply)
{
    Buf out;
    Json json;
    uint32_t n = 0;
    buf_init(&out, FRAME_BYTES_MAX);
    json_init(&json, &out);
    json_array_begin(&json);
    List *list = &session->server->documents.list;
    for (Link *at = list->first.next; at != &list->first; at = at->next) {
        const Doc *doc = CONTAINER_OF(at, Doc, link);
        if (doc->result_generation[STAGE_LIVE] && !doc->is_lost)
            n = put_symbols(&json, session, doc, p->query, n);
    }
    json_array_end(&json);
    reply_result(reply, buf_str(&out));
    buf_done(&out);
}
