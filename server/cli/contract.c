#include "server/cli/contract.h"

#include "codegen/abi/thunk.h"
#include "server/cli/shown.h"
#include "server/disk.h"

// `path` as seen from `folder`; both absolute. As it is where they share no root.
static Str relative_to(Arena *arena, Str folder, Str path)
{
    size_t common = 0;
    if (disk_has_drive(path) != disk_has_drive(folder))
        return path;
    for (size_t i = 0; i <= folder.len && i < path.len; i++) {
        char c = i == folder.len ? '/' : folder.at[i];
        if (path.at[i] != c)
            break;
        if (c == '/')
            common = i + 1;
    }
    if (common == 0)
        return path;
    Str up = STR("");
    for (size_t i = common; i < folder.len; i++)
        if (i == common || folder.at[i - 1] == '/')
            up = arena_format(arena, "%.*s../", STR_ARG(up));
    return arena_format(arena, "%.*s%.*s", STR_ARG(up), STR_ARG(str_from(path, common)));
}

static Str keep(const Contract *contract, const Result *result, RStr s)
{
    return arena_str(contract->arena, result_str(result, s));
}

static Str thunk_of(const Contract *contract, const Result *result,
                    const RFunction *function)
{
    for (uint32_t i = 0; i < function->thunks.len; i++) {
        const RThunk *thunk = &result->thunks[function->thunks.at + i];
        if (thunk->kind == THUNK_ENTRY)
            return keep(contract, result, thunk->name);
    }
    return STR("");
}

static void add_rows(const Contract *contract, const Result *result,
                     const RFunction *function, ContractFunction *made)
{
    for (uint32_t i = 0; i < function->rows.len; i++) {
        const RRow *row = &result->rows[function->rows.at + i];
        *LIST_PUSH(contract->arena, &made->rows) =
            (ContractRow){.name = keep(contract, result, row->name),
                          .type = keep(contract, result, row->type),
                          .x64 = keep(contract, result, row->x64),
                          .ec = keep(contract, result, row->ec),
                          .bytes = row->bytes};
    }
}

static void add_function(Contract *contract, const RunFile *file,
                         const RFunction *function, Str folder)
{
    const Result *result = file->result;
    Arena *arena = contract->arena;
    const RRange *at = &function->at;
    Str path = at->path ? result_path(result, at->path) : file->path;
    ContractFunction made = {
        .name = keep(contract, result, function->name),
        .symbol = keep(contract, result, function->symbol),
        .file = arena_str(arena, relative_to(arena, folder, path)),
        .thunk = thunk_of(contract, result, function),
        .shown_file = arena_str(
            arena, at->path ? shown_path(file->folder, file->name, path) : file->name),
        .line = at->start.line + 1,
        .column = at->start.byte + 1,
        .end_column = at->end.byte + 1,
        .is_inline = !(function->reach & REACH_DEFINED),
    };
    add_rows(contract, result, function, &made);
    *LIST_PUSH(arena, &contract->functions) = made;
}

// "22" of "LLVM 22.1.8".
static Str major_of(Str compiler)
{
    size_t space = str_find_char(compiler, ' ');
    Str version = space < compiler.len ? str_from(compiler, space + 1) : compiler;
    return str_sub(version, 0, str_find_char(version, '.'));
}

void contract_add(Contract *contract, const RunFile *file, Str folder)
{
    const Result *result = file->result;
    uint32_t wanted =
        REACH_EXPORTED | (contract->only_dllexport ? (uint32_t)REACH_DLLEXPORT : 0);
    if (!contract->target.len) {
        contract->target = keep(contract, result, result->info->target);
        contract->builder = keep(contract, result, result->info->builder);
        contract->llvm = major_of(keep(contract, result, result->info->compiler));
    }
    for (uint32_t i = 0; i < result->n_functions; i++) {
        const RFunction *function = &result->functions[i];
        if ((function->reach & wanted) == wanted)
            add_function(contract, file, function, folder);
    }
}

static int by_symbol(const void *left, const void *right)
{
    const ContractFunction *a = left, *b = right;
    int order = str_compare(a->symbol, b->symbol);
    if (!order)
        order = str_compare(a->file, b->file);
    return order ? order : (a->line > b->line) - (a->line < b->line);
}

bool contract_row_is_placeless(const ContractRow *row)
{
    return str_eq(row->x64, STR(RESULT_PLACE_UNKNOWN));
}

bool contract_is_placeless(const ContractFunction *function)
{
    return function->rows.len && contract_row_is_placeless(&function->rows.at[0]);
}

static bool same_row(const ContractRow *a, const ContractRow *b)
{
    if (contract_row_is_placeless(a) && contract_row_is_placeless(b) &&
        !str_eq(a->type, b->type))
        return false;
    return a->bytes == b->bytes && str_eq(a->x64, b->x64) && str_eq(a->ec, b->ec);
}

bool contract_same(const ContractFunction *a, const ContractFunction *b)
{
    if (a->rows.len != b->rows.len || !str_eq(a->thunk, b->thunk))
        return false;
    for (uint32_t i = 0; i < a->rows.len; i++)
        if (!same_row(&a->rows.at[i], &b->rows.at[i]))
            return false;
    return true;
}

void contract_settle(Contract *contract, ContractTwiceList *ret_twice)
{
    uint32_t n = 0;
    ContractFunction *at = contract->functions.at;
    if (contract->functions.len)
        list_sort(at, contract->functions.len, sizeof *at, by_symbol);
    for (uint32_t i = 0; i < contract->functions.len; i++) {
        if (n == 0 || !str_eq(at[n - 1].symbol, at[i].symbol)) {
            at[n++] = at[i];
            continue;
        }
        const ContractFunction *first = &at[n - 1];
        if (first->is_inline && at[i].is_inline && contract_same(first, &at[i]))
            continue;
        ContractFunction *second = ARENA_NEW(contract->arena, ContractFunction);
        *second = at[i];
        *LIST_PUSH(contract->arena, ret_twice) = (ContractTwice){first, second};
    }
    contract->functions.len = n;
}

static bool has_rest(const ContractFunction *function)
{
    uint32_t n = function->rows.len;
    return n && str_eq(function->rows.at[n - 1].name, STR("..."));
}

void contract_meet_older(Contract *was, Contract *now, uint32_t *ret_n_skipped)
{
    uint32_t k = 0, n_was = 0, n_now = 0;
    *ret_n_skipped = 0;
    for (uint32_t i = 0; i < was->functions.len || k < now->functions.len;) {
        ContractFunction *a = i < was->functions.len ? &was->functions.at[i] : NULL;
        ContractFunction *b = k < now->functions.len ? &now->functions.at[k] : NULL;
        int order = !a ? 1 : !b ? -1 : str_compare(a->symbol, b->symbol);
        i += order <= 0;
        k += order >= 0;
        bool is_skipped = order == 0 && !a->rows.len;
        *ret_n_skipped += is_skipped;
        if (order == 0 && has_rest(b) && !has_rest(a))
            b->rows.len--;
        if (order <= 0 && !is_skipped)
            was->functions.at[n_was++] = *a;
        if (order >= 0 && !is_skipped)
            now->functions.at[n_now++] = *b;
    }
    was->functions.len = n_was;
    now->functions.len = n_now;
}
