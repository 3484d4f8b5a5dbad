// Hover: findings explained, registers of asm text, the boundary of functions, and on the
// first line what the document is analysed with. All from the last Result.
#include "codegen/frontend/asm_text.h"
#include "codegen/toolchain/builder.h"
#include "server/hover_abi.h"
#include "server/hover_assembly.h"
#include "server/markdown.h"
#include "server/server.h"

enum { HOVER_BYTES_MAX = 64 * 1024 };

typedef struct Hover {
    Buf text;
    bool markdown;
    LspRange range;
    bool has_range;
} Hover;

static bool contains(LspRange range, LspPosition at)
{
    bool starts = range.start.line < at.line ||
                  (range.start.line == at.line && range.start.character <= at.character);
    bool ends = at.line < range.end.line ||
                (at.line == range.end.line && at.character <= range.end.character);
    return starts && ends;
}

// What comes out of a project: names, messages, paths.
static void put_text(Hover *hover, Str text)
{
    if (hover->markdown)
        markdown_text(&hover->text, text);
    else
        buf_put(&hover->text, text);
}

static void put_rule(Hover *hover)
{
    hover_rule(hover->markdown, &hover->text);
}

static void take_range(Hover *hover, LspRange range)
{
    if (!hover->has_range)
        hover->range = range;
    hover->has_range = true;
}

static Str first_paragraph(Str text)
{
    return str_trim(str_sub(text, 0, str_find(text, STR("\n\n"))));
}

static void put_finding(Hover *hover, const Result *result, const RFinding *finding)
{
    char code[DIAG_CODE_BYTES_MAX], href[DIAG_HREF_BYTES_MAX];
    const DiagSpec *spec = diag_spec(finding->number);
    const Explanation *explanation = diag_explain(finding->number);
    diag_code(finding->number, code);
    diag_href(finding->number, href);
    put_rule(hover);
    buf_format(&hover->text, hover->markdown ? "**%s** `%.*s`: " : "%s %.*s: ", code,
               STR_ARG(spec->name));
    put_text(hover, result_str(result, finding->message));
    if (explanation)
        buf_format(&hover->text, "\n\n%.*s", STR_ARG(first_paragraph(explanation->text)));
    buf_format(&hover->text, "\n\nRemedy: %.*s", STR_ARG(spec->help));
    if (hover->markdown)
        buf_format(&hover->text, "\n\n[%s explained](%s)", code, href);
    else
        buf_format(&hover->text, "\n\narm64ecd explain %s", code);
}

static void put_register(Hover *hover, Str name)
{
    AsmRegisterInfo info;
    if (!asm_register_info(name, &info))
        return;
    put_rule(hover);
    buf_format(&hover->text,
               hover->markdown ? "**%.*s** on Arm64EC: %.*s" : "%.*s on Arm64EC: %.*s",
               STR_ARG(info.canonical), STR_ARG(info.volatility));
    if (info.role.len)
        buf_format(&hover->text, ", %.*s", STR_ARG(info.role));
    if (info.x64.len)
        buf_format(&hover->text,
                   hover->markdown ? "\n\nx64 counterpart: `%.*s`"
                                   : "\n\nx64 counterpart: %.*s",
                   STR_ARG(info.x64));
    else
        buf_put(&hover->text, STR("\n\nno x64 counterpart"));
    if (info.why.len)
        buf_format(&hover->text, "\n\n%.*s", STR_ARG(info.why));
}

static void put_info(Hover *hover, const Result *result)
{
    const RInfo *info = result->info;
    put_rule(hover);
    buf_format(&hover->text, "arm64ecd: analysed for %.*s, built by ",
               STR_ARG(result_str(result, info->target)));
    put_text(hover, result_str(result, info->builder));
    if (info->compiler.len) {
        buf_put(&hover->text, STR(", with "));
        put_text(hover, result_str(result, info->compiler));
        llvm_put_unseen(&hover->text, str_from(result_str(result, info->compiler), 5));
    }
    buf_put(&hover->text, STR("\n\n"));
    put_text(hover, result_str(result, info->command));
    buf_put(&hover->text, STR("\n\nheaders: "));
    put_text(hover, result_str(result, info->headers));
    for (uint32_t i = 0; i < result->n_findings; i++) {
        const RFinding *finding = &result->findings[i];
        if (finding->quiet && finding->source == SOURCE_ARM64ECD) {
            buf_put(&hover->text, STR("\n\n"));
            put_text(hover, result_str(result, finding->message));
        } else if (finding->number == EC630) // its message says the same as the command
            buf_format(&hover->text, "\n\nRemedy: %.*s", STR_ARG(diag_spec(EC630)->help));
    }
}

