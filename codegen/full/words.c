// clang's own words -> findings. What it says while it parses, the live stage has said;
// what its backend and its assembler say is new, and has the place that clang gives it.
//
//   In file included from /p/a.c:1:
//   /p/a.h:2:38: warning: register X13 is disallowed on ARM64EC. [-Winline-asm]
//   <inline asm>:1:2: note: instantiated into assembly here
#include "codegen/frontend/asm_text.h"
#include "codegen/full/parts.h"
#include "codegen/toolchain/builder.h"

const char *const full_arguments[] = {
    "-c",
    "-o",
    "-",
    "--no-default-config",
    "-fno-crash-diagnostics",
    "-fno-caret-diagnostics",
    "-fno-color-diagnostics",
    "-fdiagnostics-absolute-paths",
    "-fdiagnostics-show-option",
    "-fdiagnostics-format=clang",
    "-gline-tables-only", // the backend's places
    "-fno-lto",
    NULL,
};

typedef struct Message {
    Str path;
    uint32_t line, column; // from 1
    Severity severity;
    Str text, option; // option without "-W"
    uint32_t include; // line of the document that leads there, from 1; 0: none
} Message;

typedef struct Words {
    Unit *unit;
    const Result *live;
    uint32_t include; // of the lines "In file included from" that came last
    uint32_t n_errors;
} Words;

// "path:12:5" -> its parts. The path may hold colons of its own.
static bool split_place(Str place, Message *message)
{
    uint64_t number[2];
    for (int i = 1; i >= 0; i--) {
        size_t colon = str_find_char_last(place, ':');
        if (colon == place.len || !str_to_u64(str_from(place, colon + 1), &number[i]) ||
            number[i] == 0 || number[i] > INT32_MAX)
            return false;
        place = str_sub(place, 0, colon);
    }
    message->path = place;
    message->line = (uint32_t)number[0];
    message->column = (uint32_t)number[1];
    return place.len > 0;
}

static void split_option(Message *message)
{
    size_t open = str_find_char_last(message->text, '[');
    Str tail = str_from(message->text, open);
    if (!str_starts(tail, STR("[-W")) || !str_ends(tail, STR("]")))
        return; // "[-Werror,-Wname]" is one, too
    message->option = str_sub(tail, 3, tail.len - 1);
    size_t comma = str_find_char(message->option, ','); // [-Werror,-Wname]
    if (comma < message->option.len)
        message->option = str_from(message->option, comma + 3);
    message->text = str_trim(str_sub(message->text, 0, open));
}

// What the backend says of a function that it has no place for:
// "warning: a.c:1:0: stack frame size (5040) exceeds limit (100) in function '#f'
// [-W...]"
static bool read_backend_message(Str line, Message *message)
{
    static const Str words[] = {STR_INIT("error: "), STR_INIT("warning: ")};
    for (size_t i = 0; i < COUNTOF(words); i++) {
        if (!str_starts(line, words[i]))
            continue;
        message->severity = i == 0 ? SEVERITY_ERROR : SEVERITY_WARNING;
        message->text = str_from(line, words[i].len);
        message->option = message->path = STR("");
        size_t colon = str_find(message->text, STR(":0: ")); // no column
        if (colon < message->text.len)
            message->text = str_from(message->text, colon + 4);
        split_option(message);
        return true;
    }
    return false;
}

static bool read_message(Str line, Message *message)
{
    static const struct {
        Str word;
        Severity severity;
    } kinds[] = {{STR_INIT(": error: "), SEVERITY_ERROR},
                 {STR_INIT(": fatal error: "), SEVERITY_ERROR},
                 {STR_INIT(": warning: "), SEVERITY_WARNING}};
    for (size_t i = 0; i < COUNTOF(kinds); i++) {
        size_t at = str_find(line, kinds[i].word);
        if (at == line.len || !split_place(str_sub(line, 0, at), message))
            continue;
        message->severity = kinds[i].severity;
        message->text = str_from(line, at + kinds[i].word.len);
        message->option = STR("");
        split_option(message);
        return true;
    }
    return read_backend_message(line, message);
}

