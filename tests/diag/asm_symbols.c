// Labels in assembly, and what calls out of it.
void called(void), taken(void), quoted(void), set(void), elsewhere(void);
extern char data[];
static void unused(void) { called(); }

__asm__(".globl called\ncalled: ret\n" // expect-error EC202 {{definition of 'called'}}
        "taken: ret\n"                 // expect-warning EC202 {{'taken'}}
        "\"#quoted\":\n ret\n"         // expect-error EC202 {{'#quoted'}}
        ".set set, called\n"           // expect-error EC202 {{'set'}}
        "data: .word 0\n"
        "nobody: ret\n");

void *address(void) { return (void *)taken; }
const char *bytes(void) { return data; }
void call(void (*function)(void))
{
    called();
    quoted();
    set();
    elsewhere();
    __asm__ volatile("ldr x9, [x0]\n\tblr x9" : : "r"(function)); // expect-warning EC213 {{'x9'}}
    __asm__ volatile("ldr x16, [x0]\n\tblr x16" : : "r"(function));
    __asm__ volatile("adr x9, 1f\n\tbr x9\n1:" : : : "x9");
}
