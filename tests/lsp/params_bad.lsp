# Bad parameters: a request is answered with the name of the field, a notification dropped.
--> initialize { "processId": null, "rootUri": null, "capabilities": {} }
<-- result { … }
--> initialized {}
--> bad textDocument/hover { "textDocument": { "uri": 5 }, "position": { "line": 0, "character": 0 } }
<-- error { "code": -32602, "message": "…textDocument.uri…" }
--> bad textDocument/hover { "textDocument": { "uri": "${uri}/a.c" } }
<-- error { "code": -32602, "message": "…position…" }
--> bad textDocument/hover { "textDocument": { "uri": "${uri}/a.c" }, "position": { "line": -1, "character": 0 } }
<-- error { "code": -32602, "message": "…position.line…" }
--> bad textDocument/hover
<-- error { "code": -32602, "message": … }
--> bad textDocument/didOpen { "textDocument": { "uri": "${uri}/a.c" } }
--> bad textDocument/didChange { "textDocument": { "uri": "${uri}/a.c", "version": 2 }, "contentChanges": [{ "text": "x" }] }
<-- nothing
