// clang's own diagnostics as findings: notes, ranges, fix-its, tags.
//
// What lies in a header is told where the document includes it, once per #include, with
// the true place as a note: the reader of the document sees that something is wrong and
// where. What one of our rules says better is left to that rule, and what only follows
// from a missing C library header is left out.
#include "codegen/frontend/clang_unit.h"

#include <string.h>

typedef struct Collector {
    ClangView *view;
    bool library_missing; // EC626 was said
    uint32_t unopened;    // offset behind the last #include of what cannot be opened
    LIST(uint32_t) told;  // offsets of #includes that already have a finding
} Collector;

// Parts of messages that stand in errors which the target causes: the code is right for
// x64 or for AArch64, and wrong for Arm64EC (domain.md 3.3).
static const Str target_messages[] = {
    STR_INIT("constraint"),
    STR_INIT("unknown register name"),
    STR_INIT("MS-style inline assembly"),
    STR_INIT("builtin is not supported on this target"),
    STR_INIT("is not supported for the current target"),
    STR_INIT("is not supported on this target"),
    STR_INIT("not supported for this target"),
    STR_INIT("needs target feature"),
    STR_INIT("requires target feature"),
    STR_INIT("use of undeclared identifier '_mm"),
    STR_INIT("unknown type name '__m"),
    STR_INIT("call to undeclared function '_mm"),
    STR_INIT("call to undeclared function '__builtin_ia32"),
    STR_INIT("use of undeclared identifier '__builtin_ia32"),
    STR_INIT("this header is only meant to be used on x86"),
    STR_INIT("invalid conversion between vector type"),
};

// The C library and the Windows SDK: what a missing one of these means is EC626.
static const char library_headers[] =
    " assert.h complex.h conio.h crtdbg.h ctype.h direct.h dos.h errno.h excpt.h fcntl.h "
    "fenv.h"
    " io.h inttypes.h locale.h malloc.h math.h memory.h process.h search.h setjmp.h "
    "share.h"
    " signal.h stdio.h stdlib.h string.h sys/locking.h sys/stat.h sys/timeb.h sys/types.h"
    " sys/utime.h tchar.h tgmath.h threads.h time.h uchar.h wchar.h wctype.h windows.h"
    " winsock.h winsock2.h ws2tcpip.h mswsock.h windowsx.h winnt.h winbase.h windef.h"
    " wingdi.h winuser.h winreg.h winternl.h wincrypt.h bcrypt.h ncrypt.h dbghelp.h "
    "psapi.h"
    " tlhelp32.h shellapi.h shlobj.h shlwapi.h objbase.h ole2.h oleauto.h combaseapi.h"
    " unknwn.h mmsystem.h timeapi.h mmdeviceapi.h audioclient.h commctrl.h commdlg.h "
    "d3d9.h"
    " d3d11.h d3d12.h dxgi.h dxgi1_2.h dxgi1_4.h dwmapi.h iphlpapi.h winhttp.h wininet.h"
    " xinput.h dinput.h setupapi.h cfgmgr32.h hidsdi.h winioctl.h werapi.h intsafe.h"
    " versionhelpers.h processthreadsapi.h synchapi.h memoryapi.h libloaderapi.h sal.h"
    " debugapi.h fileapi.h handleapi.h heapapi.h profileapi.h sysinfoapi.h winver.h "
    "rpc.h ntstatus.h"
    " algorithm any array atomic bitset cassert cctype cerrno cfloat charconv chrono "
    "cinttypes"
    " climits clocale cmath condition_variable csetjmp csignal cstdarg cstddef cstdint "
    "cstdio"
    " cstdlib cstring ctime cwchar deque exception filesystem forward_list fstream "
    "functional"
    " future initializer_list iomanip ios iosfwd iostream istream iterator limits list "
    "locale"
    " map memory mutex new numeric optional ostream queue random ratio regex set "
    "shared_mutex"
    " span sstream stack stdexcept streambuf string string_view system_error thread tuple"
    " type_traits typeindex typeinfo unordered_map unordered_set utility valarray variant"
    " vector version concepts coroutine bit ranges numbers source_location compare "
    "format ";

static bool is_library_header(Arena *arena, Str name)
{
    Str lower = arena_str(arena, name);
    char *at = arena_z(arena, name);
    for (size_t i = 0; i < lower.len; i++)
        at[i] = lower.at[i] >= 'A' && lower.at[i] <= 'Z' ? (char)(lower.at[i] + 32)
                                                         : lower.at[i];
    return str_has(str_of(library_headers), arena_format(arena, " %s ", at));
}

static bool is_target_error(Str message, Str path)
{
    if (str_ends(path, STR("mmintrin.h")) || str_ends(path, STR("immintrin.h")) ||
        str_ends(path, STR("x86intrin.h")) || str_ends(path, STR("cpuid.h")))
        return true;
    for (size_t i = 0; i < COUNTOF(target_messages); i++)
        if (str_has(message, target_messages[i]))
            return true;
    return false;
}

