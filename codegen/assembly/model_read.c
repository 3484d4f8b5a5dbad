#include "codegen/assembly/model_read.h"

#include "codegen/assembly/expression.h"
#include "codegen/assembly/operands.h"
#include "codegen/assembly/statement.h"
#include "codegen/frontend/asm_token.h"

#include <string.h>

enum { SECTION_STACK_MAX = 16, PROSE_MIN = 3 };

typedef struct Scan {
    AsmModel *model;
    AsmValues values; // empty: constants alone
    uint32_t section; // index of the current one
    uint32_t stack[SECTION_STACK_MAX], n_stack, previous;
    uint32_t first_open_label; // labels from here on wait for what stands behind them
    bool is_target;
    AsmMnemonicMemo mnemonics;
    bool is_first;    // statement of its line
    uint32_t n_prose; // what follows a ';' and is no instruction
    // Of the current section, since its last instruction or alignment:
    bool is_behind_data;
    uint32_t alignment;
} Scan;

static Str text_of(const Scan *scan)
{
    return scan->model->text.text;
}

static Str unquoted(Str name)
{
    bool is_quoted = name.len >= 2 && name.at[0] == '"' && name.at[name.len - 1] == '"';
    return is_quoted ? str_sub(name, 1, name.len - 1) : name;
}

static AsmSection *section_of(const Scan *scan)
{
    return &scan->model->sections.at[scan->section];
}

// --- Sections
// ---------------------------------------------------------------------------

static bool is_same_section(const AsmSection *a, const AsmSection *b)
{
    return str_eq(a->name, b->name) && str_eq(a->comdat, b->comdat);
}

static void enter(Scan *scan, AsmSection section)
{
    AsmModel *model = scan->model;
    scan->previous = scan->section;
    scan->is_behind_data = false;
    scan->alignment = 0;
    for (uint32_t i = 0; i < model->sections.len; i++)
        if (is_same_section(&model->sections.at[i], &section)) {
            scan->section = i;
            return;
        }
    section.is_hybrid_map = str_starts(section.name, STR(".hybmp"));
    *LIST_PUSH(model->arena, &model->sections) = section;
    scan->section = model->sections.len - 1;
}

static Str next_argument(Str *rest)
{
    size_t end = 0;
    bool in_quotes = false;
    for (; end < rest->len && (in_quotes || rest->at[end] != ','); end++)
        if (rest->at[end] == '"')
            in_quotes = !in_quotes;
    Str argument = str_trim(str_sub(*rest, 0, end));
    *rest = str_from(*rest, end + 1);
    return argument;
}

static bool names_code(Str name)
{
    return str_starts(name, STR(".text")) || str_starts(name, STR(".wowthk")) ||
           str_starts(name, STR(".code"));
}

// .section NAME[, "xr"[, discard, SYMBOL]]; COFF's.
static void take_section(Scan *scan, Str arguments, uint32_t begin, uint32_t end)
{
    Str rest = arguments, name = unquoted(next_argument(&rest));
    Str flags = unquoted(next_argument(&rest)), type = next_argument(&rest);
    Str comdat = unquoted(next_argument(&rest));
    bool is_comdat = str_eq(type, STR("discard")) || str_eq(type, STR("one_only")) ||
                     str_starts(type, STR("same_")) || str_eq(type, STR("largest")) ||
                     str_eq(type, STR("newest")) || str_eq(type, STR("associative"));
    if (str_starts(type, STR("@")) || str_starts(type, STR("%")))
        scan->model->is_elf = true;
    bool is_code = flags.len ? str_find_char(flags, 'x') < flags.len : names_code(name);
    enter(scan, (AsmSection){.name = name,
                             .flags = flags,
                             .comdat = is_comdat ? comdat : STR(""),
                             .begin = begin,
                             .end = end,
                             .is_code = is_code});
}

static bool take_section_directive(Scan *scan, Str word, Str arguments, AsmSpan at)
{
    if (str_eq_nocase(word, STR(".section")) ||
        str_eq_nocase(word, STR(".pushsection"))) {
        if (word.len > 8 && scan->n_stack < SECTION_STACK_MAX)
            scan->stack[scan->n_stack++] = scan->section;
        take_section(scan, arguments, at.begin, at.end);
        return true;
    }
    if (str_eq_nocase(word, STR(".popsection"))) {
        if (scan->n_stack)
            scan->section = scan->stack[--scan->n_stack];
        return true;
    }
    if (str_eq_nocase(word, STR(".previous"))) {
        uint32_t section = scan->section;
        scan->section = scan->previous;
        scan->previous = section;
        return true;
    }
    bool is_text = str_eq_nocase(word, STR(".text"));
    if (!is_text && !str_eq_nocase(word, STR(".data")) &&
        !str_eq_nocase(word, STR(".bss")) && !str_eq_nocase(word, STR(".rdata")))
        return false;
    enter(scan, (AsmSection){
                    .name = word, .begin = at.begin, .end = at.end, .is_code = is_text});
    return true;
}

