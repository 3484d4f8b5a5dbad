// Storage class, attributes, inline: what is in the object, and as what.
int ext(int);
static int only_called(int a) { return ext(a); }
static int taken(int a) { return a; }
static int unused(int a) { return ext(a); }
static int unused_leaf(int a) { return a + 1; }
static int by_unused(int a) { return unused_leaf(a); }
static int in_table(int a) { return a; }
static int in_dead_table(int a) { return a; }
static int (*table[])(int) = {in_table};
static int (*dead_table[])(int) = {in_dead_table};
static int in_nested_table(int a) { return a; }
static int (*inner[])(int) = {in_nested_table};
static struct { int (**at)(int); } outer = {inner};
int compared(int x) { (void)unused_leaf; return unused_leaf == 0 ? x : 2; }
int (*get(void))(int) { return taken; }
int use(int a) { return only_called(a) + table[a](a) + outer.at[a](a); }
static int local_init(int a) { return a; }
int static_local(int a) { static int (*p)(int) = local_init; return p(a); }
__attribute__((used)) static int is_used(int a) { return a; }
__attribute__((constructor)) static void start(void) { ext(1); }
__attribute__((destructor)) static void stop(void) { ext(2); }
__attribute__((weak)) int weak_definition(int a) { return a; }
__attribute__((weak)) int weak_declaration(int);
int call_weak(void) { return weak_declaration ? weak_declaration(1) : 0; }
static int alias_target(int a) { return a; }
int an_alias(int) __attribute__((alias("alias_target")));
int call_alias(int a) { return an_alias(a); }
static int weak_name(int) __attribute__((weakref("far_away")));
int call_weakref(int a) { return weak_name(a); }
int labelled(int) __asm__("other_label");
int call_labelled(int a) { return labelled(a); }
int label_definition(int) __asm__("another_label");
int label_definition(int a) { return a; }
__declspec(dllimport) int imported(int);
int call_imported(int a) { return imported(a); }
__declspec(dllimport) int imported_then_defined(int);
int imported_then_defined(int a) { return a; }
__declspec(dllexport) int exported(int a) { return a; }
__declspec(dllexport) inline int exported_inline(int a) { return ext(a); }
inline int inline_used(int a) { return ext(a) + 1; }
inline int inline_unused(int a) { return a; }
inline int inline_taken(int a) { return a; }
int (*take_inline(void))(int) { return inline_taken; }
inline int inline_extern(int a) { return a; }
extern int inline_extern(int a);
inline int inline_redeclared(int a) { return a; }
int inline_redeclared(int a);
int call_inline(int a) { return inline_used(a) + inline_extern(a); }
__attribute__((gnu_inline)) inline int gnu_strong(int a) { return a; }
__attribute__((gnu_inline)) extern inline int gnu_extern(int a) { return a; }
int call_gnu(int a) { return gnu_strong(a) + gnu_extern(a); }
int inlined_callee(int);
__attribute__((always_inline)) static inline int always(int a) { return inlined_callee(a); }
__attribute__((always_inline)) inline int always_external(int a) { return inlined_callee(a) + ext(a); }
int call_always(int a) { return always(a) + always_external(a); }
void clean(int *p);
static void clean_static(int *p) {}
void cleanup(void) { __attribute__((cleanup(clean))) int a; __attribute__((cleanup(clean_static))) int b; }
__attribute__((overloadable)) int overloaded(int);
__attribute__((overloadable)) int overloaded(double a) { return 1; }
int overloaded(char *a) { return 2; }
int call_overloaded(void) { return overloaded(1) + overloaded(1.0); }
int (*global_pointer)(int) = ext;
int kr_declared();
int kr_call(int a) { return kr_declared(a, 1.0f); }
int kr_defined(a) int a; { return a; }
static int kr_static(a) float a; { return 1; }
int kr_calls(int a) { return kr_defined(a) + kr_static(1.0f) + ((int (*)(long long))only_called)(a); }
int same_type_cast(unsigned a) { return ((int (*)(unsigned))ext)(a) + (&ext)(1) + (*ext)(2) + (1 ? ext : taken)(3); }
typedef int callback(int);
int by_pointer(callback *p, int a) { callback extern_inside; return p(a) + extern_inside(a); }

// Words within strings, and in names, are no attributes.
void cleanup_of(int *), cleanup_not(int *, float);
int cleans(void)
{
    __attribute__((annotate("cleanup(cleanup_not)"), cleanup(cleanup_of))) int x = 0;
    return x;
}
__attribute__((annotate("constructor"))) static void named_constructor(int a, float b) { (void)a, (void)b; }
__attribute__((annotate("__attribute__((used))"))) static void named_used(int a, double b) { (void)a, (void)b; }
__attribute__((annotate("always_inline"))) static int named_inline(float a, double b, int c) { return a > b + c; }
int uses_named(void) { return named_inline(1, 1, 1); }
__attribute__((noinline)) static int always_inline_not(float a, float b) { return a > b; }
int uses_inline_not(void) { return always_inline_not(1, 1); }
__attribute__((annotate("((alias(\"cleans\")))"))) int named_alias(float a, double b) { return a > b; }
__attribute__((deprecated("use __attribute__((weak)) dllexport inline"))) int named_weak(double a) { return a > 1; }
