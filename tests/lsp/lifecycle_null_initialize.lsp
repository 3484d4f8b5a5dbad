# Parameters that are missing or of the wrong type are named.
--> bad initialize { "processId": "seven", "capabilities": {} }
<-- error { "code": -32602, "message": "…processId…" }
--> initialize { "processId": null, "rootUri": null, "capabilities": {} }
<-- result { … }
