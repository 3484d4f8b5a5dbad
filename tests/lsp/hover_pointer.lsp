# A call through a pointer has the table of its signature; what never meets x64 code has
# nothing wrong.
file: compile_flags.txt
    --target=arm64ec-pc-windows-msvc
--> initialize { "processId": null, "rootUri": "${uri}", "capabilities": { "textDocument": { "hover": { "contentFormat": [ "plaintext" ] } } } }
<-- result …
--> initialized {}
--> textDocument/didOpen { "textDocument": { "uri": "${uri}/a.c", "languageId": "c", "version": 1, "text": "struct rgb { char r, g, b; };\nstatic int helper(struct rgb c) { return c.r; }\nint use(void (*set)(int, struct rgb), struct rgb c)\n{\n    set(1, c);\n    return helper(c);\n}\n" } }
<-- textDocument/publishDiagnostics …
--> textDocument/hover { "textDocument": { "uri": "${uri}/a.c" }, "position": { "line": 4, "character": 5 } }
<-- result { "contents": { "kind": "plaintext", "value": "…a call through a pointer…pointer in rdx…WRONG (EC101)…$iexit_thunk$cdecl$v$i8i8…" }, … }
--> textDocument/hover { "textDocument": { "uri": "${uri}/a.c" }, "position": { "line": 1, "character": 13 } }
<-- result { "contents": { "kind": "plaintext", "value": "helper is the symbol #helper\n\nparameter  type (bytes)    x64             Arm64EC\nresult     int (4)         rax             x0\nc          struct rgb (3)  pointer in rcx  x0\n\nno thunk: x64 code cannot call it\n" }, … }
