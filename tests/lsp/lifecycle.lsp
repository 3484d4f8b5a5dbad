# A session to the letter: initialize, initialized, shutdown, exit with status 0.
# control: clangd
--> initialize { "processId": "${pid}", "rootUri": "${uri}", "capabilities": {} }
<-- result { "capabilities": { "textDocumentSync": { "openClose": true, "change": 2, … }, … }, "serverInfo": { "name": …, "version": … } }
--> initialized {}
--> shutdown
<-- result null
--> exit
<-- exit 0
