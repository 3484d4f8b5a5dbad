# Header lines of every legal form, and what is not legal skipped up to the next header.
--> initialize { "processId": null, "rootUri": null, "capabilities": {} }
<-- result { … }
--> raw "Content-Length: 40\r\nContent-Type: application/vscode-jsonrpc; charset=utf-8\r\n\r\n{\"jsonrpc\":\"2.0\",\"id\":21,\"method\":\"a/b\"}"
<-- error id=21 { "code": -32601, "message": … }
--> raw "Content-Type: application/vscode-jsonrpc\r\nContent-Length: 40\r\n\r\n{\"jsonrpc\":\"2.0\",\"id\":22,\"method\":\"a/b\"}"
<-- error id=22 { "code": -32601, "message": … }
--> raw "content-length:40\r\n\r\n{\"jsonrpc\":\"2.0\",\"id\":23,\"method\":\"a/b\"}"
<-- error id=23 { "code": -32601, "message": … }
# a length that is no number, then a frame that is right
--> raw "Content-Length: much\r\n\r\nContent-Length: 40\r\n\r\n{\"jsonrpc\":\"2.0\",\"id\":24,\"method\":\"a/b\"}"
<-- error id=null { "code": -32700, "message": … }
<-- error id=24 { "code": -32601, "message": … }
--> raw "rubbish\r\nContent-Length: 40\r\n\r\n{\"jsonrpc\":\"2.0\",\"id\":25,\"method\":\"a/b\"}"
<-- error id=null { "code": -32700, "message": … }
<-- error id=25 { "code": -32601, "message": … }
# a negative length
--> raw "Content-Length: -5\r\n\r\nContent-Length: 40\r\n\r\n{\"jsonrpc\":\"2.0\",\"id\":26,\"method\":\"a/b\"}"
<-- error id=null { "code": -32700, "message": … }
<-- error id=26 { "code": -32601, "message": … }
