# What is answered already, or was never asked, cannot be cancelled; how a waiting request is
# cancelled is shown by tests/crash (test_cancel_a_waiting_request).
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
