# Clang's fix-it as a quick fix; none where no finding is touched, none of other kinds.
file: compile_flags.txt
    --target=arm64ec-pc-windows-msvc
--> initialize { "processId": null, "rootUri": "${uri}", "capabilities": {
    "workspace": { "workspaceEdit": { "documentChanges": true } },
    "textDocument": { "codeAction": { "isPreferredSupport": true, "codeActionLiteralSupport": { "codeActionKind": { "valueSet": ["quickfix"] } } } } } }
<-- result { "capabilities": { "codeActionProvider": { "codeActionKinds": ["quickfix", "source.fixAll.arm64ecd"] }, … }, … }
--> initialized {}
--> textDocument/didOpen { "textDocument": { "uri": "${uri}/a.c", "languageId": "c", "version": 4, "text": "int x = 1\nint y;\n" } }
<-- textDocument/publishDiagnostics { "diagnostics": [ { "message": "expected ';' after top level declarator", … } ], … }
--> textDocument/codeAction { "textDocument": { "uri": "${uri}/a.c" }, "range": { "start": { "line": 0, "character": 9 }, "end": { "line": 0, "character": 9 } }, "context": { "diagnostics": [] } }
<-- result [{ "title": …, "kind": "quickfix", "diagnostics": [{ … }], "edit": { "documentChanges": [
    { "textDocument": { "uri": "${uri}/a.c", "version": 4 }, "edits": [{ "range": { "start": { "line": 0, "character": 9 }, "end": { "line": 0, "character": 9 } }, "newText": ";" }] }] }, … }]
--> textDocument/codeAction { "textDocument": { "uri": "${uri}/a.c" }, "range": { "start": { "line": 1, "character": 0 }, "end": { "line": 1, "character": 3 } }, "context": { "diagnostics": [] } }
<-- result []
--> textDocument/codeAction { "textDocument": { "uri": "${uri}/a.c" }, "range": { "start": { "line": 0, "character": 9 }, "end": { "line": 0, "character": 9 } }, "context": { "diagnostics": [], "only": ["refactor"] } }
<-- result []
--> textDocument/codeAction { "textDocument": { "uri": "${uri}/a.c" }, "range": { "start": { "line": 0, "character": 9 }, "end": { "line": 0, "character": 9 } }, "context": { "diagnostics": [], "only": ["quickfix"] } }
<-- result [{ "kind": "quickfix", … }]
# Two findings of one statement have one remedy.
--> textDocument/didOpen { "textDocument": { "uri": "${uri}/twice.c", "languageId": "c", "version": 1, "text": "void f(void) { __asm__(\"mov x13, x13\" ::: \"x13\"); }\n" } }
<-- textDocument/publishDiagnostics …
--> textDocument/codeAction { "textDocument": { "uri": "${uri}/twice.c" }, "range": { "start": { "line": 0, "character": 0 }, "end": { "line": 0, "character": 60 } }, "context": { "diagnostics": [] } }
<-- result [ { "title": "use x9 instead of x13 in this statement", … } ]
