float __vectorcall add(float a, float b)
{
    return a + b;
}