// --- What the live stage has said
// ---------------------------------------------------------

static bool is_of_registers(uint16_t number)
{
    return number == EC501 || number == EC502 || number == EC503 || number == EC517;
}

// "v16" and "q16" are one register: behind the letter the number counts.
static bool has_number(Str text, Str reg)
{
    Str digits = str_from(reg, 1);
    for (size_t at = 1; at + digits.len <= text.len; at++) {
        bool is_whole =
            at + digits.len == text.len || !is_digit(text.at[at + digits.len]);
        if (is_word(text.at[at - 1]) && !is_digit(text.at[at - 1]) && is_whole &&
            str_starts(str_from(text, at), digits))
            return true;
    }
    return false;
}

static bool is_killer(const RFinding *finding)
{
    return finding->number && finding->number < EC501 &&
           finding->severity == SEVERITY_ERROR;
}

// `at` is where this would be told; NULL: nowhere in particular. A register is told by
// its number, whatever clang says; where we have said what LLVM cannot do, or the same in
// our words, clang's are not.
static bool is_known(const Words *words, const Message *message, const Place *at, Str reg)
{
    const Result *live = words->live;
    for (uint32_t i = 0; i < live->n_findings; i++) {
        const RFinding *finding = &live->findings[i];
        Str text = result_str(live, finding->message);
        if (finding->range.path || (at && finding->range.start.line != at->start.line))
            continue;
        if (reg.len ? is_of_registers(finding->number) && has_number(text, reg)
                    : str_has(text, message->text))
            return true;
        if (at && message->severity == SEVERITY_ERROR && is_killer(finding))
            return true;
        if (at && finding->severity != SEVERITY_HINT &&
            unit_explains(finding->number, message->text))
            return true;
        if (finding->number == EC626 && str_ends(message->text, STR("file not found")))
            return true;
    }
    return false;
}

// --- Places
// -------------------------------------------------------------------------------

static Place place_in_document(const Unit *unit, uint32_t line, uint32_t column)
{
    if (line > unit->lines.len)
        return unit_first_line(unit);
    uint32_t begin = unit->lines.start[line - 1], n = (uint32_t)unit->text.len;
    Str text = lines_line(&unit->lines, unit->text, line - 1);
    begin += column - 1 < text.len ? column - 1 : (uint32_t)text.len;
    uint32_t end = begin;
    while (end < n && is_word(unit->text.at[end]))
        end++;
    return unit_place(unit, begin, end);
}

// The file's name in the #include of that line.
static Place include_place(const Unit *unit, uint32_t line)
{
    if (line == 0 || line > unit->lines.len)
        return unit_first_line(unit);
    Str text = str_trim(lines_line(&unit->lines, unit->text, line - 1));
    uint32_t begin = (uint32_t)(text.at - unit->text.at);
    size_t quote = str_find_char(text, '"'), angle = str_find_char(text, '<');
    size_t name = quote < angle ? quote : angle;
    if (name == text.len)
        name = 0;
    return unit_place(unit, begin + (uint32_t)name, begin + (uint32_t)text.len);
}

static Place place_elsewhere(Unit *unit, const Message *message)
{
    Pos at = {.line = message->line - 1,
              .byte = message->column - 1,
              .utf16 = message->column - 1,
              .utf32 = message->column - 1};
    return (Place){unit_path(unit, message->path), at, at};
}

static Str behind(Str words, Str head)
{
    size_t at = str_find(words, head);
    if (at == words.len)
        return STR("");
    Str rest = str_from(words, at + head.len);
    return str_trim(str_sub(rest, 0, str_find_char(rest, '\n')));
}

// Where a function is defined, if the live stage knows it; else the first line.
static Place place_of_function(const Unit *unit, const Result *live, Str symbol)
{
    Str name = undecorate(unit->arena, symbol);
    for (uint32_t i = 0; name.len && i < live->n_functions; i++) {
        const RFunction *function = &live->functions[i];
        if (function->in_document &&
            str_eq(undecorate(unit->arena, result_str(live, function->symbol)), name))
            return (Place){0, function->at.start, function->at.end};
    }
    return unit_first_line(unit);
}

