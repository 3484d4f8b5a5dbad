__float128 same(__float128 value) { return value; } // expect-error clang {{__float128}}
