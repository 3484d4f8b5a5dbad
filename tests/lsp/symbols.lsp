# The outline, as a tree.
# control: clangd
file: compile_flags.txt
    --target=arm64ec-pc-windows-msvc
--> initialize { "processId": null, "rootUri": "${uri}",
    "capabilities": { "textDocument": { "documentSymbol": { "hierarchicalDocumentSymbolSupport": true } } } }
<-- result { "capabilities": { "documentSymbolProvider": true, … }, … }
--> initialized {}
--> textDocument/didOpen { "textDocument": { "uri": "${uri}/a.c", "languageId": "c", "version": 1, "text": "struct point {\n    int x;\n};\nint area(struct point p) { return p.x; }\n" } }
<-- textDocument/publishDiagnostics { "uri": "${uri}/a.c", "diagnostics": [], … }
--> textDocument/documentSymbol { "textDocument": { "uri": "${uri}/a.c" } }
<-- result [
    { "name": "point", "range": { "start": { "line": 0, "character": 0 }, … }, "selectionRange": { "start": { "line": 0, "character": 7 }, "end": { "line": 0, "character": 12 } },
      "children": [{ "name": "x", "kind": 8, "selectionRange": { "start": { "line": 1, "character": 8 }, "end": { "line": 1, "character": 9 } }, … }], … },
    { "name": "area…", "kind": 12, "selectionRange": { "start": { "line": 3, "character": 4 }, "end": { "line": 3, "character": 8 } }, … } ]
