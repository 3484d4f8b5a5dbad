// dlopen by the library's own name, so that the system's loader decides where it lies.
#include "codegen/verify/unicorn.h"

#include <dlfcn.h>
#include <string.h>

#define LIBRARY "libunicorn.so.2"

enum { MAJOR = 2 };

bool unicorn_open(Unicorn *ret_unicorn, Str *ret_why)
{
    *ret_unicorn = (Unicorn){0};
    void *library = dlopen(LIBRARY, RTLD_NOW | RTLD_LOCAL);
    if (!library) {
        *ret_why = STR("thunks cannot be executed: " LIBRARY
                       " is not installed (Debian: libunicorn2)");
        return false;
    }
    ret_unicorn->library = library;
    const struct {
        const char *name;
        void *ret_function;
    } rows[] = {{"uc_version", &ret_unicorn->version},
                {"uc_open", &ret_unicorn->open},
                {"uc_close", &ret_unicorn->close},
                {"uc_strerror", &ret_unicorn->strerror},
                {"uc_reg_write", &ret_unicorn->reg_write},
                {"uc_reg_read", &ret_unicorn->reg_read},
                {"uc_mem_map_ptr", &ret_unicorn->mem_map_ptr},
                {"uc_emu_start", &ret_unicorn->emu_start},
                {"uc_hook_add", &ret_unicorn->hook_add}};
    bool is_whole = true;
    for (size_t i = 0; i < COUNTOF(rows); i++) {
        void *found = dlsym(library, rows[i].name);
        // ISO C has no conversion from an object pointer to a function's; POSIX says that
        // the bytes are the same.
        memcpy(rows[i].ret_function, &found, sizeof found);
        is_whole = is_whole && found;
    }
    unsigned major = 0, minor = 0;
    if (is_whole)
        (void)ret_unicorn->version(&major, &minor);
    if (major == MAJOR)
        return true;
    unicorn_close(ret_unicorn);
    *ret_why = STR("thunks cannot be executed: " LIBRARY " is not Unicorn 2");
    return false;
}

void unicorn_close(Unicorn *unicorn)
{
    if (unicorn->library)
        (void)dlclose(unicorn->library);
    *unicorn = (Unicorn){0};
}
