// A module of "e0", "e1", ... that are defined and "x0", "x1", ... that are declared and
// called; the number is the index of the signature. Emission mutates the module: behind
// it llvm.arm64ec.symbolmap is an array of {source, thunk, kind}, which becomes .hybmp$x
// (domain.md 2.3, Appendix B).
#include "codegen/lower/probe_build.h"

#include <llvm-c/Core.h>
#include <llvm-c/Target.h>

#include <string.h>

enum { MAP_ENTRY = 1, MAP_EXIT = 4, NAME_BYTES_MAX = 16 };

typedef struct Build {
    const ProbeModule *probe;
    LLVMContextRef context;
    LLVMModuleRef module;
    LLVMBuilderRef builder;
    unsigned sret; // the attribute's kind
    Arena arena;
    Str words; // of the first error; empty while there is none
} Build;

// --- LowType -> LLVM
// --------------------------------------------------------------------

static LLVMTypeRef type_of(Build *build, const LowType *low);

static LLVMTypeRef struct_of(Build *build, const LowType *low)
{
    LLVMTypeRef *members = ARENA_ARRAY(&build->arena, LLVMTypeRef, low->n_members + 1);
    for (uint32_t i = 0; i < low->n_members; i++)
        members[i] = type_of(build, low->members[i]);
    return LLVMStructTypeInContext(build->context, members, low->n_members,
                                   low->is_packed);
}

static LLVMTypeRef type_of(Build *build, const LowType *low)
{
    LLVMContextRef context = build->context;
    switch (low->kind) {
    case LOW_VOID:
        return LLVMVoidTypeInContext(context);
    case LOW_INT:
        return LLVMIntTypeInContext(context, low->bits);
    case LOW_HALF:
        return LLVMHalfTypeInContext(context);
    case LOW_BFLOAT:
        return LLVMBFloatTypeInContext(context);
    case LOW_FLOAT:
        return LLVMFloatTypeInContext(context);
    case LOW_DOUBLE:
        return LLVMDoubleTypeInContext(context);
    case LOW_FP128:
        return LLVMFP128TypeInContext(context);
    case LOW_POINTER:
        return LLVMPointerTypeInContext(context, 0);
    case LOW_ARRAY:
        return LLVMArrayType2(type_of(build, low->element), low->count);
    case LOW_VECTOR:
        return LLVMVectorType(type_of(build, low->element), (unsigned)low->count);
    case LOW_STRUCT:
        return struct_of(build, low);
    }
    BUG("a LowKind");
}

typedef struct Prototype {
    LLVMTypeRef function;
    LLVMTypeRef *parameters;
    LLVMAttributeRef sret; // of parameter 0; NULL: none
} Prototype;

static Prototype prototype_of(Build *build, const LowSignature *low)
{
    uint32_t n = low->n_parameters;
    Prototype made = {.parameters = ARENA_ARRAY(&build->arena, LLVMTypeRef, n + 1)};
    for (uint32_t i = 0; i < n; i++)
        made.parameters[i] = type_of(build, low->parameters[i]);
    made.function = LLVMFunctionType(type_of(build, low->result), made.parameters, n,
                                     low->is_variadic);
    if (low->sret)
        made.sret = LLVMCreateTypeAttribute(build->context, build->sret,
                                            type_of(build, low->sret));
    return made;
}

// --- The module
// -------------------------------------------------------------------------

static LLVMValueRef add_function(const Build *build, char prefix, uint32_t index,
                                 const Prototype *prototype)
{
    Buf name;
    buf_init(&name, NAME_BYTES_MAX);
    buf_format(&name, "%c%u", prefix, index);
    buf_put_char(&name, '\0');
    LLVMValueRef function = LLVMAddFunction(build->module, name.at, prototype->function);
    buf_done(&name);
    if (prototype->sret)
        LLVMAddAttributeAtIndex(function, 1, prototype->sret);
    return function;
}

static void start_body(const Build *build, LLVMValueRef function)
{
    LLVMPositionBuilderAtEnd(build->builder,
                             LLVMAppendBasicBlockInContext(build->context, function, ""));
}

static void add_definition(const Build *build, uint32_t index, const Prototype *prototype)
{
    start_body(build, add_function(build, 'e', index, prototype));
    LLVMBuildUnreachable(build->builder);
}

// In the body that the builder stands in.
static void add_call(Build *build, uint32_t index, const Prototype *prototype, uint32_t n)
{
    LLVMValueRef callee = add_function(build, 'x', index, prototype);
    LLVMValueRef *arguments = ARENA_ARRAY(&build->arena, LLVMValueRef, n + 1);
    for (uint32_t i = 0; i < n; i++)
        arguments[i] = LLVMGetUndef(prototype->parameters[i]);
    LLVMValueRef call =
        LLVMBuildCall2(build->builder, prototype->function, callee, arguments, n, "");
    if (prototype->sret)
        LLVMAddCallSiteAttribute(call, 1, prototype->sret);
}

