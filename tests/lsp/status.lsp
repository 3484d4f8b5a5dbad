# arm64ecd/status: versions, workers, what runs, and what LLVM fails on.
file: compile_flags.txt
    --target=arm64ec-pc-windows-msvc
--> initialize { "processId": null, "rootUri": "${uri}", "capabilities": {} }
<-- result { … }
--> initialized {}
--> arm64ecd/status
<-- result { "version": "…", "build": "…", "llvm": "…", "module": "…", "uptimeMs": …, "landlock": …,
    "workers": …, "running": [], "queued": [], "quarantined": { "texts": [], "signatures": [] },
    "cache": "…", "capsules": "…", "health": "ok", "quiescent": true, "message": "", … }
--> textDocument/didOpen { "textDocument": { "uri": "${uri}/a.c", "languageId": "c", "version": 1, "text": "int f(void) { return 1; }\n" } }
<-- textDocument/publishDiagnostics { "uri": "${uri}/a.c", "diagnostics": [], … }
--> arm64ecd/status
<-- result { "health": "ok", "queued": [], … }
