// flags: -finstrument-functions
// No function here has an end.
_Noreturn void die(void);
int f1(int);
int endless(int x) { for (;;) f1(x); }
_Noreturn void dies(float x) { die(); }
