// EC123-EC126, EC128, EC315: what Windows keeps in x64's way although the code is
// AArch64's.
//
// To Windows an Arm64EC process is an x64 process: memory that is made executable holds
// x64 code unless it is told otherwise, CONTEXT and RUNTIME_FUNCTION are x64's, an
// image's machine is AMD64. Only the TEB is where Arm has it, in x18: there are no
// segments.
#include "codegen/rules/os.h"

#include "codegen/rules/rules.h"
#include "codegen/rules/source_text.h"

enum {
    PAGE_DATA_ANY = 0x0F,    // PAGE_NOACCESS, _READONLY, _READWRITE, _WRITECOPY
    PAGE_EXECUTE_ANY = 0xF0, // PAGE_EXECUTE, _READ, _READWRITE, _WRITECOPY
    MACHINE_ARM64 = 0xAA64,
};

static Str name_of(const Unit *unit, const ApiCall *api)
{
    return unit->functions.at[api->callee].name;
}

// The call's name: what is shown of it.
static Place name_place(const Unit *unit, const ApiCall *api)
{
    const Place *at = &api->at;
    uint32_t begin = source_offset(unit, at->start);
    Str name = name_of(unit, api);
    if (!str_starts(str_from(unit->text, begin), name))
        return *at;
    return unit_place(unit, begin, begin + (uint32_t)name.len);
}

static const ApiArgument *argument(const ApiCall *api, uint32_t i)
{
    static const ApiArgument none = {0};
    return i < api->arguments.len ? &api->arguments.at[i] : &none;
}

// --- EC123
// -------------------------------------------------------------------------------

typedef struct Allocator {
    Str name;
    uint32_t protection; // which argument
} Allocator;

static const Allocator *allocator_of(Str name)
{
    static const Allocator allocators[] = {
        {STR_INIT("VirtualAlloc"), 3},       {STR_INIT("VirtualAllocEx"), 4},
        {STR_INIT("VirtualAllocExNuma"), 4}, {STR_INIT("VirtualAllocFromApp"), 3},
        {STR_INIT("CreateFileMappingA"), 2}, {STR_INIT("CreateFileMappingW"), 2}};
    for (size_t i = 0; i < COUNTOF(allocators); i++)
        if (str_eq(name, allocators[i].name))
            return &allocators[i];
    return NULL;
}

static bool is_never_executed(Unit *unit, Str name)
{
    return str_starts(name, STR("CreateFileMapping")) &&
           !source_names(unit, STR("FILE_MAP_EXECUTE"));
}

// Of an image or another file it holds what the file holds.
static bool is_mapped_file(const Unit *unit, const ApiCall *api, Str name)
{
    if (!str_starts(name, STR("CreateFileMapping")))
        return false;
    Str file = source_at(unit, &argument(api, 0)->at);
    return !str_has(file, STR("INVALID_HANDLE_VALUE")) && !str_has(file, STR("-1"));
}

static bool knows_ec_code(Unit *unit)
{
    static const Str words[] = {STR_INIT("MEM_EXTENDED_PARAMETER_EC_CODE")};
    return source_names_any(unit, words, COUNTOF(words));
}

static bool names_executable(Unit *unit)
{
    static const Str words[] = {
        STR_INIT("PAGE_EXECUTE_READ"), STR_INIT("PAGE_EXECUTE_READWRITE"),
        STR_INIT("PAGE_EXECUTE"), STR_INIT("PAGE_EXECUTE_WRITECOPY")};
    return source_names_any(unit, words, COUNTOF(words));
}

// Who writes x64's bytes means x64 code, which is what it becomes.
static void set_severity(Unit *unit, Finding *finding)
{
    if (source_writes_x64_code(unit))
        finding->severity = SEVERITY_HINT;
}

