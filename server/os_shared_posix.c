// Memory of the server that one worker reads. On Linux a file without a name, which can
// grow and never shrink: a page that was there when it was mapped stays.
#include "server/os.h"

#include <fcntl.h>
#include <sys/mman.h>
#include <unistd.h>

void os_shared_open(OsShared *ret_shared)
{
    *ret_shared = (OsShared){.fd = -1};
#ifdef __linux__
    int fd = memfd_create("arm64ecd", MFD_CLOEXEC | MFD_ALLOW_SEALING);
    if (fd >= 0 && fcntl(fd, F_ADD_SEALS, F_SEAL_SHRINK | F_SEAL_SEAL) != 0) {
        close(fd);
        fd = -1;
    }
    ret_shared->fd = fd;
#endif
}

void os_shared_close(OsShared *shared)
{
    if (shared->n_bytes)
        munmap(shared->at, shared->n_bytes);
    if (shared->fd >= 0)
        close(shared->fd);
    *shared = (OsShared){.fd = -1};
}

// Without the reservation a lack of memory would be a signal when the page is written.
static bool reserve(const OsShared *shared, size_t n_bytes)
{
#ifdef __linux__
    return fallocate(shared->fd, 0, 0, (off_t)n_bytes) == 0;
#else
    (void)shared;
    (void)n_bytes;
    return false;
#endif
}

bool os_shared_fit(OsShared *shared, size_t n_bytes)
{
    if (shared->fd < 0 || n_bytes > OS_SHARED_BYTES_MAX || !reserve(shared, n_bytes))
        return false;
    if (n_bytes <= shared->n_bytes)
        return true;
    void *at = mmap(NULL, n_bytes, PROT_READ | PROT_WRITE, MAP_SHARED, shared->fd, 0);
    if (at == MAP_FAILED)
        return false;
    if (shared->n_bytes)
        munmap(shared->at, shared->n_bytes);
    shared->at = at;
    shared->n_bytes = n_bytes;
    return true;
}

void os_shared_release(OsShared *shared)
{
#ifdef __linux__
    if (shared->n_bytes)
        (void)madvise(shared->at, shared->n_bytes, MADV_REMOVE);
#else
    (void)shared;
#endif
}

void *os_shared_map(int fd, size_t n_bytes)
{
    void *at = n_bytes ? mmap(NULL, n_bytes, PROT_READ, MAP_SHARED, fd, 0) : MAP_FAILED;
    return at == MAP_FAILED ? NULL : at;
}

void os_shared_unmap(void *at, size_t n_bytes)
{
    if (at)
        munmap(at, n_bytes);
}
