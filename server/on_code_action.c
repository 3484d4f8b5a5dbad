// Quick fixes: the fixes of every shown finding that the range touches.
#include "server/schedule_cut.h"
#include "server/server.h"

static bool before(LspPosition a, LspPosition b)
{
    return a.line < b.line || (a.line == b.line && a.character < b.character);
}

static bool touches(LspRange a, LspRange b)
{
    return !before(a.end, b.start) && !before(b.end, a.start);
}

// "quickfix" itself or a parent of it was asked for, or nothing in particular.
static bool wants_quick_fixes(StrSpan only)
{
    for (size_t i = 0; i < only.len; i++)
        if (only.at[i].len == 0 || str_eq(only.at[i], STR("quickfix")))
            return true;
    return only.len == 0;
}

static void put_action(Json *json, const Session *session, const Doc *doc,
                       const Result *result, const RFinding *finding, Severity severity,
                       const RFix *fix)
{
    const ClientTraits *client = &session->client;
    json_object_begin(json);
    json_put_string(json, "title", result_str(result, fix->title));
    json_put_string(json, "kind", STR("quickfix"));
    json_key(json, "diagnostics");
    json_array_begin(json);
    to_lsp_diagnostic(json, client, result, finding, severity, str_of(doc->uri));
    json_array_end(json);
    if (fix->preferred && client->preferred_actions)
        json_put_bool(json, "isPreferred", true);
    json_key(json, "edit");
    to_lsp_edit(json, client, result, fix, str_of(doc->uri), doc->version);
    json_object_end(json);
}

static bool is_same_fix(const Result *result, const RFix *a, const RFix *b)
{
    if (a->edits.len != b->edits.len ||
        !str_eq(result_str(result, a->title), result_str(result, b->title)))
        return false;
    for (uint32_t i = 0; i < a->edits.len; i++) {
        const REdit *x = &result->edits[a->edits.at + i];
        const REdit *y = &result->edits[b->edits.at + i];
        if (x->range.path != y->range.path ||
            x->range.start.line != y->range.start.line ||
            x->range.start.byte != y->range.start.byte ||
            !str_eq(result_str(result, x->text), result_str(result, y->text)))
            return false;
    }
    return true;
}

// Two findings of one statement may have the same remedy: it is offered once.
static bool is_offered(const Result *result, const RFix *const *offered, uint32_t n,
                       const RFix *fix)
{
    for (uint32_t i = 0; i < n; i++)
        if (is_same_fix(result, offered[i], fix))
            return true;
    return false;
}

static void put_actions(Json *json, Session *session, const Doc *doc,
                        const Result *result, LspRange range)
{
    Settings settings;
    workspace_settings(&session->server->workspace, &session->arena, str_of(doc->path),
                       &settings);
    const RFix **offered =
        ARENA_ARRAY(&session->arena, const RFix *, result->n_fixes + 1);
    uint32_t n_offered = 0;
    for (uint32_t i = 0; i < result->n_findings; i++) {
        const RFinding *finding = &result->findings[i];
        Severity severity;
        if (finding->range.path != 0 ||
            !finding_is_shown(&settings, finding, &severity) ||
            !touches(to_lsp_range(&finding->range, session->client.encoding), range))
            continue;
        for (uint32_t k = 0; k < finding->fixes.len; k++) {
            const RFix *fix = &result->fixes[finding->fixes.at + k];
            if (is_offered(result, offered, n_offered, fix))
                continue;
            offered[n_offered++] = fix;
            put_action(json, session, doc, result, finding, severity, fix);
        }
    }
}

void on_code_action(Session *session, const CodeActionParams *p, Reply *reply)
{
    Doc *doc;
    const Result *result = reply_document(reply, p->document.uri, &doc);
    if (!result)
        return;
    LspPosition at = p->range.start; // editors ask where the cursor has come to rest
    schedule_cut_prepare(&session->server->schedule, doc,
                         text_offset(&doc->lines, doc->text, at.line, at.character,
                                     session->client.encoding));
    Buf out;
    Json json;
    buf_init(&out, FRAME_BYTES_MAX);
    json_init(&json, &out);
    json_array_begin(&json);
    if (session->client.code_action_literals && wants_quick_fixes(p->context.only))
        put_actions(&json, session, doc, result, p->range);
    json_array_end(&json);
    reply_result(reply, buf_str(&out));
    buf_done(&out);
}
