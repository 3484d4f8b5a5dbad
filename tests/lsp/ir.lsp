# LLVM IR as a document: findings, lens, hover, symbols, tokens, folding, names; from the
# text to a C file and back.
file: compile_flags.txt
    --target=arm64ec-pc-windows-msvc
--> initialize { "processId": null, "rootUri": "${uri}",
    "capabilities": { "textDocument": { "hover": { "contentFormat": ["markdown"] }, "foldingRange": { "rangeLimit": 2 },
      "documentSymbol": { "hierarchicalDocumentSymbolSupport": true },
      "semanticTokens": { "requests": { "range": true, "full": { "delta": true } }, "tokenTypes": ["comment"], "tokenModifiers": [], "formats": ["relative"] } } } }
<-- result { … }
--> initialized {}
--> textDocument/didOpen { "textDocument": { "uri": "${uri}/a.ll", "languageId": "llvm", "version": 1,
    "text": "; one\n; two\ntarget triple = \"arm64ec-pc-windows-msvc\"\n\n%pair = type { i32, i32 }\ndeclare i128 @wide(i32 %n)\n\ndefine i32 @twice(i32 %n) {\nentry:\n  %a = call i128 @wide(i32 %n)\n  %b = add i32 %n, %n\n  ret i32 %b\n}\n" } }
<-- textDocument/publishDiagnostics { "uri": "${uri}/a.ll", "diagnostics": [
    { "range": { "start": { "line": 9, "character": 17 }, "end": { "line": 9, "character": 22 } }, "code": "EC107", "severity": 2, "source": "arm64ecd", … } ], … }
--> textDocument/codeLens { "textDocument": { "uri": "${uri}/a.ll" } }
<-- result [
    { "range": { "start": { "line": 5, "character": 13 }, … }, "command": { "title": "exit thunk $iexit_thunk$cdecl$m16$i8 | 1 call | wrong on x64: result (EC107: x64 code has it in xmm0)", … } },
    { "range": { "start": { "line": 7, "character": 11 }, … }, "command": { "title": "entry thunk $ientry_thunk$cdecl$i8$i8 | 0 calls", … } } ]
--> textDocument/hover { "textDocument": { "uri": "${uri}/a.ll" }, "position": { "line": 7, "character": 13 } }
<-- result { "contents": { "kind": "markdown", "value": "…twice…rcx…" }, "range": { … } }
--> textDocument/documentSymbol { "textDocument": { "uri": "${uri}/a.ll" } }
<-- result [
    { "name": "pair", "detail": "type", "kind": 23, … },
    { "name": "wide", "detail": "declare i128 @wide(i32 %n)", "kind": 12, … },
    { "name": "twice", "detail": "define i32 @twice(i32 %n)", "kind": 12, "range": { "start": { "line": 7, "character": 0 }, "end": { "line": 12, "character": 1 } }, … } ]
--> textDocument/semanticTokens/range { "textDocument": { "uri": "${uri}/a.ll" }, "range": { "start": { "line": 7, "character": 0 }, "end": { "line": 8, "character": 0 } } }
<-- result { "data": [7, 0, 6, 3, 0, 0, 7, 3, 9, 0, 0, 4, 6, 8, 2, 0, 7, 3, 9, 0, 0, 4, 2, 6, 2, 1, 0, 5, 10, 2] }
--> textDocument/semanticTokens/full { "textDocument": { "uri": "${uri}/a.ll" } }
<-- result { "resultId": "1", "data": [0, 0, 5, 0, 0, …] }
--> textDocument/foldingRange { "textDocument": { "uri": "${uri}/a.ll" } }
<-- result [ { "startLine": 7, "endLine": 11 }, { "startLine": 0, "endLine": 1, "kind": "comment" } ]
# a value of the function
--> textDocument/references { "textDocument": { "uri": "${uri}/a.ll" }, "position": { "line": 10, "character": 16 }, "context": { "includeDeclaration": false } }
<-- result [
    { "uri": "${uri}/a.ll", "range": { "start": { "line": 9, "character": 27 }, … } },
    { "uri": "${uri}/a.ll", "range": { "start": { "line": 10, "character": 15 }, … } },
    { "uri": "${uri}/a.ll", "range": { "start": { "line": 10, "character": 19 }, … } } ]
--> textDocument/definition { "textDocument": { "uri": "${uri}/a.ll" }, "position": { "line": 10, "character": 16 } }
<-- result [ { "uri": "${uri}/a.ll", "range": { "start": { "line": 7, "character": 22 }, "end": { "line": 7, "character": 24 } } } ]
--> textDocument/didOpen { "textDocument": { "uri": "${uri}/b.c", "languageId": "c", "version": 1, "text": "int twice(int n);\nint four(void) { return twice(2); }\n" } }
<-- textDocument/publishDiagnostics { "uri": "${uri}/b.c", "diagnostics": [], … }
--> textDocument/definition { "textDocument": { "uri": "${uri}/b.c" }, "position": { "line": 1, "character": 26 } }
<-- result [ { "uri": "${uri}/a.ll", "range": { "start": { "line": 7, "character": 11 }, "end": { "line": 7, "character": 17 } } } ]
--> textDocument/definition { "textDocument": { "uri": "${uri}/a.ll" }, "position": { "line": 7, "character": 12 } }
<-- result [ { "uri": "${uri}/b.c", "range": { "start": { "line": 0, "character": 4 }, "end": { "line": 0, "character": 9 } } } ]
--> workspace/symbol { "query": "twi" }
<-- result [ { "name": "twice", "kind": 12, "location": { "uri": "${uri}/a.ll", … } }, { "name": "twice", "kind": 12, "location": { "uri": "${uri}/b.c", … } } ]
# half a line: LLVM's message at its place; the rest of what the text shows stays
--> textDocument/didChange { "textDocument": { "uri": "${uri}/a.ll", "version": 2 }, "contentChanges": [ { "range": { "start": { "line": 10, "character": 2 }, "end": { "line": 10, "character": 21 } }, "text": "%b = ad" } ] }
--> textDocument/semanticTokens/full/delta { "textDocument": { "uri": "${uri}/a.ll" }, "previousResultId": "1" }
<-- textDocument/publishDiagnostics { "uri": "${uri}/a.ll", "diagnostics": [
    { "range": { "start": { "line": 10, "character": 7 }, "end": { "line": 10, "character": 9 } }, "message": "expected instruction opcode", "severity": 1, … } ], … }
<-- result { "resultId": "2", "edits": [ { "start": 135, "deleteCount": 20, "data": [0, 5, 2, 3, 0] } ] }
--> textDocument/documentSymbol { "textDocument": { "uri": "${uri}/a.ll" } }
<-- result [ { "name": "pair", … }, { "name": "wide", … }, { "name": "twice", … } ]
