# Columns in UTF-32: before the finding stand two-, three- and four-byte characters.
# control: clangd
file: compile_flags.txt
    --target=arm64ec-pc-windows-msvc
--> initialize { "processId": null, "rootUri": "${uri}",
    "capabilities": { "general": { "positionEncodings": ["utf-32"] } } }
<-- result { "capabilities": { "positionEncoding": "utf-32", … }, … }
--> initialized {}
--> textDocument/didOpen { "textDocument": { "uri": "${uri}/a.c", "languageId": "c", "version": 1, "text": "int x = /* é€😀 */ yy;\r\nint z;\r\n" } }
<-- textDocument/publishDiagnostics { "uri": "${uri}/a.c", "diagnostics": [
    { "range": { "start": { "line": 0, "character": 18 }, "end": { "line": 0, "character": 20 } }, "message": "…yy…", … } ], … }
# The same columns the other way round: yy becomes zz.
--> textDocument/didChange { "textDocument": { "uri": "${uri}/a.c", "version": 2 },
    "contentChanges": [{ "range": { "start": { "line": 0, "character": 18 }, "end": { "line": 0, "character": 20 } }, "text": "zz" }] }
<-- textDocument/publishDiagnostics { "uri": "${uri}/a.c", "diagnostics": [
    { "range": { "start": { "line": 0, "character": 18 }, "end": { "line": 0, "character": 20 } }, "message": "…zz…", … } ], … }
