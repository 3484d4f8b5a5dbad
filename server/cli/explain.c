#include "server/cli/explain.h"

#include "codegen/diag.h"
#include "protocol/json.h"

#include <string.h>

enum {
    TEXT_COLUMNS = 80,
    NEAR_MAX = 5,
    NEAR_BYTES_MAX = 64, // of what is compared
};

typedef enum ExplainFormat { EXPLAIN_TEXT, EXPLAIN_JSON, EXPLAIN_MD } ExplainFormat;

static bool format_of(Str name, ExplainFormat *ret_format)
{
    static const Str names[] = {
        [EXPLAIN_TEXT] = STR_INIT("text"),
        [EXPLAIN_JSON] = STR_INIT("json"),
        [EXPLAIN_MD] = STR_INIT("md"),
    };
    if (name.len == 0)
        name = names[EXPLAIN_TEXT];
    for (size_t i = 0; i < COUNTOF(names); i++) {
        if (str_eq(name, names[i])) {
            *ret_format = (ExplainFormat)i;
            return true;
        }
    }
    return false;
}

static const DiagSpec *find_code(Str code)
{
    size_t n;
    const DiagSpec *specs = diag_specs(&n);
    for (size_t i = 0; i < n; i++) {
        char name[DIAG_CODE_BYTES_MAX];
        diag_code(specs[i].number, name);
        if (str_eq_nocase(code, str_of(name)) || str_eq_nocase(code, specs[i].name))
            return &specs[i];
    }
    return NULL;
}

// Levenshtein's distance: letters to insert, remove or replace.
static uint32_t distance(Str a, Str b)
{
    uint32_t row[NEAR_BYTES_MAX + 1];
    if (a.len > NEAR_BYTES_MAX || b.len > NEAR_BYTES_MAX)
        return UINT32_MAX;
    for (uint32_t k = 0; k <= b.len; k++)
        row[k] = k;
    for (uint32_t i = 0; i < a.len; i++) {
        uint32_t corner = row[0];
        row[0] = i + 1;
        for (uint32_t k = 0; k < b.len; k++) {
            uint32_t best =
                corner + !str_eq_nocase((Str){a.at + i, 1}, (Str){b.at + k, 1});
            corner = row[k + 1];
            best = best < row[k] + 1 ? best : row[k] + 1;
            row[k + 1] = best < corner + 1 ? best : corner + 1;
        }
    }
    return row[b.len];
}

static bool is_near(Str wanted, const DiagSpec *spec)
{
    char code[DIAG_CODE_BYTES_MAX];
    diag_code(spec->number, code);
    bool begins =
        wanted.len > 2 && str_eq_nocase(wanted, str_sub(str_of(code), 0, wanted.len));
    return begins || distance(wanted, str_of(code)) <= 1 ||
           distance(wanted, spec->name) <= 3 ||
           (wanted.len >= 4 && str_has(spec->name, wanted));
}

static void put_unknown(Buf *err, Str code)
{
    size_t n, n_near = 0;
    const DiagSpec *specs = diag_specs(&n);
    buf_format(err, "arm64ecd: explain: '%.*s' is not a code of arm64ecd", STR_ARG(code));
    for (size_t i = 0; i < n && n_near < NEAR_MAX; i++) {
        if (!is_near(code, &specs[i]))
            continue;
        buf_format(err, "%s EC%03u (%.*s)", n_near++ ? "," : "; near it are",
                   specs[i].number, STR_ARG(specs[i].name));
    }
    if (n_near == 0)
        buf_put(err, STR("; 'arm64ecd explain' lists them"));
    buf_put_char(err, '\n');
}

// One paragraph in lines of at most TEXT_COLUMNS.
static void put_wrapped(Buf *out, Str indent, Str text)
{
    size_t column = 0;
    while (text.len) {
        size_t end = str_find_char(text, ' ');
        if (column && column + 1 + end > TEXT_COLUMNS) {
            buf_put_char(out, '\n');
            column = 0;
        }
        buf_put(out, column ? STR(" ") : indent);
        column += (column ? 1 : indent.len) + end;
        buf_put(out, str_sub(text, 0, end));
        text = str_from(text, end + 1);
    }
    buf_put_char(out, '\n');
}

static void put_indented(Buf *out, Str text)
{
    Str line;
    while (str_take_line(&text, &line)) {
        if (line.len)
            buf_put(out, STR("    "));
        buf_put(out, line);
        buf_put_char(out, '\n');
    }
}

