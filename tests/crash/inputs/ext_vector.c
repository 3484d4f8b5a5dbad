// SIGTRAP, as with three halves.
typedef char Three __attribute__((ext_vector_type(3)));
Three get(void);
void run(Three *out) { *out = get(); } // expect-error EC102
