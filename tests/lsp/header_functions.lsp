# A function of a header is told at the #include, from a preamble too, after every edit.
file: compile_flags.txt
    --target=arm64ec-pc-windows-msvc
file: a.h
    void h(void) { __asm__("mov x13, #1"); }
--> initialize { "processId": null, "rootUri": "${uri}", "capabilities": { } }
<-- result …
--> initialized {}
--> textDocument/didOpen { "textDocument": { "uri": "${uri}/a.c", "languageId": "c", "version": 1, "text": "#include <stdio.h>\n#include \"a.h\"\nint x;\n" } }
<-- textDocument/publishDiagnostics { "diagnostics": [ { "code": "EC501", … } ] , … }
--> textDocument/didChange { "textDocument": { "uri": "${uri}/a.c", "version": 2 }, "contentChanges": [ { "range": { "start": { "line": 2, "character": 0 }, "end": { "line": 2, "character": 0 } }, "text": "int y = z;\n" } ] }
<-- textDocument/publishDiagnostics { "diagnostics": [ { "code": "EC501", … }, { … } ], … }
--> textDocument/didChange { "textDocument": { "uri": "${uri}/a.c", "version": 3 }, "contentChanges": [ { "range": { "start": { "line": 2, "character": 0 }, "end": { "line": 2, "character": 0 } }, "text": "int y2 = z2;\n" } ] }
<-- textDocument/publishDiagnostics { "diagnostics": [ { "code": "EC501", … }, { … }, { … } ], … }
