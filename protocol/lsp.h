// The LSP 3.18 records we read, and writers of those we send. Names are the
// specification's; only fields that something uses are listed.
#pragma once

#include "protocol/base/text.h"
#include "protocol/codec.h"
#include "protocol/json.h"
#include "protocol/rpc.h"

typedef struct NoParams {
    char unused;
} NoParams;

typedef struct LspPosition {
    uint32_t line, character;
} LspPosition;

typedef struct LspRange {
    LspPosition start, end;
} LspRange;

typedef struct TextDocumentId {
    Str uri;
} TextDocumentId;

typedef struct WorkspaceFolder {
    Str uri, name;
} WorkspaceFolder;

// Settings, from initializationOptions, workspace/didChangeConfiguration (under the key
// "arm64ecd" or bare) and .arm64ecd.json alike.
typedef struct DiagnosticsSettings {
    Str clang, rustc;  // "all", "target" or "off"
    PairList severity; // "EC501": "error" | "warning" | "info" | "hint" | "off"
} DiagnosticsSettings;

typedef struct HeadersSettings {
    Str use;        // "auto" or "builtin"
    StrSpan paths;  // system include folders for Arm64EC, before what is found
    bool has_paths; // [] is given, too
} HeadersSettings;

typedef struct InlayHintsSettings {
    Str registers; // "on" or "off"
} InlayHintsSettings;

typedef struct SettingsRecord {
    DiagnosticsSettings diagnostics;
    HeadersSettings headers;
    InlayHintsSettings inlay_hints;
    Str code_lens;        // "on" or "off"
    Str full_stage;       // "on" or "off"
    Str trusted;          // "on" or "off"; of the editor alone
    Str builder;          // "msvc-19.40", "clang-22", ...; empty: by the command
    Str compile_commands; // folder or file of the compile database; empty: searched
    StrSpan flags;        // used where no compile command is found
    bool has_flags;       // [] is given, too
    Str trace;            // JSON text: the editor's own, not read here
} SettingsRecord;

// { "arm64ecd": { ... } } or the settings themselves
typedef struct SettingsEnvelope {
    bool has_inner;
    SettingsRecord inner;
} SettingsEnvelope;

// ClientCapabilities, flattened to the questions we ask.
typedef struct ClientCapabilities {
    struct {
        StrSpan position_encodings;
    } general;
    struct {
        struct {
            bool related_information, version_support, code_description, data_support;
            struct {
                UintList value_set;
            } tag_support;
        } publish;
        struct {
            bool present; // codeActionLiteralSupport: CodeActions may be sent
            struct {
                StrSpan value_set;
            } kinds;
            bool is_preferred, data_support;
        } code_action;
        struct {
            StrSpan content_format;
        } hover;
        struct {
            bool hierarchical;
        } symbols;
        struct {
            bool present, range; // are asked for
        } semantic;
        struct {
            uint32_t range_limit; // 0: none
        } folding;
    } text_document;
    struct {
        bool configuration, workspace_folders;
        struct {
            bool document_changes;
        } workspace_edit;
        struct {
            bool dynamic;
        } watched_files;
        struct {
            bool refresh;
        } code_lens, inlay_hint, semantic;
    } workspace;
    struct {
        bool work_done_progress;
    } window;
} ClientCapabilities;

typedef struct InitializeParams {
    int32_t process_id; // 0: none
    Str root_uri, root_path;
    RECORD_LIST(WorkspaceFolder) folders;
    ClientCapabilities capabilities;
    Str initialization_options; // JSON text, may be empty
    Str trace;
    struct {
        Str name, version;
    } client;
} InitializeParams;

typedef struct CancelParams {
    Str id; // JSON text: an integer or a string
} CancelParams;

typedef struct SetTraceParams {
    Str value;
} SetTraceParams;

typedef struct DidOpenParams {
    struct {
        Str uri, language_id, text;
        int32_t version;
    } document;
} DidOpenParams;

typedef struct ContentChange {
    bool has_range; // without one `text` is the whole document
    LspRange range;
    Str text;
} ContentChange;

