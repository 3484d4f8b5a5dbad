# A NUL character is refused, not cut off at; the session goes on.
file: compile_flags.txt
    --target=arm64ec-pc-windows-msvc
--> initialize { "processId": null, "rootUri": "${uri}", "capabilities": {} }
<-- result { … }
--> textDocument/didOpen { "textDocument": { "uri": "${uri}/a.c", "languageId": "c", "version": 1, "text": "int a; /* \u0000 */ int b = after_nul;\n" } }
<-- error id=null { "code": -32600, "message": "…u0000…" }
--> textDocument/didOpen { "textDocument": { "uri": "${uri}/a.c", "languageId": "c", "version": 1, "text": "int b = no_nul;\n" } }
<-- textDocument/publishDiagnostics { "diagnostics": [{ "message": "…'no_nul'", … }], … }
