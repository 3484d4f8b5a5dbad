# After a change that was refused, the next ones would be applied to another text than the
# client's: nothing is said of the document until it is opened again or gets its whole text.
file: compile_flags.txt
    --target=arm64ec-pc-windows-msvc
--> initialize { "processId": null, "rootUri": "${uri}", "capabilities": {} }
<-- result { … }
--> textDocument/didOpen { "textDocument": { "uri": "${uri}/a.c", "languageId": "c", "version": 1, "text": "int a = b;" } }
<-- textDocument/publishDiagnostics { "diagnostics": [{ "message": "…'b'", … }], … }
--> textDocument/didChange { "textDocument": { "uri": "${uri}/a.c", "version": 2 }, "contentChanges": [
    { "range": { "start": { "line": 0, "character": 9 }, "end": { "line": 0, "character": 8 } }, "text": "x" } ] }
<-- window/showMessage { "type": 1, "message": "…ends before it starts…" }
<-- textDocument/publishDiagnostics { "uri": "${uri}/a.c", "diagnostics": [] }
--> textDocument/didChange { "textDocument": { "uri": "${uri}/a.c", "version": 3 }, "contentChanges": [
    { "range": { "start": { "line": 0, "character": 8 }, "end": { "line": 0, "character": 9 } }, "text": "wrong" } ] }
--> textDocument/didSave { "textDocument": { "uri": "${uri}/a.c" } }
--> textDocument/hover { "textDocument": { "uri": "${uri}/a.c" }, "position": { "line": 0, "character": 8 } }
<-- result null
<-- nothing
# Opened again.
--> textDocument/didClose { "textDocument": { "uri": "${uri}/a.c" } }
--> textDocument/didOpen { "textDocument": { "uri": "${uri}/a.c", "languageId": "c", "version": 1, "text": "int a = c;" } }
<-- textDocument/publishDiagnostics { "diagnostics": [{ "message": "…'c'", … }], … }
# Parameters that cannot be read have changed the client's text as well.
--> bad textDocument/didChange { "textDocument": { "uri": "${uri}/a.c", "version": 2 }, "contentChanges": [{ "text": 5 }] }
<-- window/showMessage { "type": 1, "message": "…contentChanges[0].text…" }
<-- textDocument/publishDiagnostics { "uri": "${uri}/a.c", "diagnostics": [] }
--> textDocument/didChange { "textDocument": { "uri": "${uri}/a.c", "version": 3 }, "contentChanges": [
    { "range": { "start": { "line": 0, "character": 8 }, "end": { "line": 0, "character": 9 } }, "text": "wrong" } ] }
<-- nothing
# The whole text, behind a range that means nothing any more.
--> textDocument/didChange { "textDocument": { "uri": "${uri}/a.c", "version": 4 }, "contentChanges": [
    { "range": { "start": { "line": 9, "character": 8 }, "end": { "line": 9, "character": 9 } }, "text": "wrong" },
    { "text": "int a = d;" },
    { "range": { "start": { "line": 0, "character": 8 }, "end": { "line": 0, "character": 9 } }, "text": "ee" } ] }
<-- textDocument/publishDiagnostics { "diagnostics": [{ "message": "…'ee'", … }], … }
# A NUL is refused as JSON already.
--> textDocument/didChange { "textDocument": { "uri": "${uri}/a.c", "version": 5 }, "contentChanges": [
    { "range": { "start": { "line": 0, "character": 0 }, "end": { "line": 0, "character": 0 } }, "text": "\u0000" } ] }
<-- window/showMessage { "type": 1, "message": "…u0000…" }
<-- textDocument/publishDiagnostics { "uri": "${uri}/a.c", "diagnostics": [] }
<-- error id=null { "code": -32600, "message": "…u0000…" }
--> textDocument/didClose { "textDocument": { "uri": "${uri}/a.c" } }
<-- nothing
