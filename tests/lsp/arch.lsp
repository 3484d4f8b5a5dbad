# A condition that takes Arm64EC for x64: one finding for all that follows from it, with the way
# there, and none when it is mended.
file: compile_flags.txt
    --target=arm64ec-pc-windows-msvc
--> initialize { "processId": null, "rootUri": "${uri}", "capabilities": {
    "textDocument": { "publishDiagnostics": { "relatedInformation": true } } } }
<-- result { … }
--> initialized {}
--> textDocument/didOpen { "textDocument": { "uri": "${uri}/a.c", "languageId": "c", "version": 1, "text": "#if defined(_M_X64)\n#define HAVE_SSE2\n#endif\n#ifdef HAVE_SSE2\n#include <emmintrin.h>\n__m128i *sums;\n#endif\n" } }
<-- textDocument/publishDiagnostics {
    "uri": "${uri}/a.c",
    "diagnostics": [
        {
            "range": { "start": { "line": 0, "character": 4 }, "end": { "line": 0, "character": 19 } },
            "severity": 1,
            "code": "EC301",
            "source": "arm64ecd",
            "message": "'_M_X64' is also defined for Arm64EC; with clang this lets x64 hardware code in: <emmintrin.h> (line 5); … errors follow from it",
            "relatedInformation": [
                {
                    "location": {
                        "uri": "${uri}/a.c",
                        "range": {
                            "start": { "line": 1, "character": 0 },
                            "end": { "line": 1, "character": 17 }
                        }
                    },
                    "message": "so 'HAVE_SSE2' is defined here"
                },
                {
                    "location": {
                        "uri": "${uri}/a.c",
                        "range": {
                            "start": { "line": 3, "character": 7 },
                            "end": { "line": 3, "character": 16 }
                        }
                    },
                    "message": "and 'HAVE_SSE2' is tested here"
                },
                {
                    "location": {
                        "uri": "${uri}/a.c",
                        "range": {
                            "start": { "line": 4, "character": 9 },
                            "end": { "line": 4, "character": 22 }
                        }
                    },
                    "message": "<emmintrin.h> is here"
                }
            ]
        }
    ]
}
--> textDocument/didChange { "textDocument": { "uri": "${uri}/a.c", "version": 2 }, "contentChanges": [
    { "range": { "start": { "line": 0, "character": 19 }, "end": { "line": 0, "character": 19 } }, "text": " && !defined(__arm64ec__)" } ] }
<-- textDocument/publishDiagnostics { "uri": "${uri}/a.c", "diagnostics": [] }
--> textDocument/didChange { "textDocument": { "uri": "${uri}/a.c", "version": 3 }, "contentChanges": [
    { "range": { "start": { "line": 0, "character": 23 }, "end": { "line": 0, "character": 24 } }, "text": "" } ] }
<-- textDocument/publishDiagnostics {
    "uri": "${uri}/a.c",
    "diagnostics": [
        {
            "range": { "start": { "line": 0, "character": 4 }, "end": { "line": 0, "character": 43 } },
            "severity": 1,
            "code": "EC301",
            "source": "arm64ecd",
            "message": "'_M_X64' is also defined for Arm64EC; with clang this lets x64 hardware code in: <emmintrin.h> (line 5); … errors follow from it",
            "relatedInformation": [{ "message": "so 'HAVE_SSE2' is defined here", … }, { … }, { … }]
        }
    ]
}
