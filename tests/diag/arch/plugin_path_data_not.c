// expect-nothing
// Loads no module.
#if defined(__arm64ec__) || defined(_M_ARM64)
#define TABLES "tables/arm64/"
#else
#define TABLES "tables/x64/"
#endif
const char *tables = TABLES;
