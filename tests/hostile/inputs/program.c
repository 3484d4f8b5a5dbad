// In clang's place: says as an error of its own what it could do and what it could read.
#include "attempts.h"

int main(void)
{
    char words[512], text[64];
    const char *port = getenv("HOSTILE_PORT");
    attempt_all(words, sizeof words, getenv("HOSTILE_FOLDER"), port ? atoi(port) : 0);
    int secret = openat(AT_FDCWD, getenv("HOSTILE_SECRET"), O_RDONLY);
    int own = openat(AT_FDCWD, "a.c", O_RDONLY);
    int header = openat(AT_FDCWD, "/usr/include/stdio.h", O_RDONLY);
    long n = secret >= 0 ? read(secret, text, sizeof text - 1) : -1;
    fprintf(stderr, "a.c:1:1: error: %s; secret %s, own %s, toolchain %s\n", words,
            n > 0 ? "read" : "not read", own >= 0 ? "read" : "not read",
            header >= 0 ? "read" : "not read");
    return 1;
}
