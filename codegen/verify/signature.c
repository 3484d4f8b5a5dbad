#include "codegen/verify/signature.h"

enum { PRELUDE_BYTES_MAX = 16 * 1024 * 1024 };

static const char places[] = "gfpv?"; // as VerifyPlace stands
static const char kinds[] = "ibhfd";  // as VerifyLeafKind stands
static const char banks[] = "agvn";   // as VerifyBank stands

static void put_type(const char *word, const VerifyType *type, Buf *out)
{
    buf_format(out, "%s\t%.*s\t%u\t%u\t%c\t", word, STR_ARG(type->c_name), type->n_bytes,
               type->align, places[type->place]);
    for (uint32_t i = 0; i < type->n_leaves; i++)
        buf_format(out, "%s%u:%u:%c", i ? "," : "", type->leaves[i].offset,
                   type->leaves[i].n_bytes, kinds[type->leaves[i].kind]);
    buf_put_char(out, '\n');
}

void signature_write(const VerifySignature *signature, Buf *out)
{
    Str rest = signature->prelude, line;
    while (str_take_line(&rest, &line))
        buf_format(out, "prelude\t%.*s\n", STR_ARG(line));
    buf_format(out, "bank\t%c\n", banks[signature->bank]);
    if (signature->result)
        put_type("result", signature->result, out);
    if (signature->is_variadic)
        buf_put(out, STR("variadic\n"));
    for (uint32_t i = 0; i < signature->n_arguments; i++)
        put_type(i < signature->n_fixed ? "argument" : "rest", &signature->arguments[i],
                 out);
}

typedef struct Reader {
    Arena *arena;
    bool failed;
} Reader;

static Str take_field(Str *rest, char until)
{
    size_t at = str_find_char(*rest, until);
    Str field = str_sub(*rest, 0, at);
    *rest = str_from(*rest, at + 1);
    return field;
}

static uint32_t take_number(Reader *reader, Str *rest, char until)
{
    uint64_t value = 0;
    if (!str_to_u64(take_field(rest, until), &value) || value > UINT32_MAX)
        reader->failed = true;
    return (uint32_t)value;
}

static uint32_t take_letter(Reader *reader, Str *rest, char until, const char *letters)
{
    Str field = take_field(rest, until), all = str_of(letters);
    size_t i = field.len == 1 ? str_find_char(all, field.at[0]) : all.len;
    if (i == all.len)
        reader->failed = true;
    return reader->failed ? 0 : (uint32_t)i;
}

static VerifyType take_type(Reader *reader, Str line)
{
    VerifyType type = {.c_name = take_field(&line, '\t')};
    type.n_bytes = take_number(reader, &line, '\t');
    type.align = take_number(reader, &line, '\t');
    type.place = (VerifyPlace)take_letter(reader, &line, '\t', places);
    LIST(VerifyLeaf) leaves = {0};
    while (line.len && !reader->failed) {
        VerifyLeaf leaf = {.offset = take_number(reader, &line, ':')};
        leaf.n_bytes = take_number(reader, &line, ':');
        leaf.kind = (VerifyLeafKind)take_letter(reader, &line, ',', kinds);
        *LIST_PUSH(reader->arena, &leaves) = leaf;
    }
    type.leaves = leaves.at;
    type.n_leaves = leaves.len;
    reader->failed |= !type.c_name.len;
    return type;
}

static bool is_word_of_ours(Str word)
{
    static const Str words[] = {STR_INIT("prelude"),  STR_INIT("bank"),
                                STR_INIT("result"),   STR_INIT("variadic"),
                                STR_INIT("argument"), STR_INIT("rest")};
    for (size_t i = 0; i < COUNTOF(words); i++)
        if (str_eq(word, words[i]))
            return true;
    return false;
}

bool signature_read(Arena *arena, Str *rest, VerifySignature *ret_signature)
{
    VerifySignature signature = {0};
    Reader reader = {.arena = arena};
    LIST(VerifyType) arguments = {0};
    Buf prelude;
    buf_init(&prelude, PRELUDE_BYTES_MAX);
    while (rest->len) {
        Str after = *rest, line;
        (void)str_take_line(&after, &line);
        Str word = take_field(&line, '\t');
        if (!is_word_of_ours(word))
            break;
        *rest = after;
        if (str_eq(word, STR("prelude"))) {
            buf_format(&prelude, "%.*s\n", STR_ARG(line));
        } else if (str_eq(word, STR("variadic"))) {
            signature.is_variadic = true;
        } else if (str_eq(word, STR("bank"))) {
            signature.bank = (VerifyBank)take_letter(&reader, &line, '\t', banks);
        } else if (str_eq(word, STR("result"))) {
            VerifyType *result = ARENA_NEW(arena, VerifyType);
            *result = take_type(&reader, line);
            signature.result = result;
        } else {
            bool is_fixed = str_eq(word, STR("argument"));
            reader.failed |= is_fixed && signature.n_fixed != arguments.len;
            *LIST_PUSH(arena, &arguments) = take_type(&reader, line);
            signature.n_fixed += is_fixed;
        }
    }
    signature.prelude = arena_str(arena, buf_str(&prelude));
    signature.arguments = arguments.at;
    signature.n_arguments = arguments.len;
    reader.failed |= buf_is_over(&prelude);
    buf_done(&prelude);
    *ret_signature = signature;
    return !reader.failed && verify_is_possible(&signature);
}
