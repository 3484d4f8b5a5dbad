// flags: -fblocks
// A literal without captures: clang makes an initialiser, too. It numbers a second one, and names
// a second literal of a function otherwise with -g and -O, which the full stage needs for places.
int f1(int);
void run(int (^)(int));
static int kept;
void use(int x)
{
    static int own;
    run(^(int y) {
        int inner = y + own++;
        return f1(inner) + kept + (int)sizeof(x);
    });
}
void other(int x) { run(^(int y) { return y + x; }); }
