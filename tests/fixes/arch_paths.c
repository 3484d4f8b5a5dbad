// flags: --target=arm64ec-pc-windows-msvc
void *LoadLibraryA(const char *path);
#if defined(__arm64ec__)
#define CODEC "codecs/arm64/mp3.dll"
#else
#define CODEC "codecs/x64/mp3.dll"
#endif
void *codec(void) { return LoadLibraryA(CODEC); }

#if defined(_M_X64)
#ifndef __SSE2__
#error "x64 has SSE2"
#endif
#endif
