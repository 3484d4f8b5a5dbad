# A saved file is compiled as a whole: what only the assembler sees of a header is told at
# the #include, moves with its line, and goes when the header is mended; thunks are those of
# the level of optimisation.
file: compile_flags.txt
    --target=arm64ec-pc-windows-msvc
    -O2
file: a.h
    __asm__("frob x1, x2");
file: b.h
    int b;
file: a.c
    #include "a.h"
    void out(int);
    static int deep(int n) { return n; }
    int (*taken)(int) = deep;
    void run(void) { if (deep(1) == 2) out(1); }
file: off/.arm64ecd.json
    {"fullStage": "off"}
file: off/off.c
    #include "../a.h"
    int x;
--> initialize { "processId": null, "rootUri": "${uri}",
    "capabilities": { "textDocument": { "publishDiagnostics": { "relatedInformation": true } }, "workspace": { "codeLens": { "refreshSupport": true } } } }
<-- result …
--> initialized {}
--> textDocument/didOpen { "textDocument": { "uri": "${uri}/a.c", "languageId": "c", "version": 1, "text": "#include \"a.h\"\nvoid out(int);\nstatic int deep(int n) { return n; }\nint (*taken)(int) = deep;\nvoid run(void) { if (deep(1) == 2) out(1); }\n" } }
<-- textDocument/publishDiagnostics { "diagnostics": [] , … }
--> textDocument/codeLens { "textDocument": { "uri": "${uri}/a.c" } }
<-- result [
    { "range": { "start": { "line": 1, … }, … }, "command": { "title": "exit thunk …", … } },
    { "range": { "start": { "line": 2, … }, … }, "command": { "title": "entry thunk …", … } },
    { "range": { "start": { "line": 4, … }, … }, "command": { "title": "entry thunk …", … } } ]
--> textDocument/didSave { "textDocument": { "uri": "${uri}/a.c" } }
<-- textDocument/publishDiagnostics { "diagnostics": [
    { "range": { "start": { "line": 0, … }, … }, "severity": 1,
      "message": "in assembly at file scope: unrecognized instruction mnemonic", … } ], … }
# moved by an edit above it, and gone with an edit of its line
--> textDocument/didChange { "textDocument": { "uri": "${uri}/a.c", "version": 2 }, "contentChanges": [ { "range": { "start": { "line": 0, "character": 0 }, "end": { "line": 0, "character": 0 } }, "text": "int y;\n" } ] }
<-- textDocument/publishDiagnostics { "diagnostics": [ { "range": { "start": { "line": 1, … }, … }, … } ], … }
--> textDocument/didChange { "textDocument": { "uri": "${uri}/a.c", "version": 3 }, "contentChanges": [ { "range": { "start": { "line": 1, "character": 0 }, "end": { "line": 1, "character": 14 } }, "text": "#include \"b.h\"" } ] }
<-- textDocument/publishDiagnostics { "diagnostics": [], … }
<-- nothing
# not where it is switched off
--> textDocument/didOpen { "textDocument": { "uri": "${uri}/off/off.c", "languageId": "c", "version": 1, "text": "#include \"../a.h\"\nint x;\n" } }
<-- textDocument/publishDiagnostics { "diagnostics": [], … }
--> textDocument/didSave { "textDocument": { "uri": "${uri}/off/off.c" } }
<-- nothing
