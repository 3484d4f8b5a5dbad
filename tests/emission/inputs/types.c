// Shapes of parameters and results, K&R, variadics.
typedef float f4 __attribute__((vector_size(16)));
typedef float f3 __attribute__((ext_vector_type(3)));
typedef char c2 __attribute__((vector_size(2)));
struct rgb { unsigned char r, g, b; };
struct nine { char c[9]; };
struct f2 { float x, y; };
struct d5 { double d[5]; };
struct d5i { double d[5]; int i; };
struct nested { struct { double d[5]; } in; };
struct zero { double d[5]; int z[0]; };
struct flexible { double d; double more[]; };
struct bits { unsigned a : 3, b : 7; int : 0; unsigned c : 5; };
struct packed { char c; long long l; } __attribute__((packed));
struct aligned { _Alignas(64) double d; };
struct empty {};
struct pointers { void *a, *b; };
union mixed { double d; int i[3]; };
union handle { int *i; void *v; } __attribute__((transparent_union));
enum colour { RED = -1 };
_Bool t_bool(_Bool a, char b, short c) { return a; }
float t_float(float a, double b, long double c) { return a; }
__int128 t_int128(__int128 a) { return a; }
_BitInt(17) t_bit(_BitInt(17) a, unsigned _BitInt(90) b) { return a; }
f4 t_vector(f4 a, f3 b, c2 c) { return a; }
_Complex double t_complex(_Complex float a, _Complex double b) { return b; }
struct rgb t_rgb(struct rgb a) { return a; }
struct nine t_nine(struct nine a) { return a; }
struct f2 t_f2(struct f2 a) { return a; }
struct d5 t_d5(struct d5 a) { return a; }
struct d5i t_d5i(struct d5i a) { return a; }
struct nested t_nested(struct nested a) { return a; }
struct zero t_zero(struct zero a) { return a; }
double t_flexible(struct flexible a) { return a.d; }
struct bits t_bits(struct bits a) { return a; }
struct packed t_packed(struct packed a) { return a; }
struct aligned t_aligned(struct aligned a) { return a; }
struct empty t_empty(struct empty a, int b) { return a; }
struct pointers t_pointers(struct pointers a) { return a; }
union mixed t_mixed(union mixed a) { return a; }
void t_transparent(union handle a) {}
enum colour t_enum(enum colour a, int b[3], int c(void)) { return a; }
_Atomic int t_atomic(_Atomic int a) { return a; }
_Atomic(struct rgb) *t_atomic_pointer(_Atomic(struct rgb) *a) { return a; }
struct d5 t_variadic(int a, double b, ...) { struct d5 r = {{0}}; return r; }
float t_kr(a, b, c) float a; char b; struct rgb c; { return a; }
__attribute__((preserve_most)) int t_preserve(int a) { return a; }

// An _Atomic member is no member of a homogeneous aggregate.
struct atomic_one {
    _Atomic double a;
};
struct atomic_one atomic_passed(struct atomic_one one, _Atomic float scalar) { return one; }
