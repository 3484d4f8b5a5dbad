int run(int(__vectorcall *callback)(int)) { return callback(1); } // expect-error EC114
