// EC101: structs of 3, 5, 6 and 7 bytes by value, and what looks like them.
#include "include/vendor.h"

struct rgb {
    unsigned char r, g, b;
};
typedef struct {
    unsigned char bytes[5];
} Serial;
#pragma pack(push, 1)
struct record {
    int number;
    short kind;
};
#pragma pack(pop)
typedef union {
    unsigned char bytes[7];
    unsigned char first;
} Seven;

void set(int index, struct rgb colour); // only declared: told at the call
struct rgb get(void) // expect-warning EC101 {{returning 'struct rgb' (3 bytes)}}
//         ^^^
{
    struct rgb black = {0, 0, 0};
    return black;
}
int of_serial(int base, Serial serial) // expect-warning EC101 {{'Serial' (5 bytes)}}
//                      ^^^^^^^^^^^^^
{
    return base + serial.bytes[0];
}
int of_record(struct record record) // expect-warning EC101 {{(6 bytes)}}
{
    return record.number;
}
int of_seven(Seven seven) // expect-warning EC101 {{'Seven' (7 bytes)}}
{
    return seven.first;
}
// One finding for a function, however many of its parameters are wrong.
int distance(struct rgb a, struct rgb b) // expect-warning EC101 {{'struct rgb'}}
{
    return a.r - b.r;
}

void paint(struct rgb colour, int n) // expect-warning EC101 {{passing 'struct rgb'}}
{
    set(0, colour); // expect-warning EC101 {{x64 passes it by reference}}
    for (int i = 1; i < n; i++)
        set(i, colour); // told once for each function
}

void of_the_project(void)
{
    struct vendor_rgb colour = vendor_get(); // expect-warning EC101 {{returning}}
    vendor_set(colour); // expect-warning EC101 {{passing 'struct vendor_rgb'}}
}

// Through a pointer: a hint, since most pointers lead to Arm64EC code.
void each(void (*visit)(struct rgb), struct rgb const *colours, int n)
{
    for (int i = 0; i < n; i++)
        visit(colours[i]); // expect-hint EC101 {{'struct rgb' (3 bytes)}}
}

// Its address goes elsewhere, so x64 code may call it.
static void print(struct rgb colour) // expect-warning EC101 {{'struct rgb'}}
{
    (void)colour;
}
void print_all(struct rgb const *colours, int n)
{
    each(print, colours, n);
}

// --- None of these ---

struct rgba { // SDL_Color
    unsigned char r, g, b, a;
};
struct pair {
    short x, y;
};
struct eight {
    char bytes[8];
};
struct nine {
    char bytes[9];
};
struct vector {
    float x, y, z;
};
struct aligned {
    _Alignas(4) unsigned char bytes[3];
};
int of_rgba(struct rgba colour) { return colour.r; }
int of_pair(struct pair pair) { return pair.x; }
int of_eight(struct eight eight) { return eight.bytes[0]; }
int of_nine(struct nine nine) { return nine.bytes[0]; }
float of_vector(struct vector vector) { return vector.x; }
int of_aligned(struct aligned aligned) { return aligned.bytes[0]; }
int of_pointer(const struct rgb *colour) { return colour->r; }
int of_array(struct rgb colours[3]) { return colours[0].r; }

static int luma(struct rgb colour) { return colour.r; }
inline int never_used(struct rgb colour) { return colour.b; }
static int called_directly(struct rgb colour) { return luma(colour); }
int entry(const struct rgb *colour) { return called_directly(*colour); }
static int unused_but_static(struct rgb colour) { return colour.g; }

void only_declared(struct rgb colour);
int in_sizeof(void) { return (int)sizeof(get()); }
void dead(const struct rgb *colour)
{
    if (0)
        only_declared(*colour);
}
