// '__vectorcall' passes vectors in x64 registers, and Microsoft does not
// support it for Arm64EC: MSVC refuses it. clang parses it, because the C++
// library has templates over all calling conventions (llvm#87725), but cannot
// generate code: a definition or a call ends in "__vectorcall calling
// convention is not currently supported", which no editor shows, since it comes
// from code generation.
//
// Leave the keyword out for Arm64EC by a macro, as DirectXMath does with
// XM_CALLCONV:
//
//     #if defined(_M_ARM64EC) || defined(__arm64ec__)
//     #define FAST_CALL
//     #else
//     #define FAST_CALL __vectorcall
//     #endif
//
// A declaration that this file does not call is only a hint. Not flagged:
// typedefs and templates that are never called.
//
// Source: Microsoft, "Overview of Arm64EC ABI conventions".
typedef float Vector __attribute__((vector_size(16)));

float __vectorcall dot(Vector a, Vector b) // expect-error EC114 {{'dot'}}
{
    Vector product = a * b;
    return product[0] + product[1] + product[2] + product[3];
}
