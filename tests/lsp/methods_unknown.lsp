# Unknown requests are refused, unknown notifications dropped, also those with "$/".
# control: clangd
--> initialize { "processId": null, "rootUri": null, "capabilities": {} }
<-- result { … }
--> initialized {}
--> bad request arm64ecd/unheardOf { "a": 1 }
<-- error { "code": -32601, "message": … }
--> bad request $/unheardOf { "a": 1 }
<-- error { "code": -32601, "message": … }
--> bad notify arm64ecd/unheardOf [1, 2]
--> bad notify $/unheardOf
--> shutdown
<-- result null
--> exit
<-- exit 0
