// EC120: a function that nobody declared is clang's error; the call is mended with it.
// builder: clang-22
int called(void)
{
    return undeclared(1.0f); // expect-error -Wimplicit-function-declaration {{call to undeclared function 'undeclared'}}
}

int declared();

int prototype(void)
{
    return declared(1.0f); // expect-warning EC120 {{'declared' without a prototype}}
}
