// The lock file: header, then one block a function, sorted by symbol.
//
//   schema 2
//   target arm64ec-pc-windows-msvc
//   builder clang-22
//   llvm 22
//   exports all
//
//   function mix
//     symbol #mix
//     file src/mix.c
//     thunk $ientry_thunk$cdecl$i8$i8i8
//     result | int | 4 | rax | x0
//     parameter c | struct rgb | 3 | pointer in rcx | x0
//
//   end
//
// Places of types that are too large to be told are "?". Schema 1 had neither those rows
// nor 'llvm' and 'end', and at first no row for '...'; it is read, too.
//
// Lines that start with # tell people; blank lines mean nothing. No line numbers stand in
// it, so that only a change of the boundary changes it.
#include "server/cli/contract.h"

enum { COLUMNS = 5 };

static const Str none = STR_INIT("-");

// One line, whatever stands in it.
static void put_line(Buf *out, const char *word, Str text)
{
    buf_format(out, "%s ", word);
    Str shown = text.len ? text : none;
    for (size_t i = 0; i < shown.len; i++)
        buf_put_char(out, (unsigned char)shown.at[i] < 0x20 ? ' ' : shown.at[i]);
    buf_put_char(out, '\n');
}

static void put_function(Buf *out, const ContractFunction *function)
{
    buf_put_char(out, '\n');
    put_line(out, "function", function->name);
    put_line(out, "  symbol", function->symbol);
    put_line(out, "  file", function->file);
    put_line(out, "  thunk", function->thunk);
    for (uint32_t i = 0; i < function->rows.len; i++) {
        const ContractRow *row = &function->rows.at[i];
        buf_format(out, "  %s%.*s | %.*s | %llu | %.*s | %.*s\n", i ? "parameter " : "",
                   STR_ARG(row->name), STR_ARG(row->type), (unsigned long long)row->bytes,
                   STR_ARG(row->x64), STR_ARG(row->ec));
    }
}

void contract_write(const Contract *contract, Buf *out)
{
    buf_put(out, STR("# What x64 code meets at the functions that are exported here.\n"
                     "# 'arm64ecd abi --lock' writes this file, '--check-lock' compares; "
                     "by row:\n# what | type | bytes | place for x64 | for Arm64EC\n"));
    buf_format(out, "schema %d\n", CONTRACT_SCHEMA);
    put_line(out, "target", contract->target);
    put_line(out, "builder", contract->builder);
    put_line(out, "llvm", contract->llvm);
    put_line(out, "exports", contract->only_dllexport ? STR("dllexport") : STR("all"));
    for (uint32_t i = 0; i < contract->functions.len; i++)
        put_function(out, &contract->functions.at[i]);
    buf_put(out, STR("\nend\n"));
}

// --- Reading
// ----------------------------------------------------------------------------

typedef struct Reader {
    Contract *contract;
    uint32_t line;
    bool has_schema, has_exports, has_end;
    Str why;
} Reader;

static bool refuse(Reader *reader, Str why)
{
    reader->why = why;
    return false;
}

// "word rest"
static bool take(Str line, const char *word, Str *ret_rest)
{
    Str name = str_of(word);
    if (!str_starts(line, name) || line.len <= name.len || line.at[name.len] != ' ')
        return false;
    Str rest = str_trim(str_from(line, name.len + 1));
    *ret_rest = str_eq(rest, none) ? STR("") : rest;
    return true;
}

static bool read_schema(Reader *reader, Str value)
{
    uint64_t schema;
    if (!str_to_u64(value, &schema))
        return refuse(reader, STR("a number follows 'schema'"));
    if (reader->has_schema)
        return refuse(reader, STR("'schema' comes once"));
    if (schema > CONTRACT_SCHEMA)
        return refuse(reader, arena_format(reader->contract->arena,
                                           "schema %llu is of a newer arm64ecd, this one "
                                           "knows %d; take the newer one, or write the "
                                           "file again with --lock",
                                           (unsigned long long)schema, CONTRACT_SCHEMA));
    if (schema == 0)
        return refuse(reader, STR("schemas count from 1"));
    reader->contract->schema = (uint32_t)schema;
    reader->has_schema = true;
    return true;
}

static bool read_exports(Reader *reader, Str value)
{
    bool is_all = str_eq(value, STR("all"));
    if (!is_all && !str_eq(value, STR("dllexport")))
        return refuse(reader, STR("'exports' is followed by all or dllexport"));
    reader->contract->only_dllexport = !is_all;
    reader->has_exports = true;
    return true;
}

