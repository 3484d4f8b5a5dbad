// EC120: where C knows implicit functions; the first call is the declaration, and no note.
// builder: clang-22
// flags: -std=gnu89
int called(void)
{
    return undeclared(1.0f); // expect-warning EC120 {{'undeclared' without a prototype}}
}
