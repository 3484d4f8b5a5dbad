# Between two C files: the definition in one, the declaration and the calls in another. C's
# semantic tokens and folding ranges are clangd's to tell.
file: compile_flags.txt
    --target=arm64ec-pc-windows-msvc
--> initialize { "processId": null, "rootUri": "${uri}",
    "capabilities": { "textDocument": { "semanticTokens": { "requests": { "range": true, "full": { "delta": true } }, "tokenTypes": ["comment"], "tokenModifiers": [], "formats": ["relative"] } } } }
<-- result { "capabilities": { "definitionProvider": true, "referencesProvider": true, "workspaceSymbolProvider": true, "foldingRangeProvider": true,
    "semanticTokensProvider": { "legend": { "tokenTypes": ["comment", "string", "number", "keyword", "macro", "variable", "parameter", "property", "function", "type", "label", "operator", "decorator"],
      "tokenModifiers": ["declaration", "definition", "readonly", "deprecated", "defaultLibrary"] }, "range": true, "full": { "delta": true } }, … }, … }
--> initialized {}
--> textDocument/didOpen { "textDocument": { "uri": "${uri}/a.c", "languageId": "c", "version": 1, "text": "int twice(int n) { return n * 2; }\n" } }
<-- textDocument/publishDiagnostics { "uri": "${uri}/a.c", "diagnostics": [], … }
--> textDocument/didOpen { "textDocument": { "uri": "${uri}/b.c", "languageId": "c", "version": 1, "text": "int twice(int n);\nint four(void) { return twice(2); }\n" } }
<-- textDocument/publishDiagnostics { "uri": "${uri}/b.c", "diagnostics": [], … }
# from the call to the definition
--> textDocument/definition { "textDocument": { "uri": "${uri}/b.c" }, "position": { "line": 1, "character": 26 } }
<-- result [ { "uri": "${uri}/a.c", "range": { "start": { "line": 0, "character": 4 }, "end": { "line": 0, "character": 9 } } } ]
# from the definition to the declaration
--> textDocument/definition { "textDocument": { "uri": "${uri}/a.c" }, "position": { "line": 0, "character": 4 } }
<-- result [ { "uri": "${uri}/b.c", "range": { "start": { "line": 0, "character": 4 }, "end": { "line": 0, "character": 9 } } } ]
--> textDocument/definition { "textDocument": { "uri": "${uri}/a.c" }, "position": { "line": 0, "character": 0 } }
<-- result null
--> textDocument/references { "textDocument": { "uri": "${uri}/a.c" }, "position": { "line": 0, "character": 6 }, "context": { "includeDeclaration": true } }
<-- result [
    { "uri": "${uri}/a.c", "range": { "start": { "line": 0, "character": 4 }, … } },
    { "uri": "${uri}/b.c", "range": { "start": { "line": 0, "character": 4 }, … } },
    { "uri": "${uri}/b.c", "range": { "start": { "line": 1, "character": 24 }, … } } ]
--> textDocument/references { "textDocument": { "uri": "${uri}/a.c" }, "position": { "line": 0, "character": 6 }, "context": { "includeDeclaration": false } }
<-- result [ { "uri": "${uri}/b.c", "range": { "start": { "line": 1, "character": 24 }, … } } ]
--> textDocument/references { "textDocument": { "uri": "${uri}/z.c" }, "position": { "line": 0, "character": 6 }, "context": { "includeDeclaration": false } }
<-- error { "code": -32602, … }
--> workspace/symbol { "query": "TIC" }
<-- result [ { "name": "twice", "kind": 12, "location": { "uri": "${uri}/a.c", "range": { "start": { "line": 0, "character": 4 }, … } } },
    { "name": "twice", "kind": 12, "location": { "uri": "${uri}/b.c", "range": { "start": { "line": 0, "character": 4 }, … } } } ]
--> workspace/symbol { "query": "" }
<-- result [ { "name": "twice", … }, { "name": "twice", … }, { "name": "four", … } ]
--> textDocument/semanticTokens/full { "textDocument": { "uri": "${uri}/a.c" } }
<-- result null
--> textDocument/semanticTokens/full/delta { "textDocument": { "uri": "${uri}/a.c" }, "previousResultId": "7" }
<-- result null
--> textDocument/semanticTokens/range { "textDocument": { "uri": "${uri}/a.c" }, "range": { "start": { "line": 0, "character": 0 }, "end": { "line": 1, "character": 0 } } }
<-- result null
--> textDocument/foldingRange { "textDocument": { "uri": "${uri}/a.c" } }
<-- result null
