// flags: -fblocks
// One literal without captures, and one with: clang makes one initialiser, and numbers more.
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
    run(^(int y) { return y + x; });
}
