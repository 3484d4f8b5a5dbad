// expect-nothing
// It is defined here.
void __ud2(void);
void __ud2(void) { __builtin_trap(); }
void stop(void) { __ud2(); }