static bool is_upper(char c)
{
    return c >= 'A' && c <= 'Z';
}

// Errors that a missing header brings with it: names of the standard library, and names
// as Windows' headers write them. What the user has just mistyped must show.
static bool follows_from_missing(Str message)
{
    if (str_has(message, STR("'std'")) || str_has(message, STR("'std::")))
        return true;
    bool names = str_starts(message, STR("unknown type name")) ||
                 str_starts(message, STR("use of undeclared identifier")) ||
                 str_starts(message, STR("call to undeclared"));
    Str name = str_from(message, str_find_char(message, '\'') + 1);
    return names && name.len && (is_upper(name.at[0]) || name.at[0] == '_');
}

static uint8_t tags_of(Str option)
{
    if (str_starts(option, STR("unused")) ||
        str_starts(option, STR("unreachable-code")) ||
        str_starts(option, STR("unneeded")))
        return TAG_UNNECESSARY;
    return str_starts(option, STR("deprecated")) ? TAG_DEPRECATED : 0;
}

// The range that covers the location, else the token there.
static Place place_of(ClangView *view, CXDiagnostic diagnostic, uint32_t file,
                      uint32_t offset)
{
    unsigned n = clang_getDiagnosticNumRanges(diagnostic);
    for (unsigned i = 0; i < n; i++) {
        CXSourceRange range = clang_getDiagnosticRange(diagnostic, i);
        uint32_t begin_file, end_file, begin, end;
        if (clang_point(view, clang_getRangeStart(range), &begin_file, &begin) &&
            clang_point(view, clang_getRangeEnd(range), &end_file, &end) &&
            begin_file == file && end_file == file && begin <= offset && offset < end)
            return clang_file_place(view, file, begin, end);
    }
    Str text = clang_file(view, file)->text;
    uint32_t end = offset;
    while (end < text.len && is_word(text.at[end]))
        end++;
    if (end == offset && end < text.len && text.at[end] != '\n' && text.at[end] != '\r')
        end++;
    return clang_file_place(view, file, offset, end);
}

static void add_fixes(ClangView *view, Finding *finding, CXDiagnostic diagnostic,
                      Str title)
{
    unsigned n = clang_getDiagnosticNumFixIts(diagnostic);
    Fix *fix = NULL;
    for (unsigned i = 0; i < n; i++) {
        CXSourceRange range;
        Str text =
            clang_str(view->unit->arena, clang_getDiagnosticFixIt(diagnostic, i, &range));
        Place at;
        if (!clang_place(view, range, &at) || !clang_place_in_document(&at))
            return; // half a fix is worse than none
        if (!fix)
            fix = unit_fix(view->unit, finding, title);
        unit_edit(view->unit, fix, at, text);
    }
}

static void add_notes(ClangView *view, Finding *finding, CXDiagnostic diagnostic)
{
    CXDiagnosticSet notes = clang_getChildDiagnostics(diagnostic); // not ours to dispose
    unsigned n = clang_getNumDiagnosticsInSet(notes);
    for (unsigned i = 0; i < n && i < NOTES_MAX; i++) {
        CXDiagnostic note = clang_getDiagnosticInSet(notes, i);
        Str message = clang_str(view->unit->arena, clang_getDiagnosticSpelling(note));
        uint32_t file, offset;
        if (clang_point(view, clang_getDiagnosticLocation(note), &file, &offset))
            unit_note(view->unit, finding, place_of(view, note, file, offset), message);
        add_fixes(view, finding, note, message);
        clang_disposeDiagnostic(note);
    }
}

// "name" is the project's own, whatever it is called.
static bool is_quoted(Str text, uint32_t offset)
{
    return offset < text.len && text.at[offset] == '"';
}

static bool report_missing_header(Collector *collector, Place at, Str message)
{
    Unit *unit = collector->view->unit;
    if (!str_ends(message, STR("file not found")))
        return false;
    size_t open = str_find_char(message, '\''), close = str_find_char_last(message, '\'');
    Str name = str_sub(message, open + 1, close);
    if (!is_library_header(unit->arena, name))
        return false;
    if (!collector->library_missing)
        REPORT(unit, EC626_include, at, name);
    collector->library_missing = true;
    return true;
}

// What EC205 says with a fix: rules/thunk.c for functions, here for data.
static bool report_hybrid_patchable(Unit *unit, Place at, Str message)
{
    if (str_has(message, STR("'hybrid_patchable' attribute only applies to functions")))
        REPORT0(unit, EC205_data, at);
    return str_has(message, STR("'hybrid_patchable'"));
}

// The first finding of each #include is told, the rest follows from it as a rule.
static bool include_place(Collector *collector, uint32_t path, Place *ret_place)
{
    if (!unit_include_place(collector->view->unit, path, ret_place))
        return false;
    const Lines *lines = &collector->view->unit->lines;
    uint32_t offset = lines->start[ret_place->start.line] + ret_place->start.byte;
    for (uint32_t k = 0; k < collector->told.len; k++)
        if (collector->told.at[k] == offset)
            return false;
    *LIST_PUSH(collector->view->unit->arena, &collector->told) = offset;
    return true;
}

