#include "protocol/lsp.h"
#include "protocol/methods.h"

#include "tests/unit/harness.h"

#define DECODE(type, text, expected_err)                                                 \
    Arena arena;                                                                         \
    type params;                                                                         \
    CodecError error = {0};                                                              \
    arena_init(&arena, 1 << 20);                                                         \
    CHECK_EQ(                                                                            \
        codec_decode(&arena, STR(text), &record_##type, STR("params"), &params, &error), \
        expected_err);                                                                   \
    CHECK_STR(error.path, STR(""))

#define REFUSE(type, text, expected_path, expected_why)                                  \
    do {                                                                                 \
        Arena arena;                                                                     \
        type params;                                                                     \
        CodecError error = {0};                                                          \
        arena_init(&arena, 1 << 20);                                                     \
        CHECK_EQ(codec_decode(&arena, STR(text), &record_##type, STR("params"), &params, \
                              &error),                                                   \
                 ERR_FORMAT);                                                            \
        CHECK_STR(error.path, STR(expected_path));                                       \
        CHECK_STR(error.why, STR(expected_why));                                         \
        arena_done(&arena);                                                              \
    } while (0)

TEST(lsp_initialize_with_nulls)
{
    DECODE(InitializeParams,
           "{\"processId\":null,\"rootUri\":null,\"rootPath\":null,\"capabilities\":{},"
           "\"workspaceFolders\":null,\"initializationOptions\":null,\"trace\":\"off\"}",
           ERR_NONE);
    CHECK_EQ(params.process_id, 0);
    CHECK_EQ(params.folders.len + params.root_uri.len + params.initialization_options.len,
             0);
    CHECK_STR(params.trace, STR("off"));
    arena_done(&arena);
}

TEST(lsp_initialize_with_everything)
{
    DECODE(
        InitializeParams,
        "{\"processId\":42,\"rootUri\":\"file:///r\",\"clientInfo\":{\"name\":\"n\","
        "\"version\":\"1\"},\"workspaceFolders\":[{\"uri\":\"file:///"
        "a\",\"name\":\"a\"}],"
        "\"initializationOptions\":{\"builder\":\"clang\"},\"capabilities\":{"
        "\"general\":{\"positionEncodings\":[\"utf-8\",\"utf-16\"]},"
        "\"textDocument\":{\"publishDiagnostics\":{\"relatedInformation\":true,"
        "\"versionSupport\":false,\"codeDescriptionSupport\":true,\"dataSupport\":true,"
        "\"tagSupport\":{\"valueSet\":[1,2]}},\"codeAction\":{\"isPreferredSupport\":"
        "true,"
        "\"codeActionLiteralSupport\":{\"codeActionKind\":{\"valueSet\":[\"\","
        "\"quickfix\"]"
        "}}},\"hover\":{\"contentFormat\":[\"markdown\"]},"
        "\"documentSymbol\":{\"hierarchicalDocumentSymbolSupport\":true}},"
        "\"workspace\":{\"configuration\":true,\"workspaceFolders\":true,"
        "\"workspaceEdit\":{\"documentChanges\":true},"
        "\"didChangeWatchedFiles\":{\"dynamicRegistration\":true}},"
        "\"window\":{\"workDoneProgress\":true}}}",
        ERR_NONE);
    const ClientCapabilities *can = &params.capabilities;
    CHECK_EQ(params.process_id, 42);
    CHECK_STR(params.client.version, STR("1"));
    CHECK_STR(params.initialization_options, STR("{\"builder\":\"clang\"}"));
    REQUIRE(params.folders.len == 1 && can->general.position_encodings.len == 2);
    CHECK_STR(params.folders.at[0].name, STR("a"));
    CHECK_STR(can->general.position_encodings.at[1], STR("utf-16"));
    CHECK(can->text_document.publish.related_information);
    CHECK(!can->text_document.publish.version_support);
    CHECK(can->text_document.publish.code_description);
    CHECK(can->text_document.publish.data_support);
    CHECK_EQ(can->text_document.publish.tag_support.value_set.len, 2);
    CHECK(can->text_document.code_action.present);
    CHECK(can->text_document.code_action.is_preferred);
    CHECK(!can->text_document.code_action.data_support);
    CHECK_EQ(can->text_document.code_action.kinds.value_set.len, 2);
    CHECK_EQ(can->text_document.hover.content_format.len, 1);
    CHECK(can->text_document.symbols.hierarchical);
    CHECK(can->workspace.configuration && can->workspace.workspace_folders);
    CHECK(can->workspace.workspace_edit.document_changes);
    CHECK(can->workspace.watched_files.dynamic && can->window.work_done_progress);
    arena_done(&arena);
}

TEST(lsp_did_change_names_the_place)
{
    DECODE(DidChangeParams,
           "{\"textDocument\":{\"uri\":\"file:///a\",\"version\":-1},\"contentChanges\":["
           "{\"text\":\"x\"},{\"range\":{\"start\":{\"line\":1,\"character\":2},"
           "\"end\":{\"line\":3,\"character\":4}},\"rangeLength\":9,\"text\":\"\"}]}",
           ERR_NONE);
    CHECK_EQ(params.document.version, -1);
    REQUIRE(params.changes.len == 2);
    CHECK(!params.changes.at[0].has_range);
    CHECK(params.changes.at[1].has_range);
    CHECK_EQ(params.changes.at[1].range.end.character, 4);
    arena_done(&arena);
}

#define CHANGE                                                                           \
    "{\"textDocument\":{\"uri\":\"u\",\"version\":1},\"contentChanges\":[{\"text\":"     \
    "\"\"},"

TEST(lsp_did_change_refuses)
{
    REFUSE(DidChangeParams,
           CHANGE "{\"text\":\"\",\"range\":{\"start\":{\"line\":-1,\"character\":0}}}]}",
           "params.contentChanges[1].range.start.line", "not an unsigned integer");
    REFUSE(DidChangeParams, CHANGE "{\"range\":{}}]}",
           "params.contentChanges[1].range.start", "missing");
    REFUSE(DidChangeParams, CHANGE "{\"text\":7}]}", "params.contentChanges[1].text",
           "not a string");
    REFUSE(DidChangeParams, "{}", "params.textDocument", "missing");
}

TEST(lsp_wrong_types_are_named)
{
    REFUSE(HoverParams, "{\"textDocument\":{\"uri\":1}}", "params.textDocument.uri",
           "not a string");
    REFUSE(HoverParams, "{\"textDocument\":{\"uri\":\"u\"},\"position\":{\"line\":0}}",
           "params.position.character", "missing");
    REFUSE(DidOpenParams, "{\"textDocument\":{\"uri\":\"u\",\"languageId\":\"c\"}}",
           "params.textDocument.version", "missing");
    REFUSE(InitializeParams, "{}", "params.capabilities", "missing");
    REFUSE(CancelParams, "{}", "params.id", "missing");
    REFUSE(CodeActionParams, "{\"textDocument\":{\"uri\":\"u\"},\"range\":[1]}",
           "params.range", "not an object");
    REFUSE(DidWatchParams, "{\"changes\":[{\"uri\":\"u\"}]}", "params.changes[0].type",
           "missing");
}

TEST(lsp_no_params_takes_anything)
{
    static const char *const texts[] = {"", "{}", "[]", "[1]", "{\"a\":1}"};
    for (size_t i = 0; i < COUNTOF(texts); i++) {
        Arena arena;
        NoParams params;
        CodecError error;
        arena_init(&arena, 1 << 20);
        CHECK_EQ(codec_decode(&arena, str_of(texts[i]), &record_NoParams, STR("params"),
                              &params, &error),
                 ERR_NONE);
        arena_done(&arena);
    }
}

TEST(lsp_settings_in_an_envelope)
{
    DECODE(
        SettingsEnvelope,
        "{\"arm64ecd\":{\"builder\":\"msvc-19.40\",\"compileCommands\":\"out\",\"flags\":"
        "[\"-DX\"],\"trace\":{\"server\":\"off\"},\"headers\":{\"use\":\"builtin\","
        "\"paths\":[]},\"diagnostics\":{\"clang\":\"off\",\"severity\":{\"EC501\":"
        "\"hint\"}}}}",
        ERR_NONE);
    CHECK(params.has_inner);
    CHECK_STR(params.inner.builder, STR("msvc-19.40"));
    CHECK_STR(params.inner.compile_commands, STR("out"));
    CHECK(params.inner.has_flags && params.inner.headers.has_paths);
    CHECK_EQ(params.inner.headers.paths.len, 0);
    CHECK_STR(params.inner.headers.use, STR("builtin"));
    CHECK_STR(params.inner.diagnostics.clang, STR("off"));
    REQUIRE(params.inner.diagnostics.severity.len == 1);
    CHECK_STR(params.inner.diagnostics.severity.at[0].value, STR("hint"));
    CHECK_EQ(codec_decode(&arena, STR("{\"builder\":\"clang\"}"),
                          &record_SettingsEnvelope, STR(""), &params, &error),
             ERR_NONE);
    CHECK(!params.has_inner);
    arena_done(&arena);
}

TEST(lsp_other_records)
{
    DECODE(CodeActionParams,
           "{\"textDocument\":{\"uri\":\"u\"},\"range\":{\"start\":{\"line\":0,"
           "\"character\":1},\"end\":{\"line\":2,\"character\":3}},\"context\":{"
           "\"diagnostics\":[],\"only\":[\"quickfix\"]}}",
           ERR_NONE);
    CHECK_EQ(params.range.end.line, 2);
    CHECK_EQ(params.context.only.len, 1);
    DidFoldersParams folders;
    CHECK_EQ(codec_decode(&arena,
                          STR("{\"event\":{\"added\":[{\"uri\":\"a\",\"name\":\"\"}],"
                              "\"removed\":[]}}"),
                          &record_DidFoldersParams, STR("params"), &folders, &error),
             ERR_NONE);
    CHECK_EQ(folders.event.added.len, 1);
    CHECK_EQ(folders.event.removed.len, 0);
    CancelParams cancel;
    CHECK_EQ(codec_decode(&arena, STR("{\"id\":\"x\"}"), &record_CancelParams,
                          STR("params"), &cancel, &error),
             ERR_NONE);
    CHECK_STR(cancel.id, STR("\"x\""));
    arena_done(&arena);
}

TEST(lsp_positions_pick_the_column)
{
    Pos pos = {.line = 3, .byte = 10, .utf16 = 6, .utf32 = 5};
    CHECK_EQ(lsp_position(pos, ENCODING_UTF8).character, 10);
    CHECK_EQ(lsp_position(pos, ENCODING_UTF16).character, 6);
    CHECK_EQ(lsp_position(pos, ENCODING_UTF32).character, 5);
    Buf out;
    Json json;
    buf_init(&out, 1 << 10);
    json_init(&json, &out);
    lsp_write_range(&json, (LspRange){{1, 2}, {3, 4}});
    CHECK_STR(buf_str(&out), STR("{\"start\":{\"line\":1,\"character\":2},"
                                 "\"end\":{\"line\":3,\"character\":4}}"));
    buf_done(&out);
}

TEST(methods_are_found_by_name)
{
    MethodId id = METHOD_COUNT;
    CHECK(method_find(STR("textDocument/didChange"), &id));
    CHECK_EQ(id, METHOD_did_change);
    CHECK_EQ(method_get(id)->kind, METHOD_IS_NOTIFY);
    CHECK_EQ(method_get(id)->allowed, LIFE_RUNNING);
    CHECK(method_get(id)->params == &record_DidChangeParams);
    CHECK_EQ(method_get(METHOD_initialize)->allowed, LIFE_FRESH);
    CHECK_EQ(method_get(METHOD_end_session)->allowed, LIFE_ANY);
    CHECK_EQ(method_get(METHOD_hover)->kind, METHOD_IS_REQUEST);
    CHECK(!method_find(STR("textDocument/DidChange"), &id));
    CHECK(!method_find(STR(""), &id));
    for (MethodId i = 0; i < METHOD_COUNT; i++) {
        CHECK(method_find(str_of(method_get(i)->wire), &id));
        CHECK_EQ(id, i);
    }
}
