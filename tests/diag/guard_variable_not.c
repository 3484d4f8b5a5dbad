// expect-nothing
extern void *__guard_check_icall_fptr;
const struct {
    unsigned long size;
    const void *check;
} _load_config_used = {sizeof _load_config_used, &__guard_check_icall_fptr};
