# The client process is gone, its pipe is still open: the server leaves by itself.
--> initialize { "processId": "${dead}", "rootUri": null, "capabilities": {} }
<-- result { … }
--> $/arm64ecd/advance { "ms": 60000 }
<-- exit 1
