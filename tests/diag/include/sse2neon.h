// Stands for the library of that name.
typedef float Sse2neonVector __attribute__((vector_size(16)));
