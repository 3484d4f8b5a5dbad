# Names of thunks are LLVM's, and where MSVC is the builder that is said.
file: compile_flags.txt
    --target=arm64ec-pc-windows-msvc
file: .arm64ecd.json
    { "builder": "msvc-19.40" }
--> initialize { "processId": null, "rootUri": "${uri}", "capabilities": { "textDocument": { "hover": { "contentFormat": [ "plaintext" ] } } } }
<-- result …
--> initialized {}
--> textDocument/didOpen { "textDocument": { "uri": "${uri}/a.c", "languageId": "c", "version": 1, "text": "int f(int x) { return x; }\n" } }
<-- textDocument/publishDiagnostics …
--> textDocument/hover { "textDocument": { "uri": "${uri}/a.c" }, "position": { "line": 0, "character": 4 } }
<-- result { "contents": { "kind": "plaintext", "value": "…entry thunk $ientry_thunk$cdecl$i8$i8…names of thunks as LLVM writes them; cl writes some otherwise…" }, … }
--> textDocument/codeLens { "textDocument": { "uri": "${uri}/a.c" } }
<-- result [ { "command": { "title": "entry thunk $ientry_thunk$cdecl$i8$i8 (LLVM's name) | 0 calls", … }, … } ]
