# An unsaved header counts for the documents that include it, until it is closed.
file: compile_flags.txt
    --target=arm64ec-pc-windows-msvc
file: value.h
    int value;
--> initialize { "processId": null, "rootUri": "${uri}", "capabilities": {} }
<-- result { … }
--> textDocument/didOpen { "textDocument": { "uri": "${uri}/a.c", "languageId": "c", "version": 1, "text": "#include \"value.h\"\nint *p = &value;\n" } }
<-- textDocument/publishDiagnostics { "uri": "${uri}/a.c", "diagnostics": [] }
--> textDocument/didOpen { "textDocument": { "uri": "${uri}/value.h", "languageId": "c", "version": 1, "text": "int value;\n" } }
<-- textDocument/publishDiagnostics { "uri": "${uri}/value.h", "diagnostics": [] }
--> textDocument/didChange { "textDocument": { "uri": "${uri}/value.h", "version": 2 }, "contentChanges": [{ "text": "int another;\n" }] }
<-- textDocument/publishDiagnostics { "uri": "${uri}/a.c", "diagnostics": [{ "message": "…'value'…", … }] }
--> textDocument/didClose { "textDocument": { "uri": "${uri}/value.h" } }
<-- textDocument/publishDiagnostics { "uri": "${uri}/value.h", "diagnostics": [] }
<-- textDocument/publishDiagnostics { "uri": "${uri}/a.c", "diagnostics": [] }
