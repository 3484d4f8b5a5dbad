# exit without shutdown is status 1.
# control: clangd
--> initialize { "processId": null, "rootUri": null, "capabilities": {} }
<-- result { … }
--> exit
<-- exit 1