typedef struct DidChangeParams {
    struct {
        Str uri;
        int32_t version;
    } document;
    RECORD_LIST(ContentChange) changes;
} DidChangeParams;

typedef struct DidSaveParams {
    TextDocumentId document;
} DidSaveParams;

typedef struct DidCloseParams {
    TextDocumentId document;
} DidCloseParams;

typedef struct HoverParams {
    TextDocumentId document;
    LspPosition position;
} HoverParams;

typedef struct DocumentSymbolParams {
    TextDocumentId document;
} DocumentSymbolParams;

typedef struct CodeActionParams {
    TextDocumentId document;
    LspRange range;
    struct {
        StrSpan only;
    } context;
} CodeActionParams;

typedef struct CodeLensParams {
    TextDocumentId document;
} CodeLensParams;

typedef struct InlayHintParams {
    TextDocumentId document;
    LspRange range;
} InlayHintParams;

typedef struct SemanticTokensParams {
    TextDocumentId document;
} SemanticTokensParams;

typedef struct SemanticTokensDeltaParams {
    TextDocumentId document;
    Str previous_result_id;
} SemanticTokensDeltaParams;

typedef struct SemanticTokensRangeParams {
    TextDocumentId document;
    LspRange range;
} SemanticTokensRangeParams;

typedef struct FoldingRangeParams {
    TextDocumentId document;
} FoldingRangeParams;

typedef struct DefinitionParams {
    TextDocumentId document;
    LspPosition position;
} DefinitionParams;

typedef struct ReferenceParams {
    TextDocumentId document;
    LspPosition position;
    struct {
        bool include_declaration;
    } context;
} ReferenceParams;

typedef struct WorkspaceSymbolParams {
    Str query;
} WorkspaceSymbolParams;

typedef struct DidConfigureParams {
    Str settings; // JSON text
} DidConfigureParams;

typedef struct FileEvent {
    Str uri;
    uint32_t type; // 1 created, 2 changed, 3 deleted
} FileEvent;

typedef struct DidWatchParams {
    RECORD_LIST(FileEvent) changes;
} DidWatchParams;

typedef struct DidFoldersParams {
    struct {
        RECORD_LIST(WorkspaceFolder) added, removed;
    } event;
} DidFoldersParams;

typedef struct AdvanceParams {
    uint32_t ms;
} AdvanceParams;

// One table per record above, named after it: record_InitializeParams and so on.
#define LSP_RECORDS(X)                                                                   \
    X(NoParams)                                                                          \
    X(InitializeParams)                                                                  \
    X(CancelParams)                                                                      \
    X(SetTraceParams)                                                                    \
    X(DidOpenParams)                                                                     \
    X(DidChangeParams)                                                                   \
    X(DidSaveParams)                                                                     \
    X(DidCloseParams)                                                                    \
    X(HoverParams)                                                                       \
    X(DocumentSymbolParams)                                                              \
    X(CodeActionParams)                                                                  \
    X(CodeLensParams)                                                                    \
    X(InlayHintParams)                                                                   \
    X(SemanticTokensParams)                                                              \
    X(SemanticTokensDeltaParams)                                                         \
    X(SemanticTokensRangeParams)                                                         \
    X(FoldingRangeParams)                                                                \
    X(DefinitionParams)                                                                  \
    X(ReferenceParams)                                                                   \
    X(WorkspaceSymbolParams)                                                             \
    X(DidConfigureParams)                                                                \
    X(DidWatchParams)                                                                    \
    X(DidFoldersParams)                                                                  \
    X(AdvanceParams)                                                                     \
    X(SettingsRecord)                                                                    \
    X(SettingsEnvelope)
#define X(name) extern const Record record_##name;
LSP_RECORDS(X)
#undef X

// The column of `pos` in the client's unit.
LspPosition lsp_position(Pos pos, Encoding unit);
void lsp_write_position(Json *json, LspPosition position);
void lsp_write_range(Json *json, LspRange range);
