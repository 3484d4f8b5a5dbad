#include "codegen/ir/ir_child.h"

#include "codegen/ir/ir_module.h"
#include "codegen/lower/target.h"

#include <llvm-c/Analysis.h>
#include <llvm-c/Core.h>
#include <llvm-c/IRReader.h>
#include <llvm-c/Target.h>
#include <llvm-c/TargetMachine.h>

#include <string.h>

enum { MESSAGES_MAX = 200 }; // more of them are not told

// --- Messages
// ----------------------------------------------------------------------------------

static void add_message(IrModule *m, LLVMDiagnosticSeverity severity, Str text)
{
    if (m->messages.len < MESSAGES_MAX)
        *LIST_PUSH(&m->arena, &m->messages) =
            (Message){severity, arena_str(&m->arena, str_trim(text))};
}

static void hear(LLVMDiagnosticInfoRef info, void *owner)
{
    char *words = LLVMGetDiagInfoDescription(info);
    add_message(owner, LLVMGetDiagInfoSeverity(info), str_of(words));
    LLVMDisposeMessage(words);
}

static void put_messages(const IrModule *m, Buf *out)
{
    ir_put_u32(out, m->messages.len);
    for (uint32_t i = 0; i < m->messages.len; i++) {
        ir_put_u32(out, (uint32_t)m->messages.at[i].severity);
        ir_put_str(out, m->messages.at[i].text);
    }
}

// --- The module
// --------------------------------------------------------------------------------

static unsigned kind_named(const char *name)
{
    return LLVMGetEnumAttributeKindForName(name, strlen(name));
}

static bool open_machine(IrModule *m)
{
    LLVMTargetRef target = target_open(m->work->triple);
    if (!target)
        return false;
    m->machine =
        LLVMCreateTargetMachine(target, m->work->triple, "", "", LLVMCodeGenLevelNone,
                                LLVMRelocDefault, LLVMCodeModelDefault);
    m->layout = LLVMCreateTargetDataLayout(m->machine);
    return true;
}

static bool read_module(IrModule *m)
{
    char *why = NULL;
    Str text = m->work->text;
    LLVMMemoryBufferRef buffer =
        LLVMCreateMemoryBufferWithMemoryRangeCopy(text.at, text.len, "ir");
    bool failed = LLVMParseIRInContext(m->context, buffer, &m->module, &why);
    if (failed)
        add_message(m, LLVMDSError, str_of(why));
    LLVMDisposeMessage(why);
    return !failed;
}

static bool verify(IrModule *m)
{
    char *why = NULL;
    bool is_broken = LLVMVerifyModule(m->module, LLVMReturnStatusAction, &why);
    if (is_broken)
        add_message(m, LLVMDSError, str_of(why));
    LLVMDisposeMessage(why);
    return !is_broken;
}

static void retarget(IrModule *m)
{
    Str own = str_of(LLVMGetTarget(m->module));
    if (!own.len || m->work->is_retargeted) {
        LLVMSetTarget(m->module, m->work->triple);
        LLVMSetModuleDataLayout(m->module, m->layout);
    }
}

bool ir_child_read(void *work, Buf *out)
{
    IrWork *ir = work;
    IrModule *m = mem_new(sizeof *m);
    ir->module = m;
    m->work = ir;
    arena_init(&m->arena, IR_ARENA_BYTES_MAX);
    m->context = LLVMContextCreate();
    LLVMContextSetDiagnosticHandler(m->context, hear, m);
    m->sret = kind_named("sret");
    m->byval = kind_named("byval");
    m->inreg = kind_named("inreg");
    m->zeroext = kind_named("zeroext");
    m->signext = kind_named("signext");
    m->hybrid_patchable = kind_named("hybrid_patchable");
    bool is_read = open_machine(m) && read_module(m);
    bool is_valid = is_read && verify(m);
    ir_put_u32(out, is_read);
    put_messages(m, out);
    if (!is_read)
        return true;
    retarget(m);
    m->coerced = (IrCoerced){.layout = m->layout};
    ir_put_module(m, is_valid, out);
    m->has_code = is_valid && !ir->is_left_alone &&
                  str_starts(str_of(LLVMGetTarget(m->module)), STR("arm64ec"));
    return true;
}

bool ir_child_emit(void *work, Buf *out)
{
    IrModule *m = ((IrWork *)work)->module;
    char *why = NULL;
    LLVMMemoryBufferRef object = NULL;
    m->messages.len = 0;
    if (m->has_code && LLVMTargetMachineEmitToMemoryBuffer(m->machine, m->module,
                                                           LLVMObjectFile, &why, &object))
        add_message(m, LLVMDSError, str_of(why));
    ir_put_u32(out, false); // no facts follow
    put_messages(m, out);
    return true;
}
