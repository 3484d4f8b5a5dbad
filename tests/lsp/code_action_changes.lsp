# The same fix for a client without document changes, and none where the triple stands twice.
file: compile_flags.txt
    --target=arm64ec-linux-gnu
file: twice/compile_flags.txt
    --target=arm64ec-linux-gnu
    -DTRIPLE=arm64ec-linux-gnu
--> initialize { "processId": null, "rootUri": "${uri}", "capabilities": {
    "textDocument": { "codeAction": { "codeActionLiteralSupport": { "codeActionKind": { "valueSet": ["quickfix"] } } } } } }
<-- result …
--> initialized {}
--> textDocument/didOpen { "textDocument": { "uri": "${uri}/a.c", "languageId": "c", "version": 4, "text": "int x;\n" } }
<-- textDocument/publishDiagnostics { "diagnostics": [ { "code": "EC601", … } ], … }
--> textDocument/codeAction { "textDocument": { "uri": "${uri}/a.c" }, "range": { "start": { "line": 0, "character": 0 }, "end": { "line": 0, "character": 0 } }, "context": { "diagnostics": [] } }
<-- result [{ "edit": { "changes": { "${uri}/compile_flags.txt": [{ "range": { "start": { "line": 0, "character": 9 }, … }, "newText": "arm64ec-pc-windows-msvc" }] } }, … }]
--> textDocument/didOpen { "textDocument": { "uri": "${uri}/twice/a.c", "languageId": "c", "version": 1, "text": "int x;\n" } }
<-- textDocument/publishDiagnostics { "diagnostics": [ { "code": "EC601", … } ], … }
--> textDocument/codeAction { "textDocument": { "uri": "${uri}/twice/a.c" }, "range": { "start": { "line": 0, "character": 0 }, "end": { "line": 0, "character": 0 } }, "context": { "diagnostics": [] } }
<-- result []
