// Quick fixes: the fixes of every shown finding that the range touches; and, if it is
// asked for by name, one action that applies all preferred ones of the document.
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

// Editors ask so on save and in a menu of its own, never where the cursor rests.
static bool wants_fix_all(StrSpan only)
{
    static const Str kinds[] = {STR_INIT("source"), STR_INIT("source.fixAll"),
                                STR_INIT("source.fixAll.arm64ecd")};
    for (size_t i = 0; i < only.len; i++)
        for (size_t k = 0; k < COUNTOF(kinds); k++)
            if (str_eq(only.at[i], kinds[k]))
                return true;
    return false;
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

// --- All at once
// ------------------------------------------------------------------------------

static bool is_before_in_text(Pos a, Pos b)
{
    return a.line < b.line || (a.line == b.line && a.byte < b.byte);
}

// Two insertions at one place have no order: they collide, too.
static bool collides(const REdit *edits, uint32_t n, const REdit *edit)
{
    for (uint32_t i = 0; i < n; i++) {
        const RRange *a = &edits[i].range, *b = &edit->range;
        bool is_same_start =
            a->start.line == b->start.line && a->start.byte == b->start.byte;
        if (is_same_start ||
            (is_before_in_text(a->start, b->end) && is_before_in_text(b->start, a->end)))
            return true;
    }
    return false;
}

// Only of this document, all of the fix or none of it. The new number of edits.
static uint32_t add_fix(REdit *all, uint32_t n, const Result *result, const RFix *fix)
{
    for (uint32_t i = 0; i < fix->edits.len; i++) {
        const REdit *edit = &result->edits[fix->edits.at + i];
        if (edit->range.path != 0 || collides(all, n, edit))
            return n;
    }
    for (uint32_t i = 0; i < fix->edits.len; i++)
        all[n + i] = result->edits[fix->edits.at + i];
    return n + fix->edits.len;
}

static void put_fix_all(Json *json, Session *session, const Doc *doc,
                        const Result *result)
{
    Settings settings;
    workspace_settings(&session->server->workspace, &session->arena, str_of(doc->path),
                       &settings);
    REdit *edits = ARENA_ARRAY(&session->arena, REdit, result->n_edits + 1);
    uint32_t n = 0;
    for (uint32_t i = 0; i < result->n_findings; i++) {
        const RFinding *finding = &result->findings[i];
        Severity severity;
        if (finding->range.path != 0 || !finding_is_shown(&settings, finding, &severity))
            continue;
        for (uint32_t k = 0; k < finding->fixes.len; k++) {
            const RFix *fix = &result->fixes[finding->fixes.at + k];
            if (!fix->preferred)
                continue;
            n = add_fix(edits, n, result, fix);
            break;
        }
    }
    if (!n)
        return;
    Result all = *result;
    all.edits = edits;
    all.n_edits = n;
    RFix fix = {.edits = {0, n}};
    json_object_begin(json);
    json_put_string(json, "title", STR("apply all preferred fixes of arm64ecd"));
    json_put_string(json, "kind", STR("source.fixAll.arm64ecd"));
    json_key(json, "edit");
    to_lsp_edit(json, &session->client, &all, &fix, str_of(doc->uri), doc->version);
    json_object_end(json);
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
    if (session->client.code_action_literals && wants_quick_fixes(p->context.only) &&
        doc->result_generation[STAGE_FULL] == doc->generation)
        put_actions(&json, session, doc, &doc->result[STAGE_FULL], p->range);
    if (session->client.code_action_literals && wants_fix_all(p->context.only))
        put_fix_all(&json, session, doc, result);
    json_array_end(&json);
    reply_result(reply, buf_str(&out));
    buf_done(&out);
}
