// builder: clang-22
// Two functions get a thunk of the same name, but their values live in different
// Arm64EC registers. A thunk's name tells sizes only: a struct of two doubles,
// in d0 and d1, and one of two integers, in x0 and x1, are both "m16". LLVM makes
// the first thunk of a name in each file, the linker keeps the first of all
// objects, and the function that comes later is called by x64 code through a
// thunk that moves the wrong registers. Each file alone can be right, and the
// order of objects decides who is wrong.
//
//     results    m8: {double}, {float, float}
//                m16: two doubles, two integers, four floats, a vector
//                m24, m32: three or four doubles, any other struct
//     arguments  m16: two integers, 16-aligned or __int128, a vector
//
// Return or pass the value through a pointer in one of them.
//
// An editor tells twins within a file; 'arm64ecd check' of a folder or a compile
// database also those in two files, unless both have a main function.
//
// Not flagged: functions that no x64 code can reach, values with the same name
// and the same registers, MSVC.
//
// Executed with LLVM 19.1 and 22.1, in both orders of objects. No upstream issue
// was found.
struct point {
    double x, y;
};
struct range {
    long long low, high;
};

struct point middle(int of)
{
    struct point point = {of / 2.0, of / 2.0};
    return point;
}

struct range around(int of) // expect-warning EC225 {{'middle' and 'around'}}
{
    struct range range = {of - 1, of + 1};
    return range;
}
