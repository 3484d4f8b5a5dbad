#include "codegen/frontend/clang_missing.h"

#include "codegen/frontend/c_lexer.h"
#include "codegen/frontend/clang_older.h"
#include "protocol/base/hash.h"

#include <stdio.h>

enum {
    WORDS_MAX = 4096,      // tainted; more, and everything is
    SLOTS = 2 * WORDS_MAX, // of the table of them
    ERRORS_MAX = 5000,     // looked at; more, and they follow
    ROUNDS_MAX = 8,        // what follows from what follows
    NAMES_SHOWN_MAX = 5,
    SHORT_WORD_MAX = 2, // "i", "it": too common to tie two statements together
};

typedef struct Said {
    uint32_t file, offset;
    Str message;
    bool is_error, is_held;
    bool in_macro; // of another file
} Said;

// Words and the marks between statements of a file; no directives, comments, literals.
typedef struct Lexed {
    uint32_t file;
    Str text;
    LIST(CToken) tokens;
} Lexed;

struct ClangMissing {
    ClangView *view;
    LIST(Said) said; // by the index of the diagnostic
    LIST(Lexed) lexed;
    Str *words; // SLOTS, open addressing
    uint32_t n_words;
    bool has_library;     // a header of the library is missing
    bool has_cpp_library; // one of C++
    bool is_msvc;         // cl has intrinsics that clang has not
    bool has_surface;     // Windows' names come from the built-in declarations
    bool uses_std;        // "using namespace std": any name may be of it
    LIST(Str) names;      // undeclared ones of Windows'
    uint32_t first_name;  // index of said
};

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
    STR_INIT("'__readgs"),
    STR_INIT("'__readfs"),
    STR_INIT("'__writegs"),
    STR_INIT("this header is only meant to be used on x86"),
    STR_INIT("invalid conversion between vector type"),
};

bool clang_is_target_error(Str message, Str path)
{
    if (str_ends(path, STR("mmintrin.h")) || str_ends(path, STR("immintrin.h")) ||
        str_ends(path, STR("x86intrin.h")) || str_ends(path, STR("cpuid.h")))
        return true;
    for (size_t i = 0; i < COUNTOF(target_messages); i++)
        if (str_has(message, target_messages[i]))
            return true;
    return false;
}

bool clang_is_quoted(Str text, uint32_t offset)
{
    return offset < text.len && text.at[offset] == '"';
}

static Str first_quoted(Str message)
{
    Str rest = str_from(message, str_find_char(message, '\'') + 1);
    return str_sub(rest, 0, str_find_char(rest, '\''));
}

Str clang_not_found(Str message)
{
    return str_ends(message, STR("file not found")) ? first_quoted(message) : STR("");
}

// --- Tainted words
// ----------------------------------------------------------------------------

static Str *slot_of(const ClangMissing *missing, Str word)
{
    size_t i = hash_of(word).word[0] % SLOTS;
    while (missing->words[i].len && !str_eq(missing->words[i], word))
        i = (i + 1) % SLOTS;
    return &missing->words[i];
}

static bool is_tainted(const ClangMissing *missing, Str word)
{
    return missing->n_words >= WORDS_MAX || slot_of(missing, word)->len;
}

static void taint(ClangMissing *missing, Str word)
{
    if (!word.len || is_tainted(missing, word))
        return;
    *slot_of(missing, word) = word;
    missing->n_words++;
}

static bool is_upper(char c)
{
    return c >= 'A' && c <= 'Z';
}

// "DWORD", "WM_PAINT": the project declares few of these.
static bool is_all_upper(Str word)
{
    for (size_t i = 0; i < word.len; i++)
        if (word.at[i] >= 'a' && word.at[i] <= 'z')
            return false;
    return true;
}

static bool is_listed(const char *list, Str name)
{
    char padded[64];
    int n = snprintf(padded, sizeof padded, " %.*s ", STR_ARG(name));
    return n > 2 && n < (int)sizeof padded && str_has(str_of(list), str_of(padded));
}

