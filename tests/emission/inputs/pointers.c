// Calls through pointers: each function has a thunk of every signature that it calls so.
struct odd { char c[3]; };
struct hfa { float x, y; };
struct big { long long v[5]; };
typedef int (*plain)(int, double);
typedef struct odd (*gives_odd)(struct odd);
typedef struct big (*gives_big)(struct hfa, ...);
struct table { plain first; gives_odd second[2]; gives_big (*third)(void); };

int of_parameter(plain p) { return p(1, 2.0) + p(3, 4.0); }
int of_member(struct table *t) { return t->first(1, 2.0); }
char of_element(struct table *t, int i, struct odd o) { return t->second[i](o).c[0]; }
long long of_result(struct table *t, struct hfa h) { return t->third()(h, 1, 2.0).v[0]; }
static plain chosen;
int of_variable(void) { return chosen ? (*chosen)(1, 2.0) : 0; }
int of_cast(void *p) { return ((int (*)(long long, struct hfa))p)(1, (struct hfa){1, 2}); }
int of_condition(int c, plain a, plain b) { return (c ? a : b)(1, 2.0); }
int of_comma(plain a) { return (0, a)(1, 2.0); }
double old_style();
int of_old_style(float f) { return (int)old_style(f, 1); }
int of_statement(plain a) { return ({ plain b = a; b; })(1, 2.0); }
int folded(plain a) { if (0) a(1, 2.0); return 0; }
int dead(plain a) { return 0; a(1, 2.0); }
int endless(plain a) { for (;;) ; return a(1, 2.0); }
static int unused(plain a) { return a(1, 2.0); }
static int used(gives_odd a, struct odd o) { return a(o).c[0]; }
int uses(gives_odd a, struct odd o) { return used(a, o); }
static inline int inlined(plain a) { return a(1, 2.0); }
int uses_inlined(plain a) { return inlined(a); }
void (*of_void(void (**list)(void)))(void) { for (; *list; list++) (*list)(); return *list; }
_Complex float of_complex(_Complex float (*p)(_Complex float, _Complex double), _Complex float a) { return p(a, a); }
void closes(plain *a) { (*a)(1, 2.0); }
void of_cleanup(plain a) { __attribute__((cleanup(closes))) plain b = a; (void)b; }