static void put_abi(Hover *hover, Session *session, const Doc *doc, const Result *result,
                    LspPosition at)
{
    Encoding encoding = session->client.encoding;
    HoverAbi ask = {result, doc->text, &doc->lines, hover->markdown, &session->arena};
    uint32_t begin, end, offset;
    if (at.line >= doc->lines.len)
        return;
    offset = text_offset(&doc->lines, doc->text, at.line, at.character, encoding);
    if (hover_abi(&ask, offset, &hover->text, &begin, &end))
        take_range(
            hover,
            (LspRange){lsp_position(lines_pos(&doc->lines, doc->text, begin), encoding),
                       lsp_position(lines_pos(&doc->lines, doc->text, end), encoding)});
}

// A directive, a decorated name, a thunk, a symbol of the runtime.
static void put_assembly(Hover *hover, Session *session, const Doc *doc,
                         const Result *result, LspPosition at)
{
    Encoding encoding = session->client.encoding;
    Str word, text;
    uint32_t begin, end;
    if (at.line >= doc->lines.len)
        return;
    uint32_t offset =
        text_offset(&doc->lines, doc->text, at.line, at.character, encoding);
    if (!hover_assembly(&session->arena, doc, result, offset, &word, &text, &begin, &end))
        return;
    take_range(
        hover,
        (LspRange){lsp_position(lines_pos(&doc->lines, doc->text, begin), encoding),
                   lsp_position(lines_pos(&doc->lines, doc->text, end), encoding)});
    put_rule(hover);
    put_text(hover, word);
    buf_put(&hover->text, STR(": "));
    put_text(hover, text);
}

static void put_findings(Hover *hover, const Session *session, const Settings *settings,
                         const Doc *doc, const Result *result, LspPosition at)
{
    Moved moved;
    if (result->stage == STAGE_FULL)
        doc_moves(doc, &moved);
    for (uint32_t i = 0; i < result->n_findings; i++) {
        RFinding finding = result->findings[i];
        Severity severity;
        if (result->stage == STAGE_FULL &&
            !doc_moved(&moved, &result->findings[i].range, &finding.range))
            continue;
        LspRange range = to_lsp_range(&finding.range, session->client.encoding);
        if (finding.number == 0 || finding.number == EC630 || // put_info() tells it
            finding.range.path != 0 || !contains(range, at) ||
            !finding_is_shown(settings, &finding, &severity))
            continue;
        take_range(hover, range);
        put_finding(hover, result, &finding);
    }
}

static void collect(Hover *hover, Session *session, const Doc *doc, const Result *result,
                    LspPosition at)
{
    Settings settings;
    Encoding encoding = session->client.encoding;
    bool is_register = false;
    workspace_settings(&session->server->workspace, &session->arena, str_of(doc->path),
                       &settings);
    for (uint32_t i = 0; i < result->n_registers; i++) {
        LspRange range = to_lsp_range(&result->registers[i].range, encoding);
        if (result->registers[i].range.path == 0 && contains(range, at)) {
            take_range(hover, range);
            put_register(hover, result_str(result, result->registers[i].name));
            is_register = true;
            break;
        }
    }
    put_findings(hover, session, &settings, doc, result, at);
    if (settings.full_stage && doc_full_findings(doc))
        put_findings(hover, session, &settings, doc, doc_full_findings(doc), at);
    if (!is_register)
        put_assembly(hover, session, doc, result, at);
    if (!is_register)
        put_abi(hover, session, doc, doc_truth(doc), at);
    if (at.line == 0 && result->info && result_str(result, result->info->command).len)
        put_info(hover, result);
}

static void answer(const Hover *hover, Reply *reply)
{
    if (hover->text.len == 0) {
        reply_null(reply);
        return;
    }
    Buf out;
    Json json;
    buf_init(&out, HOVER_BYTES_MAX * 8);
    json_init(&json, &out);
    json_object_begin(&json);
    json_key(&json, "contents");
    json_object_begin(&json);
    json_put_string(&json, "kind", hover->markdown ? STR("markdown") : STR("plaintext"));
    json_put_string(&json, "value", buf_str(&hover->text));
    json_object_end(&json);
    if (hover->has_range) {
        json_key(&json, "range");
        lsp_write_range(&json, hover->range);
    }
    json_object_end(&json);
    reply_result(reply, buf_str(&out));
    buf_done(&out);
}

void on_hover(Session *session, const HoverParams *p, Reply *reply)
{
    Doc *doc;
    const Result *result = reply_document(reply, p->document.uri, &doc);
    if (!result)
        return;
    Hover hover = {.markdown = session->client.hover_markdown};
    buf_init(&hover.text, HOVER_BYTES_MAX);
    collect(&hover, session, doc, result, p->position);
    answer(&hover, reply);
    buf_done(&hover.text);
}