static bool is_keyword(Str word)
{
    static const char keywords[] =
        " alignas alignof and asm auto bool break case catch char class const constexpr"
        " const_cast continue decltype default delete do double dynamic_cast else enum"
        " explicit export extern false final float for friend goto if inline int long"
        " mutable namespace new noexcept nullptr operator or override private protected"
        " public register reinterpret_cast restrict return short signed sizeof static"
        " static_assert static_cast struct switch template this throw true try typedef"
        " typeid typename union unsigned using virtual void volatile while __declspec ";
    return is_listed(keywords, word);
}

// --- Statements
// -------------------------------------------------------------------------------

static const Lexed *lexed(ClangMissing *missing, uint32_t file)
{
    Arena *arena = missing->view->unit->arena;
    for (uint32_t i = 0; i < missing->lexed.len; i++)
        if (missing->lexed.at[i].file == file)
            return &missing->lexed.at[i];
    Lexed *it = LIST_PUSH(arena, &missing->lexed);
    *it = (Lexed){.file = file, .text = clang_file_text(missing->view, file)};
    CLexer lexer;
    c_lexer_init(&lexer, it->text);
    for (CToken token; (token = c_lexer_next_code(&lexer)).kind != C_END;)
        if (!token.in_directive && (token.kind == C_WORD || token.kind == C_PUNCT))
            *LIST_PUSH(arena, &it->tokens) = token;
    return it;
}

static Str token_text(const Lexed *it, uint32_t i)
{
    return str_sub(it->text, it->tokens.at[i].begin, it->tokens.at[i].end);
}

static bool ends_statement(const Lexed *it, uint32_t i)
{
    char c = it->text.at[it->tokens.at[i].begin];
    return c == ';' || c == '{' || c == '}';
}

// Tokens [begin, end) between two of ; { }.
typedef struct Statement {
    uint32_t begin, end;
} Statement;

static Statement statement_around(const Lexed *it, uint32_t i)
{
    Statement s = {i, i};
    while (s.begin && !ends_statement(it, s.begin - 1))
        s.begin--;
    while (s.end < it->tokens.len && !ends_statement(it, s.end))
        s.end++;
    return s;
}

static Statement statement_of(const Lexed *it, uint32_t offset)
{
    uint32_t low = 0, high = it->tokens.len; // the first token that ends behind offset
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (it->tokens.at[middle].end <= offset)
            low = middle + 1;
        else
            high = middle;
    }
    // "x y" without a ';' is told behind the x.
    if (low && (low == it->tokens.len || it->tokens.at[low].begin > offset))
        low--;
    return statement_around(it, low);
}

// The head of the block that the statement stands in; false at the top level.
static bool head_of(const Lexed *it, Statement *statement)
{
    uint32_t depth = 0;
    for (uint32_t i = statement->begin; i-- > 0;) {
        char c = it->text.at[it->tokens.at[i].begin];
        if (c == '}')
            depth++;
        if (c != '{' || depth-- > 0)
            continue;
        *statement = i ? statement_around(it, i - 1) : (Statement){0, 0};
        if (i && ends_statement(it, i - 1))
            *statement = (Statement){i, i};
        return true;
    }
    return false;
}

static bool has_tainted(const ClangMissing *missing, const Lexed *it, Statement s)
{
    for (uint32_t i = s.begin; i < s.end; i++)
        if (it->tokens.at[i].kind == C_WORD && token_text(it, i).len > SHORT_WORD_MAX &&
            is_tainted(missing, token_text(it, i)))
            return true;
    return false;
}

static void taint_statement(ClangMissing *missing, const Lexed *it, Statement s)
{
    bool is_declared = false; // what "class" stands before
    for (uint32_t i = s.begin; i < s.end; i++) {
        Str word = token_text(it, i);
        if (it->tokens.at[i].kind == C_WORD && !is_keyword(word) &&
            (is_declared || !is_all_upper(word)))
            taint(missing, word);
        is_declared = str_eq(word, STR("class")) || str_eq(word, STR("struct"));
    }
}

static bool is_class_head(const Lexed *it, Statement s)
{
    for (uint32_t i = s.begin; i < s.end; i++) {
        Str word = token_text(it, i);
        bool is_member = str_eq(word, STR(":")) && i + 1 < s.end &&
                         str_eq(token_text(it, i + 1), word); // Foo::run()
        if (is_member || str_eq(word, STR("class")) || str_eq(word, STR("struct")))
            return true;
    }
    return false;
}

