# A second initialize is refused and changes nothing.
# control: clangd
--> initialize { "processId": null, "rootUri": null, "capabilities": {} }
<-- result { … }
--> initialized {}
--> initialize { "processId": null, "rootUri": null, "capabilities": {} }
<-- error { "code": -32600, "message": … }
--> shutdown
<-- result null
--> exit
<-- exit 0
