# After shutdown requests are refused, notifications dropped; exit is 0 all the same.
--> initialize { "processId": null, "rootUri": null, "capabilities": {} }
<-- result { … }
--> initialized {}
--> shutdown
<-- result null
--> textDocument/hover { "textDocument": { "uri": "${uri}/a.c" }, "position": { "line": 0, "character": 0 } }
<-- error { "code": -32600, "message": … }
--> shutdown
<-- error { "code": -32600, "message": … }
--> initialize { "processId": null, "rootUri": null, "capabilities": {} }
<-- error { "code": -32600, "message": … }
--> textDocument/didOpen { "textDocument": { "uri": "${uri}/a.c", "languageId": "c", "version": 1, "text": "int x = y;" } }
--> exit
<-- exit 0
