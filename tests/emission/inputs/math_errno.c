// flags: -fno-math-errno
// What cannot set errno is an instruction for clang, and what becomes of it later is no call.
double sin(double), pow(double,double), sqrt(double), fmod(double,double), exp(double), cbrt(double); float sinf(float); long lround(double); double ldexp(double,int);
double u(double x,int *p){ return sin(x)+pow(x,x)+sqrt(x)+fmod(x,x)+exp(x)+cbrt(x)+sinf(x)+lround(x)+ldexp(x,1) + __builtin_cos(x) + __builtin_cbrt(x)+__builtin_fmod(x,2); }
