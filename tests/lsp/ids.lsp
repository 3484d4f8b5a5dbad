# Ids are integers or strings and come back as they were.
# control: clangd
--> initialize id="first \"one\" ☃" { "processId": null, "rootUri": null, "capabilities": {} }
<-- result id="first \"one\" ☃" { … }
--> initialized {}
--> shutdown id=-7
<-- result id=-7 null
--> exit
<-- exit 0
