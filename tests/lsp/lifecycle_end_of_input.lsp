# An editor that goes without a word: status 1.
# control: clangd
--> initialize { "processId": null, "rootUri": null, "capabilities": {} }
<-- result { … }
--> close
<-- exit 1
