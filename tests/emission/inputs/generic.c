// flags: -Wno-everything
// Which association a _Generic takes: the types as they are written, against the
// controlling expression's.
typedef unsigned long long size_t;
typedef unsigned long long uint64;
typedef struct { int i; } Named;
typedef int (*Callback)(size_t, const char *);
typedef int Row[3];
typedef enum { PLAIN_A } Plain;
enum signs { MINUS = -1, PLUS };
struct tag { int i; };
struct other { int i; };
union both { int i; float f; };
volatile int moves;
#define TYPE_INT int
#define POINTER(type) type *

// Each y is called, n never.
#define YES(i) void y##i(float, int)
#define NO(i) void n##i(double, int)
YES(1); YES(2); YES(3); YES(4); YES(5); YES(6); YES(7); YES(8); YES(9); YES(10);
YES(11); YES(12); YES(13); YES(14); YES(15); YES(16); YES(17); YES(18); YES(19); YES(20);
YES(21); YES(22); YES(23); YES(24); YES(25); YES(26); YES(27); YES(28); YES(29); YES(30);
YES(31); YES(32); YES(33); YES(34); YES(35); YES(36); YES(37); YES(38); YES(39); YES(40);
NO(1); NO(2); NO(3); NO(4); NO(5); NO(6); NO(7); NO(8); NO(9); NO(10);
NO(11); NO(12); NO(13); NO(14); NO(15); NO(16); NO(17); NO(18); NO(19); NO(20);
NO(21); NO(22); NO(23); NO(24); NO(25); NO(26); NO(27); NO(28); NO(29); NO(30);
NO(31); NO(32); NO(33); NO(34); NO(35); NO(36); NO(37); NO(38); NO(39); NO(40);

void basic(unsigned a, char *b, long long c, signed char d, unsigned long e, long double f)
{
    _Generic(a, unsigned: y1(1, 1), default: n1(1, 1));
    _Generic(b, char*: y2(1, 1), default: n2(1, 1));
    _Generic(c, long long int: y3(1, 1), default: n3(1, 1));
    _Generic(d, char: n4(1, 1), signed char: y4(1, 1), default: n4(1, 1));
    _Generic(e, long unsigned int: y5(1, 1), default: n5(1, 1));
    _Generic(f, double: n6(1, 1), long /* wide */ double: y6(1, 1), default: n6(1, 1));
    _Generic(1 ? 1 : 2, signed: y7(1, 1), default: n7(1, 1));
    _Generic(a, TYPE_INT: n8(1, 1), unsigned TYPE_INT: y8(1, 1));
    _Generic(b, default: n9(1, 1), POINTER(char): y9(1, 1));
    _Generic((_Bool)a, int: n10(1, 1), _Bool: y10(1, 1), default: n10(1, 1));
}

void named(size_t a, uint64 b, Named c, struct tag *d, union both *e, const struct tag *f)
{
    _Generic(a + 0ull, size_t: y11(1, 1), default: n11(1, 1));
    _Generic(b, int: n12(1, 1), size_t: y12(1, 1), default: n12(1, 1));
    _Generic(c, Named: y13(1, 1), default: n13(1, 1));
    _Generic(d, struct other*: n14(1, 1), struct tag*: y14(1, 1), default: n14(1, 1));
    _Generic(e, union both *: y15(1, 1), default: n15(1, 1));
    _Generic(f, struct tag *: n16(1, 1), struct tag const*: y16(1, 1), default: n16(1, 1));
    _Generic(&a, uint64 *: y17(1, 1), default: n17(1, 1));
    _Generic(&a, const size_t *: n18(1, 1), default: y18(1, 1));
}

