# A lens above each function with a thunk; switched off by a setting; asked for again when
# something else than the text has changed.
file: compile_flags.txt
    --target=arm64ec-pc-windows-msvc
--> initialize { "processId": null, "rootUri": "${uri}",
    "capabilities": { "workspace": { "codeLens": { "refreshSupport": true }, "inlayHint": { "refreshSupport": true } } } }
<-- result { "capabilities": { "codeLensProvider": { "resolveProvider": false }, "inlayHintProvider": true, … }, … }
--> initialized {}
--> textDocument/didOpen { "textDocument": { "uri": "${uri}/a.c", "languageId": "c", "version": 1, "text": "typedef struct { char r, g, b; } RGB;\nstatic int twice(int n) { return n * 2; }\nint add(int a, RGB c) { return twice(a) + c.r; }\nvoid out(int);\nvoid run(void) { out(1); out(2); }\n" } }
<-- textDocument/publishDiagnostics { "diagnostics": [ { "code": "EC101", … } ], … }
--> textDocument/codeLens { "textDocument": { "uri": "${uri}/a.c" } }
<-- result [
    { "range": { "start": { "line": 2, "character": 4 }, "end": { "line": 2, "character": 7 } },
      "command": { "title": "entry thunk $ientry_thunk$cdecl$i8$i8i8 | 0 calls | wrong on x64: c (EC101: x64 code has it by reference)", "command": "" } },
    { "range": { "start": { "line": 3, "character": 5 }, … },
      "command": { "title": "exit thunk $iexit_thunk$cdecl$v$i8 | 2 calls", "command": "" } },
    { "range": { "start": { "line": 4, "character": 5 }, … },
      "command": { "title": "entry thunk $ientry_thunk$cdecl$v$v | 0 calls", "command": "" } } ]
# hints are off until they are wanted
--> textDocument/inlayHint { "textDocument": { "uri": "${uri}/a.c" }, "range": { "start": { "line": 0, "character": 0 }, "end": { "line": 9, "character": 0 } } }
<-- result []
--> workspace/didChangeConfiguration { "settings": { "arm64ecd": { "codeLens": "off", "inlayHints": { "registers": "on" } } } }
<-- request workspace/codeLens/refresh
<-- request workspace/inlayHint/refresh
--> textDocument/codeLens { "textDocument": { "uri": "${uri}/a.c" } }
<-- textDocument/publishDiagnostics …
<-- result []
--> textDocument/inlayHint { "textDocument": { "uri": "${uri}/a.c" }, "range": { "start": { "line": 2, "character": 12 }, "end": { "line": 9, "character": 0 } } }
<-- result [
    { "position": { "line": 2, "character": 13 }, "label": "rcx | x0", … },
    { "position": { "line": 2, "character": 20 }, "label": "pointer in rdx | x1 (wrong)", "tooltip": "…EC101", "paddingLeft": true } ]
