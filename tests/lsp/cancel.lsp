# A request that waits for an analysis is cancelled: one answer, and only one.
# only: inline
file: compile_flags.txt
    --target=arm64ec-pc-windows-msvc
--> initialize { "processId": null, "rootUri": "${uri}", "capabilities": {} }
<-- result { … }
--> initialized {}
# What is answered already, or was never asked, cannot be cancelled.
--> $/cancelRequest { "id": 1 }
--> $/cancelRequest { "id": "never" }
<-- nothing
