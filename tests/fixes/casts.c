double scale(double factor);
float half(int n, void *context);
double (*stored)(double);

typedef int (*IntOfInt)(int);

int direct(void) { return ((IntOfInt)(void *)scale)(3); }
int spelled(void *context) { return ((int (*)(float, char *))(void *)half)(3, context); }
int pointer(void) { return ((int (*)(int))(void *)stored)(3); }