static bool check_allocation(Unit *unit, const ApiCall *api)
{
    Str name = name_of(unit, api);
    const Allocator *allocator = allocator_of(name);
    if (!allocator || api->arguments.len <= allocator->protection ||
        is_mapped_file(unit, api, name) || is_never_executed(unit, name))
        return false;
    const ApiArgument *protection = argument(api, allocator->protection);
    if (protection->bits & PAGE_EXECUTE_ANY) {
        if (!knows_ec_code(unit)) {
            bool is_choice = (protection->bits & PAGE_DATA_ANY) != 0;
            Finding *finding =
                is_choice ? REPORT(unit, EC123_variable, name_place(unit, api), name)
                          : REPORT(unit, EC123_allocated, name_place(unit, api), name);
            set_severity(unit, finding);
            if (!is_choice)
                os_fix_allocation(unit, finding, api, name);
        }
        return true;
    }
    if (!protection->is_constant && protection->bits == 0 && names_executable(unit) &&
        !knows_ec_code(unit))
        REPORT(unit, EC123_variable, name_place(unit, api), name)->severity =
            SEVERITY_HINT;
    return false;
}

static bool allocates(const Unit *unit, const ApiCall *api)
{
    return str_starts(name_of(unit, api), STR("VirtualAlloc")) &&
           !str_eq(name_of(unit, api), STR("VirtualAlloc2"));
}

// Made executable after it was written: told where the file also allocates it, for what
// is patched in place belongs to somebody else.
static void check_protection(Unit *unit, const ApiCall *api)
{
    Str name = name_of(unit, api);
    if (!str_eq(name, STR("VirtualProtect")) &&
        !str_eq(name, STR("VirtualProtectFromApp")))
        return;
    if (argument(api, 2)->bits & PAGE_EXECUTE_ANY && !knows_ec_code(unit))
        set_severity(unit, REPORT(unit, EC123_protected, name_place(unit, api), name));
}

static void check_memory(Unit *unit)
{
    bool is_told = false, is_allocated = false;
    for (uint32_t i = 0; i < unit->api_calls.len; i++) {
        is_told |= check_allocation(unit, &unit->api_calls.at[i]);
        is_allocated |= allocates(unit, &unit->api_calls.at[i]);
    }
    for (uint32_t i = 0; i < unit->api_calls.len && is_allocated && !is_told; i++)
        check_protection(unit, &unit->api_calls.at[i]);
}

// --- EC124
// -------------------------------------------------------------------------------

static void check_tables(Unit *unit)
{
    for (uint32_t i = 0; i < unit->api_calls.len; i++) {
        const ApiCall *api = &unit->api_calls.at[i];
        Str name = name_of(unit, api);
        if (!str_eq(name, STR("RtlAddFunctionTable")) &&
            !str_eq(name, STR("RtlInstallFunctionTableCallback")))
            continue;
        if (source_names(unit, STR("RtlAddGrowableFunctionTable")))
            continue;
        set_severity(unit, REPORT(unit, EC124_call, name_place(unit, api), name));
    }
}

// --- EC125
// -------------------------------------------------------------------------------

typedef struct ContextUser {
    Str name;
    uint32_t context; // which argument
} ContextUser;

static const ContextUser *context_user(Str name)
{
    static const ContextUser users[] = {
        {STR_INIT("GetThreadContext"), 1},  {STR_INIT("SetThreadContext"), 1},
        {STR_INIT("RtlCaptureContext"), 0}, {STR_INIT("RtlCaptureContext2"), 0},
        {STR_INIT("RtlRestoreContext"), 0}, {STR_INIT("RtlVirtualUnwind"), 4},
        {STR_INIT("StackWalk64"), 4},       {STR_INIT("StackWalk"), 4},
        {STR_INIT("StackWalkEx"), 4}};
    for (size_t i = 0; i < COUNTOF(users); i++)
        if (str_eq(name, users[i].name))
            return &users[i];
    return NULL;
}

static void check_context_call(Unit *unit, const ApiCall *api)
{
    Str name = name_of(unit, api);
    const ContextUser *user = context_user(name);
    if (!user)
        return;
    const ApiArgument *context = argument(api, user->context);
    if (str_eq(context->record, STR("_ARM64_NT_CONTEXT")))
        REPORT(unit, EC125_record, context->at, name)->severity = SEVERITY_WARNING;
    const ApiArgument *machine = argument(api, 0);
    if (str_starts(name, STR("StackWalk")) && machine->is_constant &&
        machine->value == MACHINE_ARM64)
        REPORT(unit, EC125_walk, machine->at, name)->severity = SEVERITY_WARNING;
}

