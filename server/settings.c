#include "server/settings.h"

#include "codegen/toolchain/builder.h"
#include "protocol/codec.h"
#include "protocol/lsp.h"
#include "server/disk.h"

enum { PARENTS_MAX = 64 };

#define FILE_NAME "arm64ecd.json"

// Where the values at hand come from.
typedef struct Origin {
    Str name;   // for problems
    Str folder; // what relative paths start from; empty: they are left alone
    bool is_editor;
} Origin;

typedef struct Reader {
    Arena *arena;
    Settings *settings;
    LIST(Str) problems;
    LIST(SettingsSeverity) severities;
    const Origin *origin;
} Reader;

static void problem(Reader *reader, const char *key, Str why)
{
    *LIST_PUSH(reader->arena, &reader->problems) =
        arena_format(reader->arena, "%.*s: %s%s%.*s", STR_ARG(reader->origin->name), key,
                     *key ? ": " : "", STR_ARG(why));
}

static void wrong_value(Reader *reader, const char *key, Str value, const char *allowed)
{
    Str shown = str_sub(value, 0, 80);
    problem(reader, key,
            arena_format(reader->arena, "\"%.*s\" is not %s", STR_ARG(shown), allowed));
}

static Str place(Reader *reader, Str path)
{
    return reader->origin->folder.len
               ? disk_absolute(reader->arena, reader->origin->folder, path)
               : path;
}

static void take_shown(Reader *reader, const char *key, Str value,
                       ClangDiagnostics *shown)
{
    static const Str names[] = {
        [CLANG_ALL] = STR_INIT("all"),
        [CLANG_TARGET] = STR_INIT("target"),
        [CLANG_OFF] = STR_INIT("off"),
    };
    if (value.len == 0)
        return;
    for (size_t i = 0; i < COUNTOF(names); i++) {
        if (!str_eq(value, names[i]))
            continue;
        *shown = (ClangDiagnostics)i;
        return;
    }
    wrong_value(reader, key, value, "\"all\", \"target\" or \"off\"");
}

static bool severity_of(Str name, SettingsSeverity *severity)
{
    static const Severity all[] = {SEVERITY_ERROR, SEVERITY_WARNING, SEVERITY_INFO,
                                   SEVERITY_HINT};
    severity->off = str_eq(name, STR("off"));
    for (size_t i = 0; i < COUNTOF(all); i++) {
        if (!str_eq(name, severity_name(all[i])))
            continue;
        severity->severity = all[i];
        return true;
    }
    return severity->off;
}

// One row a code; the file's comes after the editor's and replaces it.
static void put_severity(Reader *reader, SettingsSeverity severity)
{
    for (uint32_t i = 0; i < reader->severities.len; i++) {
        if (reader->severities.at[i].number != severity.number)
            continue;
        reader->severities.at[i] = severity;
        return;
    }
    *LIST_PUSH(reader->arena, &reader->severities) = severity;
}

static void take_severities(Reader *reader, const PairList *pairs)
{
    for (size_t i = 0; i < pairs->len; i++) {
        StrPair pair = pairs->at[i];
        SettingsSeverity severity = {0};
        const DiagSpec *spec = diag_find(pair.key);
        if (!spec) {
            wrong_value(reader, "diagnostics.severity", pair.key, "a code of arm64ecd");
            continue;
        }
        severity.number = spec->number;
        Str key =
            arena_format(reader->arena, "diagnostics.severity.%.*s", STR_ARG(pair.key));
        if (severity_of(pair.value, &severity))
            put_severity(reader, severity);
        else
            wrong_value(reader, key.at, pair.value,
                        "\"error\", \"warning\", \"info\", \"hint\" or \"off\"");
    }
}

static void take_headers(Reader *reader, const HeadersSettings *headers)
{
    if (str_eq(headers->use, STR("builtin")))
        reader->settings->builtin_headers_only = true;
    else if (str_eq(headers->use, STR("auto")))
        reader->settings->builtin_headers_only = false;
    else if (headers->use.len)
        wrong_value(reader, "headers.use", headers->use, "\"auto\" or \"builtin\"");
    if (!headers->has_paths)
        return;
    Str *paths = ARENA_ARRAY(reader->arena, Str, headers->paths.len);
    for (size_t i = 0; i < headers->paths.len; i++) {
        paths[i] = place(reader, headers->paths.at[i]);
        if (reader->origin->folder.len && disk_stamp(paths[i]).kind != STAMP_FOLDER)
            problem(reader, "headers.paths",
                    arena_format(reader->arena, "\"%.*s\" is no folder of this host",
                                 STR_ARG(headers->paths.at[i])));
    }
    reader->settings->header_paths = (StrSpan){paths, headers->paths.len};
}

static void take_builder(Reader *reader, Str value)
{
    Builder builder;
    if (value.len == 0)
        return;
    if (builder_parse(value, &builder)) {
        Str refusal = builder_refusal(reader->arena, builder);
        if (refusal.len)
            problem(reader, "builder", refusal);
        else
            reader->settings->builder = value;
    } else {
        wrong_value(
            reader, "builder", value,
            "\"msvc\", \"clang\", \"clang-cl\" or \"mingw\", alone or with a version "
            "as in \"msvc-19.40\"");
    }
}

static void take_switch(Reader *reader, const char *key, Str value, bool *is_on)
{
    if (str_eq(value, STR("on")) || str_eq(value, STR("off")))
        *is_on = str_eq(value, STR("on"));
    else if (value.len)
        wrong_value(reader, key, value, "\"on\" or \"off\"");
}

