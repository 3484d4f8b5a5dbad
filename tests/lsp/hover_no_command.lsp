# Without a compile command the first line says what the file is analysed as, and what helps;
# the long explanation of EC630 does not stand between the rest.
--> initialize { "processId": null, "rootUri": "${uri}", "capabilities": {} }
<-- result { … }
--> textDocument/didOpen { "textDocument": { "uri": "${uri}/a.c", "languageId": "c", "version": 1, "text": "int x;\n" } }
<-- textDocument/publishDiagnostics { "diagnostics": [{ "code": "EC630", … }], … }
--> textDocument/hover { "textDocument": { "uri": "${uri}/a.c" }, "position": { "line": 0, "character": 5 } }
<-- result { "contents": { "kind": "plaintext", "value": "arm64ecd: analysed for arm64ec-pc-windows-msvc, built by clang, with LLVM …\n\nno compile command: defaults\n\nheaders: …\n\nRemedy: add the file to compile_commands.json, or set flags in .arm64ecd.json" } }
