# Hover: a finding explained, a register with its role, nothing elsewhere, and on the first
# line what the document is analysed with.
file: compile_flags.txt
    --target=arm64ec-pc-windows-msvc
--> initialize { "processId": null, "rootUri": "${uri}",
    "capabilities": { "textDocument": { "hover": { "contentFormat": ["markdown", "plaintext"] } } } }
<-- result { "capabilities": { "hoverProvider": true, … }, … }
--> initialized {}
--> textDocument/didOpen { "textDocument": { "uri": "${uri}/a.c", "languageId": "c", "version": 1, "text": "int unused;\nvoid f(void) { __asm__(\"mov x13, x0\"); }\nint last;\n" } }
<-- textDocument/publishDiagnostics { "diagnostics": [ { "code": "EC501", … } ], … }
--> textDocument/hover { "textDocument": { "uri": "${uri}/a.c" }, "position": { "line": 1, "character": 30 } }
<-- result { "contents": { "kind": "markdown", "value": "…**x13**…**EC501**…" }, "range": { "start": { "line": 1, "character": 28 }, "end": { "line": 1, "character": 31 } } }
--> textDocument/hover { "textDocument": { "uri": "${uri}/a.c" }, "position": { "line": 1, "character": 34 } }
<-- result { "contents": { "kind": "markdown", "value": "…**x0**…rcx…" }, … }
--> textDocument/hover { "textDocument": { "uri": "${uri}/a.c" }, "position": { "line": 0, "character": 5 } }
<-- result { "contents": { "kind": "markdown", "value": "…arm64ec-pc-windows-msvc…" } }
--> textDocument/hover { "textDocument": { "uri": "${uri}/a.c" }, "position": { "line": 2, "character": 5 } }
<-- result null
# far outside the text
--> textDocument/hover { "textDocument": { "uri": "${uri}/a.c" }, "position": { "line": 2000000, "character": 5 } }
<-- result null
--> textDocument/hover { "textDocument": { "uri": "${uri}/other.c" }, "position": { "line": 0, "character": 0 } }
<-- error { "code": -32602, "message": "…textDocument.uri…" }
