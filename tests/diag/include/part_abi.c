void part_take(struct vendor_rgb colour)
{
    (void)colour;
}

static int part_local(struct vendor_rgb colour)
{
    return colour.r;
}

int part_use(void)
{
    struct vendor_rgb colour = {1, 2, 3};
    return part_local(colour);
}
