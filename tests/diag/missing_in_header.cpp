// The missing header is one of a header of the project: what follows there and here is held back.
// flags: clang++ --target=arm64ec-pc-windows-msvc
#include "include/named.h" // expect-warning EC626 {{<string>}}
int use(Named n)
{
    int size = n.name.size() + Named::all().size();
    return size + n.id + n.wrong; // expect-error {{no member named 'wrong'}}
}
