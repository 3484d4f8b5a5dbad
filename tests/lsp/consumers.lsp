# A header that only sets macros is judged by the files around it that ask for them.
file: compile_flags.txt
    --target=arm64ec-pc-windows-msvc
file: config.h
    #if defined(__x86_64__) || defined(_M_X64)
    #define IS_X86 1
    #endif
file: src/use.c
    #include "../config.h"
    #if IS_X86
    #include <emmintrin.h>
    #endif
file: src/os.c
    #include "../config.h"
    #if IS_X86
    int machine(void) { return 0x8664; }
    #endif
--> initialize { "processId": null, "rootUri": "${uri}", "capabilities": {} }
<-- result { … }
--> textDocument/didOpen { "textDocument": { "uri": "${uri}/config.h", "languageId": "c", "version": 1, "text": "#if defined(__x86_64__) || defined(_M_X64)\n#define IS_X86 1\n#endif\n" } }
<-- textDocument/publishDiagnostics { "uri": "${uri}/config.h", "diagnostics": [] }
--> $/arm64ecd/sync {}
<-- textDocument/publishDiagnostics { "uri": "${uri}/config.h", "diagnostics": [{ "code": "EC301", "message": "…<emmintrin.h> (use.c:3)…", "range": { "start": { "line": 0, "character": 4 }, … }, … }] }
<-- result null
# what it holds is told where it stands; it goes when it uses no hardware
--> write src/use.c "#include \"../config.h\"\n#if IS_X86\nint use(void) { return 1; }\n#endif\n"
--> workspace/didChangeWatchedFiles { "changes": [{ "uri": "${uri}/src/use.c", "type": 2 }] }
<-- textDocument/publishDiagnostics { "uri": "${uri}/config.h", "diagnostics": [] }
# another file comes; its condition leaves Arm64EC out
--> write src/more.c "#include \"../config.h\"\n#if IS_X86 && !defined(_M_ARM64EC)\n#include <emmintrin.h>\n#endif\n"
--> workspace/didChangeWatchedFiles { "changes": [{ "uri": "${uri}/src/more.c", "type": 1 }] }
--> $/arm64ecd/sync {}
<-- result null
--> write src/more.c "#include \"../config.h\"\n#if IS_X86\n#include <emmintrin.h>\n#endif\n"
--> workspace/didChangeWatchedFiles { "changes": [{ "uri": "${uri}/src/more.c", "type": 2 }] }
<-- textDocument/publishDiagnostics { "uri": "${uri}/config.h", "diagnostics": [{ "code": "EC301", "message": "…<emmintrin.h> (more.c:3)…", … }] }
# saved in the editor
--> textDocument/didOpen { "textDocument": { "uri": "${uri}/src/more.c", "languageId": "c", "version": 1, "text": "#include \"../config.h\"\nint more;\n" } }
<-- textDocument/publishDiagnostics { "uri": "${uri}/src/more.c", "diagnostics": [] }
--> write src/more.c "#include \"../config.h\"\nint more;\n"
--> textDocument/didSave { "textDocument": { "uri": "${uri}/src/more.c" } }
<-- textDocument/publishDiagnostics { "uri": "${uri}/config.h", "diagnostics": [] }
