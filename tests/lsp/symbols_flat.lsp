# A client without trees gets a list.
file: compile_flags.txt
    --target=arm64ec-pc-windows-msvc
--> initialize { "processId": null, "rootUri": "${uri}", "capabilities": {} }
<-- result { … }
--> textDocument/didOpen { "textDocument": { "uri": "${uri}/a.c", "languageId": "c", "version": 1, "text": "int area(int p) { return p; }\n" } }
<-- textDocument/publishDiagnostics { "uri": "${uri}/a.c", "diagnostics": [] }
--> textDocument/documentSymbol { "textDocument": { "uri": "${uri}/a.c" } }
<-- result [{ "name": "area…", "kind": 12, "location": { "uri": "${uri}/a.c", "range": { "start": { "line": 0, … }, … } }, … }]