// --- Symbols
// ----------------------------------------------------------------------------

static AsmSymbol *symbol_at(Scan *scan, Str name, uint32_t *ret_index)
{
    uint32_t index = asm_model_symbol(scan->model, unquoted(name));
    if (ret_index)
        *ret_index = index;
    return &scan->model->symbols.at[index];
}

static AsmSpan span_of(const Scan *scan, Str part)
{
    uint32_t begin = (uint32_t)(part.at - text_of(scan).at);
    return (AsmSpan){begin, begin + (uint32_t)part.len};
}

static uint32_t refer(Scan *scan, Str name, AsmFlow flow)
{
    uint32_t index;
    AsmSymbol *symbol = symbol_at(scan, name, &index);
    AsmSpan at = span_of(scan, name);
    if (!symbol->first_use.end)
        symbol->first_use = at;
    symbol->is_called |= flow == FLOW_CALL;
    symbol->is_address |= flow == FLOW_NONE;
    *LIST_PUSH(scan->model->arena, &scan->model->references) =
        (AsmReference){index, at, (uint8_t)flow};
    return index;
}

static void assign(Scan *scan, Str name, Str value)
{
    uint32_t index, target = 0;
    AsmSymbol *symbol = symbol_at(scan, name, &index);
    Str trimmed = str_trim(value);
    bool is_name =
        trimmed.len &&
        (trimmed.at[0] == '"' || is_alpha(trimmed.at[0]) || trimmed.at[0] == '_' ||
         trimmed.at[0] == '?' || trimmed.at[0] == '$') &&
        str_find_char(trimmed, ' ') == trimmed.len;
    if (!is_name) {
        symbol->is_data = true; // a number
        return;
    }
    target = refer(scan, trimmed, FLOW_NONE);
    symbol = &scan->model->symbols.at[index];
    symbol->alias_of = target + 1;
    symbol->is_defined = true;
    if (!symbol->label.end)
        symbol->label = span_of(scan, name);
}

static void each_symbol(Scan *scan, Str arguments, void (*mark)(AsmSymbol *symbol))
{
    for (Str rest = arguments; rest.len;) {
        Str name = next_argument(&rest);
        if (name.len)
            mark(symbol_at(scan, name, NULL));
    }
}

static void mark_global(AsmSymbol *symbol)
{
    symbol->is_global = true;
}

static void mark_weak(AsmSymbol *symbol)
{
    symbol->is_weak = symbol->is_global = true;
}

static void mark_anti_dependency(AsmSymbol *symbol)
{
    symbol->is_anti_dependency = true;
}

// --- The hybrid map
// ---------------------------------------------------------------------

static AsmRecord *open_record(Scan *scan, AsmSpan at)
{
    AsmModel *model = scan->model;
    AsmSection *section = section_of(scan);
    if (section->map_state == 0)
        *LIST_PUSH(model->arena, &model->records) = (AsmRecord){.at = at};
    AsmRecord *record = &model->records.at[model->records.len - 1];
    record->at.end = at.end;
    return record;
}

static void take_map_part(Scan *scan, Str word, Str arguments, AsmSpan at)
{
    AsmSection *section = section_of(scan);
    AsmRecord *record = open_record(scan, at);
    bool is_symbol = str_eq_nocase(word, STR(".symidx"));
    uint32_t n_bytes = 4;
    if (str_eq_nocase(word, STR(".byte")))
        n_bytes = 1;
    else if (str_eq_nocase(word, STR(".hword")) || str_eq_nocase(word, STR(".short")) ||
             str_eq_nocase(word, STR(".2byte")))
        n_bytes = 2;
    else if (str_eq_nocase(word, STR(".quad")) || str_eq_nocase(word, STR(".xword")))
        n_bytes = 8;
    record->is_short |= n_bytes != 4;
    Str rest = arguments;
    while (rest.len) {
        Str argument = next_argument(&rest);
        AsmSpan span = span_of(scan, argument);
        if (section->map_state == 0) {
            record->source_at = span;
            record->source = is_symbol ? refer(scan, argument, FLOW_NONE) + 1 : 0;
        } else if (section->map_state == 1) {
            record->target_at = span;
            record->target = is_symbol ? refer(scan, argument, FLOW_NONE) + 1 : 0;
        } else {
            record->kind_at = span;
            record->is_kind_known =
                !is_symbol && asm_evaluate(&scan->values, argument, &record->kind);
        }
        record->n_parts++;
        section->map_state = (section->map_state + 1) % 3;
        if (section->map_state == 0 && rest.len)
            record = open_record(scan, at);
    }
}