// --- Errors
// -----------------------------------------------------------------------------------

static bool is_undeclared(Str message)
{
    static const Str starts[] = {STR_INIT("unknown type name"),
                                 STR_INIT("use of undeclared identifier"),
                                 STR_INIT("call to undeclared"),
                                 STR_INIT("no template named"),
                                 STR_INIT("unknown class name"),
                                 STR_INIT("unknown template name"),
                                 STR_INIT("implicit declaration of function")};
    for (size_t i = 0; i < COUNTOF(starts); i++)
        if (str_starts(message, starts[i]))
            return true;
    return str_starts(message, STR("no member named")) &&
           str_has(message, STR("in the global namespace"));
}

// As Windows' headers write names.
static bool is_windows_name(Str name)
{
    return name.len && (is_upper(name.at[0]) || name.at[0] == '_');
}

// What "using std::sort;" in a header brings, or the arguments of a call.
static bool is_std_name(Str name)
{
    static const char names[] =
        " back_inserter begin cbegin cend cerr cin clog cout deque end endl exchange find"
        " find_if forward function get getline greater less list make_pair make_shared"
        " make_tuple make_unique map move multimap nullopt optional ostream ostringstream"
        " pair queue set shared_ptr size sort stack string string_view stringstream swap"
        " thread to_string tuple unique_lock unique_ptr unordered_map unordered_set "
        "variant"
        " vector weak_ptr wstring ";
    return is_listed(names, name);
}

static Str word_at(Str text, uint32_t offset)
{
    uint32_t end = offset;
    while (end < text.len && is_word(text.at[end]))
        end++;
    return str_sub(text, offset, end);
}

// What clang says of a type of which it has seen half: of a class without its base, a
// parameter that became an int, a function that returns nothing known.
static bool is_of_half_types(Str message)
{
    static const Str parts[] = {
        STR_INIT("subscript operator"),
        STR_INIT("no matching"),
        STR_INIT("no viable"),
        STR_INIT("called object type"),
        STR_INIT("incomplete type"),
        STR_INIT("as an iterator"),
        STR_INIT("invalid range expression"),
        STR_INIT("excess elements"),
        STR_INIT("you need to include"),
        STR_INIT("include <"),
        STR_INIT("expected namespace name"),
        STR_INIT("expected class name"),
        STR_INIT("cannot deduce"),
        STR_INIT("deduced type"),
        STR_INIT("invalid operands to binary expression"),
        STR_INIT("indirection "),
        STR_INIT("member reference"),
        STR_INIT("subscripted value"),
        STR_INIT("is not a class"),
        STR_INIT("cannot convert"),
        STR_INIT("cannot initialize"),
        STR_INIT("assigning to"),
        STR_INIT("is not a base class"),
        STR_INIT("does not refer to"),
        STR_INIT("only virtual member functions"),
        STR_INIT("marked 'override' but"),
        STR_INIT("is not polymorphic"),
        STR_INIT("not contextually convertible"),
        STR_INIT("cannot decompose"),
        STR_INIT("type must be"),
        STR_INIT("non-static data member"),
        STR_INIT("does not name"),
        STR_INIT("constructor for"),
        STR_INIT("return type"),
        STR_INIT("value of type"),
        STR_INIT("cannot be used as"),
        STR_INIT("abstract class"),
        STR_INIT("constant expression"),
        STR_INIT("static assertion failed"),
        STR_INIT("arguments to function call"),
        STR_INIT("redefinition"),
        STR_INIT("out-of-line definition"),
    };
    for (size_t i = 0; i < COUNTOF(parts); i++)
        if (str_has(message, parts[i]))
            return true;
    return false;
}

// Of what cl has on Arm64EC, or clang's own header of it.
static bool is_of_msvc(const ClangMissing *missing, const Said *said)
{
    Str name = first_quoted(said->message);
    Str path = missing->view->unit->paths.at[clang_file(missing->view, said->file)->path];
    bool is_ours = str_ends(path, STR("/arm64ecd_softintrin.h"));
    return (str_ends(path, STR("intrin.h")) && !is_ours) ||
           (is_undeclared(said->message) && str_starts(name, STR("_")));
}