// --- One message
// --------------------------------------------------------------------------

// "register X13 is disallowed on ARM64EC." -> "x13"
static Str disallowed_register(Arena *arena, Str text)
{
    Str head = STR("register ");
    if (!str_starts(text, head) || !str_has(text, STR("is disallowed on ARM64EC")))
        return STR("");
    Str name = str_from(text, head.len);
    name = str_sub(name, 0, str_find_char(name, ' '));
    char *lower = arena_z(arena, name);
    for (size_t i = 0; i < name.len; i++)
        if (lower[i] >= 'A' && lower[i] <= 'Z')
            lower[i] = (char)(lower[i] + 32);
    return (Str){lower, name.len};
}

// The assembler has no places for assembly at file scope. The document's own the live
// stage has read; this is a header's, or a macro's.
static void report_placeless(Words *words, const Message *message)
{
    Unit *unit = words->unit;
    if (message->severity == SEVERITY_ERROR && !is_known(words, message, NULL, STR("")))
        unit_report_clang(unit, SEVERITY_ERROR, unit_first_line(unit),
                          arena_format(unit->arena, "in assembly at file scope: %.*s",
                                       STR_ARG(message->text)))
            ->target = true;
}

// "... in function '#f'", "in function f void (i32): ..."
static Place place_of_words(const Words *words, Str text)
{
    Str name = behind(text, STR("in function "));
    if (str_starts(name, STR("'")))
        name = str_sub(str_from(name, 1), 0, str_find_char(str_from(name, 1), '\''));
    else
        name = str_sub(name, 0, str_find_char(name, ' '));
    return place_of_function(words->unit, words->live, name);
}

static void report(Words *words, const Message *message)
{
    Unit *unit = words->unit;
    if (str_eq(message->path, STR("<inline asm>"))) {
        report_placeless(words, message);
        return;
    }
    bool is_here = str_eq(message->path, unit->job->path) || !message->path.len;
    Str reg = disallowed_register(unit->arena, message->text);
    if (!is_here && message->severity != SEVERITY_ERROR && !reg.len)
        return; // a header's warnings are told in the header
    if (message->severity == SEVERITY_WARNING && unit->job->clang != CLANG_ALL &&
        !reg.len)
        return;
    Place at = !message->path.len ? place_of_words(words, message->text)
               : is_here ? place_in_document(unit, message->line, message->column)
                         : include_place(unit, message->include);
    if (is_known(words, message, &at, reg))
        return;
    Finding *finding;
    if (reg.len && asm_register_verdict(reg) == ASM_DISALLOWED_GPR)
        finding = REPORT(unit, EC501_operand, at, reg);
    else if (reg.len)
        finding = REPORT(unit, EC502_operand, at, reg);
    else
        finding = unit_report_clang(unit, message->severity, at,
                                    is_here ? message->text
                                            : arena_format(unit->arena,
                                                           "in included file: %.*s",
                                                           STR_ARG(message->text)));
    if (!reg.len) {
        finding->option = message->option;
        finding->target = message->severity == SEVERITY_ERROR;
    }
    if (!is_here)
        unit_note(unit, finding, place_elsewhere(unit, message),
                  STR("it lies in this included file"));
}

// Only the outermost line names the document.
static bool read_include(Words *words, Str line)
{
    Str head = STR("In file included from ");
    if (!str_starts(line, head))
        return false;
    uint64_t number;
    Str place = str_from(line, head.len);
    place = str_sub(place, 0, place.len ? place.len - 1 : 0); // the last ':'
    size_t colon = str_find_char_last(place, ':');
    if (str_eq(str_sub(place, 0, colon), words->unit->job->path) &&
        str_to_u64(str_from(place, colon + 1), &number) && number <= INT32_MAX)
        words->include = (uint32_t)number;
    return true;
}

// --- A death
// ------------------------------------------------------------------------------

