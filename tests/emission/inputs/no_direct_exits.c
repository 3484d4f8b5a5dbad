// flags: -mllvm -arm64ec-lower-direct-to-indirect=false
// A command that takes the exit thunks of direct calls away (EC223).
int called(int a);
int defined(double b) { return (int)b; }
static int kept(int a) { return a; }

int (*address(void))(int)
{
    called(1);
    defined(2.0);
    return kept;
}
