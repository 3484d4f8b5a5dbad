// The file includes a header of the C library or of Windows that no set of
// headers on this host has. Nothing here needs an SDK: without one, small
// declarations of the common C and Windows functions serve, which come with
// this program. They lack this header, so what depends on it cannot be checked,
// and clang's errors about it are left out.
//
// Install one of these; they are found by themselves:
//
//     xwin           splat --output ~/.xwin     the headers of Microsoft
//     msvc-wine      install.py and download    the same, with the tools
//     llvm-mingw     for projects that build with mingw
//
// or name folders in .arm64ecd.json:
//
//     {"headers": {"paths": ["/opt/sdk/include"]}}
//
// 'arm64ecd check -v' and hover say which headers were used.
//
// Said once a file, at the first such #include, or at the first name of Windows'
// (with the next ones) that the declarations lack. What clang says of code that
// needs the missing header is held back; what has nothing to do with it shows.
// Not flagged: headers of the project; clang's own error stands for those.
#include <stdio.h>
#include <d3d12.h> // expect-warning EC626 {{<d3d12.h>}}

int main(void)
{
    return puts("ready") < 0;
}
