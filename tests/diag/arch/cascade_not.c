// A type that nobody declares does not follow from a branch that says it, too.
limb above(void); // expect-error clang {{unknown type name 'limb'}}

#if defined(__x86_64__) // expect-error EC301 {{'__x86_64__'}}
static void wait(void) { __asm__("cpuid" : : "a"(0)); }
#elif defined(__aarch64__)
static limb wait(void) { __asm__("yield"); }
#endif

limb below(void); // expect-error clang {{unknown type name 'limb'}}
void use(void) { wait(); }
