// expect-nothing
long double mean(long double a, long double b)
{
    return (a + b) / 2;
}
