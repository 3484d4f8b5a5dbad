__attribute__((target("sve"))) __SVInt32_t f(__SVInt32_t x)
{
    return x;
}