static void take_all(Reader *reader, const SettingsRecord *record)
{
    take_shown(reader, "diagnostics.clang", record->diagnostics.clang,
               &reader->settings->clang);
    take_shown(reader, "diagnostics.rustc", record->diagnostics.rustc,
               &reader->settings->rustc);
    take_severities(reader, &record->diagnostics.severity);
    take_headers(reader, &record->headers);
    take_builder(reader, record->builder);
    take_switch(reader, "codeLens", record->code_lens, &reader->settings->code_lens);
    take_switch(reader, "fullStage", record->full_stage, &reader->settings->full_stage);
    take_switch(reader, "inlayHints.registers", record->inlay_hints.registers,
                &reader->settings->register_hints);
    if (reader->origin->is_editor)
        take_switch(reader, "trusted", record->trusted, &reader->settings->is_trusted);
    else if (record->trusted.len)
        problem(reader, "trusted", STR("only the editor's settings may say this"));
    if (record->compile_commands.len)
        reader->settings->compile_commands = place(reader, record->compile_commands);
    if (record->has_flags)
        reader->settings->flags = record->flags;
}

// Keys that the editor's client reads by itself.
static bool is_for_editor(Str path)
{
    return str_eq(path, STR("path")) || str_eq(path, STR("args")) ||
           str_eq(path, STR("trace"));
}

static void tell_errors(Reader *reader, const CodecErrors *errors, bool has_envelope)
{
    for (uint32_t i = 0; i < errors->len; i++) {
        const CodecError *error = &errors->at[i];
        Str path = error->path, why = error->why;
        if (has_envelope && str_starts(path, STR("arm64ecd.")))
            path = str_from(path, STR("arm64ecd.").len);
        else if (has_envelope && !str_eq(path, STR("arm64ecd")))
            continue; // another program's settings
        if (reader->origin->is_editor && is_for_editor(path))
            continue;
        if (error->line)
            why = arena_format(reader->arena, "line %u, column %u: %.*s", error->line,
                               error->column, STR_ARG(why));
        problem(reader, arena_z(reader->arena, path), why);
    }
}

typedef struct Wrapping {
    bool has_inner;
} Wrapping;

static bool has_envelope(Arena *arena, Str text)
{
    static const Field fields[] = {
        FIELD_OF(Wrapping, has_inner, "arm64ecd", FIELD_PRESENT, OPTIONAL)};
    static const Record record = RECORD_OF(Wrapping, fields);
    Wrapping wrapping;
    CodecError error;
    return codec_decode(arena, text, &record, STR(""), &wrapping, &error) == ERR_NONE &&
           wrapping.has_inner;
}

static void read_text(Reader *reader, Str text)
{
    CodecErrors errors;
    if (str_starts(str_trim(text), STR("[")) && !reader->origin->is_editor) {
        problem(reader, "", STR("not an object"));
        return;
    }
    SettingsEnvelope envelope = {.has_inner = has_envelope(reader->arena, text)};
    bool has_inner = envelope.has_inner;
    const Record *record = has_inner ? &record_SettingsEnvelope : &record_SettingsRecord;
    void *target = has_inner ? (void *)&envelope : (void *)&envelope.inner;
    Err err = codec_decode_loose(reader->arena, text, record, STR(""), target, &errors);
    tell_errors(reader, &errors, has_inner);
    if (err == ERR_NONE)
        take_all(reader, &envelope.inner);
}

// The nearest file in the folder of `path` or above it; ERR_ABSENT if there is none.
static Err find_file(Arena *arena, Str path, Str *ret_file, Str *ret_text, Str *ret_why)
{
    Str folder = disk_folder_of(disk_absolute(arena, STR("."), path));
    for (int i = 0; i < PARENTS_MAX; i++) {
        Str file = disk_join(arena, folder, "." FILE_NAME);
        Err err =
            disk_read_of_project(arena, file, SETTINGS_BYTES_MAX, ret_text, ret_why);
        if (err != ERR_ABSENT) {
            *ret_file = file;
            return err;
        }
        Str up = disk_folder_of(folder);
        if (str_eq(up, folder))
            break;
        folder = up;
    }
    return ERR_ABSENT;
}

void settings_read(Arena *arena, Str path, Str editor_json, Settings *ret_settings)
{
    static const Origin editor = {STR_INIT("the editor's settings"), {0}, true};
    Origin file = {.name = STR("." FILE_NAME)};
    Str text, why;
    *ret_settings =
        (Settings){.rustc = CLANG_TARGET, .code_lens = true, .full_stage = true};
    Reader reader = {.arena = arena, .settings = ret_settings, .origin = &editor};
    if (str_trim(editor_json).len)
        read_text(&reader, editor_json);
    reader.origin = &file;
    Err err = find_file(arena, path, &ret_settings->file, &text, &why);
    if (err == ERR_NONE) {
        file.folder = disk_folder_of(ret_settings->file);
        read_text(&reader, text);
    } else if (err != ERR_ABSENT) {
        problem(&reader, "", arena_format(arena, "cannot be read: %.*s", STR_ARG(why)));
    }
    ret_settings->is_short = err == ERR_SHORT;
    ret_settings->severities = reader.severities.at;
    ret_settings->n_severities = reader.severities.len;
    ret_settings->problems = (StrSpan){reader.problems.at, reader.problems.len};
}

bool settings_severity(const Settings *settings, uint16_t number, Severity *severity)
{
    for (size_t i = 0; i < settings->n_severities; i++) {
        const SettingsSeverity *row = &settings->severities[i];
        if (row->number != number)
            continue;
        if (!row->off)
            *severity = row->severity;
        return !row->off;
    }
    return true;
}
