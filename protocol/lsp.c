#include "protocol/lsp.h"

// Legend of the tables below: member, key, kind, required or not; SUB names the record of
// the members too. IN is a nested object whose members lie in the same C struct.
#define HAS(type, member, key, kind, need) FIELD_OF(type, member, key, FIELD_##kind, need)
#define SUB(type, member, key, kind, need, record_of)                                    \
    FIELD_SUB(type, member, key, FIELD_##kind, need, &record_##record_of)
#define IN(key_text, need_of, record_of)                                                 \
    {                                                                                    \
        .key = key_text, .kind = FIELD_RECORD, .need = need_of,                          \
        .record = &record_##record_of                                                    \
    }
#define RECORD(name, type, ...)                                                          \
    static const Field fields_##name[] = {__VA_ARGS__};                                  \
    static const Record record_##name = RECORD_OF(type, fields_##name)
#define PUBLIC_RECORD(type, ...)                                                         \
    static const Field fields_##type[] = {__VA_ARGS__};                                  \
    const Record record_##type = RECORD_OF(type, fields_##type)

const Record record_NoParams = {.n_bytes = sizeof(NoParams)};

RECORD(position, LspPosition, HAS(LspPosition, line, "line", UINT, REQUIRED),
       HAS(LspPosition, character, "character", UINT, REQUIRED));

RECORD(range, LspRange, SUB(LspRange, start, "start", RECORD, REQUIRED, position),
       SUB(LspRange, end, "end", RECORD, REQUIRED, position));

RECORD(document_id, TextDocumentId, HAS(TextDocumentId, uri, "uri", STR, REQUIRED));

RECORD(folder, WorkspaceFolder, HAS(WorkspaceFolder, uri, "uri", STR, REQUIRED),
       HAS(WorkspaceFolder, name, "name", STR, OPTIONAL));

// ClientCapabilities: offsets all start at the outermost struct.
#define CAN(member, key, kind) HAS(ClientCapabilities, member, key, kind, OPTIONAL)

RECORD(can_general, ClientCapabilities,
       CAN(general.position_encodings, "positionEncodings", STRS));

RECORD(can_tag, ClientCapabilities,
       CAN(text_document.publish.tag_support.value_set, "valueSet", UINTS));
RECORD(can_publish, ClientCapabilities,
       CAN(text_document.publish.related_information, "relatedInformation", PRESENT),
       CAN(text_document.publish.version_support, "versionSupport", PRESENT),
       CAN(text_document.publish.code_description, "codeDescriptionSupport", PRESENT),
       CAN(text_document.publish.data_support, "dataSupport", PRESENT),
       IN("tagSupport", OPTIONAL, can_tag));

RECORD(can_kind_set, ClientCapabilities,
       CAN(text_document.code_action.kinds.value_set, "valueSet", STRS));
RECORD(can_kind, ClientCapabilities, IN("codeActionKind", OPTIONAL, can_kind_set));
RECORD(can_code_action, ClientCapabilities,
       CAN(text_document.code_action.present, "codeActionLiteralSupport", PRESENT),
       IN("codeActionLiteralSupport", OPTIONAL, can_kind),
       CAN(text_document.code_action.is_preferred, "isPreferredSupport", PRESENT),
       CAN(text_document.code_action.data_support, "dataSupport", PRESENT));

RECORD(can_hover, ClientCapabilities,
       CAN(text_document.hover.content_format, "contentFormat", STRS));
RECORD(can_symbols, ClientCapabilities,
       CAN(text_document.symbols.hierarchical, "hierarchicalDocumentSymbolSupport",
           PRESENT));
RECORD(can_semantic_requests, ClientCapabilities,
       CAN(text_document.semantic.range, "range", PRESENT));
RECORD(can_semantic, ClientCapabilities, IN("requests", OPTIONAL, can_semantic_requests));
RECORD(can_folding, ClientCapabilities,
       CAN(text_document.folding.range_limit, "rangeLimit", UINT));
RECORD(can_document, ClientCapabilities, IN("publishDiagnostics", OPTIONAL, can_publish),
       IN("codeAction", OPTIONAL, can_code_action), IN("hover", OPTIONAL, can_hover),
       IN("documentSymbol", OPTIONAL, can_symbols),
       CAN(text_document.semantic.present, "semanticTokens", PRESENT),
       IN("semanticTokens", OPTIONAL, can_semantic),
       IN("foldingRange", OPTIONAL, can_folding));

RECORD(can_edit, ClientCapabilities,
       CAN(workspace.workspace_edit.document_changes, "documentChanges", PRESENT));
RECORD(can_watch, ClientCapabilities,
       CAN(workspace.watched_files.dynamic, "dynamicRegistration", PRESENT));
RECORD(can_lens, ClientCapabilities,
       CAN(workspace.code_lens.refresh, "refreshSupport", PRESENT));
RECORD(can_hint, ClientCapabilities,
       CAN(workspace.inlay_hint.refresh, "refreshSupport", PRESENT));
RECORD(can_semantic_refresh, ClientCapabilities,
       CAN(workspace.semantic.refresh, "refreshSupport", PRESENT));
RECORD(can_workspace, ClientCapabilities,
       CAN(workspace.configuration, "configuration", PRESENT),
       CAN(workspace.workspace_folders, "workspaceFolders", PRESENT),
       IN("workspaceEdit", OPTIONAL, can_edit),
       IN("didChangeWatchedFiles", OPTIONAL, can_watch),
       IN("codeLens", OPTIONAL, can_lens), IN("inlayHint", OPTIONAL, can_hint),
       IN("semanticTokens", OPTIONAL, can_semantic_refresh));
RECORD(can_window, ClientCapabilities,
       CAN(window.work_done_progress, "workDoneProgress", PRESENT));

RECORD(capabilities, ClientCapabilities, IN("general", OPTIONAL, can_general),
       IN("textDocument", OPTIONAL, can_document),
       IN("workspace", OPTIONAL, can_workspace), IN("window", OPTIONAL, can_window));

RECORD(client_info, InitializeParams,
       HAS(InitializeParams, client.name, "name", STR, OPTIONAL),
       HAS(InitializeParams, client.version, "version", STR, OPTIONAL));

PUBLIC_RECORD(
    InitializeParams, HAS(InitializeParams, process_id, "processId", INT, OPTIONAL),
    HAS(InitializeParams, root_uri, "rootUri", STR, OPTIONAL),
    HAS(InitializeParams, root_path, "rootPath", STR, OPTIONAL),
    SUB(InitializeParams, folders, "workspaceFolders", RECORDS, OPTIONAL, folder),
    SUB(InitializeParams, capabilities, "capabilities", RECORD, REQUIRED, capabilities),
    HAS(InitializeParams, initialization_options, "initializationOptions", RAW, OPTIONAL),
    HAS(InitializeParams, trace, "trace", STR, OPTIONAL),
    IN("clientInfo", OPTIONAL, client_info));

PUBLIC_RECORD(CancelParams, HAS(CancelParams, id, "id", RAW, REQUIRED));

PUBLIC_RECORD(SetTraceParams, HAS(SetTraceParams, value, "value", STR, REQUIRED));

RECORD(opened, DidOpenParams, HAS(DidOpenParams, document.uri, "uri", STR, REQUIRED),
       HAS(DidOpenParams, document.language_id, "languageId", STR, REQUIRED),
       HAS(DidOpenParams, document.version, "version", INT, REQUIRED),
       HAS(DidOpenParams, document.text, "text", STR, REQUIRED));
PUBLIC_RECORD(DidOpenParams, IN("textDocument", REQUIRED, opened));

RECORD(change, ContentChange, HAS(ContentChange, has_range, "range", PRESENT, OPTIONAL),
       SUB(ContentChange, range, "range", RECORD, OPTIONAL, range),
       HAS(ContentChange, text, "text", STR, REQUIRED));
RECORD(changed, DidChangeParams, HAS(DidChangeParams, document.uri, "uri", STR, REQUIRED),
       HAS(DidChangeParams, document.version, "version", INT, REQUIRED));
PUBLIC_RECORD(DidChangeParams, IN("textDocument", REQUIRED, changed),
              SUB(DidChangeParams, changes, "contentChanges", RECORDS, REQUIRED, change));

#define ON_DOCUMENT(type)                                                                \
    SUB(type, document, "textDocument", RECORD, REQUIRED, document_id)

PUBLIC_RECORD(DidSaveParams, ON_DOCUMENT(DidSaveParams));
PUBLIC_RECORD(DidCloseParams, ON_DOCUMENT(DidCloseParams));
PUBLIC_RECORD(DocumentSymbolParams, ON_DOCUMENT(DocumentSymbolParams));
PUBLIC_RECORD(CodeLensParams, ON_DOCUMENT(CodeLensParams));
PUBLIC_RECORD(InlayHintParams, ON_DOCUMENT(InlayHintParams),
              SUB(InlayHintParams, range, "range", RECORD, REQUIRED, range));
PUBLIC_RECORD(HoverParams, ON_DOCUMENT(HoverParams),
              SUB(HoverParams, position, "position", RECORD, REQUIRED, position));

PUBLIC_RECORD(SemanticTokensParams, ON_DOCUMENT(SemanticTokensParams));
PUBLIC_RECORD(SemanticTokensDeltaParams, ON_DOCUMENT(SemanticTokensDeltaParams),
              HAS(SemanticTokensDeltaParams, previous_result_id, "previousResultId", STR,
                  REQUIRED));
PUBLIC_RECORD(SemanticTokensRangeParams, ON_DOCUMENT(SemanticTokensRangeParams),
              SUB(SemanticTokensRangeParams, range, "range", RECORD, REQUIRED, range));
PUBLIC_RECORD(FoldingRangeParams, ON_DOCUMENT(FoldingRangeParams));
PUBLIC_RECORD(DefinitionParams, ON_DOCUMENT(DefinitionParams),
              SUB(DefinitionParams, position, "position", RECORD, REQUIRED, position));

RECORD(reference_context, ReferenceParams,
       HAS(ReferenceParams, context.include_declaration, "includeDeclaration", BOOL,
           REQUIRED));
PUBLIC_RECORD(ReferenceParams, ON_DOCUMENT(ReferenceParams),
              SUB(ReferenceParams, position, "position", RECORD, REQUIRED, position),
              IN("context", REQUIRED, reference_context));
PUBLIC_RECORD(WorkspaceSymbolParams,
              HAS(WorkspaceSymbolParams, query, "query", STR, REQUIRED));

RECORD(action_context, CodeActionParams,
       HAS(CodeActionParams, context.only, "only", STRS, OPTIONAL));
PUBLIC_RECORD(CodeActionParams, ON_DOCUMENT(CodeActionParams),
              SUB(CodeActionParams, range, "range", RECORD, REQUIRED, range),
              IN("context", REQUIRED, action_context));

PUBLIC_RECORD(DidConfigureParams,
              HAS(DidConfigureParams, settings, "settings", RAW, OPTIONAL));

RECORD(file_event, FileEvent, HAS(FileEvent, uri, "uri", STR, REQUIRED),
       HAS(FileEvent, type, "type", UINT, REQUIRED));
PUBLIC_RECORD(DidWatchParams,
              SUB(DidWatchParams, changes, "changes", RECORDS, REQUIRED, file_event));

RECORD(folder_change, DidFoldersParams,
       SUB(DidFoldersParams, event.added, "added", RECORDS, REQUIRED, folder),
       SUB(DidFoldersParams, event.removed, "removed", RECORDS, REQUIRED, folder));
PUBLIC_RECORD(DidFoldersParams, IN("event", REQUIRED, folder_change));

PUBLIC_RECORD(AdvanceParams, HAS(AdvanceParams, ms, "ms", UINT, REQUIRED));

RECORD(diagnostics, DiagnosticsSettings,
       HAS(DiagnosticsSettings, clang, "clang", STR, OPTIONAL),
       HAS(DiagnosticsSettings, rustc, "rustc", STR, OPTIONAL),
       HAS(DiagnosticsSettings, severity, "severity", PAIRS, OPTIONAL));
RECORD(headers, HeadersSettings, HAS(HeadersSettings, use, "use", STR, OPTIONAL),
       HAS(HeadersSettings, paths, "paths", STRS, OPTIONAL),
       HAS(HeadersSettings, has_paths, "paths", PRESENT, OPTIONAL));
RECORD(inlay_hints, InlayHintsSettings,
       HAS(InlayHintsSettings, registers, "registers", STR, OPTIONAL));
PUBLIC_RECORD(SettingsRecord,
              SUB(SettingsRecord, diagnostics, "diagnostics", RECORD, OPTIONAL,
                  diagnostics),
              SUB(SettingsRecord, headers, "headers", RECORD, OPTIONAL, headers),
              SUB(SettingsRecord, inlay_hints, "inlayHints", RECORD, OPTIONAL,
                  inlay_hints),
              HAS(SettingsRecord, code_lens, "codeLens", STR, OPTIONAL),
              HAS(SettingsRecord, full_stage, "fullStage", STR, OPTIONAL),
              HAS(SettingsRecord, trusted, "trusted", STR, OPTIONAL),
              HAS(SettingsRecord, builder, "builder", STR, OPTIONAL),
              HAS(SettingsRecord, compile_commands, "compileCommands", STR, OPTIONAL),
              HAS(SettingsRecord, flags, "flags", STRS, OPTIONAL),
              HAS(SettingsRecord, has_flags, "flags", PRESENT, OPTIONAL),
              HAS(SettingsRecord, trace, "trace", RAW, OPTIONAL));

PUBLIC_RECORD(SettingsEnvelope,
              HAS(SettingsEnvelope, has_inner, "arm64ecd", PRESENT, OPTIONAL),
              SUB(SettingsEnvelope, inner, "arm64ecd", RECORD, OPTIONAL, SettingsRecord));

LspPosition lsp_position(Pos pos, Encoding unit)
{
    switch (unit) {
    case ENCODING_UTF8:
        return (LspPosition){pos.line, pos.byte};
    case ENCODING_UTF16:
        return (LspPosition){pos.line, pos.utf16};
    case ENCODING_UTF32:
        return (LspPosition){pos.line, pos.utf32};
    }
    BUG("encoding");
}

void lsp_write_position(Json *json, LspPosition position)
{
    json_object_begin(json);
    json_put_int(json, "line", position.line);
    json_put_int(json, "character", position.character);
    json_object_end(json);
}

void lsp_write_range(Json *json, LspRange range)
{
    json_object_begin(json);
    json_key(json, "start");
    lsp_write_position(json, range.start);
    json_key(json, "end");
    lsp_write_position(json, range.end);
    json_object_end(json);
}