typedef struct Member {
    Str arm, x64; // of CONTEXT; empty: it has none by one name
} Member;

// ARM64EC_NT_CONTEXT's names for CONTEXT's members (winnt.h).
static const Member members[] = {
    {STR_INIT("Pc"), STR_INIT("Rip")},  {STR_INIT("Sp"), STR_INIT("Rsp")},
    {STR_INIT("Fp"), STR_INIT("Rbp")},  {STR_INIT("X0"), STR_INIT("Rcx")},
    {STR_INIT("X1"), STR_INIT("Rdx")},  {STR_INIT("X2"), STR_INIT("R8")},
    {STR_INIT("X3"), STR_INIT("R9")},   {STR_INIT("X4"), STR_INIT("R10")},
    {STR_INIT("X5"), STR_INIT("R11")},  {STR_INIT("X8"), STR_INIT("Rax")},
    {STR_INIT("X19"), STR_INIT("R12")}, {STR_INIT("X20"), STR_INIT("R13")},
    {STR_INIT("X21"), STR_INIT("R14")}, {STR_INIT("X22"), STR_INIT("R15")},
    {STR_INIT("X25"), STR_INIT("Rsi")}, {STR_INIT("X26"), STR_INIT("Rdi")},
    {STR_INIT("X27"), STR_INIT("Rbx")}, {STR_INIT("Lr"), STR_INIT("")},
    {STR_INIT("X"), STR_INIT("")},      {STR_INIT("V"), STR_INIT("")},
    {STR_INIT("Cpsr"), STR_INIT("")},   {STR_INIT("Fpcr"), STR_INIT("")},
    {STR_INIT("Fpsr"), STR_INIT("")},   {STR_INIT("Bcr"), STR_INIT("")},
    {STR_INIT("Bvr"), STR_INIT("")},    {STR_INIT("Wcr"), STR_INIT("")},
    {STR_INIT("Wvr"), STR_INIT("")},
};

static const Member *member_of(Str name)
{
    for (size_t i = 0; i < COUNTOF(members); i++)
        if (str_eq(members[i].arm, name))
            return &members[i];
    return NULL;
}

// X7, X[n]: of the array's kind.
static const Member *array_member(Str name)
{
    bool is_register = name.len >= 2 && name.len <= 3 && name.at[0] == 'X' &&
                       is_digit(name.at[1]) && is_digit(name.at[name.len - 1]);
    return is_register ? member_of(STR("X")) : NULL;
}

// "no member named 'Pc' in 'struct _CONTEXT'"; also with a proposal behind it. The
// record's name in `ret_record`.
static Str missing_member(Str message, Str *ret_record)
{
    Str rest = str_from(message, str_find(message, STR("no member named '")));
    rest = str_from(rest, STR("no member named '").len);
    Str name = str_sub(rest, 0, str_find_char(rest, '\''));
    rest = str_from(rest, name.len);
    if (!str_starts(rest, STR("' in '")))
        return STR("");
    rest = str_from(rest, STR("' in '").len);
    if (str_starts(rest, STR("struct ")))
        rest = str_from(rest, STR("struct ").len);
    *ret_record = str_sub(rest, 0, str_find_char(rest, '\''));
    return name;
}

// X[19], with a number between the brackets.
static Place with_index(Unit *unit, Place at, Str *name)
{
    uint32_t end = source_offset(unit, at.end), close = end;
    Str rest = str_sub(unit->text, end, end + 8);
    if (!str_eq(*name, STR("X")) || !str_starts(rest, STR("[")))
        return at;
    close = (uint32_t)str_find_char(rest, ']');
    Str number = str_trim(str_sub(rest, 1, close));
    if (close == rest.len || number.len == 0 || number.len > 2 ||
        !is_digit(number.at[0]) || !is_digit(number.at[number.len - 1]))
        return at;
    *name = arena_format(unit->arena, "X%.*s", STR_ARG(number));
    return unit_place(unit, source_offset(unit, at.start), end + close + 1);
}

