// flags: clang --target=arm64ec-pc-windows-msvc -fsanitize=address
// The file is built with AddressSanitizer. clang compiles it for Arm64EC, with
// calls of __asan_init, __asan_report_load4 and others, but there is no runtime
// library for Arm64EC that has them, and Microsoft's STL switches its part of it
// off there.
//
// Build for Arm64EC without the sanitizer, and keep it for x64.
//
// Told only where the command is one for Arm64EC.
//
// Seen with clang 22.1: the object's undefined "#__asan_..." symbols.
int first(const int *at) // expect-warning@1 EC323 {{-fsanitize=address}}
{
    return *at;
}
