// LLVM cannot promote half a word behind '...'; each form was tried with clang -c.
int print(const char *, ...);
int (*pointer)(const char *, ...);
struct Wrapped {
    __bf16 value;
};

int bits(__bf16 *v)
{
    return print("", *v); // expect-error EC111 {{passed to '...'}}
}

int through_pointer(__bf16 *v)
{
    return pointer("", *v); // expect-error EC111
}

int half(_Float16 *v)
{
    return print("", *v); // expect-error EC112 {{'_Float16' passed to '...'}}
}

static inline int inlined(const char *text, ...)
{
    return text != 0; // at -O2 nothing is passed
}

int harmless(__bf16 *v)
{
    return inlined("", *v);
}

int promoted(__fp16 *v)
{
    return print("", *v);
}

int wrapped(struct Wrapped *v)
{
    return print("", *v);
}

int folded(__bf16 *v)
{
    if (0)
        print("", *v);
    return (int)sizeof(print("", *v));
}
