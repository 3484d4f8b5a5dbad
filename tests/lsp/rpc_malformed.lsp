# What is no message is answered with an error of JSON-RPC, and the session goes on.
--> initialize { "processId": null, "rootUri": null, "capabilities": {} }
<-- result { … }
# no JSON
--> body "{]}"
<-- error id=null { "code": -32700, "message": … }
# JSON, but no object
--> body "42"
<-- error id=null { "code": -32600, "message": … }
# a batch, which LSP does not use
--> body "[{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"shutdown\"},{\"jsonrpc\":\"2.0\",\"id\":2}]  "
<-- error id=null { "code": -32600, "message": "…batch…" }
# not JSON-RPC 2.0
--> body "{\"jsonrpc\":\"1.0\",\"id\":9,\"method\":\"shutdown\"}  "
<-- error id=9 { "code": -32600, "message": "…jsonrpc…" }
# a method that is no string
--> body "{\"jsonrpc\":\"2.0\",\"id\":10,\"method\":[]}  "
<-- error id=10 { "code": -32600, "message": "…method…" }
# an answer to a question that was never asked
--> body "{\"jsonrpc\":\"2.0\",\"id\":77,\"result\":null}  "
<-- nothing
