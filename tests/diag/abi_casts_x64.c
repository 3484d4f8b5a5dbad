// EC119: types that are alike on Arm64EC, but not in x64 code.
typedef struct { char at[3]; } Three;
typedef struct { char at[5]; } Five;
typedef struct { char at[4]; } Four;
typedef struct { long long at; } Eight;
typedef struct { long long at[3]; } Large;
typedef union { int number; short half; } Number;
enum kind { FIRST };
typedef enum kind Kind;
typedef int Int;

int takes_int(int value), takes_second(double first, int value);
int takes_three(Three value), takes_pointer(void *value), takes_large(Large value), takes_large_at(const Large *value);
Three gives_three(void *from);
int takes_five(Five value), takes_four(Four value), takes_number(Number value), takes_char(char value);
int takes_kind(Kind value), takes_eight(Eight value), takes_unsigned(unsigned char value);
Eight gives_eight(Int of);

int struct_for_int(Three *p)
{
    // expect-warning@+1 EC101; expect-warning@+1 EC119 {{calling through 'int (*)(Three)', but the function is 'int (*)(int)': Arm64EC has them alike, but x64 code passes 'Three' by pointer and 'int' by value}}
    return ((int (*)(Three))(void *)takes_int)(*p);
}
int struct_for_second(Five *p)
{
    // expect-warning@+1 EC101; expect-warning@+1 EC119 {{passes 'Five' by pointer and 'int' by value}}
    return ((int (*)(double, Five))(void *)takes_second)(1.0, *p);
}
int int_for_struct(int x)
{
    return ((int (*)(int))(void *)takes_three)(x); // expect-warning EC119 {{but x64 code passes 'Three' by pointer and 'int' by value}}
}
int struct_for_pointer(Five *p)
{
    // expect-warning@+1 EC101; expect-warning@+1 EC119 {{passes 'Five' by pointer and 'void *' by value}}
    return ((int (*)(Five))(void *)takes_pointer)(*p);
}
int result_as_int(void *p)
{
    return ((int (*)(void *))(void *)gives_three)(p); // expect-warning EC119 {{returns 'Three' through a hidden pointer and 'int' without one}}
}
void result_unread(void *p)
{
    ((void (*)(void *))(void *)gives_three)(p); // expect-warning EC119 {{returns 'Three' through a hidden pointer and 'void' without one}}
}

// --- None of these ---

int other_three(Five *p) { return ((int (*)(Five))(void *)takes_three)(*p); } // expect-warning EC101
int four_for_int(Four *p) { return ((int (*)(Four))(void *)takes_int)(*p); }
int int_for_four(int x) { return ((int (*)(int))(void *)takes_four)(x); }
int eight_for_int(Eight *p) { return ((int (*)(Eight))(void *)takes_int)(*p); }
int union_for_int(Number n) { return ((int (*)(Number))(void *)takes_int)(n); }
int int_for_union(int x) { return ((int (*)(int))(void *)takes_number)(x); }
int promoted(int x) { return ((int (*)(int))(void *)takes_char)(x) + ((int (*)(int))(void *)takes_unsigned)(x); }
int enumeration(int x) { return ((int (*)(int))(void *)takes_kind)(x) + ((Int (*)(Kind))(void *)takes_int)(FIRST); }
int named(Int x) { return ((Int (*)(const Int))(void *)takes_int)(x); }
int pointers(char *p) { return ((int (*)(char *))(void *)takes_pointer)(p) + ((int (*)(long long))(void *)takes_pointer)(1); }
int address_of_copy(Large *p) { return ((int (*)(Large))(void *)takes_large_at)(*p); }
int copy_by_address(Large *p) { return ((int (*)(Large *))(void *)takes_large)(p); }
long long eight_as_word(int x) { return ((long long (*)(int))(void *)gives_eight)(x); }
void eight_unread(int x) { ((void (*)(int))(void *)gives_eight)(x); }
int itself(Five *p) { return ((int (*)(Five))(void *)takes_five)(*p); } // expect-warning EC101
