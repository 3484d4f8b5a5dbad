# Several changes in one message apply one after the other; a column past the end of a line is
# the end of the line, a line past the last one the end of the text: Neovim sends such after
# ":%d" and "u", and other servers take them so. An end before its start is refused: the document
# is lost until a change brings the whole text.
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
    { "range": { "start": { "line": 70, "character": 0 }, "end": { "line": 71, "character": 0 } }, "text": "int z = y;" } ] }
<-- textDocument/publishDiagnostics { "diagnostics": [{ "message": "…'cc'", … }, { "range": { "start": { "line": 2, "character": 8 }, … }, "message": "…'y'", … }], … }
--> textDocument/didChange { "textDocument": { "uri": "${uri}/a.c", "version": 4 }, "contentChanges": [{ "text": "int d = e;\n" }] }
<-- textDocument/publishDiagnostics { "diagnostics": [{ "message": "…'e'", … }], … }
# The text has two lines, the second one empty; there is no third one.
--> textDocument/didChange { "textDocument": { "uri": "${uri}/a.c", "version": 5 }, "contentChanges": [
    { "range": { "start": { "line": 1, "character": 5 }, "end": { "line": 1, "character": 5 } }, "text": "int f = g;\n" } ] }
<-- textDocument/publishDiagnostics { "diagnostics": [{ "message": "…'e'", … }, { "message": "…'g'", … }], … }
--> textDocument/didChange { "textDocument": { "uri": "${uri}/a.c", "version": 6 }, "contentChanges": [
    { "range": { "start": { "line": 0, "character": 0 }, "end": { "line": 3, "character": 0 } }, "text": "" } ] }
<-- textDocument/publishDiagnostics { "diagnostics": [] , … }
--> textDocument/didChange { "textDocument": { "uri": "${uri}/a.c", "version": 7 }, "contentChanges": [
    { "range": { "start": { "line": 3, "character": 0 }, "end": { "line": 3, "character": 0 } }, "text": "int h = i;\n" } ] }
<-- textDocument/publishDiagnostics { "diagnostics": [{ "range": { "start": { "line": 0, "character": 8 }, … }, "message": "…'i'", … }], … }
--> textDocument/didChange { "textDocument": { "uri": "${uri}/a.c", "version": 8 }, "contentChanges": [
    { "range": { "start": { "line": 0, "character": 9 }, "end": { "line": 0, "character": 8 } }, "text": "x" } ] }
<-- window/showMessage { "type": 1, "message": "…contentChanges of version 8: a range ends before it starts…open it again" }
<-- textDocument/publishDiagnostics { "uri": "${uri}/a.c", "diagnostics": [] }
