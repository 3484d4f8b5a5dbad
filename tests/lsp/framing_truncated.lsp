# The input ends within a body.
--> initialize { "processId": null, "rootUri": null, "capabilities": {} }
<-- result { … }
--> raw "Content-Length: 400\r\n\r\n{\"jsonrpc\":\"2.0\","
--> close
<-- exit 1