// Under a condition that names ARM64 the line is ARM64's, too, where it is right.
static bool is_shared_with_arm64(const Unit *unit, const Place *at)
{
    static const Str words[] = {STR_INIT("_M_ARM64"), STR_INIT("__aarch64__"),
                                STR_INIT("_ARM64_"), STR_INIT("__aarch64")};
    return source_is_under(unit, source_offset(unit, at->start), words, COUNTOF(words));
}

static void check_context_member(Unit *unit, Place at, Str name)
{
    at = with_index(unit, at, &name);
    const Member *member = member_of(name);
    if (!member)
        member = array_member(name);
    if (!member)
        return;
    if (!member->x64.len) {
        REPORT(unit, EC125_other, at, name);
        return;
    }
    Finding *finding = REPORT(unit, EC125_member, at, member->x64, name);
    if (is_shared_with_arm64(unit, &at))
        return;
    Fix *fix = unit_fix(unit, finding,
                        arena_format(unit->arena, "replace '%.*s' by '%.*s'",
                                     STR_ARG(name), STR_ARG(member->x64)));
    fix->preferred = true;
    unit_edit(unit, fix, at, member->x64);
}

// --- EC128
// -------------------------------------------------------------------------------

// Of ARM64's buffer: Frame, X19 to X28, Fp, Lr, Sp, Fpcr, Fpsr, D[8].
static void check_jump_buffer(Unit *unit, Place at, Str name)
{
    static const Str names[] = {STR_INIT("Fp"),   STR_INIT("Lr"),   STR_INIT("Sp"),
                                STR_INIT("Fpcr"), STR_INIT("Fpsr"), STR_INIT("D")};
    bool is_arm = array_member(name) != NULL || member_of(name) != NULL;
    for (size_t i = 0; i < COUNTOF(names); i++)
        is_arm |= str_eq(name, names[i]);
    if (is_arm)
        REPORT(unit, EC128_member, at, name)->severity = SEVERITY_ERROR;
}

static void check_contexts(Unit *unit)
{
    for (uint32_t i = 0; i < unit->api_calls.len; i++)
        check_context_call(unit, &unit->api_calls.at[i]);
    uint32_t n = unit->findings.len; // those of clang; ours come behind
    for (uint32_t i = 0; i < n; i++) {
        const Finding *finding = &unit->findings.at[i];
        if (finding->source != SOURCE_CLANG || finding->severity != SEVERITY_ERROR ||
            finding->at.path != 0)
            continue;
        Str record = STR(""), name = missing_member(finding->message, &record);
        if (str_eq(record, STR("_CONTEXT")) || str_eq(record, STR("CONTEXT")))
            check_context_member(unit, finding->at, name);
        else if (str_eq(record, STR("_JUMP_BUFFER")))
            check_jump_buffer(unit, finding->at, name);
    }
}

// --- EC126
// -------------------------------------------------------------------------------

// "__readgsqword" -> the one that reads by x18; empty: x86's fs has no counterpart.
static Str x18_intrinsic(Arena *arena, Str name)
{
    bool reads = str_starts(name, STR("__readgs"));
    if (!reads && !str_starts(name, STR("__writegs")))
        return STR("");
    return arena_format(arena, "__%sx18%.*s", reads ? "read" : "write",
                        STR_ARG(str_from(name, reads ? 8 : 9)));
}

static bool is_segment_intrinsic(Str name)
{
    return str_starts(name, STR("__readgs")) || str_starts(name, STR("__writegs")) ||
           str_starts(name, STR("__readfs")) || str_starts(name, STR("__writefs"));
}

