// flags: clang --target=arm64ec-pc-windows-msvc -Xclang -mllvm -Xclang -arm64ec-lower-direct-to-indirect=false -mllvm -arm64ec-generate-thunks=true
int answer(void); // expect-warning@1 EC223 {{exit thunks of direct calls}}
