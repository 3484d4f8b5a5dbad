// The program compares the machine in an image's header with
// IMAGE_FILE_MACHINE_ARM64EC. No image has that number: a program or DLL of
// Arm64EC code says IMAGE_FILE_MACHINE_AMD64, so that x64 processes load it, and
// an Arm64X one says IMAGE_FILE_MACHINE_ARM64. 0xA641 stands in object files
// only, so the comparison is always false.
//
// What an image contains, its load configuration says: CHPEMetadataPointer is
// not null where there is Arm64EC code.
//
// A hint says the same of SYSTEM_INFO.wProcessorArchitecture: Windows answers a process
// that it runs as x64 on ARM64 as if on an x64 machine, and an Arm64EC process is one to
// it. (Not tried in an Arm64EC process.) IsWow64Process2 has the native machine.
//
// Not flagged: an IMAGE_FILE_HEADER that does not belong to an image's headers,
// as tools for object files read it.
//
// Source: Microsoft's "Arm64EC" pages; images linked with lld 22;
// Microsoft's page of GetNativeSystemInfo.
#include <windows.h>

int is_arm64ec(const IMAGE_NT_HEADERS64 *headers)
{
    return headers->FileHeader.Machine == IMAGE_FILE_MACHINE_ARM64EC; // expect-warning EC315 {{0x8664}}
}
