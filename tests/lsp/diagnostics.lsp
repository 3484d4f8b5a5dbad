# Clang's own findings: opened, mended, broken again, closed.
# control: clangd
file: compile_flags.txt
    --target=arm64ec-pc-windows-msvc
--> initialize { "processId": null, "rootUri": "${uri}",
    "capabilities": { "textDocument": { "publishDiagnostics": { "versionSupport": true } } } }
<-- result { … }
--> initialized {}
--> textDocument/didOpen { "textDocument": { "uri": "${uri}/a.c", "languageId": "c", "version": 1, "text": "int x = y;\n" } }
<-- textDocument/publishDiagnostics { "uri": "${uri}/a.c", "version": 1, "diagnostics": [
    { "range": { "start": { "line": 0, "character": 8 }, "end": { "line": 0, "character": 9 } }, "severity": 1, "source": "clang", "message": "…se of undeclared identifier 'y'", … } ] }
--> textDocument/didChange { "textDocument": { "uri": "${uri}/a.c", "version": 2 },
    "contentChanges": [{ "range": { "start": { "line": 0, "character": 8 }, "end": { "line": 0, "character": 9 } }, "text": "1" }] }
<-- textDocument/publishDiagnostics { "uri": "${uri}/a.c", "version": 2, "diagnostics": [] }
--> textDocument/didChange { "textDocument": { "uri": "${uri}/a.c", "version": 3 }, "contentChanges": [{ "text": "\nint z = zz;\n" }] }
<-- textDocument/publishDiagnostics { "uri": "${uri}/a.c", "version": 3, "diagnostics": [
    { "range": { "start": { "line": 1, "character": 8 }, "end": { "line": 1, "character": 10 } }, "message": "…zz…", … } ] }
--> textDocument/didClose { "textDocument": { "uri": "${uri}/a.c" } }
<-- textDocument/publishDiagnostics { "uri": "${uri}/a.c", "diagnostics": [], … }
