struct rgb {
    unsigned char r, g, b;
};
typedef struct {
    unsigned char bytes[5];
} Serial;
struct size {
    int width, height, depth;
};

int luma(int base, struct rgb colour)
{
    struct rgb *other = 0;
    if (colour.r == colour.g && base)
        return colour.b + (other ? other->r : 0);
    return sizeof colour + base;
}
int first(const Serial serial) { return serial.bytes[0] <= serial.bytes[1]; }
struct size cube(int edge)
{
    struct size size = {edge, edge, edge};
    return size;
}
