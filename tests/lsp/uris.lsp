# Percent-coded and untitled documents; the URI comes back as it was sent.
file: compile_flags.txt
    --target=arm64ec-pc-windows-msvc
--> initialize { "processId": null, "rootUri": "${uri}", "capabilities": {} }
<-- result { … }
--> textDocument/didOpen { "textDocument": { "uri": "${uri}/a%20b%23%C3%A9.c", "languageId": "c", "version": 1, "text": "int a = b;" } }
<-- textDocument/publishDiagnostics { "uri": "${uri}/a%20b%23%C3%A9.c", "diagnostics": [{ "message": "…'b'", … }] }
--> textDocument/didOpen { "textDocument": { "uri": "untitled:Untitled-1", "languageId": "c", "version": 1, "text": "int c = d;" } }
<-- textDocument/publishDiagnostics { "uri": "untitled:Untitled-1", "diagnostics": [{ "message": "…'d'", … }, …] }