static void fill_module(Build *build)
{
    const ProbeModule *probe = build->probe;
    Prototype *prototypes = ARENA_ARRAY(&build->arena, Prototype, probe->n);
    for (uint32_t i = 0; i < probe->n; i++)
        prototypes[i] = prototype_of(build, probe->signatures[i]);
    for (uint32_t i = 0; i < probe->n && probe->holds & PROBE_ENTRY; i++)
        add_definition(build, i, &prototypes[i]);
    if (!(probe->holds & PROBE_EXIT))
        return;
    LLVMTypeRef type =
        LLVMFunctionType(LLVMVoidTypeInContext(build->context), NULL, 0, false);
    LLVMValueRef caller = LLVMAddFunction(build->module, "caller", type);
    start_body(build, caller);
    for (uint32_t i = 0; i < probe->n; i++)
        add_call(build, i, &prototypes[i], probe->signatures[i]->n_parameters);
    LLVMBuildRetVoid(build->builder);
}

static void hear(LLVMDiagnosticInfoRef info, void *owner)
{
    Build *build = owner;
    char *words = LLVMGetDiagInfoDescription(info);
    if (LLVMGetDiagInfoSeverity(info) == LLVMDSError && !build->words.len)
        build->words = arena_str(&build->arena, str_of(words));
    LLVMDisposeMessage(words);
}

static void build_open(Build *build, const ProbeModule *probe)
{
    *build = (Build){.probe = probe, .context = LLVMContextCreate()};
    arena_init(&build->arena, (size_t)1 << 30);
    LLVMContextSetDiagnosticHandler(build->context, hear, build);
    build->module = LLVMModuleCreateWithNameInContext("probe", build->context);
    build->builder = LLVMCreateBuilderInContext(build->context);
    build->sret = LLVMGetEnumAttributeKindForName("sret", strlen("sret"));
    LLVMSetTarget(build->module, probe->triple);
    LLVMTargetDataRef layout = LLVMCreateTargetDataLayout(probe->machine);
    LLVMSetModuleDataLayout(build->module, layout);
    LLVMDisposeTargetData(layout);
    fill_module(build);
}

static void build_close(Build *build)
{
    LLVMDisposeBuilder(build->builder);
    LLVMDisposeModule(build->module);
    LLVMContextDispose(build->context);
    arena_done(&build->arena);
}

// False: `out` holds LLVM's words.
static bool emit(Build *build, LLVMCodeGenFileType as, LLVMMemoryBufferRef *ret_written,
                 Buf *out)
{
    char *why = NULL;
    LLVMMemoryBufferRef written = NULL;
    bool failed = LLVMTargetMachineEmitToMemoryBuffer(build->probe->machine,
                                                      build->module, as, &why, &written);
    if (failed || build->words.len)
        buf_put(out, build->words.len ? build->words : str_trim(str_of(why)));
    LLVMDisposeMessage(why);
    if (!failed && build->words.len)
        LLVMDisposeMemoryBuffer(written);
    else if (!failed)
        *ret_written = written;
    return !failed && !build->words.len;
}

// --- What became of it
// ------------------------------------------------------------------

static Str name_of(LLVMValueRef value)
{
    size_t len = 0;
    const char *at = LLVMGetValueName2(value, &len);
    return (Str){at, len};
}

// One record of the map. The pass decorates what is defined: "#e7".
static void take_record(LLVMValueRef record, uint32_t n, Str *entries, Str *exits)
{
    Str source = name_of(LLVMGetAggregateElement(record, 0));
    Str thunk = name_of(LLVMGetAggregateElement(record, 1));
    uint64_t kind = LLVMConstIntGetZExtValue(LLVMGetAggregateElement(record, 2)), index;
    if (str_starts(source, STR("#")))
        source = str_from(source, 1);
    if (!str_to_u64(str_from(source, 1), &index) || index >= n)
        return;
    if (kind == MAP_ENTRY && source.at[0] == 'e')
        entries[index] = thunk;
    else if (kind == MAP_EXIT && source.at[0] == 'x')
        exits[index] = thunk;
}

static void put_names(Build *build, Buf *out)
{
    uint32_t n = build->probe->n;
    Str *entries = ARENA_ARRAY(&build->arena, Str, n);
    Str *exits = ARENA_ARRAY(&build->arena, Str, n);
    LLVMValueRef map = LLVMGetNamedGlobal(build->module, "llvm.arm64ec.symbolmap");
    if (map) {
        LLVMValueRef records = LLVMGetInitializer(map);
        uint64_t n_records = LLVMGetArrayLength2(LLVMTypeOf(records));
        for (uint64_t i = 0; i < n_records; i++)
            take_record(LLVMGetAggregateElement(records, (unsigned)i), n, entries, exits);
    }
    for (uint32_t i = 0; i < n; i++) {
        buf_put(out, entries[i]);
        buf_put_char(out, '\0');
        buf_put(out, exits[i]);
        buf_put_char(out, '\0');
    }
}

bool probe_build_names(const ProbeModule *probe, Buf *out)
{
    Build build;
    LLVMMemoryBufferRef object = NULL;
    build_open(&build, probe);
    bool is_done = emit(&build, LLVMObjectFile, &object, out);
    if (is_done) {
        put_names(&build, out);
        LLVMDisposeMemoryBuffer(object);
    }
    build_close(&build);
    return is_done;
}

bool probe_build_assembly(const ProbeModule *probe, Buf *out)
{
    Build build;
    LLVMMemoryBufferRef text = NULL;
    build_open(&build, probe);
    bool is_done = emit(&build, LLVMAssemblyFile, &text, out);
    if (is_done) {
        buf_put_bytes(out, LLVMGetBufferStart(text), LLVMGetBufferSize(text));
        LLVMDisposeMemoryBuffer(text);
    }
    build_close(&build);
    return is_done;
}
