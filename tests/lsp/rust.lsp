# Rust: gates, an edit, a fix, the boundary table; a manifest; TOML that is nobody's.
file: Cargo.toml
    [package]
    name = "a"
file: src/lib.rs
    mod x86;
    #[cfg(target_arch = "x86_64")]
    mod sse;
--> initialize { "processId": null, "rootUri": "${uri}",
    "capabilities": { "textDocument": { "publishDiagnostics": { "versionSupport": true }, "hover": { "contentFormat": ["markdown", "plaintext"] },
    "codeAction": { "isPreferredSupport": true, "codeActionLiteralSupport": { "codeActionKind": { "valueSet": ["quickfix"] } } } } } }
<-- result …
--> initialized {}
--> textDocument/didOpen { "textDocument": { "uri": "${uri}/src/main.rs", "languageId": "rust", "version": 1, "text": "#[cfg(target_arch = \"aarch64\")]\nuse core::arch::aarch64::*;\n#[repr(C)]\npub struct Rgb(u8, u8, u8);\n#[no_mangle]\npub extern \"C\" fn mix(color: Rgb) {}\n" } }
<-- textDocument/publishDiagnostics { "uri": "${uri}/src/main.rs", "version": 1, "diagnostics": [ { "code": "EC401", "range": { "start": { "line": 0, "character": 6 }, "end": { "line": 0, "character": 29 } }, "severity": 2, … }, { "code": "EC413", … } ] }
# the fix of the gate
--> textDocument/codeAction { "textDocument": { "uri": "${uri}/src/main.rs" }, "range": { "start": { "line": 0, "character": 8 }, "end": { "line": 0, "character": 8 } }, "context": { "diagnostics": [] } }
<-- result [ { "title": "Add arm64ec to aarch64", "isPreferred": true, "edit": { "changes": { "${uri}/src/main.rs": [ { "newText": "any(target_arch = \"aarch64\", target_arch = \"arm64ec\")", … } ] } }, … } ]
# the function between x64 and Arm64EC
--> textDocument/hover { "textDocument": { "uri": "${uri}/src/main.rs" }, "position": { "line": 5, "character": 19 } }
<-- result { "contents": { "kind": "markdown", "value": "…**mix** is the symbol `#mix`…pointer in rcx…`$ientry_thunk$cdecl$v$i8`…" }, … }
# the edit that the fix makes
--> textDocument/didChange { "textDocument": { "uri": "${uri}/src/main.rs", "version": 2 }, "contentChanges": [ { "range": { "start": { "line": 0, "character": 6 }, "end": { "line": 0, "character": 29 } }, "text": "any(target_arch = \"aarch64\", target_arch = \"arm64ec\")" } ] }
<-- textDocument/publishDiagnostics { "uri": "${uri}/src/main.rs", "version": 2, "diagnostics": [ { "code": "EC413", … } ] }
# a module that is gated where it is declared, and one that is not
--> textDocument/didOpen { "textDocument": { "uri": "${uri}/src/sse.rs", "languageId": "rust", "version": 1, "text": "use core::arch::x86_64::*;\n" } }
<-- textDocument/publishDiagnostics { "uri": "${uri}/src/sse.rs", "version": 1, "diagnostics": [] }
--> textDocument/didOpen { "textDocument": { "uri": "${uri}/src/x86.rs", "languageId": "rust", "version": 1, "text": "use core::arch::x86_64::*;\n" } }
<-- textDocument/publishDiagnostics { "uri": "${uri}/src/x86.rs", "version": 1, "diagnostics": [ { "code": "EC404", … } ] }
# half-typed
--> textDocument/didChange { "textDocument": { "uri": "${uri}/src/x86.rs", "version": 2 }, "contentChanges": [ { "text": "#[cfg(any(target_arch = \"x86_64\", target_arch = \n\"" } ] }
<-- textDocument/publishDiagnostics { "uri": "${uri}/src/x86.rs", "version": 2, "diagnostics": [] }
# a manifest
--> textDocument/didOpen { "textDocument": { "uri": "${uri}/Cargo.toml", "languageId": "toml", "version": 1, "text": "[dependencies]\nwinapi = \"0.3\"\n" } }
<-- textDocument/publishDiagnostics { "uri": "${uri}/Cargo.toml", "version": 1, "diagnostics": [ { "code": "EC418", "range": { "start": { "line": 1, "character": 10 }, "end": { "line": 1, "character": 13 } }, … } ] }
--> textDocument/didOpen { "textDocument": { "uri": "${uri}/other.toml", "languageId": "toml", "version": 1, "text": "[dependencies]\nwinapi = \"0.3\"\n" } }
<-- textDocument/publishDiagnostics { "uri": "${uri}/other.toml", "version": 1, "diagnostics": [] }
--> shutdown
<-- result null
--> exit
