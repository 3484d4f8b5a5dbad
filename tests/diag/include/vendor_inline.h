static inline void vendor_black(void)
{
    struct vendor_rgb black = {0, 0, 0};
    vendor_set(black);
}

static inline void vendor_never(void)
{
    struct vendor_rgb grey = vendor_get();
    vendor_set(grey);
}