static void report_intrinsic(Unit *unit, Place name_at, Str name)
{
    Str instead = x18_intrinsic(unit->arena, name);
    uint32_t begin = source_offset(unit, name_at.start);
    Place statement, word = unit_place(unit, begin, begin + (uint32_t)name.len);
    if (!str_eq(source_at(unit, &word), name))
        word = name_at;
    if (!instead.len) {
        REPORT(unit, EC126_fs, word, name);
        return;
    }
    Finding *finding = REPORT(unit, EC126_intrinsic, word, name, instead);
    if (builder_is_llvm(unit->builder) && source_statement(unit, &word, &statement))
        source_fix_statement(
            unit, finding,
            arena_format(unit->arena, "use '%.*s' on Arm64EC", STR_ARG(instead)),
            &statement, &word, instead, STR(""));
}

// "call to undeclared function '__readgsqword'", "use of undeclared identifier ..."
static Str undeclared(Str message)
{
    size_t at = str_find(message, STR("undeclared "));
    if (at == message.len)
        return STR("");
    Str rest = str_from(message, at);
    rest = str_from(rest, str_find_char(rest, '\'') + 1);
    return str_sub(rest, 0, str_find_char(rest, '\''));
}

static bool is_told(const Unit *unit, uint16_t number, const Place *at)
{
    for (uint32_t i = 0; i < unit->findings.len; i++) {
        const Finding *f = &unit->findings.at[i];
        if (f->number == number && f->at.path == at->path &&
            f->at.start.line == at->start.line && f->at.start.byte == at->start.byte)
            return true;
    }
    return false;
}

static void check_intrinsics(Unit *unit)
{
    uint32_t n = unit->findings.len;
    for (uint32_t i = 0; i < n; i++) {
        Finding *finding = &unit->findings.at[i];
        Str name = finding->source == SOURCE_CLANG &&
                           finding->severity == SEVERITY_ERROR && finding->at.path == 0
                       ? undeclared(finding->message)
                       : STR("");
        if (is_segment_intrinsic(name) && !is_told(unit, EC126, &finding->at))
            report_intrinsic(unit, finding->at, name);
    }
    for (uint32_t i = 0; i < unit->api_calls.len; i++) {
        const ApiCall *api = &unit->api_calls.at[i];
        Place at = name_place(unit, api);
        if (is_segment_intrinsic(name_of(unit, api)) && !is_told(unit, EC126, &at) &&
            !unit->functions.at[api->callee].is_defined)
            report_intrinsic(unit, at, name_of(unit, api));
    }
}

static void check_segments(Unit *unit)
{
    for (uint32_t i = 0; i < unit->segment_uses.len; i++) {
        const SegmentUse *use = &unit->segment_uses.at[i];
        Str segment = use->space == 256   ? STR("GS")
                      : use->space == 257 ? STR("FS")
                                          : STR("SS");
        if (use->has_address)
            REPORT(unit, EC126_address, use->at, segment,
                   arena_format(unit->arena, "0x%llx", (unsigned long long)use->address));
        else
            REPORT(unit, EC126_space, use->at, segment);
    }
    check_intrinsics(unit);
}

// --- EC315
// -------------------------------------------------------------------------------

// The header of an image: an object file has an IMAGE_FILE_HEADER alone. And what
// GetNativeSystemInfo() tells, which is for the process.
static void check_machines(Unit *unit)
{
    for (uint32_t i = 0; i < unit->machine_comparisons.len; i++) {
        const MachineComparison *made = &unit->machine_comparisons.at[i];
        Str text = source_at(unit, &made->member);
        if (made->value == PROCESSOR_ARM64)
            REPORT(unit, EC315_processor, made->at, str_trim(text))->severity =
                SEVERITY_HINT;
        else if (str_has(text, STR("FileHeader")))
            REPORT(unit, EC315_image, made->at, str_trim(text));
    }
}

void rules_os(Unit *unit)
{
    check_memory(unit);
    check_tables(unit);
    check_contexts(unit);
    os_check_jump_buffers(unit);
    if (builder_is_llvm(unit->builder)) // MSVC has its own __readgsqword
        check_segments(unit);
    check_machines(unit);
}