// The undeclared name that makes an error a root; empty if it is none.
static Str root_name(const ClangMissing *missing, const Said *said)
{
    Str message = said->message;
    if (missing->is_msvc && said->is_error && is_of_msvc(missing, said))
        return first_quoted(message);
    if (clang_is_target_error(message, STR("")))
        return STR("");
    if (missing->has_library &&
        (str_has(message, STR("'std'")) || str_has(message, STR("'std::"))))
        return STR("std");
    if (!said->is_error && !str_starts(message, STR("implicit declaration")))
        return STR("");
    Str name = first_quoted(message);
    if (str_starts(message, STR("expected class name")))
        name = word_at(clang_file_text(missing->view, said->file), said->offset);
    else if (!is_undeclared(message))
        return STR("");
    bool may_be_windows = missing->has_surface || missing->has_library;
    bool is_root = (may_be_windows && is_windows_name(name)) || missing->uses_std ||
                   (missing->has_library && is_std_name(name));
    return is_root ? name : STR("");
}

static void add_name(ClangMissing *missing, Str name)
{
    for (uint32_t i = 0; i < missing->names.len; i++)
        if (str_eq(missing->names.at[i], name))
            return;
    *LIST_PUSH(missing->view->unit->arena, &missing->names) = name;
}

static void hold(ClangMissing *missing, Said *said)
{
    const Lexed *it = lexed(missing, said->file);
    said->is_held = true;
    if (it->tokens.len)
        taint_statement(missing, it, statement_of(it, said->offset));
}

static bool mentions_tainted(const ClangMissing *missing, Str message)
{
    while (message.len) {
        Str quoted = first_quoted(message);
        for (uint32_t i = 0; i < quoted.len;) {
            Str word = word_at(quoted, i);
            if (word.len && !is_keyword(word) && is_tainted(missing, word))
                return true;
            i += word.len ? (uint32_t)word.len : 1;
        }
        message = str_from(message, str_find_char(message, '\'') + 1);
        message = str_from(message, str_find_char(message, '\'') + 1);
    }
    return false;
}

static bool follows(ClangMissing *missing, const Said *said)
{
    bool is_name = is_undeclared(said->message);
    if (clang_is_target_error(said->message, STR("")) ||
        str_ends(said->message, STR("file not found")))
        return false;
    if (said->in_macro || mentions_tainted(missing, said->message) ||
        (missing->has_cpp_library && is_of_half_types(said->message)))
        return true;
    const Lexed *it = lexed(missing, said->file);
    if (!it->tokens.len)
        return false;
    Statement s = statement_of(it, said->offset);
    if (!is_name && has_tainted(missing, it, s))
        return true;
    while (head_of(it, &s))
        if ((!is_name || is_class_head(it, s)) && has_tainted(missing, it, s))
            return true;
    return false;
}

// --- The whole
// --------------------------------------------------------------------------------

// The body of a macro that another file defines.
static bool is_from_macro(ClangView *view, CXSourceLocation at, uint32_t file)
{
    CXFile spelled = NULL;
    clang_getSpellingLocation(at, &spelled, NULL, NULL, NULL);
    return spelled && !clang_is_same_file(spelled, clang_file(view, file)->file);
}

// False: there is no error.
static bool listen(ClangMissing *missing)
{
    ClangView *view = missing->view;
    unsigned n = clang_getNumDiagnostics(view->tu);
    bool has_error = false;
    for (unsigned i = 0; i < n && i < ERRORS_MAX; i++) {
        CXDiagnostic diagnostic = clang_getDiagnostic(view->tu, i);
        enum CXDiagnosticSeverity severity = clang_getDiagnosticSeverity(diagnostic);
        Said *said = LIST_PUSH(view->unit->arena, &missing->said);
        *said = (Said){.is_error = severity >= CXDiagnostic_Error};
        has_error |= said->is_error;
        CXSourceLocation at = clang_getDiagnosticLocation(diagnostic);
        // x64's hardware code that should not be there is no lack of names.
        bool is_explained = clang_arch_verdict(view, diagnostic) != NULL;
        if (severity >= CXDiagnostic_Warning && !is_explained &&
            clang_point(view, at, &said->file, &said->offset)) {
            said->message =
                clang_str(view->unit->arena, clang_getDiagnosticSpelling(diagnostic));
            said->in_macro = is_from_macro(view, at, said->file);
        }
        clang_disposeDiagnostic(diagnostic);
    }
    return has_error;
}