static void put_text(Buf *out, const DiagSpec *spec)
{
    const Explanation *explanation = diag_explain(spec->number);
    char href[DIAG_HREF_BYTES_MAX];
    diag_href(spec->number, href);
    buf_format(out, "EC%03u %.*s (%.*s)\n\n", spec->number, STR_ARG(spec->name),
               STR_ARG(severity_name(spec->severity)));
    for (int text = 0; text < DIAG_TEXT_COUNT; text++)
        if (diag_number_of((DiagText)text) == spec->number)
            put_wrapped(out, STR("  "), diag_message((DiagText)text));
    buf_put_char(out, '\n');
    if (explanation)
        buf_put(out, explanation->text);
    buf_put(out, STR("\nWhat to do:\n"));
    put_wrapped(out, STR("    "), spec->help);
    if (explanation && explanation->example.len) {
        buf_put(out, STR("\nExample:\n\n"));
        put_indented(out, explanation->example);
    }
    buf_format(out, "\nMore: %s\n", href);
}

static void put_list(Buf *out)
{
    size_t n;
    const DiagSpec *specs = diag_specs(&n);
    for (size_t i = 0; i < n; i++)
        buf_format(out, "EC%03u  %-8.*s %.*s\n", specs[i].number,
                   STR_ARG(severity_name(specs[i].severity)), STR_ARG(specs[i].name));
    buf_put(out, STR("\n'arm64ecd explain CODE' explains one with an example.\n"));
}

static void put_json_code(Json *json, const DiagSpec *spec)
{
    const Explanation *explanation = diag_explain(spec->number);
    char code[DIAG_CODE_BYTES_MAX], href[DIAG_HREF_BYTES_MAX];
    diag_code(spec->number, code);
    diag_href(spec->number, href);
    json_object_begin(json);
    json_put_string(json, "code", str_of(code));
    json_put_string(json, "name", spec->name);
    json_put_string(json, "severity", severity_name(spec->severity));
    json_put_string(json, "help", spec->help);
    json_key(json, "messages");
    json_array_begin(json);
    for (int text = 0; text < DIAG_TEXT_COUNT; text++)
        if (diag_number_of((DiagText)text) == spec->number)
            json_string(json, diag_message((DiagText)text));
    json_array_end(json);
    json_put_string(json, "explanation", explanation ? explanation->text : STR(""));
    json_put_string(json, "example", explanation ? explanation->example : STR(""));
    json_put_string(json, "href", str_of(href));
    json_object_end(json);
}

static void put_json(Buf *out, const DiagSpec *only)
{
    size_t n;
    const DiagSpec *specs = diag_specs(&n);
    Json json;
    json_init_pretty(&json, out);
    json_object_begin(&json);
    json_put_int(&json, "schema", 1);
    json_key(&json, "codes");
    json_array_begin(&json);
    for (size_t i = 0; i < n; i++)
        if (!only || only == &specs[i])
            put_json_code(&json, &specs[i]);
    json_array_end(&json);
    json_object_end(&json);
    buf_put_char(out, '\n');
}

// A cell of a Markdown table: '|' would end it.
static void put_cell(Buf *out, Str text)
{
    buf_put_char(out, ' ');
    for (size_t i = 0; i < text.len; i++) {
        if (text.at[i] == '|')
            buf_put_char(out, '\\');
        buf_put_char(out, text.at[i]);
    }
    buf_put(out, STR(" |"));
}

static void put_md(Buf *out, const DiagSpec *only)
{
    size_t n;
    const DiagSpec *specs = diag_specs(&n);
    buf_put(out,
            STR("| code | name | severity | what to do |\n| --- | --- | --- | --- |\n"));
    for (size_t i = 0; i < n; i++) {
        if (only && only != &specs[i])
            continue;
        char code[DIAG_CODE_BYTES_MAX];
        diag_code(specs[i].number, code);
        buf_put_char(out, '|');
        put_cell(out, str_of(code));
        put_cell(out, specs[i].name);
        put_cell(out, severity_name(specs[i].severity));
        put_cell(out, specs[i].help);
        buf_put_char(out, '\n');
    }
}

int cli_explain(Str code, Str format_name, Buf *out, Buf *err)
{
    ExplainFormat format;
    if (!format_of(format_name, &format)) {
        buf_format(err,
                   "arm64ecd: explain: '%.*s' is not a format; use text, json or md\n",
                   STR_ARG(format_name));
        return 2;
    }
    const DiagSpec *spec = code.len ? find_code(code) : NULL;
    if (code.len && !spec) {
        put_unknown(err, code);
        return 2;
    }
    switch (format) {
    case EXPLAIN_TEXT:
        if (spec)
            put_text(out, spec);
        else
            put_list(out);
        break;
    case EXPLAIN_JSON:
        put_json(out, spec);
        break;
    case EXPLAIN_MD:
        put_md(out, spec);
        break;
    }
    return 0;
}
