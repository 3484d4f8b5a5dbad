# diagnostics.clang and severities, at the start and later.
file: compile_flags.txt
    --target=arm64ec-pc-windows-msvc
--> initialize { "processId": null, "rootUri": "${uri}", "capabilities": {}, "initializationOptions": { "diagnostics": { "clang": "off" } } }
<-- result { … }
--> textDocument/didOpen { "textDocument": { "uri": "${uri}/a.c", "languageId": "c", "version": 1, "text": "int x = y;\nvoid f(void) { __asm__(\"mov x13, x0\"); }\n" } }
<-- textDocument/publishDiagnostics { "diagnostics": [{ "code": "EC501", … }], … }
--> workspace/didChangeConfiguration { "settings": { "arm64ecd": { "diagnostics": { "clang": "all" } } } }
<-- textDocument/publishDiagnostics { "diagnostics": [{ "source": "clang", … }, { "code": "EC501", … }], … }