static bool is_missing_library(ClangMissing *missing, const Said *said)
{
    Str name = clang_not_found(said->message);
    return name.len &&
           !clang_is_quoted(clang_file_text(missing->view, said->file), said->offset) &&
           library_header_is_known(missing->view->unit->arena, name);
}

static bool has_own_windows(const ClangView *view)
{
    const Unit *unit = view->unit;
    for (uint32_t i = 0; view->headers->builtin && i < unit->includes.len; i++)
        if (str_ends(unit->paths.at[unit->includes.at[i]], STR("/minwindef.h")))
            return true;
    return false;
}

static void look_around(ClangMissing *missing)
{
    missing->has_surface = has_own_windows(missing->view);
    for (uint32_t i = 0; i < missing->said.len; i++)
        if (is_missing_library(missing, &missing->said.at[i])) {
            Str name = clang_not_found(missing->said.at[i].message);
            missing->has_library = true;
            missing->has_cpp_library |= !str_ends(name, STR(".h"));
        }
    missing->is_msvc = missing->view->unit->builder.kind == BUILDER_MSVC;
    missing->uses_std = missing->has_library &&
                        str_has(missing->view->unit->text, STR("using namespace std;"));
}

static void find_roots(ClangMissing *missing)
{
    for (uint32_t i = 0; i < missing->said.len; i++) {
        Said *said = &missing->said.at[i];
        Str name = said->message.len ? root_name(missing, said) : STR("");
        if (!name.len)
            continue;
        if (!missing->names.len)
            missing->first_name = i;
        add_name(missing, name);
        taint(missing, name);
        hold(missing, said);
    }
}

static void find_followers(ClangMissing *missing)
{
    bool more = missing->n_words > 0 || missing->has_cpp_library;
    for (uint32_t round = 0; more && round < ROUNDS_MAX; round++) {
        more = false;
        for (uint32_t i = 0; i < missing->said.len; i++) {
            Said *said = &missing->said.at[i];
            if (!said->message.len || said->is_held || !follows(missing, said))
                continue;
            hold(missing, said);
            more = true;
        }
    }
}

ClangMissing *clang_missing_find(ClangView *view)
{
    Arena *arena = view->unit->arena;
    if (clang_getNumDiagnostics(view->tu) == 0)
        return NULL;
    ClangMissing *missing = arena_alloc(arena, sizeof *missing);
    *missing = (ClangMissing){.view = view};
    if (!listen(missing))
        return NULL;
    look_around(missing);
    if (!missing->has_library && !missing->has_surface && !missing->is_msvc)
        return NULL;
    missing->words = ARENA_ARRAY(arena, Str, SLOTS);
    find_roots(missing);
    find_followers(missing);
    return missing;
}

bool clang_missing_holds(const ClangMissing *missing, unsigned index)
{
    if (!missing || (!missing->n_words && !missing->has_cpp_library))
        return false;
    return index >= missing->said.len || missing->said.at[index].is_held;
}

Str clang_missing_names(const ClangMissing *missing, Place *ret_at)
{
    Str all = STR("");
    if (!missing || missing->has_library || !missing->names.len)
        return all;
    Arena *arena = missing->view->unit->arena;
    uint32_t n = missing->names.len;
    uint32_t n_shown = n > NAMES_SHOWN_MAX ? NAMES_SHOWN_MAX : n;
    for (uint32_t i = 0; i < n_shown; i++)
        all = arena_format(arena, "%.*s%s'%.*s'", STR_ARG(all),
                           i == 0                             ? ""
                           : i + 1 == n_shown && n == n_shown ? " and "
                                                              : ", ",
                           STR_ARG(missing->names.at[i]));
    if (n > n_shown)
        all = arena_format(arena, "%.*s and %u more", STR_ARG(all), n - n_shown);
    const Said *first = &missing->said.at[missing->first_name];
    Str name = missing->names.at[0];
    *ret_at = clang_file_place(missing->view, first->file, first->offset,
                               first->offset + (uint32_t)name.len);
    return all;
}