// "result | ..." comes first, then "parameter NAME | ...".
static bool read_row(Reader *reader, ContractFunction *function, Str line)
{
    Str cell[COLUMNS], rest = line;
    bool is_result = str_starts(line, STR("result | "));
    if (!is_result && !take(line, "parameter", &rest))
        return refuse(reader, STR("symbol, file, thunk, result or parameter is expected "
                                  "here"));
    if (is_result != (function->rows.len == 0))
        return refuse(reader, STR("the result comes first, and once"));
    for (size_t i = 0; i < COLUMNS; i++) {
        size_t at = str_find(rest, STR(" | "));
        bool is_last = i + 1 == COLUMNS;
        if ((at == rest.len) != is_last)
            return refuse(reader, STR("five columns are needed: name | type | bytes | "
                                      "place for x64 | for Arm64EC"));
        cell[i] = str_trim(str_sub(rest, 0, at));
        rest = str_from(rest, at + 3);
    }
    ContractRow row = {cell[0], cell[1], cell[3], cell[4], 0};
    if (!str_to_u64(cell[2], &row.bytes))
        return refuse(reader, STR("the third column is a number of bytes"));
    *LIST_PUSH(reader->contract->arena, &function->rows) = row;
    return true;
}

static bool read_header(Reader *reader, Str line)
{
    Str value;
    if (take(line, "schema", &value))
        return read_schema(reader, value);
    if (!reader->has_schema)
        return refuse(reader, STR("this is no lock file of arm64ecd: 'schema' and its "
                                  "number come first"));
    if (take(line, "target", &reader->contract->target) ||
        take(line, "builder", &reader->contract->builder) ||
        take(line, "llvm", &reader->contract->llvm))
        return true;
    if (take(line, "exports", &value))
        return read_exports(reader, value);
    return refuse(reader,
                  STR("schema, target, builder, llvm, exports, function or end is "
                      "expected here"));
}

static bool read_line(Reader *reader, Str line)
{
    Contract *contract = reader->contract;
    Str value;
    if (reader->has_end)
        return refuse(reader, STR("nothing follows 'end'"));
    reader->has_end = reader->has_schema && str_eq(str_trim(line), STR("end"));
    if (reader->has_end)
        return true;
    if (reader->has_schema && take(line, "function", &value)) {
        ContractFunction *made = LIST_PUSH(contract->arena, &contract->functions);
        *made = (ContractFunction){
            .name = value, .line = reader->line, .column = 1, .end_column = 1};
        made->end_column = (uint32_t)line.len + 1;
        return true;
    }
    if (!str_starts(line, STR("  ")) || !contract->functions.len)
        return read_header(reader, line);
    ContractFunction *function = &contract->functions.at[contract->functions.len - 1];
    Str inner = str_trim(line);
    if (take(inner, "symbol", &function->symbol) ||
        take(inner, "file", &function->file) || take(inner, "thunk", &function->thunk))
        return true;
    return read_row(reader, function, inner);
}

static int by_symbol(const void *left, const void *right)
{
    const ContractFunction *a = left, *b = right;
    int order = str_compare(a->symbol, b->symbol);
    return order ? order : (a->line > b->line) - (a->line < b->line);
}

// What a merge may have left: no symbol, two of one, no header.
static bool is_sound(Reader *reader)
{
    Contract *contract = reader->contract;
    ContractFunction *at = contract->functions.at;
    if (!reader->has_schema || !reader->has_exports || !contract->target.len)
        return refuse(reader, STR("the header is not whole: schema, target and exports "
                                  "are needed"));
    if (!reader->has_end && contract->schema > 1)
        return refuse(reader, STR("the file is cut off: its last line is 'end'; write it "
                                  "again with --lock"));
    for (uint32_t i = 0; i < contract->functions.len; i++) {
        reader->line = at[i].line;
        if (!at[i].symbol.len)
            return refuse(reader, STR("this function has no symbol"));
        if (!at[i].rows.len && contract->schema > 1)
            return refuse(reader, STR("this function has no result"));
    }
    if (contract->functions.len)
        list_sort(at, contract->functions.len, sizeof *at, by_symbol);
    for (uint32_t i = 1; i < contract->functions.len; i++) {
        reader->line = at[i].line;
        if (str_eq(at[i - 1].symbol, at[i].symbol))
            return refuse(reader, STR("this function is listed a second time"));
    }
    return true;
}

bool contract_read(Contract *contract, Str text, uint32_t *ret_line, Str *ret_why)
{
    Reader reader = {.contract = contract, .why = STR("")};
    bool is_good = true;
    Str rest = arena_str(contract->arena, text), line;
    if (str_starts(rest, STR("\xef\xbb\xbf")))
        rest = str_from(rest, 3);
    while (is_good && str_take_line(&rest, &line)) {
        reader.line++;
        if (str_trim(line).len && line.at[0] != '#')
            is_good = read_line(&reader, line);
    }
    if (!is_good || !is_sound(&reader)) {
        *ret_line = reader.line ? reader.line : 1;
        *ret_why = reader.why;
        return false;
    }
    return true;
}
