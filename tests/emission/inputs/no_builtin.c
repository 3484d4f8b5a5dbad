// flags: -fno-builtin-fabs -fno-builtin-abs
// What clang does not know by name any more is a call; __builtin_ names it knows always.
double fabs(double), floor(double);
int abs(int);
long labs(long);

double not_known(double x)
{
    return fabs(x);
}

double known(double x)
{
    return floor(x);
}

int both(int x)
{
    return abs(x) + labs(x) + __builtin_abs(x);
}
