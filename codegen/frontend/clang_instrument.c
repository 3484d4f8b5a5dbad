// -pg and -finstrument-functions: what LLVM has each function call where it begins and
// ends (EntryExitInstrumenter.cpp).
//
// A function without a way out calls nothing at its end. The profiler gets the function's
// address, which gives a static one an entry thunk.
#include "codegen/frontend/clang_older.h"
#include "codegen/frontend/clang_walk.h"
#include "codegen/toolchain/llvm_versions.h"

static const struct Hook {
    const char *flag; // up to which command line asks for it
    const char *on_begin, *on_end, *letters;
    bool takes_function;
} hooks[] = {
#define HOOK(flag, on_begin, on_end, letters, takes_function)                            \
    {flag, on_begin, on_end, letters, takes_function},
#include "codegen/frontend/instruments.def"
#undef HOOK
};

void instrument_read(Walk *walk)
{
    const Flags *flags = walk->view->flags;
    for (uint32_t i = 0; i < flags->compile_args.len; i++)
        for (uint32_t k = 0; k < COUNTOF(hooks); k++)
            if (str_eq(flags->compile_args.at[i], str_of(hooks[k].flag)))
                walk->instruments |= 1u << k;
}

static bool is_instrumented(Walk *walk)
{
    if (!walk->instruments || walk->variable || walk->caller == CALLER_FILE_SCOPE)
        return false;
    uint32_t entity = entity_of_reference(walk, walk->within);
    return entity && walk->entities.at[entity - 1].function == walk->caller + 1 &&
           !(walk->entities.at[entity - 1].attributes & ATTRIBUTE_NO_INSTRUMENT);
}

static void call_hooks(Walk *walk, bool at_end)
{
    for (uint32_t k = 0; k < COUNTOF(hooks); k++) {
        const char *name = at_end ? hooks[k].on_end : hooks[k].on_begin;
        if (!(walk->instruments & 1u << k) || !*name)
            continue;
        if (hooks[k].takes_function)
            add_address(walk, walk->within, walk->caller, false);
        walk_library_call(walk, walk->within, str_of(name), str_of(hooks[k].letters));
    }
}

void instrument_begin(Walk *walk)
{
    if (!is_instrumented(walk))
        return;
    call_hooks(walk, false);
    walk->body.on_exit = new_block(walk);
}

void instrument_end(Walk *walk)
{
    Body *body = &walk->body;
    if (body->on_exit == NO_BLOCK)
        return;
    flow(walk, body->block, body->on_exit);
    body->block = body->on_exit;
    call_hooks(walk, true);
    body->block = NO_BLOCK;
}
