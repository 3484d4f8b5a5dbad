// An array of bytes is called as a function. In an Arm64EC process such bytes are
// x64 machine code, run by the emulator, if they are executable at all: AArch64
// instructions written there would be taken for x64 ones (EC123), and x64
// instructions cannot call Arm64EC functions but through thunks, which bytes do
// not have.
//
// Write a function, or leave the code out where __arm64ec__ or _M_ARM64EC is
// defined.
//
// Not flagged: bytes that are only copied, compared or sent.
//
// Source: Microsoft's "Understanding Arm64EC ABI and assembly code".
static unsigned char return_7[] = {0xB8, 0x07, 0x00, 0x00, 0x00, 0xC3};

int run(void)
{
    return ((int (*)(void))(void *)return_7)(); // expect-warning EC324 {{'return_7'}}
}