void derived(int (*a)[3], Callback b, int c[3], char *const *d, Row *e, int (*f)[4])
{
    _Generic(a, int(*)[3]: y19(1, 1), default: n19(1, 1));
    _Generic(b, int (*)(uint64, char const*): y20(1, 1), default: n20(1, 1));
    _Generic(c, int[3]: n21(1, 1), int *: y21(1, 1), default: n21(1, 1));
    _Generic(d, char **: n22(1, 1), char * const*: y22(1, 1), default: n22(1, 1));
    _Generic(e, int (*)[3]: y23(1, 1), default: n23(1, 1));
    _Generic(f, Row *: n24(1, 1), default: y24(1, 1));
    _Generic(basic, void (*)(void): n25(1, 1), default: y25(1, 1));
    _Generic(derived, default: n26(1, 1),
             void (*)(Row *, int (*)(size_t, const char *), int *, char *const *, int (*)[3],
                      int (*)[4]): y26(1, 1));
    _Generic(&b, Callback *: y27(1, 1), default: n27(1, 1));
    _Generic(&derived, int *(*(*)(void))[3]: n28(1, 1), default: y28(1, 1));
}

void converted(const int a, enum signs b, Plain c, int *restrict d)
{
    _Generic(a, const int: n29(1, 1), int: y29(1, 1), default: n29(1, 1));
    _Generic("text", const char *: n30(1, 1), char*: y30(1, 1), default: n30(1, 1));
    _Generic(b, unsigned: n31(1, 1), int: y31(1, 1), default: n31(1, 1));
    _Generic(c, default: n32(1, 1), Plain: y32(1, 1));
    _Generic(moves, int: y33(1, 1), default: n33(1, 1));
    _Generic(d, int *: y34(1, 1), default: n34(1, 1));
    _Generic('a', char: n35(1, 1), int: y35(1, 1), default: n35(1, 1));
    _Generic(&b, int *: y36(1, 1), default: n36(1, 1));
}

// One in another, of one type; what clang folds on one.
void nested(int a, const char *s)
{
    _Generic(_Generic(a, int: s, default: a), const char *: _Generic(a, unsigned: n37(1, 1), int: y37(1, 1)),
             default: n37(1, 1));
    if (_Generic(a, unsigned: 1, int: 0, default: 1))
        n38(1, 1);
    else
        y38(1, 1);
}

void by_type(int a)
{
    _Generic(int, default: n39(1, 1), int: y39(1, 1));
    _Generic(const int, int: n40(1, 1), const int: y40(1, 1));
    _Generic(Row, int *: n1(1, 1), int[3]: y1(1, 1), default: n1(1, 1));
    _Generic(Plain *, enum signs *: n2(1, 1), Plain *: y2(1, 1));
}

const int constants[2], grid[2][3];
void qualified_arrays(void)
{
    _Generic(&constants, int (*)[2]: n5(1, 1), const int(*)[2]: y5(1, 1), default: n5(1, 1));
    _Generic(grid, const int(*)[3]: y6(1, 1), default: n6(1, 1));
    _Generic(&grid, const int(*)[2][3]: y7(1, 1), default: n7(1, 1));
}

void bits(_BitInt(7) a, unsigned _BitInt(9) b, __int128 d)
{
    _Float16 c; // no parameter: LLVM before 22 dies of that
    _Generic(a, _BitInt(8): n8(1, 1), _BitInt(7): y8(1, 1), default: n8(1, 1));
    _Generic(b, _BitInt(9): n9(1, 1), unsigned _BitInt(9): y9(1, 1), default: n9(1, 1));
    _Generic(&c, _Float16*: y10(1, 1), default: n10(1, 1));
    _Generic(d, unsigned __int128: n11(1, 1), __int128: y11(1, 1), default: n11(1, 1));
}

void shadowed(int a)
{
    typedef short uint16;
    _Generic((short)a, unsigned short: n3(1, 1), uint16: y3(1, 1), default: n3(1, 1));
    _Generic(",default: _Generic(", int: n4(1, 1), default: y4(1, 1));
}
int chosen = _Generic(1u, unsigned: sizeof(int), default: 1);
