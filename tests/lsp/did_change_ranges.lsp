# Several changes in one message apply one after the other; a range outside the text is said
# and changes nothing; an end before its start is refused likewise.
file: compile_flags.txt
    --target=arm64ec-pc-windows-msvc
--> initialize { "processId": null, "rootUri": "${uri}", "capabilities": {} }
<-- result { … }
--> textDocument/didOpen { "textDocument": { "uri": "${uri}/a.c", "languageId": "c", "version": 1, "text": "int a = b;" } }
<-- textDocument/publishDiagnostics { "diagnostics": [{ "message": "…'b'", … }], … }
--> textDocument/didChange { "textDocument": { "uri": "${uri}/a.c", "version": 2 }, "contentChanges": [
    { "range": { "start": { "line": 0, "character": 0 }, "end": { "line": 0, "character": 0 } }, "text": "\r\n" },
    { "range": { "start": { "line": 1, "character": 8 }, "end": { "line": 1, "character": 9 } }, "text": "cc" },
    { "range": { "start": { "line": 1, "character": 99 }, "end": { "line": 1, "character": 99 } }, "text": "\r\n" } ] }
<-- textDocument/publishDiagnostics { "diagnostics": [{ "range": { "start": { "line": 1, "character": 8 }, "end": { "line": 1, "character": 10 } }, "message": "…'cc'", … }], … }
--> textDocument/didChange { "textDocument": { "uri": "${uri}/a.c", "version": 3 }, "contentChanges": [
    { "range": { "start": { "line": 70, "character": 0 }, "end": { "line": 71, "character": 0 } }, "text": "int z" } ] }
<-- window/logMessage { "type": 1, "message": "…contentChanges…" }
--> textDocument/didChange { "textDocument": { "uri": "${uri}/a.c", "version": 4 }, "contentChanges": [{ "text": "int d = e;" }] }
<-- textDocument/publishDiagnostics { "diagnostics": [{ "message": "…'e'", … }], … }
