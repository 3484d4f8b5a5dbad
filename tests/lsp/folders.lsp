# Folders come and go while documents are open.
file: compile_flags.txt
    --target=arm64ec-pc-windows-msvc
--> initialize { "processId": null, "rootUri": null, "workspaceFolders": [{ "uri": "${uri}", "name": "one" }], "capabilities": { "workspace": { "workspaceFolders": true } } }
<-- result { "capabilities": { "workspace": { "workspaceFolders": { "supported": true, "changeNotifications": true } }, … }, … }
--> textDocument/didOpen { "textDocument": { "uri": "${uri}/a.c", "languageId": "c", "version": 1, "text": "int x = y;\n" } }
<-- textDocument/publishDiagnostics { "diagnostics": [{ "message": "…'y'", … }], … }
--> workspace/didChangeWorkspaceFolders { "event": { "added": [{ "uri": "${uri}/two", "name": "two" }], "removed": [{ "uri": "${uri}", "name": "one" }] } }
--> textDocument/didSave { "textDocument": { "uri": "${uri}/a.c" } }
--> $/arm64ecd/sync
<-- result null
