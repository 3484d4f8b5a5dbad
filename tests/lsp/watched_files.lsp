# A header on disk changes, then the compile flags: what includes it is analysed anew.
file: compile_flags.txt
    --target=arm64ec-pc-windows-msvc
file: value.h
    int value;
--> initialize { "processId": null, "rootUri": "${uri}", "capabilities": { "workspace": { "didChangeWatchedFiles": { "dynamicRegistration": true } } } }
<-- result { … }
--> initialized {}
<-- request client/registerCapability { "registrations": [{ "method": "workspace/didChangeWatchedFiles", … }] }
--> textDocument/didOpen { "textDocument": { "uri": "${uri}/a.c", "languageId": "c", "version": 1, "text": "#include \"value.h\"\nint *p = &value;\n" } }
<-- textDocument/publishDiagnostics { "uri": "${uri}/a.c", "diagnostics": [] }
--> write value.h "int other_value;\n"
--> workspace/didChangeWatchedFiles { "changes": [{ "uri": "${uri}/value.h", "type": 2 }] }
<-- textDocument/publishDiagnostics { "uri": "${uri}/a.c", "diagnostics": [{ "message": "…'value'…", … }] }
--> write compile_flags.txt "--target=arm64ec-pc-windows-msvc\n-Dvalue=other_value\n"
--> workspace/didChangeWatchedFiles { "changes": [{ "uri": "${uri}/compile_flags.txt", "type": 2 }] }
<-- textDocument/publishDiagnostics { "uri": "${uri}/a.c", "diagnostics": [] }
