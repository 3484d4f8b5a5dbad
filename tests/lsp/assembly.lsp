# A file of assembly and a C file that calls it: findings, hover, outline, definition and
# references between '#f', 'f' and C, colours and folds.
file: compile_flags.txt
    --target=arm64ec-pc-windows-msvc
--> initialize { "processId": null, "rootUri": "${uri}",
    "capabilities": { "textDocument": { "hover": { "contentFormat": ["markdown"] }, "documentSymbol": { "hierarchicalDocumentSymbolSupport": true },
      "semanticTokens": { "requests": { "range": true, "full": { "delta": true } }, "tokenTypes": ["comment"], "tokenModifiers": [], "formats": ["relative"] } } } }
<-- result { … }
--> initialized {}
--> textDocument/didOpen { "textDocument": { "uri": "${uri}/f.s", "languageId": "asm", "version": 1, "text": "// one\n// two\n    .section .text,\"xr\",discard,\"#f\"\n    .globl \"#f\"\n    .p2align 2\n\"#f\":\n    .weak_anti_dep f\nf = \"#f\"\n    mov x13, x0\n    b \"#f\"\n    .section .hybmp$x,\"yi\"\n    .symidx \"#f\"\n    .symidx $ientry_thunk$cdecl$i8$i8\n    .word 1\n" } }
<-- textDocument/publishDiagnostics { "uri": "${uri}/f.s", "diagnostics": [ { "code": "EC501", "range": { "start": { "line": 8, "character": 8 }, "end": { "line": 8, "character": 11 } }, … } ], … }
--> textDocument/didOpen { "textDocument": { "uri": "${uri}/c.c", "languageId": "c", "version": 1, "text": "int f(int n);\nint g(void) { return f(2); }\n" } }
<-- textDocument/publishDiagnostics { "uri": "${uri}/c.c", … }
--> textDocument/hover { "textDocument": { "uri": "${uri}/f.s" }, "position": { "line": 8, "character": 9 } }
<-- result { "contents": { "kind": "markdown", "value": "…**x13** on Arm64EC: disallowed…EC501…" }, … }
--> textDocument/hover { "textDocument": { "uri": "${uri}/f.s" }, "position": { "line": 8, "character": 13 } }
<-- result { "contents": { "kind": "markdown", "value": "…**x0**…`rcx`…" }, … }
--> textDocument/hover { "textDocument": { "uri": "${uri}/f.s" }, "position": { "line": 11, "character": 6 } }
<-- result { "contents": { "kind": "markdown", "value": "….symidx…symbol table…" }, "range": { "start": { "line": 11, "character": 4 }, "end": { "line": 11, "character": 11 } } }
--> textDocument/hover { "textDocument": { "uri": "${uri}/f.s" }, "position": { "line": 9, "character": 8 } }
<-- result { "contents": { "kind": "markdown", "value": "…the Arm64EC function…" }, … }
--> textDocument/hover { "textDocument": { "uri": "${uri}/f.s" }, "position": { "line": 12, "character": 20 } }
<-- result { "contents": { "kind": "markdown", "value": "…entry thunk: takes…" }, … }
--> textDocument/documentSymbol { "textDocument": { "uri": "${uri}/f.s" } }
<-- result [ { "name": "#f", "kind": 12, "detail": "function, x64 code can call it", "range": { "start": { "line": 5, "character": 1 }, "end": { "line": 9, "character": 10 } }, … } ]
--> textDocument/definition { "textDocument": { "uri": "${uri}/c.c" }, "position": { "line": 1, "character": 21 } }
<-- result [ { "uri": "${uri}/f.s", "range": { "start": { "line": 5, "character": 1 }, "end": { "line": 5, "character": 3 } } } ]
--> textDocument/references { "textDocument": { "uri": "${uri}/f.s" }, "position": { "line": 5, "character": 2 }, "context": { "includeDeclaration": false } }
<-- result [ { "uri": "${uri}/c.c", "range": { "start": { "line": 1, "character": 21 }, … } }, { "uri": "${uri}/f.s", "range": { "start": { "line": 7, "character": 4 }, … } }, { "uri": "${uri}/f.s", "range": { "start": { "line": 9, "character": 6 }, … } }, { "uri": "${uri}/f.s", "range": { "start": { "line": 11, "character": 12 }, … } } ]
--> workspace/symbol { "query": "#f" }
<-- result [ { "name": "#f", "kind": 12, "location": { "uri": "${uri}/f.s", … } } ]
--> textDocument/foldingRange { "textDocument": { "uri": "${uri}/f.s" } }
<-- result [ { "startLine": 0, "endLine": 1, "kind": "comment" }, { "startLine": 5, "endLine": 9 } ]
--> textDocument/semanticTokens/range { "textDocument": { "uri": "${uri}/f.s" }, "range": { "start": { "line": 8, "character": 0 }, "end": { "line": 9, "character": 10 } } }
<-- result { "data": [ 8, 4, 3, 3, 0, 0, 4, 3, 7, 8, 0, 5, 2, 7, 0, 1, 4, 1, 3, 0, 0, 2, 4, 8, 0 ] }