static Severity severity_of(enum CXDiagnosticSeverity severity)
{
    switch (severity) {
    case CXDiagnostic_Ignored:
    case CXDiagnostic_Note:
        return SEVERITY_INFO;
    case CXDiagnostic_Warning:
        return SEVERITY_WARNING;
    case CXDiagnostic_Error:
    case CXDiagnostic_Fatal:
        return SEVERITY_ERROR;
    }
    return SEVERITY_ERROR;
}

static void collect_in_header(Collector *collector, CXDiagnostic diagnostic,
                              uint32_t file, uint32_t offset, Severity severity,
                              Str message)
{
    ClangView *view = collector->view;
    Place there = place_of(view, diagnostic, file, offset), here;
    Str path = view->unit->paths.at[there.path];
    if (severity != SEVERITY_ERROR ||
        !include_place(collector, clang_file(view, file)->path, &here))
        return; // a header's warnings are told in the header
    if (!is_quoted(clang_file(view, file)->text, offset) &&
        report_missing_header(collector, here, message))
        return;
    Finding *finding = unit_report_clang(
        view->unit, severity, here,
        arena_format(view->unit->arena, "in included file: %.*s", STR_ARG(message)));
    finding->target = is_target_error(message, path);
    unit_note(view->unit, finding, there, STR("error occurred here"));
}

// Of a file that is there and cannot be opened clang says why, and then that it has found
// none, or has not opened '<invalid buffer>'.
static bool repeats_unopened(Collector *collector, uint32_t offset, Str message)
{
    if (str_starts(message, STR("cannot open file '")) ||
        str_has(message, STR("byte order mark detected in '")))
        collector->unopened = offset + 1;
    else if (collector->unopened == offset + 1)
        return str_ends(message, STR("file not found")) ||
               str_starts(message, STR("error opening file '"));
    return false;
}

// What helps. A worker opens no pipe and no device (server/os.h); clang tells the errno
// of that.
static Str in_words(Arena *arena, Str message)
{
    if (str_has(message, STR("byte order mark detected in '")))
        return arena_format(arena, "%.*s; save it as UTF-8", STR_ARG(message));
    static const Str refused = STR_INIT(": No such device");
    if (!str_starts(message, STR("cannot open file '")) || !str_ends(message, refused))
        return message;
    return arena_format(arena, "%.*s: it is a pipe or a device; include a regular file",
                        STR_ARG(str_sub(message, 0, message.len - refused.len)));
}

static void collect(Collector *collector, CXDiagnostic diagnostic)
{
    ClangView *view = collector->view;
    Arena *arena = view->unit->arena;
    enum CXDiagnosticSeverity clang_severity = clang_getDiagnosticSeverity(diagnostic);
    if (clang_severity < CXDiagnostic_Warning)
        return;
    Severity severity = severity_of(clang_severity);
    Str message =
        in_words(arena, clang_str(arena, clang_getDiagnosticSpelling(diagnostic)));
    uint32_t file, offset;
    if (!clang_point(view, clang_getDiagnosticLocation(diagnostic), &file, &offset)) {
        if (severity == SEVERITY_ERROR) // of the command line; warnings there are noise
            unit_report_clang(view->unit, severity, unit_first_line(view->unit), message);
        return;
    }
    if (!clang_file(view, file)->is_document) {
        collect_in_header(collector, diagnostic, file, offset, severity, message);
        return;
    }
    Place at = place_of(view, diagnostic, file, offset);
    if (repeats_unopened(collector, offset, message) ||
        report_hybrid_patchable(view->unit, at, message) ||
        (!is_quoted(view->unit->text, offset) &&
         report_missing_header(collector, at, message)) ||
        (collector->library_missing && severity == SEVERITY_ERROR &&
         follows_from_missing(message)))
        return;
    Finding *finding = unit_report_clang(view->unit, severity, at, message);
    Str option = clang_str(arena, clang_getDiagnosticOption(diagnostic, NULL));
    finding->option = str_starts(option, STR("-W")) ? str_from(option, 2) : STR("");
    finding->tags = tags_of(finding->option);
    finding->target = severity == SEVERITY_ERROR && is_target_error(message, STR(""));
    add_fixes(view, finding, diagnostic, message);
    add_notes(view, finding, diagnostic);
}

void clang_collect_diagnostics(ClangView *view)
{
    Collector collector = {.view = view};
    unsigned n = clang_getNumDiagnostics(view->tu);
    for (unsigned i = 0; i < n; i++) {
        CXDiagnostic diagnostic = clang_getDiagnostic(view->tu, i);
        collect(&collector, diagnostic);
        clang_disposeDiagnostic(diagnostic);
    }
}
