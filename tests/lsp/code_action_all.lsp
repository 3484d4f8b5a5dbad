# All preferred fixes of a document at once, where an editor asks for them by name: two conditions
# that take Arm64EC for x64, of which one needs two edits. What is not preferred stays.
file: compile_flags.txt
    --target=arm64ec-pc-windows-msvc
--> initialize { "processId": null, "rootUri": "${uri}", "capabilities": {
    "workspace": { "workspaceEdit": { "documentChanges": true } },
    "textDocument": { "codeAction": { "isPreferredSupport": true, "codeActionLiteralSupport": { "codeActionKind": { "valueSet": ["quickfix", "source.fixAll"] } } } } } }
<-- result { "capabilities": { "codeActionProvider": { "codeActionKinds": ["quickfix", "source.fixAll.arm64ecd"] }, … }, … }
--> initialized {}
--> textDocument/didOpen { "textDocument": { "uri": "${uri}/a.c", "languageId": "c", "version": 1, "text": "void a(void)\n{\n#ifdef _M_X64\n    __asm__(\"pause\");\n#endif\n}\nvoid b(void)\n{\n#if defined(_M_X64) || defined(__x86_64__)\n    __asm__(\"pause\");\n#endif\n#ifdef __aarch64__\n    __asm__(\"yield\");\n#endif\n}\n" } }
<-- textDocument/publishDiagnostics { "diagnostics": [{ "code": "EC301", … }, { "code": "EC301", … }, { "code": "EC321", … }], … }
--> textDocument/codeAction { "textDocument": { "uri": "${uri}/a.c" }, "range": { "start": { "line": 0, "character": 0 }, "end": { "line": 0, "character": 0 } }, "context": { "diagnostics": [], "only": ["source.fixAll"] } }
<-- result [{ "title": "apply all preferred fixes of arm64ecd", "kind": "source.fixAll.arm64ecd", "edit": { "documentChanges": [
    { "textDocument": { "uri": "${uri}/a.c", "version": 1 }, "edits": [
        { "range": { "start": { "line": 2, "character": 1 }, "end": { "line": 2, "character": 6 } }, "newText": "if" },
        { "range": { "start": { "line": 2, "character": 7 }, "end": { "line": 2, "character": 13 } }, "newText": "defined(_M_X64) && !defined(_M_ARM64EC) && !defined(__arm64ec__)" },
        { "range": { "start": { "line": 8, "character": 4 }, "end": { "line": 8, "character": 4 } }, "newText": "(" },
        { "range": { "start": { "line": 8, "character": 42 }, "end": { "line": 8, "character": 42 } }, "newText": ") && !defined(_M_ARM64EC) && !defined(__arm64ec__)" } ] }] } }]
# Not where the cursor rests.
--> textDocument/codeAction { "textDocument": { "uri": "${uri}/a.c" }, "range": { "start": { "line": 0, "character": 0 }, "end": { "line": 0, "character": 0 } }, "context": { "diagnostics": [] } }
<-- result []
--> textDocument/didChange { "textDocument": { "uri": "${uri}/a.c", "version": 2 }, "contentChanges": [{ "text": "int a;\n" }] }
<-- textDocument/publishDiagnostics { "diagnostics": [], … }
--> textDocument/codeAction { "textDocument": { "uri": "${uri}/a.c" }, "range": { "start": { "line": 0, "character": 0 }, "end": { "line": 0, "character": 0 } }, "context": { "diagnostics": [], "only": ["source.fixAll.arm64ecd"] } }
<-- result []
