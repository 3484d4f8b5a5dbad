# A brace is deleted: functions whose own text nobody touched keep what was known of them,
# moved to where they stand now and marked; whole text brings fresh answers back.
file: compile_flags.txt
    --target=arm64ec-pc-windows-msvc
--> initialize { "processId": null, "rootUri": "${uri}", "capabilities": {} }
<-- result …
--> initialized {}
--> textDocument/didOpen { "textDocument": { "uri": "${uri}/a.c", "languageId": "c", "version": 1, "text": "void out(int);\nint first(int a) {\n  if (a) {\n    out(1);\n  }\n  return a;\n}\nint second(double b) {\n  out(2);\n  return (int)b;\n}\n" } }
<-- textDocument/publishDiagnostics …
--> textDocument/codeLens { "textDocument": { "uri": "${uri}/a.c" } }
<-- result [
    { "range": { "start": { "line": 0, … }, … }, "command": { "title": "exit thunk $iexit_thunk$cdecl$v$i8 | 2 calls", … } },
    { "range": { "start": { "line": 1, … }, … }, "command": { "title": "entry thunk $ientry_thunk$cdecl$i8$i8 | 0 calls", … } },
    { "range": { "start": { "line": 7, … }, … }, "command": { "title": "entry thunk $ientry_thunk$cdecl$i8$d | 0 calls", … } } ]
# the brace of line 5 goes, and a line comes
--> textDocument/didChange { "textDocument": { "uri": "${uri}/a.c", "version": 2 }, "contentChanges": [ { "range": { "start": { "line": 4, "character": 0 }, "end": { "line": 4, "character": 3 } }, "text": "\n" } ] }
<-- textDocument/publishDiagnostics { "diagnostics": [ { "severity": 1, … }, … ], … }
--> textDocument/hover { "textDocument": { "uri": "${uri}/a.c" }, "position": { "line": 8, "character": 6 } }
<-- result { "contents": { "kind": "plaintext", "value": "second is the symbol #second (as it was before the text broke)…xmm0…$ientry_thunk$cdecl$i8$d…" }, … }
# and comes back
--> textDocument/didChange { "textDocument": { "uri": "${uri}/a.c", "version": 3 }, "contentChanges": [ { "range": { "start": { "line": 4, "character": 0 }, "end": { "line": 4, "character": 0 } }, "text": "  }" } ] }
<-- textDocument/publishDiagnostics { … }
--> textDocument/hover { "textDocument": { "uri": "${uri}/a.c" }, "position": { "line": 8, "character": 6 } }
<-- result { "contents": { "kind": "plaintext", "value": "second is the symbol #second\n…" }, … }
# a comment swallows the rest: no lens stands in it
--> textDocument/didChange { "textDocument": { "uri": "${uri}/a.c", "version": 4 }, "contentChanges": [ { "range": { "start": { "line": 6, "character": 0 }, "end": { "line": 6, "character": 0 } }, "text": "/*" } ] }
<-- textDocument/publishDiagnostics { … }
--> textDocument/codeLens { "textDocument": { "uri": "${uri}/a.c" } }
<-- result [
    { "range": { "start": { "line": 0, … }, … }, … },
    { "range": { "start": { "line": 1, … }, … }, … } ]
