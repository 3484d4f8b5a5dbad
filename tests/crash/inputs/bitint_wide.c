_BitInt(129) get(_BitInt(129)); // expect-error clang {{_BitInt}}
void run(void) { get(1); }
