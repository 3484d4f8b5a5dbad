# $/setTrace: messages, then their parameters too, then silence.
--> initialize { "processId": null, "rootUri": null, "capabilities": {} }
<-- result { … }
--> $/setTrace { "value": "messages" }
--> textDocument/hover id=8 { "textDocument": { "uri": "file:///none.c" }, "position": { "line": 0, "character": 0 } }
<-- $/logTrace { "message": "…textDocument/hover…" }
<-- error id=8 { … }
--> $/setTrace { "value": "verbose" }
<-- $/logTrace { "message": "…$/setTrace…" }
--> textDocument/hover id=9 { "textDocument": { "uri": "file:///none.c" }, "position": { "line": 0, "character": 0 } }
<-- $/logTrace { "message": "…textDocument/hover…", "verbose": "…file:///none.c…" }
<-- error id=9 { … }
--> $/setTrace { "value": "off" }
<-- $/logTrace { "message": …, "verbose": … }
--> textDocument/hover id=10 { "textDocument": { "uri": "file:///none.c" }, "position": { "line": 0, "character": 0 } }
<-- error id=10 { … }
