// A decorated label and a useless attribute.
void already(void) __asm__("#already");

__declspec(hybrid_patchable) static int hidden(int a)
{
    return a;
}

int use(void)
{
    already();
    return hidden(1);
}
