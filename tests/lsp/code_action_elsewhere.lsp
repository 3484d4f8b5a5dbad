# A fix in another file: the triple in compile_flags.txt. That file is not open, so its edit
# carries no version; a client without document changes gets it by its URI.
file: compile_flags.txt
    -DX=1
    --target=arm64ec-linux-gnu
--> initialize { "processId": null, "rootUri": "${uri}", "capabilities": {
    "workspace": { "workspaceEdit": { "documentChanges": true } },
    "textDocument": { "codeAction": { "codeActionLiteralSupport": { "codeActionKind": { "valueSet": ["quickfix"] } } } } } }
<-- result …
--> initialized {}
--> textDocument/didOpen { "textDocument": { "uri": "${uri}/a.c", "languageId": "c", "version": 4, "text": "int x;\n" } }
<-- textDocument/publishDiagnostics { "diagnostics": [ { "code": "EC601", … } ], … }
--> textDocument/codeAction { "textDocument": { "uri": "${uri}/a.c" }, "range": { "start": { "line": 0, "character": 0 }, "end": { "line": 0, "character": 0 } }, "context": { "diagnostics": [] } }
<-- result [{ "title": "write arm64ec-pc-windows-msvc in compile_flags.txt", "kind": "quickfix", "diagnostics": [{ … }], "edit": { "documentChanges": [
    { "textDocument": { "uri": "${uri}/compile_flags.txt", "version": null }, "edits": [{ "range": { "start": { "line": 1, "character": 9 }, "end": { "line": 1, "character": 26 } }, "newText": "arm64ec-pc-windows-msvc" }] }] } }]
