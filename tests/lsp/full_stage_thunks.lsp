# After a save, lenses show the thunks of the level of optimisation in use: here a call that
# LLVM folds away needs none.
file: compile_flags.txt
    --target=arm64ec-pc-windows-msvc
    -O2
file: a.c
    void out(int);
    static int deep(int n) { return n; }
    void run(void) { if (deep(1) == 2) out(1); }
--> initialize { "processId": null, "rootUri": "${uri}", "capabilities": { "workspace": { "codeLens": { "refreshSupport": true } } } }
<-- result …
--> initialized {}
--> textDocument/didOpen { "textDocument": { "uri": "${uri}/a.c", "languageId": "c", "version": 1, "text": "void out(int);\nstatic int deep(int n) { return n; }\nvoid run(void) { if (deep(1) == 2) out(1); }\n" } }
<-- textDocument/publishDiagnostics { "diagnostics": [], … }
--> textDocument/codeLens { "textDocument": { "uri": "${uri}/a.c" } }
<-- result [ { "range": { "start": { "line": 0, … }, … }, … }, { "range": { "start": { "line": 2, … }, … }, … } ]
--> textDocument/didSave { "textDocument": { "uri": "${uri}/a.c" } }
<-- request workspace/codeLens/refresh
--> textDocument/codeLens { "textDocument": { "uri": "${uri}/a.c" } }
<-- result [ { "range": { "start": { "line": 2, … }, … }, … } ]