static Str last_words(Arena *arena, Str words)
{
    static const Str heads[] = {STR_INIT("error in backend: "), STR_INIT("LLVM ERROR: "),
                                STR_INIT("Assertion ")};
    for (size_t i = 0; i < COUNTOF(heads); i++) {
        Str found = behind(words, heads[i]);
        if (found.len)
            return found;
    }
    Str pass = behind(words, STR("Running pass "));
    if (pass.len)
        return arena_format(arena, "while it was running the pass %.*s", STR_ARG(pass));
    return STR("without a word");
}

// "Running pass '...' on function '@"#f"'"
static Place place_of_death(const Unit *unit, const Result *live, Str words)
{
    Str name = behind(words, STR("on function '@"));
    name = str_sub(name, 0, str_find_char_last(name, '\''));
    if (str_starts(name, STR("\"")) && name.len >= 2)
        name = str_sub(name, 1, name.len - 1);
    return place_of_function(unit, live, name);
}

// The reason stands in the live Result already, or nobody knows it.
static bool is_foretold(const Result *live)
{
    for (uint32_t i = 0; i < live->n_findings; i++) {
        const RFinding *finding = &live->findings[i];
        if (is_killer(finding) || finding->number == EC601 || finding->number == EC609 ||
            (finding->number >= EC901 && finding->number <= EC904))
            return true;
    }
    return false;
}

// The driver's word, which has no place: "clang-22: error: ...".
static void report_refusal(Words *words, Str said)
{
    Str why = behind(said, STR(": error: "));
    unit_report_clang(
        words->unit, SEVERITY_WARNING, unit_first_line(words->unit),
        arena_format(words->unit->arena, "the whole compile failed: %.*s",
                     STR_ARG(why.len ? why : STR("clang does not say why"))));
}

static Str llvm_of(const Result *live)
{
    Str compiler = result_str(live, live->info->compiler);
    return str_starts(compiler, STR("LLVM ")) ? str_from(compiler, 5) : compiler;
}

// What ends this clang says nothing of another LLVM, which compiles the user's build.
static void report_death(Unit *unit, const Result *live, const FullCompile *compile)
{
    Str llvm = llvm_of(live), builder_text = result_str(live, live->info->builder);
    Builder builder;
    uint64_t own = 0;
    (void)str_to_u64(str_sub(llvm, 0, str_find_char(llvm, '.')), &own);
    bool is_another = builder_parse(builder_text, &builder) && builder_is_llvm(builder) &&
                      builder_llvm(builder, (uint32_t)own) != own;
    if (is_another)
        REPORT(unit, EC632_clang, unit_first_line(unit),
               arena_format(unit->arena,
                            "clang of LLVM %.*s dies of this file, which %.*s need not",
                            STR_ARG(llvm), STR_ARG(builder_text)));
    else
        REPORT(unit, EC901_crash, place_of_death(unit, live, compile->words), llvm,
               last_words(unit->arena, compile->words));
}

void full_words(Unit *unit, const Result *live, const FullCompile *compile)
{
    Words words = {.unit = unit, .live = live};
    for (Str rest = compile->words; rest.len;) {
        size_t end = str_find_char(rest, '\n');
        Str line = str_sub(rest, 0, end);
        Message message = {.include = words.include};
        rest = str_from(rest, end + 1);
        if (read_include(&words, line) || !read_message(line, &message))
            continue;
        report(&words, &message);
        words.include = 0;
        words.n_errors += message.severity == SEVERITY_ERROR;
    }
    switch (compile->end) {
    case FULL_COMPILED:
        return;
    case FULL_REFUSED:
        if (!words.n_errors)
            report_refusal(&words, compile->words);
        return;
    case FULL_DIED:
        if (!is_foretold(live))
            report_death(unit, live, compile);
        return;
    case FULL_TIMED_OUT:
        REPORT(unit, EC902_full, unit_first_line(unit),
               arena_format(unit->arena, "%u", compile->deadline_s));
        return;
    case FULL_NO_CLANG:
        REPORT(unit, EC632_clang, unit_first_line(unit), compile->why);
        return;
    }
}