// --- Directives
// -------------------------------------------------------------------------

static bool is_among(Str word, const Str *words, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (str_eq_nocase(word, words[i]))
            return true;
    return false;
}

static bool puts_data(Str word)
{
    static const Str words[] = {
        STR_INIT(".byte"),   STR_INIT(".hword"),    STR_INIT(".short"),
        STR_INIT(".word"),   STR_INIT(".long"),     STR_INIT(".int"),
        STR_INIT(".quad"),   STR_INIT(".xword"),    STR_INIT(".2byte"),
        STR_INIT(".4byte"),  STR_INIT(".8byte"),    STR_INIT(".ascii"),
        STR_INIT(".asciz"),  STR_INIT(".string"),   STR_INIT(".float"),
        STR_INIT(".single"), STR_INIT(".double"),   STR_INIT(".octa"),
        STR_INIT(".zero"),   STR_INIT(".space"),    STR_INIT(".skip"),
        STR_INIT(".fill"),   STR_INIT(".incbin"),   STR_INIT(".rva"),
        STR_INIT(".symidx"), STR_INIT(".secrel32"), STR_INIT(".dword")};
    return is_among(word, words, COUNTOF(words));
}

static void settle_labels(Scan *scan, bool is_data)
{
    AsmModel *model = scan->model;
    for (; scan->first_open_label < model->labels.len; scan->first_open_label++) {
        AsmLabel *label = &model->labels.at[scan->first_open_label];
        label->is_data = is_data;
        label->instruction = model->instructions.len;
        if (is_data)
            model->symbols.at[label->symbol].is_data = true;
    }
}

static bool is_symbol_argument(Str argument)
{
    return argument.len &&
           (argument.at[0] == '"' || is_alpha(argument.at[0]) || argument.at[0] == '_' ||
            argument.at[0] == '?' || argument.at[0] == '.');
}

static void take_data(Scan *scan, Str word, Str arguments, AsmSpan at)
{
    AsmSection *section = section_of(scan);
    settle_labels(scan, true);
    section->n_bytes++;
    scan->is_behind_data = true;
    if (section->is_hybrid_map) {
        take_map_part(scan, word, arguments, at);
        return;
    }
    bool is_text = word.len > 2 && (word.at[1] | 0x20) == 'a'; // .ascii, .asciz
    if (is_text || str_eq_nocase(word, STR(".string")) ||
        str_eq_nocase(word, STR(".incbin")))
        return;
    for (Str rest = arguments; rest.len;) {
        Str argument = next_argument(&rest);
        size_t end = 0;
        while (end < argument.len && !memchr("+-*/ ", argument.at[end], 5))
            end++;
        if (is_symbol_argument(argument))
            refer(scan, str_sub(argument, 0, end), FLOW_NONE);
    }
}

static void take_alignment(Scan *scan, Str word, Str arguments)
{
    int64_t value = 0;
    Str rest = arguments;
    if (!asm_evaluate(&scan->values, next_argument(&rest), &value) || value < 0)
        value = 4;
    bool is_bytes = str_starts(word, STR(".balign"));
    if (!is_bytes)
        value = value < 16 ? (int64_t)1 << value : 65536;
    if (value >= 4)
        scan->is_behind_data = false;
    scan->alignment = (uint32_t)value;
}

static void note_foreign(Scan *scan, Str word, Str arguments, AsmSpan at)
{
    static const Str elf[] = {STR_INIT(".hidden"), STR_INIT(".protected"),
                              STR_INIT(".internal"), STR_INIT(".symver"),
                              STR_INIT(".size")};
    static const Str mach_o[] = {
        STR_INIT(".subsections_via_symbols"), STR_INIT(".private_extern"),
        STR_INIT(".const"), STR_INIT(".build_version"), STR_INIT(".macosx_version_min")};
    AsmModel *model = scan->model;
    bool was = model->is_elf || model->is_mach_o;
    bool is_type = str_eq_nocase(word, STR(".type")) &&
                   str_find_char(arguments, ',') < arguments.len;
    model->is_elf |= is_type || is_among(word, elf, COUNTOF(elf)) ||
                     (str_eq_nocase(word, STR(".section")) &&
                      str_starts(arguments, STR(".note.GNU-stack")));
    model->is_mach_o |=
        is_among(word, mach_o, COUNTOF(mach_o)) ||
        (str_eq_nocase(word, STR(".section")) && str_starts(arguments, STR("__")));
    if (!was && (model->is_elf || model->is_mach_o))
        model->foreign = at;
    if (is_type &&
        (str_has(arguments, STR("%function")) || str_has(arguments, STR("@function")))) {
        Str rest = arguments;
        symbol_at(scan, next_argument(&rest), NULL)->is_function = true;
    }
}

