// expect-nothing
// EC102: a definition compiles, and so does a declaration that nobody calls.
struct three {
    _Float16 x, y, z;
};
struct three nobody_calls(void);
