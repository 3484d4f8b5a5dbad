#include "server/cli/version.h"

#include "codegen/result.h"
#include "codegen/toolchain/builder.h"
#include "protocol/json.h"
#include "server/cli/out.h"
#include "server/disk.h"
#include "server/modules.h"
#include "server/worker.h"

enum { VERSION_ARENA_BYTES_MAX = 1 << 20, OUT_BYTES_MAX = 64 * 1024 };

typedef struct Version {
    const Options *options;
    Str exact;  // "22.1.8"; empty: the module cannot be loaded
    Str module; // its path, empty: there is none
    Str why;    // it cannot be loaded
    InstalledModules others;
} Version;

// Loaded here, because only it knows which LLVM the loader gives it.
static void load(Version *version, Module *module)
{
    Str path = version->options->module;
    version->module = disk_stamp(path).kind == STAMP_FILE ? path : STR("");
    module_load(module, path, NULL);
    if (module->pipeline)
        version->exact = str_of(module->api->llvm(module->pipeline));
    else
        version->why = str_of(module->why);
}

static bool is_other(const Version *version, const InstalledModule *module)
{
    return !str_eq(module->path, version->options->module);
}

static void put_module(Json *json, const InstalledModule *module)
{
    json_object_begin(json);
    json_put_string(json, "llvm", module->llvm);
    json_put_string(json, "module", module->path);
    json_object_end(json);
}

static void put_json(const Version *version, Buf *out)
{
    Json json;
    json_init_pretty(&json, out);
    json_object_begin(&json);
    json_put_int(&json, "schema", 1);
    json_put_string(&json, "name", STR("arm64ecd"));
    json_put_string(&json, "version", STR(ARM64ECD_VERSION));
    json_put_string(&json, "build", build_id());
    json_put_string(&json, "llvm", version->options->llvm);
    if (version->module.len)
        json_put_string(&json, "module", version->module);
    else
        json_put_null(&json, "module");
    if (version->exact.len)
        json_put_string(&json, "llvmVersion", version->exact);
    else
        json_put_null(&json, "llvmVersion");
    if (version->why.len)
        json_put_string(&json, "why", version->why);
    json_key(&json, "modules");
    json_array_begin(&json);
    for (size_t i = 0; i < version->others.n; i++)
        put_module(&json, &version->others.at[i]);
    json_array_end(&json);
    json_object_end(&json);
    buf_put_char(out, '\n');
}

static void put_text(const Version *version, Buf *out)
{
    const Options *options = version->options;
    buf_format(out, "arm64ecd %s (LLVM %.*s, build %.*s)\n", ARM64ECD_VERSION,
               STR_ARG(version->exact.len ? version->exact : options->llvm),
               STR_ARG(build_id()));
    buf_format(out, "module: %.*s", STR_ARG(options->module));
    llvm_put_unseen(out, version->exact);
    if (version->why.len)
        buf_format(out, ", which cannot be loaded: %.*s", STR_ARG(version->why));
    buf_put_char(out, '\n');
    for (size_t i = 0; i < version->others.n; i++) {
        const InstalledModule *module = &version->others.at[i];
        if (is_other(version, module))
            buf_format(out, "with --llvm=%.*s: %.*s\n", STR_ARG(module->llvm),
                       STR_ARG(module->path));
    }
}

int cli_version(const Options *options, Str program)
{
    Arena arena;
    Module module;
    Buf out;
    Version version = {.options = options, .exact = STR(""), .why = STR("")};
    arena_init(&arena, VERSION_ARENA_BYTES_MAX);
    buf_init(&out, OUT_BYTES_MAX);
    version.others = modules_find(&arena, program);
    load(&version, &module);
    if (options->format == FORMAT_JSON)
        put_json(&version, &out);
    else
        put_text(&version, &out);
    out_write(buf_str(&out));
    module_unload(&module);
    buf_done(&out);
    arena_done(&arena);
    return EXIT_CLEAN;
}
