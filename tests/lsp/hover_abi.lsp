# Hover on functions, calls, parameters and types: the boundary table, from the last Result.
file: compile_flags.txt
    --target=arm64ec-pc-windows-msvc
--> initialize { "processId": null, "rootUri": "${uri}",
    "capabilities": { "textDocument": { "hover": { "contentFormat": ["markdown", "plaintext"] } } } }
<-- result …
--> initialized {}
--> textDocument/didOpen { "textDocument": { "uri": "${uri}/a.c", "languageId": "c", "version": 1, "text": "typedef struct { char r, g, b; } RGB;\ntypedef struct { int set; } Box; // set\nvoid set(RGB color);\nint get(int (*pick)(double), Box *box) {\n    set((RGB){1, 2, 3});\n    box->set = 1;\n    return pick(1.0);\n}\n" } }
<-- textDocument/publishDiagnostics { "diagnostics": [ { "code": "EC101", … } ], … }
# a call: the callee's table, what is wrong in words, and its thunks
--> textDocument/hover { "textDocument": { "uri": "${uri}/a.c" }, "position": { "line": 4, "character": 5 } }
<-- result { "contents": { "kind": "markdown", "value": "…**set** is the symbol `#set`; **wrong on x64: color (EC101: x64 code has it by reference)**\n\n| parameter | type (bytes) | x64            | Arm64EC | calling x64, the thunk                                      |\n| --------- | ------------ | -------------- | ------- | ----------------------------------------------------------- |\n| result    | void (0)     | -              | -       |                                                             |\n| color     | RGB (3)      | pointer in rcx | x0      | WRONG (EC101): passes the value where x64 expects a pointer |\n…exit thunk `$iexit_thunk$cdecl$v$i8`: takes an 8-byte integer or pointer, returns nothing; for the calls in line 5…" }, … }
# its declaration
--> textDocument/hover { "textDocument": { "uri": "${uri}/a.c" }, "position": { "line": 2, "character": 6 } }
<-- result { "contents": { "kind": "markdown", "value": "…**set** is the symbol `#set`…" }, … }
# the parameter of a declaration
--> textDocument/hover { "textDocument": { "uri": "${uri}/a.c" }, "position": { "line": 2, "character": 14 } }
<-- result { "contents": { "kind": "markdown", "value": "…**color** of **set** between x64 and Arm64EC…pointer in rcx…" }, … }
# a parameter that is called: its place, and the thunk of the call
--> textDocument/hover { "textDocument": { "uri": "${uri}/a.c" }, "position": { "line": 6, "character": 12 } }
<-- result { "contents": { "kind": "markdown", "value": "…**pick** of **get** between x64 and Arm64EC…rcx…a call through a pointer…`$iexit_thunk$cdecl$i8$d`…" }, … }
# a type that crosses by value
--> textDocument/hover { "textDocument": { "uri": "${uri}/a.c" }, "position": { "line": 0, "character": 34 } }
<-- result { "contents": { "kind": "markdown", "value": "…**RGB** crosses between x64 and Arm64EC by value…set…color…pointer in rcx…" }, … }
# a field, a comment and a type that never crosses have nothing
--> textDocument/hover { "textDocument": { "uri": "${uri}/a.c" }, "position": { "line": 5, "character": 10 } }
<-- result null
--> textDocument/hover { "textDocument": { "uri": "${uri}/a.c" }, "position": { "line": 1, "character": 38 } }
<-- result null
--> textDocument/hover { "textDocument": { "uri": "${uri}/a.c" }, "position": { "line": 1, "character": 30 } }
<-- result null
# a type of many places: the first of them, and how many are left
--> textDocument/didOpen { "textDocument": { "uri": "${uri}/b.c", "languageId": "c", "version": 1, "text": "typedef struct { int n; } Nine;\nint all(Nine a, Nine b, Nine c, Nine d, Nine e, Nine f, Nine g, Nine h, Nine i) { return a.n; }\ntypedef struct { int n; } Ten;\nTen most(Ten a, Ten b, Ten c, Ten d, Ten e, Ten f, Ten g, Ten h, Ten i) { return a; }\n" } }
<-- textDocument/publishDiagnostics { "diagnostics": [ ], … }
--> textDocument/hover { "textDocument": { "uri": "${uri}/b.c" }, "position": { "line": 0, "character": 27 } }
<-- result { "contents": { "kind": "markdown", "value": "…and in 1 more place\n…" }, … }
--> textDocument/hover { "textDocument": { "uri": "${uri}/b.c" }, "position": { "line": 2, "character": 27 } }
<-- result { "contents": { "kind": "markdown", "value": "…and in 2 more places\n…" }, … }
# a type: each row tells of the thunks that there are, those of calls through pointers, too
--> textDocument/didOpen { "textDocument": { "uri": "${uri}/d.c", "languageId": "c", "version": 1, "text": "struct odd { char c[3]; };\nint in(struct odd a) { return a.c[0]; }\nint out(int n, struct odd b);\nint run(struct odd *p, int (*f)(struct odd)) { return out(1, *p) + f(*p); }\n" } }
<-- textDocument/publishDiagnostics { "diagnostics": [ … ], … }
--> textDocument/hover { "textDocument": { "uri": "${uri}/d.c" }, "position": { "line": 0, "character": 8 } }
<-- result { "contents": { "kind": "markdown", "value": "…| x0      | WRONG (EC101): takes the pointer that x64 passes for the value |                                                             |…| x1      |                                                                | WRONG (EC101): passes the value…| run, through a pointer | #1 …| x0      |                                                                | WRONG (EC101): passes the value…" }, … }
