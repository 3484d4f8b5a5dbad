struct h3 {
    _Float16 x, y, z;
};
struct h3 get(void);
float f(void)
{
    return get().x;
}
