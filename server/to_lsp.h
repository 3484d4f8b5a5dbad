// Results -> LSP: the only place where a type of codegen meets a type of LSP.
#pragma once

#include "codegen/result.h"
#include "protocol/json.h"
#include "protocol/lsp.h"
#include "server/settings.h"

// What this client understands, settled at initialize.
typedef struct ClientTraits {
    Encoding encoding;
    bool related_information, code_description, versions, diagnostic_data;
    bool tag_unnecessary, tag_deprecated;
    bool hover_markdown;
    bool hierarchical_symbols;
    bool code_action_literals, preferred_actions;
    bool document_changes;
    bool watch_files, progress;
    bool refresh_lenses, refresh_hints, refresh_semantics;
    bool semantic_tokens, semantic_range; // are asked for
    uint32_t fold_limit;                  // 0: none
} ClientTraits;

// The program that says it: "arm64ecd", "clang", "rustc".
Str finding_source(const RFinding *finding);

// What is shown of a Result: clang's part by the settings, quiet findings not at all,
// severities as the settings want them. False: not shown.
bool finding_is_shown(const Settings *settings, const RFinding *finding,
                      Severity *ret_severity);

LspRange to_lsp_range(const RRange *range, Encoding encoding);

// Elements of a Diagnostic[]; `uri` is the document's.
void to_lsp_diagnostics(Json *json, const ClientTraits *client, const Settings *settings,
                        const Result *result, Str uri);
void to_lsp_diagnostic(Json *json, const ClientTraits *client, const Result *result,
                       const RFinding *finding, Severity severity, Str uri);

// DocumentSymbol[], or SymbolInformation[] for a client without a hierarchy.
void to_lsp_symbols(Json *json, const ClientTraits *client, const Result *result,
                    Str uri);

// A WorkspaceEdit of one fix.
void to_lsp_edit(Json *json, const ClientTraits *client, const Result *result,
                 const RFix *fix, Str uri, int32_t version);
