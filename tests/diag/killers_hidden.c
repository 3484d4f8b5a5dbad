// Killers within types, and in definitions that an included source brings.
#include "include/part_killer.c" // expect-error EC111 {{'part_scale'}}

typedef _Atomic(__bf16) atomic_bf16;
atomic_bf16 get(void);
struct mixed {
    _Complex _Float16 a;
    _Float16 b;
};
struct mixed mix(void);
typedef _Float16 one_half __attribute__((ext_vector_type(1)));
void out(int n, ...);

void use(one_half *p)
{
    get(); // expect-error EC111 {{'get'}}
    mix(); // expect-error EC102 {{'struct mixed' (6 bytes)}}
    out(1, *p); // expect-error EC112 {{passed to '...'}}
}
