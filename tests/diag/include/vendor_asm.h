// A header of a project with assembly for AArch64.
static inline void vendor_zero(void)
{
    __asm__ volatile("mov x13, #0");
}

static inline long vendor_bound(void)
{
    register long total __asm__("x24") = 1;
    __asm__ volatile("add %0, %0, #1" : "+r"(total));
    return total;
}

#define VENDOR_BARRIER() __asm__ volatile("mov x23, #2")

static inline void vendor_barrier(void)
{
    VENDOR_BARRIER();
}

static inline void vendor_never_called(void)
{
    __asm__ volatile("mov x14, #0");
}