static void take_directive(Scan *scan, Str word, Str arguments, AsmSpan at)
{
    static const Str globals[] = {STR_INIT(".globl"), STR_INIT(".global")};
    static const Str sets[] = {STR_INIT(".set"), STR_INIT(".equ"), STR_INIT(".equiv")};
    note_foreign(scan, word, arguments, at);
    *LIST_PUSH(scan->model->arena, &scan->model->directives) =
        (AsmDirective){span_of(scan, word), span_of(scan, arguments)};
    if (take_section_directive(scan, word, arguments, at))
        return;
    if (puts_data(word)) {
        take_data(scan, word, arguments, at);
    } else if (is_among(word, globals, COUNTOF(globals))) {
        each_symbol(scan, arguments, mark_global);
    } else if (str_eq_nocase(word, STR(".weak"))) {
        each_symbol(scan, arguments, mark_weak);
    } else if (str_eq_nocase(word, STR(".weak_anti_dep"))) {
        each_symbol(scan, arguments, mark_anti_dependency);
    } else if (is_among(word, sets, COUNTOF(sets))) {
        Str rest = arguments, name = next_argument(&rest);
        assign(scan, name, rest);
    } else if (str_eq_nocase(word, STR(".inst"))) {
        settle_labels(scan, false);
        section_of(scan)->n_bytes++;
    } else if (str_starts(word, STR(".balign")) || str_starts(word, STR(".p2align")) ||
               str_eq_nocase(word, STR(".align"))) {
        take_alignment(scan, word, arguments);
    } else if (str_eq_nocase(word, STR(".seh_proc")) && arguments.len) {
        symbol_at(scan, arguments, NULL)->is_function = true;
    } else if (str_eq_nocase(word, STR(".seh_handler"))) {
        Str rest = arguments;
        refer(scan, next_argument(&rest), FLOW_NONE);
    }
}

// --- Instructions
// -----------------------------------------------------------------------

static void refer_operands(Scan *scan, AsmInstruction *instruction, Str word)
{
    bool is_address = str_eq_nocase(word, STR("adr")) || str_eq_nocase(word, STR("adrp"));
    for (uint32_t i = 0; i < instruction->n_operands; i++) {
        Str operand = asm_operand(scan->model, instruction, i);
        bool is_last = i + 1 == instruction->n_operands;
        bool is_label = is_last && (instruction->flow == FLOW_CALL ||
                                    instruction->flow == FLOW_BRANCH ||
                                    instruction->flow == FLOW_CONDITION || is_address);
        bool is_marked = memchr(operand.at, ':', operand.len) != NULL ||
                         (operand.len && operand.at[0] == '=');
        if (!is_label && !is_marked)
            continue;
        Str name = asm_symbol_in(operand);
        if (!asm_may_be_symbol(name, is_label))
            continue;
        AsmFlow flow = is_label && !is_address ? (AsmFlow)instruction->flow : FLOW_NONE;
        uint32_t symbol = refer(scan, name, flow);
        if (is_label || !instruction->symbol)
            instruction->symbol = symbol + 1;
    }
}

static void take_instruction(Scan *scan, Str word, AsmSpan arguments, AsmSpan all)
{
    AsmModel *model = scan->model;
    settle_labels(scan, false);
    AsmInstruction instruction = {.all = all,
                                  .mnemonic = span_of(scan, word),
                                  .section = scan->section,
                                  .is_target = scan->is_target};
    asm_split_operands(text_of(scan), arguments, &instruction);
    instruction.writes = (uint8_t)asm_mnemonic_recall(&scan->mnemonics, word);
    instruction.flow =
        (uint8_t)asm_flow_of(word, instruction.n_operands, (AsmWrites)instruction.writes);
    refer_operands(scan, &instruction, word);
    if (!scan->is_first && instruction.writes == ASM_NOT_A64 &&
        ++scan->n_prose >= PROSE_MIN && !model->is_elf && !model->is_mach_o) {
        model->is_mach_o = true; // whose assembler takes ';' for a comment
        model->foreign = all;
    }
    *LIST_PUSH(model->arena, &model->instructions) = instruction;
    section_of(scan)->n_bytes++;
    scan->is_behind_data = false;
    scan->is_target = false;
    scan->alignment = 0;
}

