// EC133: C has no empty structs, clang has.
struct nothing {
};
struct with_one {
    struct nothing nothing;
    int value;
};
int lookup(struct nothing tag, int key) // expect-warning EC133 {{'struct nothing'}}
//         ^^^^^^^^^^^^^^^^^^
{
    (void)tag;
    return key;
}

// --- None of these ---

int of_last(int key, struct nothing tag) { return key; }
int of_only(struct nothing tag) { return 1; }
int of_pointer(struct nothing *tag, int key) { return tag ? key : 0; }
int of_member(struct with_one one) { return one.value; }
static int local(struct nothing tag, int key)
{
    (void)tag;
    return key;
}
int use(struct nothing *tag) { return local(*tag, 1); }
