// EC225 is not said of what LLVM can make no thunk of.
__bf16 a(__bf16);
__bf16 b(float);
void g(__bf16 *p)
{
    *p = a(*p);   // expect-error EC111
    *p = b(1.0f); // expect-error EC111
}