static void take_label(Scan *scan, Str name)
{
    AsmModel *model = scan->model;
    uint32_t index;
    AsmSymbol *symbol = symbol_at(scan, name, &index);
    symbol->is_defined = true;
    symbol->label = span_of(scan, name);
    bool is_quoted = name.at[0] == '"';
    AsmSpan inner = symbol->label;
    inner.begin += is_quoted;
    inner.end -= is_quoted && name.len > 1;
    *LIST_PUSH(model->arena, &model->labels) =
        (AsmLabel){.symbol = index,
                   .section = scan->section,
                   .name = inner,
                   .instruction = model->instructions.len,
                   .is_at_start = section_of(scan)->n_bytes == 0,
                   .is_behind_data = scan->is_behind_data,
                   .alignment = scan->alignment};
    scan->is_target = true;
}

static void take_labels(Scan *scan, Str labels)
{
    while (labels.len) {
        size_t at = 0;
        bool in_quotes = false;
        for (; at < labels.len && (in_quotes || labels.at[at] != ':'); at++)
            if (labels.at[at] == '"')
                in_quotes = !in_quotes;
        Str name = str_trim(str_sub(labels, 0, at));
        if (name.len)
            take_label(scan, name);
        labels = str_from(labels, at + 1);
    }
}

static void take_statement(Scan *scan, uint32_t begin, uint32_t end)
{
    Str text = str_sub(text_of(scan), begin, end);
    AsmHead head = asm_head(text);
    if (head.word_begin > head.labels_begin)
        take_labels(scan, str_sub(text, head.labels_begin, head.word_begin));
    Str word = str_sub(text, head.word_begin, head.word_end);
    Str arguments = str_sub(text, head.arguments_begin, head.arguments_end);
    if (!word.len)
        return;
    AsmSpan all = {begin + head.word_begin,
                   begin + (head.arguments_end > head.word_end ? head.arguments_end
                                                               : head.word_end)};
    if (str_starts(arguments, STR("="))) {
        assign(scan, word, str_from(arguments, str_starts(arguments, STR("==")) ? 2 : 1));
    } else if (word.at[0] == '.') {
        take_directive(scan, word, arguments, all);
    } else if (!str_starts(arguments, STR(".req"))) {
        AsmSpan span = {begin + head.arguments_begin, begin + head.arguments_end};
        take_instruction(scan, word, span, all);
    }
}

void asm_model_scan(AsmModel *model)
{
    Scan *scan = ARENA_NEW(model->arena, Scan);
    scan->model = model;
    asm_values_init(&scan->values, model->arena);
    enter(scan, (AsmSection){.name = STR(".text"), .is_code = true});
    Str text = model->text.text;
    for (uint32_t begin = 0; begin < text.len;) {
        uint32_t line_end = begin + (uint32_t)str_find_char(str_from(text, begin), '\n');
        if (text.at[begin] == '#')
            begin = line_end; // a comment, a line of the preprocessor
        scan->is_first = true;
        while (begin < line_end) {
            uint32_t end = begin + asm_statement_length(str_sub(text, begin, line_end));
            take_statement(scan, begin, end);
            scan->is_first = false;
            begin = end + 1;
        }
        begin = line_end + 1;
    }
    settle_labels(scan, false);
}

// .seh_proc names its function; armasm64's frames are said by its macros.
void asm_model_frames(AsmModel *model)
{
    static const Str words[] = {STR_INIT(".seh_proc"), STR_INIT(".seh_endprologue"),
                                STR_INIT(".armasm_nested"), STR_INIT(".cfi_startproc")};
    uint32_t f = 0;
    for (uint32_t i = 0; i < model->directives.len; i++) {
        AsmSpan word = model->directives.at[i].word;
        if (!is_among(asm_span(model, word), words, COUNTOF(words)))
            continue;
        Str name = unquoted(asm_span(model, model->directives.at[i].arguments));
        while (f + 1 < model->functions.len && model->functions.at[f].end <= word.begin)
            f++;
        for (uint32_t k = f > 0 ? f - 1 : 0; k < model->functions.len && k <= f + 1;
             k++) {
            AsmFunction *function = &model->functions.at[k];
            Str own = model->symbols.at[function->symbol].name;
            bool is_inside = model->labels.at[function->label].name.begin <= word.begin &&
                             word.begin < function->end;
            if (name.len ? str_eq(name, own) : is_inside)
                function->has_unwind = true;
        }
    }
}
