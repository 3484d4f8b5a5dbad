# Before initialize requests are refused, notifications dropped, exit obeyed.
# control: clangd
--> textDocument/hover { "textDocument": { "uri": "${uri}/a.c" }, "position": { "line": 0, "character": 0 } }
<-- error { "code": -32002, "message": … }
--> textDocument/didOpen { "textDocument": { "uri": "${uri}/a.c", "languageId": "c", "version": 1, "text": "int x = y;" } }
--> exit
<-- exit 1
