// SIGTRAP, as with three halves.
typedef _Bool Four __attribute__((ext_vector_type(4)));
Four get(void);
void run(Four *out) { *out = get(); } // expect-error EC102
