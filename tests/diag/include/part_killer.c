__bf16 part_scale(__bf16 x)
{
    return x;
}
