// The guard's pointer, called by hand.
typedef void (*Check)(const void *target);

extern Check __guard_check_icall_fptr; // expect-warning EC215 {{'__guard_check_icall_fptr'}}
//           ^^^^^^^^^^^^^^^^^^^^^^^^

void call(void (*function)(void))
{
    __guard_check_icall_fptr((const void *)function);
    function();
}
